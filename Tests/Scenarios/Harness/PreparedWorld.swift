// What stories share and never change: one development PKI, made by the script that people use, and one filled relay,
// made by telling prepare.txt. Each is made once in a run, when the first story asks, and copied for each.

import Foundation
import Glibc
import TestSupport

enum PreparedWorld {
    private static let folder = Result { try Scratch.make("world") }

    /// Takes the folder away when the test run ends.
    private static let removal: Void = {
        atexit { if let folder = try? PreparedWorld.folder.get() { try? FileManager.default.removeItem(at: folder) } }
    }()

    /// Certificates that last longer than any retention class of which a story tells the end.
    private static let pki = Result {
        _ = removal
        let out = try folder.get().appending(path: "pki")
        let environment = ProcessInfo.processInfo.environment.merging(["DEV_PKI_YEARS": "8"]) { $1 }
        let outcome = try ChildProcess.run(["bash", "certs/dev-pki.sh", out.path], environment: environment)
        guard outcome.status == 0 else { throw StoryFailure("certs/dev-pki.sh: \(outcome.stdout)\(outcome.stderr)") }
        return out
    }

    private static let relay = Result {
        let story = try StoryRun(Story(Repository.text("Tests/Scenarios/prepare.txt")), title: "prepare.txt")
        let prepared = try folder.get().appending(path: "relay")
        try story.tell { try FileManager.default.copyItem(at: story.scratch.appending(path: "relay"), to: prepared) }
        return prepared
    }

    static func copyPKI(to target: URL) throws {
        try FileManager.default.copyItem(at: pki.get(), to: target)
    }

    /// Database and keys, as `state` and `keys` below the relay's folder. Answers the id of the council's standing request
    /// in it, which prepare.txt leaves in a file; `nil` while prepare.txt itself is told.
    static func copyRelay(to target: URL) throws -> String? {
        for name in ["state", "keys"] {
            let place = target.appending(path: name)
            try FileManager.default.removeItem(at: place)
            try FileManager.default.copyItem(at: relay.get().appending(path: name), to: place)
        }
        return try? String(contentsOf: target.appending(path: "state/request-id"), encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
