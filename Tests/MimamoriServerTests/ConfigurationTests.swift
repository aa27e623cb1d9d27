// The configuration file: what a good one gives, what each mistake says, that all mistakes come at once, and that the
// commented file in etc/ has every option and loads.

import Foundation
import MimamoriCore
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
        #expect(configuration.limits == ServerLimits())
        #expect(configuration.logLevel == .info)
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
                [limits]
                connections = 3
                idle_seconds = 6
                upload_seconds = 7
                [log]
                level = "debug"
                """
        let configuration = try parse(text)
        #expect(configuration.listener == Configuration.Listener(host: "::1", port: 0))
        #expect(configuration.addressFile == "/srv/relay/run/address")
        #expect(configuration.revocationListPaths == ["/srv/relay/a.pem", "/b.pem"])
        #expect(configuration.tls.strictGroups)
        #expect(configuration.policy == PolicySettings(highestConfidentiality: 1, clockToleranceSeconds: 5))
        #expect(
            configuration.limits == ServerLimits(connections: 3, idle: .seconds(6), transfer: .seconds(7)))
        #expect(configuration.logLevel == .debug)
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
        ("[limits]\nconnections = 0\n", "limits.connections"),
        ("[limits]\nidle_seconds = 1.5\n", "limits.idle_seconds"),
        ("[limits]\nupload_seconds = true\n", "limits.upload_seconds"),
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
        let uncommented = text.replacing(/(?m)^# (?=[a-z_]+ = )/, with: "")
        var all = try parse(uncommented)
        let own = try parse(text)
        #expect(all.addressFile == "/run/mimamori/address")
        all.addressFile = own.addressFile
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
}
