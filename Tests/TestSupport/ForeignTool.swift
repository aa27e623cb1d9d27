// Runs a program that is not ours (openssl, bash, tar) and waits for it, so that tests can compare us with others'
// software. Input and outputs go through files, because pipes block when a tool writes more than it is read.

package import Foundation

package struct ForeignTool: Sendable {
    package struct Outcome: Sendable {
        package let status: Int32
        package let output: [UInt8]
        package let errors: String

        package var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// The tool did not end with 0.
    package struct Failed: Error, CustomStringConvertible {
        package let description: String
    }

    package static let openssl = ForeignTool("openssl")
    package static let bash = ForeignTool("bash")

    private let name: String

    /// A program found by PATH.
    package init(_ name: String) { self.name = name }

    /// Runs the tool to its end, whatever its end is.
    package func outcome(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
        try ScratchFolder.with { folder in
            let files = ["in", "out", "err"].map { folder.url.appendingPathComponent($0) }
            try Data(input).write(to: files[0])
            try Data().write(to: files[1])
            try Data().write(to: files[2])
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [name] + arguments
            process.standardInput = try FileHandle(forReadingFrom: files[0])
            process.standardOutput = try FileHandle(forWritingTo: files[1])
            process.standardError = try FileHandle(forWritingTo: files[2])
            try process.run()
            process.waitUntilExit()
            return Outcome(
                status: process.terminationStatus, output: [UInt8](try Data(contentsOf: files[1])),
                errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
        }
    }

    /// Runs the tool and returns what it printed; throws when it fails.
    @discardableResult
    package func run(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
        let outcome = try outcome(arguments, input: input)
        guard outcome.status == 0 else {
            let command = ([name] + arguments).joined(separator: " ")
            throw Failed(description: "\(command): \(outcome.status) \(outcome.errors)")
        }
        return outcome.output
    }
}

/// A folder under the system's temporary one that is gone after its use.
package struct ScratchFolder: Sendable {
    package let url: URL
    package var path: String { url.path }

    package static func with<Value>(_ body: (ScratchFolder) throws -> Value) throws -> Value {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("mimamori-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(ScratchFolder(url: url))
    }

    /// Writes `bytes` into a file of this folder and returns its path.
    package func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let file = url.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        return file.path
    }

    package func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url.appendingPathComponent(name)))
    }
}
