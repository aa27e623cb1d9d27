// The daemon's verbs and signals with the real program: what init creates and never writes over, what check-config finds
// in the named files, what a reload takes up and what it survives.

import Foundation
import Glibc
import MimamoriCore
import TestSupport
import Testing

struct DaemonTests {
    /// A folder with a configuration and nothing else.
    private func withFolder(_ options: String = "", _ body: (URL, DevelopmentPKI) throws -> Void) throws {
        let folder = try Scratch.make("daemon")
        defer { try? FileManager.default.removeItem(at: folder) }
        let pki = try DevelopmentPKI.shared()
        try FileManager.default.createDirectory(at: folder.appending(path: "state"), withIntermediateDirectories: false)
        try RunningRelay.configuration(pki, options)
            .write(to: folder.appending(path: "mimamorid.toml"), atomically: true, encoding: .utf8)
        try body(folder, pki)
    }

    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "state").path).sorted()
    }

    private func mode(_ file: URL) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func initMakesWhatIsMissingAndNothingTwice() throws {
        try withFolder { folder, pki in
            let administrator = pki.person("aomori-relay/office", "administrator").certificate
            let made = try RunningRelay.mimamorid(folder, "init", "--administrator", administrator)
            #expect(made.status == 0, "\(made.stderr)")
            for name in ["kek", "seed", "relay.db"] {
                #expect(try mode(folder.appending(path: "state/\(name)")) == 0o600)
            }
            let keys = try ["kek", "seed"].map { try Data(contentsOf: folder.appending(path: "state/\($0)")) }
            let again = try RunningRelay.mimamorid(folder, "init", "--administrator", administrator)
            #expect(again.status == 73)
            #expect(["kek", "seed", "relay.db"].allSatisfy(again.stderr.contains))
            #expect(try ["kek", "seed"].map { try Data(contentsOf: folder.appending(path: "state/\($0)")) } == keys)
            #expect(try RunningRelay.mimamorid(folder, "check-config").status == 0)
            #expect(try RunningRelay.mimamorid(folder, "migrate").status == 0)
        }
    }

    @Test(arguments: [
        ("bad/expired", 77, "certificate-expired"), ("persons/aomori/hachinohe-shi/clerk", 77, "certificate-of-other"),
        ("no-such-file", 66, "no-such-file"), ("root", 77, "certificate-"),
    ])
    func initRefusesAnAdministratorAndLeavesNothing(_ file: String, _ status: Int32, _ words: String) throws {
        try withFolder { folder, pki in
            let made = try RunningRelay.mimamorid(folder, "init", "--administrator", "\(pki.folder)/\(file).pem")
            #expect(made.status == status, "\(made.stderr)")
            #expect(made.stderr.contains(words), "\(made.stderr)")
            #expect(try names(in: folder) == [])
        }
    }

    @Test func anAdministratorsNameComesFromAFile() throws {
        try withFolder { folder, pki in
            let name = folder.appending(path: "name")
            try "  管理 三郎 \n".write(to: name, atomically: true, encoding: .utf8)
            let administrator = pki.person("aomori-relay/office", "administrator").certificate
            let made = try RunningRelay.mimamorid(
                folder, "init", "--administrator", administrator, "--administrator-name-from", name.path)
            #expect(made.status == 0, "\(made.stderr)")
            #expect(!made.stderr.contains("三郎") && !made.stdout.contains("三郎"))
            // Sealed at rest (SD-CRY-8).
            let found = try ForeignTool.bash.outcome(["-c", "grep -rl 三郎 \(folder.path)/state"])
            #expect(found.status == 1)
        }
    }

    @Test func checkConfigFindsEveryFileAtFault() throws {
        try withFolder { folder, pki in
            let text = RunningRelay.configuration(pki, "[duty]\nnotice_file = \"duty.txt\"")
                .replacing(pki.relayTLS.key, with: pki.relayStatement.key)
                .replacing("certificate = \"\(pki.relayStatement.certificate)\"", with: "certificate = \"none.pem\"")
                .replacing("roots = \"\(pki.root)\"", with: "roots = \"\(pki.relayTLS.key)\"")
            try text.write(to: folder.appending(path: "mimamorid.toml"), atomically: true, encoding: .utf8)
            let outcome = try RunningRelay.mimamorid(folder, "check-config")
            #expect(outcome.status == 78)
            let keys = outcome.stderr.split(separator: "\n").compactMap { $0.split(separator: ":").dropFirst().first }
                .map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(
                Set(keys) == [
                    "tls.roots", "tls.certificate", "statement.certificate", "keys.key_encryption_keys",
                    "keys.log_seed", "store.database", "duty.notice_file",
                ], "\(outcome.stderr)")
        }
    }

    @Test(arguments: ["serve", "check-config", "migrate"])
    func anUnknownKeyRefusesToStart(_ verb: String) throws {
        try withFolder("[log]\nlevle = \"info\"") { folder, _ in
            let outcome = try RunningRelay.mimamorid(folder, verb)
            #expect(outcome.status == 78)
            #expect(outcome.stderr.contains("log.levle"))
        }
    }

    @Test func theLanguageFollowsTheLocale() throws {
        try withFolder { folder, _ in
            let command = [try BuiltProducts.program("mimamorid").path, "migrate", "--config", "none.toml"]
            for (locale, word) in [("ja_JP.UTF-8", "設定ファイル"), ("C", "configuration file")] {
                var environment = ProcessInfo.processInfo.environment
                environment["LC_ALL"] = locale
                let outcome = try ChildProcess.run(command, environment: environment, directory: folder)
                #expect(outcome.status == 78 && outcome.stderr.contains(word), "\(outcome.stderr)")
            }
        }
    }

    @Test func anAddressThatIsTakenIsExplained() throws {
        try RunningRelay.with { relay in
            let text = RunningRelay.configuration(relay.pki).replacing("127.0.0.1:0", with: relay.address)
                .replacing("state/", with: "other/")
            try text.write(to: relay.folder.appending(path: "mimamorid.toml"), atomically: true, encoding: .utf8)
            let other = relay.folder.appending(path: "other")
            try FileManager.default.createDirectory(at: other, withIntermediateDirectories: false)
            let made = try RunningRelay.mimamorid(
                relay.folder, "init", "--administrator", relay.administrator.certificate)
            #expect(made.status == 0, "\(made.stderr)")
            let second = try RunningRelay.mimamorid(relay.folder, "serve")
            #expect(second.status == 69)
            #expect(second.stderr.contains("[listen] api"))
            #expect(second.stderr.contains("relay.stopped"))
        }
    }

    @Test func theProcessKeepsItsSecretsToItself() throws {
        try RunningRelay.with { relay in
            let limits = try String(contentsOfFile: "/proc/\(relay.process.pid)/limits", encoding: .utf8)
            let core = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") })
            #expect(core.split(separator: " ").filter { $0 == "0" }.count == 2)
            // Files that it makes are its own.
            let status = try String(contentsOfFile: "/proc/\(relay.process.pid)/status", encoding: .utf8)
            #expect(status.contains("Umask:\t0077"))
        }
    }

    @Test func aReloadTakesUpARevocation() throws {
        try DevelopmentPKI.with { pki in
            try RunningRelay.with(pki: pki) { relay in
                #expect(try relay.curl(relay.administrator, "/v1/whoami").status == 200)
                // First a file that is none: everything stays as it was.
                let list = try String(contentsOfFile: pki.revocationList, encoding: .utf8)
                try "no list".write(toFile: pki.revocationList, atomically: true, encoding: .utf8)
                try reload(relay, until: "reload.failed")
                #expect(try relay.curl(relay.administrator, "/v1/whoami").status == 200)
                try list.write(toFile: pki.revocationList, atomically: true, encoding: .utf8)
                try pki.issue(["revoke", relay.administrator.certificate])
                try reload(relay, until: "tls.reloaded")
                let answer = try relay.curl(relay.administrator, "/v1/whoami")
                #expect(answer.status == 403 && answer.field("code") == Refusal.Code.certificateRevoked.rawValue)
            }
        }
    }

    @Test func aReloadChangesTheServersCertificate() throws {
        try DevelopmentPKI.with { pki in
            try RunningRelay.with(pki: pki) { relay in
                let before = try serial(relay)
                try pki.issue(["relay", "relay.example"])
                #expect(try serial(relay) == before)
                try reload(relay, until: "tls.reloaded")
                #expect(try serial(relay) != before)
                #expect(try relay.curl(relay.administrator, "/v1/whoami").status == 200)
            }
        }
    }

    private func reload(_ relay: RunningRelay, until event: String) throws {
        relay.process.signal(SIGHUP)
        for _ in 0..<1000 where !relay.log.contains(event) { usleep(10_000) }
        try #require(relay.log.contains(event))
    }

    /// The serial number of the certificate that the relay shows now.
    private func serial(_ relay: RunningRelay) throws -> String {
        try ForeignTool.bash.outcome([
            "-c", "openssl s_client -connect \(relay.address) </dev/null 2>/dev/null | openssl x509 -noout -serial",
        ]).text
    }
}
