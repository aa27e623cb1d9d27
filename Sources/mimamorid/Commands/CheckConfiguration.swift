// `mimamorid check-config`: everything that `serve` would stumble over, at once and without serving: the file itself,
// then every file that it names. The database is not opened, so that it can be run beside a relay that serves.

import ArgumentParser
import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriRelay

struct CheckConfiguration: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config", abstract: "Explain every mistake of the configuration (設定を検査する).")

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        try await explaining {
            let configuration = try option.read()
            let mistakes = Self.mistakes(configuration, at: RelayWorld.system.now())
            guard mistakes.isEmpty else { throw ConfigurationMistakes(all: mistakes) }
            for remark in Self.remarks(configuration, at: RelayWorld.system.now()) { Terminal.say(remark) }
            Terminal.say(
                Bilingual(ja: "設定に誤りはありません: \(option.path)", en: "The configuration is sound: \(option.path)"))
        }
    }

    static func mistakes(_ configuration: Configuration, at now: Timestamp) -> [ConfigurationMistake] {
        var mistakes: [ConfigurationMistake] = []
        func attempt(_ key: Configuration.Key, _ body: () throws -> Void) {
            do {
                try body()
            } catch let found as ConfigurationMistakes {
                mistakes += found.all
            } catch let failure as any Failure {
                mistakes.append(ConfigurationMistake(key: key.rawValue, message: failure.message))
            } catch {
                mistakes.append(
                    ConfigurationMistake(key: key.rawValue, message: Bilingual(ja: "\(error)", en: "\(error)")))
            }
        }
        attempt(.tlsCertificate) { _ = try Material.load(configuration, at: now) }
        attempt(.keysKeyEncryptionKeys) { _ = try Keyring.read(path: configuration.keyEncryptionKeysPath) }
        attempt(.keysLogSeed) {
            _ = try LogSeed.signer(path: configuration.logSeedPath, origin: "mimamori/\(configuration.address)")
        }
        if !FileManager.default.fileExists(atPath: configuration.databasePath) {
            mistakes.append(
                ConfigurationMistake(
                    key: Configuration.Key.storeDatabase.rawValue,
                    message: Bilingual(
                        ja: "データベースがまだありません。mimamorid init で作成してください。",
                        en: "There is no database yet; mimamorid init creates it.")))
        }
        return mistakes
    }

    /// What is allowed and still worth a second look.
    static func remarks(_ configuration: Configuration, at now: Timestamp) -> [Bilingual] {
        revocationRemarks(configuration, at: now) + policyRemarks(configuration.policy)
    }

    private static func revocationRemarks(_ configuration: Configuration, at now: Timestamp) -> [Bilingual] {
        guard let trust = try? Material.trust(configuration) else { return [] }
        if configuration.revocationListPaths.isEmpty {
            return [
                Bilingual(
                    ja: "注意: 失効リスト（tls.revocation_lists）が指定されていないため、失効した証明書を見分けられません（SD-TLS-5）。",
                    en: "Note: without tls.revocation_lists a revoked certificate is not recognised (SD-TLS-5).")
            ]
        }
        guard let due = trust.revocationListNextUpdate, due < now else { return [] }
        return [
            Bilingual(
                ja: "注意: 失効リストの更新期限（\(due)）が過ぎています。認証局から新しいものを取得してください。",
                en: "Note: the revocation list should have been replaced by \(due); fetch a new one from the authority."
            )
        ]
    }

    static func policyRemarks(_ policy: PolicySettings) -> [Bilingual] {
        // N22: records of referrals with their consent, of requests and of decisions.
        let short = [PackageKind.referral, .request, .response].filter {
            policy.shortestRetention(of: $0) < .fiveFiscalYears
        }
        let unexplained = (1...policy.highestConfidentiality).filter { level in
            !policy.labelGuide.equivalents.contains { $0.realm == "*" && $0.confidentiality == level }
        }
        return short.map { kind in
            let key = Configuration.Key.retention(of: kind).rawValue
            return Bilingual(
                ja: "注意: \(key) が \(policy.shortestRetention(of: kind)) です。提供・同意・依頼・判断の記録の保存期間は、通達と同じ5年が標準です（N22）。",
                en: "Note: \(key) is \(policy.shortestRetention(of: kind)); referrals with their consent, requests and "
                    + "decisions are kept for five fiscal years by the notice's example (N22).")
        }
            + unexplained.map { level in
                Bilingual(
                    ja: "注意: labels.equivalents に、機密性\(level)の realm = \"*\" がありません。"
                        + "個別の指定がない相手には送れません（SD-CLS-4）。",
                    en:
                        "Note: labels.equivalents has no realm = \"*\" for confidentiality \(level); nothing of it can be "
                        + "sent to those who have no entry of their own (SD-CLS-4).")
            }
    }
}
