// `mimamori doctor`: is everything in order on this machine and on the way to the relay? Each check is a value with a
// verdict and advice, so that a person can act on it and a program can count. It never throws: what cannot be checked
// says so. The checks of the machine are here, those of the relay in DoctorOnline.swift.

package import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope

package struct DoctorCheck: Sendable {
    package enum Verdict: String, Sendable { case good, warning, bad, skipped }

    /// Stable, for programs: `own-certificate`, `clock`, …
    package let name: String
    package let title: Bilingual
    package let verdict: Verdict
    package let finding: Bilingual
    /// What to do, when something is to be done.
    package let advice: Bilingual?

    init(
        _ name: String, _ title: Bilingual, _ verdict: Verdict, _ finding: Bilingual, advice: Bilingual? = nil
    ) {
        self.name = name
        self.title = title
        self.verdict = verdict
        self.finding = finding
        self.advice = advice
    }
}

package enum Doctor {
    /// Certificates with fewer days left than this are warned about.
    static let warningDays: Int64 = 30

    /// Works on a broken home, too. Refreshes directory and revocation list when the relay can be reached.
    package static func examine(folder: String, world: ClientWorld) async -> [DoctorCheck] {
        let client: Client
        do {
            client = Client(home: try ClientHome.open(at: folder), world: world)
        } catch {
            return [failed("home", homeTitle, error)]
        }
        let home = client.home
        var checks = [
            DoctorCheck("home", homeTitle, .good, Bilingual(ja: folder, en: folder)),
            certificate(home, world: world),
        ]
        checks += await online(client)
        checks.append(partyKeys(client))
        checks.append(outbox(client))
        return checks
    }

    private static let homeTitle = Bilingual(ja: "設定と鍵のフォルダー", en: "Settings and keys")

    private static func certificate(_ home: ClientHome, world: ClientWorld) -> DoctorCheck {
        let title = Bilingual(ja: "自分の証明書", en: "Own certificate")
        let certificate = home.personCertificate
        do {
            if let refusal = try home.trust().refusal(of: certificate, for: .client, at: world.now()) {
                return DoctorCheck("own-certificate", title, .bad, refusal.message, advice: refusal.remedy)
            }
        } catch {
            return failed("own-certificate", title, error)
        }
        let days = certificate.notAfter.seconds(since: world.now()) / 86_400
        let finding = Bilingual(
            ja: "\(home.settings.person)、有効期限まであと\(days)日", en: "\(home.settings.person), \(days) days left")
        guard days < warningDays else { return DoctorCheck("own-certificate", title, .good, finding) }
        return DoctorCheck(
            "own-certificate", title, .warning, finding,
            advice: Bilingual(
                ja: "期限が切れる前に、新しい証明書の発行と登録を依頼してください。",
                en: "Ask for a new certificate and its enrolment before it runs out."))
    }

    /// Whether this machine can open everything that is sealed to the party today.
    private static func partyKeys(_ client: Client) -> DoctorCheck {
        let title = Bilingual(ja: "所属の復号鍵", en: "The party's decryption keys")
        let party = client.home.settings.party
        guard let known = try? client.knownDirectory() else {
            return DoctorCheck(
                "party-keys", title, .skipped,
                Bilingual(ja: "名簿がないので調べられません", en: "cannot be checked without the directory"))
        }
        let now = client.world.now()
        let current = known.directory.encryptionCertificates(of: party, at: now).map(\.fingerprint)
        let held = Set(client.home.partyKeys.map(\.certificate.fingerprint))
        if held.isEmpty {
            return DoctorCheck(
                "party-keys", title, current.isEmpty ? .good : .warning,
                Bilingual(ja: "この端末にはありません", en: "none on this machine"),
                advice: current.isEmpty
                    ? nil
                    : Bilingual(
                        ja: "この端末で受け取りや承認をするなら、所属の鍵を party フォルダーに置いてください。",
                        en: "To receive or approve on this machine, put the party's keys into the folder party."))
        }
        guard held.isSuperset(of: current) else {
            return DoctorCheck(
                "party-keys", title, .bad,
                Bilingual(
                    ja: "名簿にある \(party) の証明書 \(current.count) 枚のうち、鍵のないものがあります",
                    en: "of the \(current.count) certificates of \(party) in the directory, some have no key here"),
                advice: Bilingual(
                    ja: "新しい鍵を party フォルダーに置いてください。置くまで、それだけで封じられたものは開けません。",
                    en: "Put the new key into the folder party; what is sealed to it alone cannot be opened until then."
                ))
        }
        return DoctorCheck(
            "party-keys", title, current.isEmpty ? .warning : .good,
            Bilingual(ja: "鍵 \(held.count) 個、名簿と一致", en: "\(held.count) held, as in the directory"),
            advice: current.isEmpty
                ? Bilingual(
                    ja: "所属の暗号化用の証明書が名簿にありません。管理者に登録を依頼してください。",
                    en: "The directory has no encryption certificate of your party. Ask an administrator to enrol it.")
                : nil)
    }

    private static func outbox(_ client: Client) -> DoctorCheck {
        let title = Bilingual(ja: "送信箱", en: "Outbox")
        do {
            let waiting = try client.outbox()
            guard let oldest = waiting.first else {
                return DoctorCheck("outbox", title, .good, Bilingual(ja: "空です", en: "empty"))
            }
            return DoctorCheck(
                "outbox", title, .warning,
                Bilingual(
                    ja: "\(waiting.count)件が未送信（最も古いものは \(oldest.queuedAt)）",
                    en: "\(waiting.count) not sent yet (the oldest since \(oldest.queuedAt))"),
                advice: Bilingual(ja: "mimamori send で送ってください。", en: "Send them with mimamori send."))
        } catch {
            return failed("outbox", title, error)
        }
    }

    static func failed(_ name: String, _ title: Bilingual, _ error: any Error) -> DoctorCheck {
        if let refusal = (error as? Refused)?.findings.first {
            return DoctorCheck(name, title, .bad, refusal.message, advice: refusal.remedy)
        }
        let failure = error as? ClientFailure ?? .interrupted
        return DoctorCheck(name, title, .bad, failure.message, advice: failure.remedy)
    }
}
