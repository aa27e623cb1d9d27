// The doctor's checks that need the relay: can it be reached, does it know this person, do the clocks agree, is the
// directory fresh. When it cannot be reached, that is one finding and the rest is skipped, not failed.

import MimamoriCore
import MimamoriCrypto
import MimamoriWire

extension Doctor {
    private static let clockToleranceSeconds: Int64 = 60

    private static let relay = Bilingual(ja: "中継との接続", en: "Connection to the relay")
    private static let enrolled = Bilingual(ja: "登録と役割", en: "Enrolment and roles")
    private static let clock = Bilingual(ja: "時計", en: "Clock")
    private static let directory = Bilingual(ja: "名簿", en: "Directory")
    private static let revocations = Bilingual(ja: "失効リスト", en: "Revocation list")

    static func online(_ client: Client) async -> [DoctorCheck] {
        do {
            return try await client.session { session in
                let me: WhoAmI
                do {
                    me = try await session.relay.whoAmI()
                } catch let refused as Refused {
                    // The relay answered, so it can be reached; it does not take this person.
                    return [reached(client), failed("enrolled", enrolled, refused)] + offline(client)
                }
                let now = client.world.now()
                return [reached(client), roles(of: me), clock(now.seconds(since: me.time))]
                    + (await lists(session))
            }
        } catch {
            return [failed("relay", relay, error)]
                + [("enrolled", enrolled), ("clock", clock)].map {
                    DoctorCheck(
                        $0.0, $0.1, .skipped,
                        Bilingual(ja: "中継に届かないので調べられません", en: "cannot be checked while the relay is out of reach"))
                } + offline(client)
        }
    }

    private static func reached(_ client: Client) -> DoctorCheck {
        DoctorCheck(
            "relay", relay, .good,
            Bilingual(ja: "\(client.home.settings.relay)（TLS 1.3）", en: "\(client.home.settings.relay) (TLS 1.3)"))
    }

    private static func roles(of me: WhoAmI) -> DoctorCheck {
        let names = me.person.roles.sorted().map(\.rawValue).joined(separator: ", ")
        guard me.person.roles.isEmpty else {
            return DoctorCheck("enrolled", enrolled, .good, Bilingual(ja: "役割: \(names)", en: "roles: \(names)"))
        }
        return DoctorCheck(
            "enrolled", enrolled, .warning, Bilingual(ja: "登録済み、役割なし", en: "enrolled, without a role"),
            advice: Bilingual(ja: "管理者に役割の割当てを依頼してください。", en: "Ask an administrator to grant a role."))
    }

    /// `difference`: this machine's clock minus the relay's, in seconds.
    static func clock(_ difference: Int64) -> DoctorCheck {
        let good = abs(difference) <= clockToleranceSeconds
        let finding = Bilingual(
            ja: difference == 0 ? "中継と一致" : "中継より\(abs(difference))秒\(difference > 0 ? "進んで" : "遅れて")います",
            en: difference == 0
                ? "agrees with the relay" : "\(abs(difference)) s \(difference > 0 ? "ahead of" : "behind") the relay")
        return DoctorCheck(
            "clock", clock, good ? .good : .bad, finding,
            advice: good
                ? nil
                : Bilingual(
                    ja: "端末の時計を合わせてください（時刻の自動同期を有効に）。", en: "Set this machine's clock (switch time synchronisation on)."
                ))
    }

    private static func lists(_ session: Session) async -> [DoctorCheck] {
        do {
            _ = try await session.refreshDirectory()
        } catch {
            return [failed("directory", directory, error), revocationList(session.client)]
        }
        return offline(session.client)
    }

    /// What the home folder has, however old.
    private static func offline(_ client: Client) -> [DoctorCheck] {
        [cachedDirectory(client), revocationList(client)]
    }

    private static func cachedDirectory(_ client: Client) -> DoctorCheck {
        do {
            let known = try client.knownDirectory()
            let days = client.world.now().seconds(since: known.fetchedAt) / 86_400
            return DoctorCheck(
                "directory", directory, days < 7 ? .good : .warning,
                Bilingual(
                    ja: "第\(known.version)版、\(known.directory.parties.count)件、\(days)日前に取得",
                    en: "version \(known.version), \(known.directory.parties.count) parties, fetched \(days) days ago"),
                advice: days < 7
                    ? nil
                    : Bilingual(
                        ja: "中継に届くときに、もう一度 mimamori doctor を実行してください。",
                        en: "Run mimamori doctor again while the relay can be reached."))
        } catch {
            return failed("directory", directory, error)
        }
    }

    private static func revocationList(_ client: Client) -> DoctorCheck {
        guard let trust = try? client.home.trust(), let next = trust.revocationListNextUpdate else {
            return DoctorCheck(
                "revocation-list", revocations, .warning, Bilingual(ja: "まだありません", en: "none yet"),
                advice: Bilingual(
                    ja: "中継に届くときに mimamori doctor を実行してください。",
                    en: "Run mimamori doctor while the relay can be reached."))
        }
        let expired = next < client.world.now()
        return DoctorCheck(
            "revocation-list", revocations, expired ? .warning : .good,
            Bilingual(ja: "次の更新予定 \(next)", en: "next update due \(next)"),
            advice: expired
                ? Bilingual(
                    ja: "更新予定を過ぎています。運用担当者に知らせてください。", en: "It is overdue. Tell the relay's operator.") : nil)
    }
}
