// Everything that the configuration names as a file and that must be sound before anything is served: trust, TLS, the
// statement certificate and its key, the key-encryption keys, the log seed, the office's duty notice. Loads all of it and keeps a mistake for each
// that is not, so that `check-config` can explain every one. The database is opened in Wiring.swift.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriRelay
import MimamoriServer

struct Material: Sendable {
    let trust: TrustStore
    let tls: ServerTLS
    let statementSigner: StatementSigner
    /// What everybody acknowledges: the statutory text, with the office's own if it has one.
    let dutyNotice: DutyNotice

    /// Certificates and keys that exist before `init` has run. Throws ConfigurationMistakes, all at once.
    static func load(_ configuration: Configuration, at now: Timestamp) throws -> Material {
        var mistakes: [ConfigurationMistake] = []
        func attempt<Value>(_ key: Configuration.Key, _ body: () throws -> Value) -> Value? {
            do {
                return try body()
            } catch let error as any Failure {
                mistakes.append(ConfigurationMistake(key: key.rawValue, message: error.message))
            } catch let refusal as Refusal {
                mistakes.append(ConfigurationMistake(key: key.rawValue, message: refusal.message))
                mistakes.append(ConfigurationMistake(key: key.rawValue, message: refusal.remedy))
            } catch let unfit as DutyNoticeFile.Unfit {
                mistakes.append(ConfigurationMistake(key: key.rawValue, message: unfit.message))
            } catch let unreadable as Unreadable {
                mistakes.append(ConfigurationMistake(key: unreadable.key.rawValue, message: unreadable.message))
            } catch {
                preconditionFailure("reading material fails with a Failure, a Refusal, or an unreadable or unfit file")
            }
            return nil
        }
        let trust = attempt(.tlsRoots) { try Self.trust(configuration) }
        let tls = attempt(.tlsCertificate) { try ServerTLS(configuration.tls) }
        let signer = attempt(.statementCertificate) {
            try statementSigner(configuration, trust: trust, at: now)
        }
        let notice = attempt(.dutyNoticeFile) {
            try configuration.dutyNoticePath.map(DutyNoticeFile.read) ?? .statutory
        }
        guard let trust, let tls, let signer, let notice, mistakes.isEmpty else {
            throw ConfigurationMistakes(all: mistakes)
        }
        return Material(trust: trust, tls: tls, statementSigner: signer, dutyNotice: notice)
    }

    /// Roots and revocation lists as they are on disk now.
    static func trust(_ configuration: Configuration) throws -> TrustStore {
        let lists = try configuration.revocationListPaths.map { try text($0, .tlsRevocationLists) }
        return try TrustStore(
            rootsPEM: try text(configuration.rootsPath, .tlsRoots),
            revocationListsPEM: lists.isEmpty ? nil : lists.joined(separator: "\n"))
    }

    /// The relay's statement key, with a certificate that the roots vouch for and that names this relay.
    private static func statementSigner(
        _ configuration: Configuration, trust: TrustStore?, at now: Timestamp
    ) throws -> StatementSigner {
        let certificate = try Certificate(
            pem: try text(configuration.statementCertificatePath, .statementCertificate))
        if let refusal = trust?.refusal(of: certificate, for: .statement, at: now) { throw refusal }
        guard certificate.party == configuration.address else {
            throw Unreadable(
                key: .statementCertificate,
                message: Bilingual(
                    ja: "証明書の名義（\(certificate.party?.text ?? "なし")）が relay.address（\(configuration.address)）と違います。",
                    en: "The certificate names \(certificate.party?.text ?? "nobody"), relay.address is "
                        + "\(configuration.address)."))
        }
        return try StatementSigner(
            certificate: certificate, privateKeyPEM: try text(configuration.statementKeyPath, .statementKey))
    }

    static func text(_ path: String, _ key: Configuration.Key) throws -> String {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw Unreadable(
                key: key,
                message: Bilingual(
                    ja: "ファイルを読み取れません: \(path)（場所と読み取り権限を確かめてください）",
                    en: "The file cannot be read: \(path) (check its place and permissions)"))
        }
        return text
    }

    private struct Unreadable: Error {
        let key: Configuration.Key
        let message: Bilingual
    }
}
