// The commands of stories that have nothing to do with the relay: programs, their output, files, variables. Those of the
// relay and its persons are in RelayCommands.swift; all are described in Tests/Scenarios/README.md.

import Foundation
import TestSupport

enum StoryCommands {
    enum Command: Sendable {
        /// Runs a program and answers its exit status; `nil` when it went to the background.
        case program(@Sendable (StoryRun, [String]) throws -> Int32?)
        /// Answers why something does not hold; `nil` when it does. `!` turns it round.
        case check(@Sendable (StoryRun, [String]) throws -> String?)
        /// Does something that must go well.
        case action(@Sendable (StoryRun, [String]) throws -> Void)
    }

    static let all = general.merging(relay) { first, _ in first }

    private static let general: [String: Command] = [
        "exec": .program { run, words in try run.start(words) },
        "wait": .program { run, words in try run.wait(for: try one(words)) },
        "kill": .action { run, words in
            guard let program = run.background[words.first ?? ""], words.count <= 2 else {
                throw StoryFailure("kill NAME [SIGNAL]")
            }
            program.child.signal(words.count == 2 ? Int32(words[1]) ?? 9 : 9)
        },
        "stdin": .action { run, words in run.stdin = run.path(try one(words)).path },
        "stdout": .check { run, words in missing(try one(words), in: run.lastStdout, "stdout") },
        "stderr": .check { run, words in missing(try one(words), in: run.lastStderr, "stderr") },
        "grep": .check { run, words in
            guard words.count == 2 else { throw StoryFailure("grep PATTERN FILE") }
            return missing(words[0], in: try run.text(words[1]), words[1])
        },
        "cmp": .check { run, words in
            guard words.count == 2 else { throw StoryFailure("cmp FILE FILE") }
            return try run.bytes(words[0]) == run.bytes(words[1]) ? nil : "\(words[0]) and \(words[1]) differ"
        },
        "exists": .check { run, words in
            let left = words.first { !FileManager.default.fileExists(atPath: run.path($0).path) }
            return left.map { "\($0) does not exist" }
        },
        "empty": .check { run, words in
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: run.path(try one(words)).path)) ?? []
            return names.isEmpty ? nil : "there are \(names.sorted().joined(separator: ", "))"
        },
        "cp": .action { run, words in
            guard words.count == 2 else { throw StoryFailure("cp FILE FILE") }
            try run.bytes(words[0]).write(to: run.path(words[1]))
        },
        "mkdir": .action { run, words in try words.forEach { try run.makeFolder(run.path($0).path) } },
        "rm": .action { run, words in try words.forEach { try FileManager.default.removeItem(at: run.path($0)) } },
        "env": .action { run, words in
            for word in words {
                guard let equals = word.firstIndex(of: "=") else { throw StoryFailure("env NAME=VALUE …") }
                run.variables[String(word[..<equals])] = String(word[word.index(after: equals)...])
            }
        },
        "capture": .action { run, words in
            guard words.count == 2 else { throw StoryFailure("capture NAME PATTERN") }
            guard let found = try capture(words[1], in: run.lastStdout) else {
                throw StoryFailure("stdout has nothing that matches \(words[1])")
            }
            run.variables[words[0]] = found
        },
        "flip-byte": .action { run, words in
            guard words.count == 2, let offset = Int(words[1]) else { throw StoryFailure("flip-byte FILE OFFSET") }
            var bytes = try run.bytes(words[0])
            let place = offset < 0 ? bytes.count + offset : offset
            guard bytes.indices.contains(place) else { throw StoryFailure("\(words[0]) has \(bytes.count) bytes only") }
            bytes[place] ^= 1
            try bytes.write(to: run.path(words[0]))
        },
        "timeout": .action { run, words in
            guard let seconds = Double(try one(words)) else { throw StoryFailure("timeout SECONDS") }
            run.secondsPerCommand = seconds
        },
        "clock": .action { run, words in run.clock = try MovedClock(try one(words)) },
        "grep-disk": .check { run, words in
            let places = ["RELAY", "HOMES", "TMPDIR", "HOME"].compactMap { run.variables[$0] }
            let found = try DiskSearch.files(holding: try one(words), below: places.map { URL(fileURLWithPath: $0) })
            run.lastStdout = found.map { $0 + "\n" }.joined()
            return found.isEmpty ? "it is nowhere on the disk" : nil
        },
    ]

    static func one(_ words: [String]) throws(StoryFailure) -> String {
        guard words.count == 1 else { throw StoryFailure("this takes one argument") }
        return words[0]
    }

    private static func regex(_ pattern: String) throws(StoryFailure) -> NSRegularExpression {
        do {
            return try NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
        } catch {
            throw StoryFailure("this is no regular expression: \(pattern)")
        }
    }

    /// The first group of the first match, or the whole match when the pattern has no group.
    static func capture(_ pattern: String, in text: String) throws(StoryFailure) -> String? {
        let regex = try regex(pattern)
        guard let match = regex.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) else { return nil }
        return Range(match.range(at: regex.numberOfCaptureGroups > 0 ? 1 : 0), in: text).map { String(text[$0]) } ?? ""
    }

    private static func missing(_ pattern: String, in text: String, _ name: String) -> String? {
        do {
            return try capture(pattern, in: text) == nil ? "\(name) has nothing that matches \(pattern)" : nil
        } catch {
            return error.description
        }
    }
}

extension StoryRun {
    /// The bytes of a file; `stdout` and `stderr` are those of the last program.
    func bytes(_ name: String) throws -> Data {
        switch name {
        case "stdout": Data(lastStdout.utf8)
        case "stderr": Data(lastStderr.utf8)
        default: try Data(contentsOf: path(name))
        }
    }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// Runs a program in the work folder. A last word `&NAME` leaves it running under that name.
    func start(_ words: [String], extra: [String: String] = [:]) throws -> Int32? {
        var words = words
        let name = words.last.flatMap { $0.hasPrefix("&") && $0.count > 1 ? String($0.dropFirst()) : nil }
        if name != nil { words.removeLast() }
        guard !words.isEmpty else { throw StoryFailure("a program is missing") }
        let output = scratch.appending(path: "output-\(name ?? "last")")
        let (out, err) = (output.appendingPathExtension("out"), output.appendingPathExtension("err"))
        for file in [out, err] { try? FileManager.default.removeItem(at: file) }
        let child = try ChildProcess(
            words, environment: environment.merging(extra) { $1 }, directory: path("."), stdin: stdin ?? "/dev/null",
            stdout: out, stderr: err)
        stdin = nil
        let program = BackgroundProgram(child: child, stdout: out, stderr: err)
        guard let name else { return try end(of: program) }
        background[name] = program
        return nil
    }

    func wait(for name: String) throws -> Int32 {
        guard let program = background.removeValue(forKey: name) else { throw StoryFailure("nothing runs as \(name)") }
        return try end(of: program)
    }

    private func end(of program: BackgroundProgram) throws -> Int32 {
        defer {
            lastStdout = (try? String(decoding: Data(contentsOf: program.stdout), as: UTF8.self)) ?? ""
            lastStderr = (try? String(decoding: Data(contentsOf: program.stderr), as: UTF8.self)) ?? ""
        }
        let end = try program.child.end(seconds: secondsPerCommand)
        lastPeakMebibytes = end.peakMebibytes
        if end.status == 127 { throw StoryFailure("the program was not found") }
        return end.status
    }
}
