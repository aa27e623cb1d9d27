// The configuration file: what a good one gives, what each mistake says, that all mistakes come at once, and that the
// commented file in etc/ has every option and loads.

import Foundation
import MimamoriCore
import MimamoriMerkle
import MimamoriServer
import TestSupport
import Testing

@testable import mimamorid

struct ConfigurationTests {
    private static let minimal = """
        [relay]
        address = "aomori-relay/office"
        [tls]
        certificate = "tls.pem"
        key = "/etc/keys/tls.key"
        roots = "../roots.pem"
        [statement]
        certificate = "statement.pem"
        key = "statement.key"
        [store]
        database = "state/relay.db"
        [keys]
        key_encryption_keys = "state/kek"
        log_seed = "state/seed"

        """

    /// Entries that lack nothing but what is given.
    private static func equivalents(_ entries: String..., ja: String = "甲") -> String {
        let all = entries.map { "\($0), ja = \"\(ja)\", en = \"a\" }" }.joined(separator: ", ")
        return "[labels]\nequivalents = [\(all)]\n"
    }

    private func parse(_ text: String) throws -> Configuration {
        try ConfigurationFile.parse(text, folder: URL(fileURLWithPath: "/srv/relay"), name: "test.toml")
    }

    private func mistakes(_ text: String) -> [ConfigurationMistake] {
        do {
            _ = try parse(text)
            return []
        } catch {
            return (error as? ConfigurationMistakes)?.all ?? []
        }
    }

    @Test func aMinimalFileHasTheDefaults() throws {
        let configuration = try parse(Self.minimal)
        #expect(configuration.address.text == "aomori-relay/office")
        #expect(configuration.listener == Configuration.Listener(host: "127.0.0.1", port: 8443))
        #expect(configuration.addressFile == nil)
        #expect(configuration.tls.certificateChainPath == "/srv/relay/tls.pem")
        #expect(configuration.tls.privateKeyPath == "/etc/keys/tls.key")
        #expect(configuration.rootsPath == "/srv/roots.pem")
        #expect(configuration.tls.strictGroups == false)
        #expect(configuration.revocationListPaths == [])
        #expect(configuration.policy == PolicySettings())
        #expect(configuration.dutyNoticePath == nil)
        #expect(configuration.limits == ServerLimits())
        #expect(configuration.logLevel == .info)
        #expect(configuration.witnesses == [])
    }

