// One story being told: its folders, variables, last output and running programs. Each line is done in turn; the first
// that does not go as it says ends the story with the line, the output and the relay's last words. Whatever happens, no
// program is left running; the folder is kept when MIMAMORI_KEEP=1.

import Foundation
import TestSupport

/// Used by one thread only, the story's own.
final class StoryRun {
    /// Holds everything of this story.
    let scratch: URL
    var variables: [String: String]
    var lastStdout = ""
    var lastStderr = ""
    var lastPeakMebibytes = 0
    /// For the next program only.
    var stdin: String?
    var secondsPerCommand: Double = 120
    var clock = MovedClock.right
    var background: [String: BackgroundProgram] = [:]
    var relay: RelayProcess?
    /// Persons whose home folder stands.
    var homes: Set<String> = []
    /// Whether the relay starts with nothing but what the story itself does.
    var beginsEmpty = false

    struct BackgroundProgram {
        let child: ChildProcess
        let stdout: URL
        let stderr: URL
    }

    private let story: Story
    private let title: String

    init(_ story: Story, title: String) throws {
        self.story = story
        self.title = title
        scratch = try Scratch.make("story")
        variables = [
            "WORK": scratch.appending(path: "work").path, "RELAY": scratch.appending(path: "relay").path,
            "HOMES": scratch.appending(path: "homes").path, "PKI": scratch.appending(path: "pki").path,
            "SEEDS": Repository.root.appending(path: "seeds").path,
            "FORMS": Repository.root.appending(path: "Tests/Scenarios/forms").path, "ROOT": Repository.root.path,
            "TMPDIR": scratch.appending(path: "tmp").path, "HOME": scratch.appending(path: "user").path,
            "LANG": "C.UTF-8",
        ]
        for name in ["WORK", "RELAY", "HOMES", "TMPDIR", "HOME"] { try makeFolder(variables[name] ?? "") }
        for (name, content) in story.files {
            let url = path(name)
            try makeFolder(url.deletingLastPathComponent().path)
            try Data(content.utf8).write(to: url)
        }
    }

    /// Tells the story; throws at the first line that does not go as it says. `after` runs while its folder is there.
    func tell(after: () throws -> Void = {}) throws {
        defer { leaveNothing() }
        for line in story.lines {
            do {
                try perform(line)
            } catch {
                throw StoryFailure(
                    """
                    \(title), line \(line.number): \(line.text)
                    \(error)
                    --- stdout of the last program ---
                    \(lastStdout.suffix(4000))
                    --- stderr of the last program ---
                    \(lastStderr.suffix(4000))
                    \(relayLog())
                    """)
            }
        }
        try after()
    }

    /// A path of the story: relative ones lie in its work folder.
    func path(_ text: String) -> URL {
        URL(fileURLWithPath: text, relativeTo: URL(fileURLWithPath: variables["WORK"] ?? "/", isDirectory: true))
            .absoluteURL
    }

    func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// What every program of the story sees; nothing of the tests' own environment but what finds programs.
    var environment: [String: String] {
        var environment = variables
        for name in ["PATH", "LD_LIBRARY_PATH"] { environment[name] = ProcessInfo.processInfo.environment[name] }
        // The house's own programs are found by their names, and before any that are installed.
        environment["PATH"] = BuiltProducts.folder.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
        environment["SWIFT_BACKTRACE"] = "enable=no"
        return environment.merging(clock.environment) { $1 }
    }

    private func perform(_ line: StoryLine) throws {
        var words: [String] = []
        for word in line.words { words.append(try word.expanded(variables)) }
        let name = words.removeFirst()
        guard let command = StoryCommands.all[name] else { throw StoryFailure("there is no command \(name)") }
        switch (command, line.expectation) {
        case (.program(let start), let expectation):
            try expect(expectation, try start(self, words))
        case (.check(let check), .success):
            if let reason = try check(self, words) { throw StoryFailure(reason) }
        case (.check(let check), .failure):
            guard try check(self, words) != nil else { throw StoryFailure("this should not hold, and does") }
        case (.action(let act), .success):
            try act(self, words)
        case (.check, .status), (.action, .failure), (.action, .status):
            throw StoryFailure("\(name) has no exit status to expect")
        }
    }

    /// `nil` is a program that went to the background.
    private func expect(_ expectation: StoryLine.Expectation, _ status: Int32?) throws {
        guard let status else {
            guard expectation == .success else { throw StoryFailure("write what is expected at its wait") }
            return
        }
        switch expectation {
        case .success where status != 0: throw StoryFailure("exit status \(status) instead of 0")
        case .failure where status == 0: throw StoryFailure("exit status 0, but this should fail")
        // 128 and more is a signal: a program that crashes has not refused anything.
        case .failure where status >= 128: throw StoryFailure("ended by signal \(status - 128)")
        case .status(let wanted) where status != wanted:
            throw StoryFailure("exit status \(status) instead of \(wanted)")
        default: break
        }
    }

    private func relayLog() -> String {
        guard let log = try? String(contentsOf: scratch.appending(path: "relay/log"), encoding: .utf8) else {
            return ""
        }
        return "--- the relay's last words ---\n\(log.suffix(3000))"
    }

    private func leaveNothing() {
        for program in background.values where program.child.isRunning {
            program.child.signal(9)
            _ = try? program.child.wait(seconds: 10)
        }
        try? relay?.kill()
        if ProcessInfo.processInfo.environment["MIMAMORI_KEEP"] == "1", title.hasSuffix(".txt") {
            print("\(title): kept in \(scratch.path)")
        } else {
            try? FileManager.default.removeItem(at: scratch)
        }
    }
}
