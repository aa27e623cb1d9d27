// The development PKI that certs/dev-pki.sh makes, once per test process, in the system's temporary folder; it is
// removed when the process ends. Names of files are as the script lays them out.

import Foundation

package struct DevelopmentPKI: Sendable {
    /// A certificate and its private key, as paths of PEM files.
    package struct Pair: Sendable, Hashable {
        package let certificate: String
        package let key: String
    }

    /// Each is a person's certificate with one defect.
    package enum Bad: String, Sendable, CaseIterable {
        case expired
        case otherCA = "other-ca"
        case wrongAddress = "wrong-address"
        case revoked
        case noClientUsage = "no-client-usage"
        case unenrolled
        case weakKey = "weak-key"
    }

    /// The folder that holds everything.
    package let folder: String

    package var root: String { folder + "/root.pem" }
    package var rootKey: String { folder + "/root.key" }
    package var revocationList: String { folder + "/crl.pem" }
    package var otherRoot: String { folder + "/other-root.pem" }
    package var relayTLS: Pair { pair("relay/tls") }
    package var relayStatement: Pair { pair("relay/statement") }

    /// `person("aomori-police/hachinohe", "officer")`
    package func person(_ address: String, _ person: String) -> Pair { pair("persons/\(address)/\(person)") }

    /// `party("aomori/hachinohe-shi")`; `file` is `encryption-next` for the overlapping RSA one.
    package func party(_ address: String, _ file: String = "encryption") -> Pair { pair("parties/\(address)/\(file)") }

    package func bad(_ bad: Bad) -> Pair { pair("bad/\(bad.rawValue)") }

    /// A file's text.
    package func text(of path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// The one PKI of this process.
    package static func shared() throws -> DevelopmentPKI { try made.get() }

    /// Runs the script with a subcommand (`["person", ADDRESS, PERSON]`, `["revoke", PEM]` …) on this PKI.
    package func issue(_ arguments: [String]) throws {
        try ForeignTool.bash.run([Self.script, folder] + arguments)
    }

    /// A PKI of its own for a test that changes it; removed afterwards.
    package static func with<Value>(_ body: (DevelopmentPKI) throws -> Value) throws -> Value {
        try ScratchFolder.with { scratch in
            let folder = scratch.path + "/pki"
            try ForeignTool.bash.run([script, folder])
            return try body(DevelopmentPKI(folder: folder))
        }
    }

    private static let script = Repository.root.appending(path: "certs/dev-pki.sh").path

    private static let sharedFolder = FileManager.default.temporaryDirectory
        .appendingPathComponent("mimamori-pki-\(UUID().uuidString)").path

    private static let made = Result {
        try ForeignTool.bash.run([script, sharedFolder])
        atexit { try? FileManager.default.removeItem(atPath: DevelopmentPKI.sharedFolder) }
        return DevelopmentPKI(folder: sharedFolder)
    }

    private func pair(_ stem: String) -> Pair {
        Pair(certificate: "\(folder)/\(stem).pem", key: "\(folder)/\(stem).key")
    }
}