    @Test func everyOptionIsRead() throws {
        let text =
            Self.minimal.replacing(
                "[statement]", with: "revocation_lists = [\"a.pem\", \"/b.pem\"]\nstrict_groups = true\n[statement]")
                + """
                [listen]
                api = "[::1]:0"
                address_file = "run/address"
                [policy]
                highest_confidentiality = 1
                clock_tolerance_seconds = 5
                [referral]
                requires_request = false
                [request]
                one_case_days = 30
                standing_days = 400
                [duty]
                renewal_days = 0
                notice_file = "duty.txt"
                [labels]
                equivalents = [
                    { realm = "*", confidentiality = 1, ja = "甲", en = "one" },
                    { realm = "aomori", confidentiality = 1, ja = "乙", en = "two" },
                ]
                [retention]
                referral = "3fy"
                bulletin = "30fy"
                [limits]
                connections = 3
                idle_seconds = 6
                upload_seconds = 7
                [use]
                reads_before_alert = 7
                office_hours = "always"
                refusals_before_pause = 0
                pause_seconds = 60
                [log]
                level = "debug"
                witnesses = ["remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"]
                """
        let configuration = try parse(text)
        #expect(configuration.listener == Configuration.Listener(host: "::1", port: 0))
        #expect(configuration.addressFile == "/srv/relay/run/address")
        #expect(configuration.revocationListPaths == ["/srv/relay/a.pem", "/b.pem"])
        #expect(configuration.tls.strictGroups)
        var retention = PolicySettings.standardRetention
        retention[.referral] = .threeFiscalYears
        retention[.bulletin] = RetentionClass("30fy")
        let equivalents = [("*", "甲", "one"), ("aomori", "乙", "two")].map { realm, ja, en in
            LabelGuide.Equivalent(realm: realm, confidentiality: 1, text: Bilingual(ja: ja, en: en))
        }
        #expect(
            configuration.policy
                == PolicySettings(
                    highestConfidentiality: 1, clockToleranceSeconds: 5, referralRequiresRequest: false,
                    oneCaseDays: 30, standingDays: 400, dutyRenewalDays: 0, retention: retention,
                    labelGuide: LabelGuide(equivalents: equivalents)))
        #expect(configuration.dutyNoticePath == "/srv/relay/duty.txt")
        #expect(
            configuration.useLimits
                == UseLimits(readsBeforeAlert: 7, officeHours: nil, refusalsBeforePause: 0, pauseSeconds: 60))
        #expect(
            configuration.limits == ServerLimits(connections: 3, idle: .seconds(6), transfer: .seconds(7)))
        #expect(configuration.logLevel == .debug)
        #expect(configuration.witnesses.map(\.name) == ["remora.n621.de"])
    }

    @Test(arguments: [
        ("[relay\n", "test.toml"), ("[見守り]\n", "test.toml"), ("[[[\n", "test.toml"), ("[[log]]\n", "test.toml"),
        ("[relays]\naddress = 1\n", "relays"), ("[log]\nlevl = \"info\"\n", "log.levl"),
        ("log = \"info\"\n", "log"), ("[log]\nlevel = \"loud\"\n", "log.level"), ("[log]\nlevel = 3\n", "log.level"),
        ("[listen]\napi = \"8443\"\n", "listen.api"), ("[listen]\napi = \"host:70000\"\n", "listen.api"),
        ("[listen]\napi = \"::1:80\"\n", "listen.api"), ("[listen]\napi = \":80\"\n", "listen.api"),
        ("[listen]\naddress_file = \"\"\n", "listen.address_file"),
        ("[listen]\naddress_file = \"state/relay.db\"\n", "listen.address_file"),
        ("[policy]\nhighest_confidentiality = 3\n", "policy.highest_confidentiality"),
        ("[policy]\nhighest_confidentiality = \"2\"\n", "policy.highest_confidentiality"),
        ("[policy]\nclock_tolerance_seconds = -1\n", "policy.clock_tolerance_seconds"),
        ("[referral]\nrequires_request = \"yes\"\n", "referral.requires_request"),
        ("[referral]\nrequires = true\n", "referral.requires"),
        ("[request]\none_case_days = 0\n", "request.one_case_days"),
        ("[request]\nstanding_days = 3661\n", "request.standing_days"),
        ("[duty]\nrenewal_days = -1\n", "duty.renewal_days"), ("[duty]\nrenewal_days = \"1y\"\n", "duty.renewal_days"),
        ("[duty]\nnotice_file = \"\"\n", "duty.notice_file"),
        ("[retention]\nreferral = 5\n", "retention.referral"),
        ("[retention]\nreferral = \"0fy\"\n", "retention.referral"),
        ("[retention]\nnotice = \"31fy\"\n", "retention.notice"),
        ("[retention]\nbulletin = \"5y\"\n", "retention.bulletin"),
        ("[retention]\nletter = \"5fy\"\n", "retention.letter"),
        ("[labels]\nequivalents = \"*\"\n", "labels.equivalents"),
        ("[labels]\nequivalents = [1]\n", "labels.equivalents"),
        ("[labels]\nequivalents = [{ realm = \"*\", confidentiality = 1, ja = \"甲\" }]\n", "labels.equivalents"),
        (
            "[labels]\nequivalents = [{ realm = \"*\", confidentiality = 1, ja = \"甲\", en = \"a\", fr = \"b\" }]\n",
            "labels.equivalents"
        ),
        (equivalents("{ realm = \"Aomori\", confidentiality = 1"), "labels.equivalents"),
        (equivalents("{ realm = \"aomori/office\", confidentiality = 1"), "labels.equivalents"),
        (equivalents("{ realm = \"*\", confidentiality = 3"), "labels.equivalents"),
        (equivalents("{ realm = \"*\", confidentiality = \"1\""), "labels.equivalents"),
        (equivalents("{ realm = \"*\", confidentiality = 1", ja: ""), "labels.equivalents"),
        (
            equivalents("{ realm = \"*\", confidentiality = 1", ja: String(repeating: "長", count: 201)),
            "labels.equivalents"
        ),
        (equivalents("{ realm = \"*\", confidentiality = 1", ja: "甲\\u202E"), "labels.equivalents"),
        (
            equivalents("{ realm = \"*\", confidentiality = 1", "{ realm = \"*\", confidentiality = 1"),
            "labels.equivalents"
        ),
        // No rule can explain a level that is not carried.
        (
            "[policy]\nhighest_confidentiality = 1\n" + equivalents("{ realm = \"*\", confidentiality = 2"),
            "labels.equivalents"
        ),
        ("[use]\nreads_before_alert = -1\n", "use.reads_before_alert"),
        ("[use]\noffice_hours = \"22-7\"\n", "use.office_hours"), ("[use]\noffice_hours = 9\n", "use.office_hours"),
        ("[use]\noffice_hours = \"9-25\"\n", "use.office_hours"),
        ("[use]\nrefusals_before_pause = 10001\n", "use.refusals_before_pause"),
        ("[use]\npause_seconds = 0\n", "use.pause_seconds"),
        ("[limits]\nconnections = 0\n", "limits.connections"),
        ("[limits]\nidle_seconds = 1.5\n", "limits.idle_seconds"),
        ("[limits]\nupload_seconds = true\n", "limits.upload_seconds"),
        ("[log]\nwitnesses = \"w\"\n", "log.witnesses"), ("[log]\nwitnesses = [3]\n", "log.witnesses"),
        ("[log]\nwitnesses = [\"w+01234567+BAAA\"]\n", "log.witnesses"),
        // A log's own key is of another kind than a witness's.
        (
            "[log]\nwitnesses = [\"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\"]\n",
            "log.witnesses"
        ),
    ])
    func oneMistakeIsNamed(_ addition: String, _ key: String) {
        let found = mistakes(addition.hasPrefix("log =") ? addition + Self.minimal : Self.minimal + addition)
        #expect(found.map(\.key) == [key])
        #expect(found.allSatisfy { !$0.message.ja.isEmpty && !$0.message.en.isEmpty })
    }

    @Test(arguments: [
        "relay.address", "tls.certificate", "tls.key", "tls.roots", "statement.certificate", "statement.key",
        "store.database", "keys.key_encryption_keys", "keys.log_seed",
    ])
    func aRequiredKeyIsMissed(_ key: String) throws {
        let name = try #require(key.split(separator: ".").last)
        var lines = Self.minimal.split(separator: "\n", omittingEmptySubsequences: false)
        let table = try #require(lines.firstIndex { $0 == "[\(key.prefix { $0 != "." })]" })
        let line = try #require(lines[table...].firstIndex { $0.hasPrefix("\(name) =") })
        lines.remove(at: line)
        #expect(mistakes(lines.joined(separator: "\n")).map(\.key) == [key])
    }

    @Test func allMistakesComeAtOnce() {
        let found = mistakes(
            """
            [relay]
            address = "Office"
            colour = "blue"
            [tls]
            certificate = 1
            key = "k"
            roots = "r"
            revocation_lists = "crl.pem"
            strict_groups = "yes"
            [store]
            database = "d"
            [keys]
            key_encryption_keys = "d"
            """)
        #expect(
            Set(found.map(\.key)) == [
                "relay.colour", "relay.address", "tls.certificate", "tls.revocation_lists", "tls.strict_groups",
                "statement.certificate", "statement.key", "keys.key_encryption_keys", "keys.log_seed",
            ])
    }

    @Test func aFileThatIsNotThereIsNamed() {
        #expect(throws: ConfigurationMistakes.self) {
            try ConfigurationFile.read(path: "/nonexistent/mimamorid.toml")
        }
    }

    @Test func theCommentedFileHasEveryOptionAndLoads() throws {
        let text = try Repository.text("etc/mimamorid.toml")
        #expect(mistakes(text).isEmpty)
        // What is commented out is a default: with the marks taken away, it loads too and is the same.
        let uncommented = text.replacing(/(?m)^# (?=[a-z_]+ = |    \{|\]$)/, with: "")
        var all = try parse(uncommented)
        let own = try parse(text)
        #expect(all.addressFile == "/run/mimamori/address")
        all.addressFile = own.addressFile
        #expect(all.dutyNoticePath == "/etc/mimamori/duty.txt")
        all.dutyNoticePath = own.dutyNoticePath
        all.digest = own.digest
        #expect(all == own)
        for key in Configuration.Key.allCases {
            let table = uncommented.components(separatedBy: "\n[\(key.table)]\n").last?.components(separatedBy: "\n[")
                .first
            #expect(table?.contains("\n\(key.name) = ") == true, "\(key.rawValue) is not in etc/mimamorid.toml")
        }
    }

    @Test func theDigestIsTheFiles() throws {
        #expect(try parse(Self.minimal).digest == parse(Self.minimal).digest)
        #expect(try parse(Self.minimal).digest != parse(Self.minimal + "\n").digest)
    }

    @Test(arguments: [
        ("", []), ("[retention]\nreferral = \"4fy\"\nnotice = \"1fy\"\n", ["retention.referral", "N22"]),
        ("[retention]\nrequest = \"1fy\"\n", ["retention.request", "N22"]),
        ("[retention]\nresponse = \"3fy\"\n", ["retention.response", "N22"]),
        ("[retention]\nreferral = \"10fy\"\nreport = \"1fy\"\n", []),
        (equivalents("{ realm = \"*\", confidentiality = 1"), ["機密性2", "SD-CLS-4"]),
        (equivalents("{ realm = \"*\", confidentiality = 2"), ["機密性1", "SD-CLS-4"]),
        ("[policy]\nhighest_confidentiality = 1\n" + equivalents("{ realm = \"*\", confidentiality = 1"), []),
    ])
    func whatIsAllowedIsRemarkedOn(_ addition: String, _ pieces: [String]) throws {
        let remarks = CheckConfiguration.policyRemarks(try parse(Self.minimal + addition).policy)
        #expect(remarks.count == (pieces.isEmpty ? 0 : 1))
        #expect(pieces.allSatisfy { remarks.first?.ja.contains($0) == true })
    }

    @Test func theOfficesOwnTextFollowsTheStatutoryOne() throws {
        let notice = try DutyNoticeFile.notice(Array("\n庁内の定め\r\n第2条\n\n".utf8))
        #expect(notice.text.ja == ConfidentialityDuty.statutoryText.ja + "\n\n庁内の定め\n第2条")
        #expect(notice.version.hasPrefix(ConfidentialityDuty.statutoryVersion + "+"))
        // A changed word is another version; space at the ends is no word.
        #expect(try DutyNoticeFile.notice(Array("庁内の定め\n第2条".utf8)) == notice)
        #expect(try DutyNoticeFile.notice(Array("庁内の定め\n第3条".utf8)).version != notice.version)
    }

    @Test(arguments: [
        [], Array(" \n\n".utf8), [0x8E, 0xA9, 0x8C, 0x88], Array("a\u{7}".utf8), Array("a\tb".utf8), Array("a\rb".utf8),
        Array("\u{FEFF}a".utf8), Array("a\u{202E}b".utf8), Array("a\u{2028}b".utf8),
        Array(repeating: UInt8(ascii: "a"), count: DutyNoticeFile.largestBytes + 1),
    ])
    func aTextThatCannotBeShownIsRefused(_ bytes: [UInt8]) throws {
        #expect(throws: DutyNoticeFile.Unfit.self) { try DutyNoticeFile.notice(bytes) }
        _ = try DutyNoticeFile.notice(Array(repeating: UInt8(ascii: "a"), count: DutyNoticeFile.largestBytes))
    }

    @Test func aNoticeFileIsReadFromItsPlace() throws {
        let folder = try Scratch.make("duty")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "duty.txt")
        #expect(throws: DutyNoticeFile.Unfit.self) { try DutyNoticeFile.read(path: file.path) }
        try "庁内の定め".write(to: file, atomically: true, encoding: .utf8)
        #expect(try DutyNoticeFile.read(path: file.path).text.en.hasSuffix("\n\n庁内の定め"))
    }
}
