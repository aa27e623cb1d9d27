// systemd/mimamorid.service: what it must say for the daemon to be stopped, reloaded and confined as documented; and, on
// a machine that has systemd, systemd's own opinion of it.

import Foundation
import MimamoriServer
import TestSupport
import Testing

struct ServiceFileTests {
    private static let file = "systemd/mimamorid.service"

    private func value(_ key: String) throws -> [String] {
        try Repository.text(Self.file).split(separator: "\n").filter { $0.hasPrefix("\(key)=") }
            .map { String($0.dropFirst(key.count + 1)) }
    }

    @Test(arguments: [
        ("Type", "notify"), ("User", "mimamori"), ("UMask", "0077"), ("Restart", "on-failure"),
        ("RestartPreventExitStatus", "78"), ("ExecReload", "/bin/kill -HUP $MAINPID"), ("CapabilityBoundingSet", ""),
        ("NoNewPrivileges", "yes"), ("ProtectSystem", "strict"), ("ProtectHome", "yes"), ("PrivateTmp", "yes"),
        ("PrivateDevices", "yes"), ("MemoryDenyWriteExecute", "yes"), ("LimitCORE", "0"),
        // The crash reporter prints memory near registers.
        ("Environment", "SWIFT_BACKTRACE=enable=no"), ("SystemCallArchitectures", "native"),
        ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
    ])
    func aLineStands(_ key: String, _ expected: String) throws {
        #expect(try value(key) == [expected])
    }

    @Test func thereIsTimeForAGracefulStop() throws {
        let seconds = try #require(value("TimeoutStopSec").first.flatMap { Int($0) })
        #expect(seconds > Int(ServerLimits().transfer.components.seconds) * 2 + 10)
    }

    @Test func itStartsTheVerbThatThereIs() throws {
        let command = try #require(value("ExecStart").first?.split(separator: " "))
        #expect(command.dropFirst() == ["serve", "--config", "/etc/mimamori/mimamorid.toml"])
        let help = try ChildProcess.run([try BuiltProducts.program("mimamorid").path, "serve", "--help"])
        #expect(help.status == 0 && help.stdout.contains("/etc/mimamori/mimamorid.toml"))
    }

    @Test func systemdFindsItConfined() throws {
        let file = Repository.root.appending(path: Self.file).path
        let outcome = try ForeignTool.bash.outcome([
            "-c", "command -v systemd-analyze >/dev/null || exit 42; systemd-analyze security --offline=yes '\(file)'",
        ])
        // Where there is no systemd, the lines above stand for it.
        guard outcome.status != 42 else { return }
        let line = try #require(outcome.text.split(separator: "\n").first { $0.contains("Overall exposure level") })
        let level = try #require(line.firstMatch(of: /: ([0-9]+\.[0-9]+)/).flatMap { Double($0.1) })
        #expect(level < 2.0)
    }
}
