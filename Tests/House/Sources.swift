// The habits of the house, read off the sources: sizes, first lines, names, and the constructs that need a reason.

import Foundation
import TestSupport
import Testing

/// A construct that is allowed in one file, and why.
private struct Exception {
    let file: String
    let construct: String
    let reason: String
}

private let exceptions: [Exception] = [
    Exception(
        file: "Sources/MimamoriCrypto/OpenSSLHandle.swift", construct: "unchecked Sendable",
        reason: "OpenSSL's pointers are not Sendable; each handle has one owner, and shared ones are only read")
]

/// Constructs that are not written without a reason. Each is a regular expression over a line without its comment.
private let constructs: [(name: String, pattern: String)] = [
    ("forced try", #"\btry!"#),
    ("forced cast", #"\bas!"#),
    ("unchecked Sendable", #"@unchecked\s"#),
    ("nonisolated(unsafe)", #"\bnonisolated\(unsafe\)"#),
    ("unstructured task", #"\bTask\s*(\.detached|\.immediate)?\s*(\([^)]*\)\s*)?\{"#),
    ("public", #"^\s*(@\w+\s+)*(public|open)\s"#),
]

private let forbiddenNames = ["Utils", "Util", "Helpers", "Helper", "Manager", "Common", "Extensions"]

private func uses(_ construct: String, in source: String) -> [Int] {
    source.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
        let code = line.range(of: "//").map { line[..<$0.lowerBound] } ?? line
        return code.range(of: construct, options: .regularExpression) == nil ? nil : index + 1
    }
}

struct SourceTests {
    private static let files = ["Sources", "Tests", "Benchmarks"].flatMap {
        Repository.files(below: $0, ending: ".swift")
    }

    @Test func thereAreSources() {
        #expect(Self.files.count > 50)
    }

    @Test(arguments: files)
    func aFileIsOneConceptAndBeginsWithWhatItDoes(_ file: String) throws {
        let lines = try Repository.text(file).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 401, "over 400 lines: is it still one concept?")
        let header = lines.prefix { $0.hasPrefix("//") && !$0.hasPrefix("///") }.joined(separator: " ")
        #expect(header.count > 40, "a file begins with what it does and what it leaves to others")
        let name = file.split(separator: "/").last.map { $0.dropLast(".swift".count) } ?? ""
        #expect(!forbiddenNames.contains { name.hasSuffix($0) }, "a name that says nothing")
    }

    @Test(arguments: files.filter { !$0.hasPrefix("Tests/House/") })
    func constructsThatNeedAReasonAreOnTheList(_ file: String) throws {
        let source = try Repository.text(file)
        for (name, pattern) in constructs {
            let allowed = exceptions.contains { $0.file == file && $0.construct == name }
            let lines = uses(pattern, in: source)
            #expect(allowed || lines.isEmpty, "\(name) in lines \(lines)")
            #expect(!allowed || !lines.isEmpty, "the exception for \(name) is no longer needed")
        }
    }

    @Test func everyExceptionHasItsReason() {
        for exception in exceptions {
            #expect(exception.reason.count > 20 && Self.files.contains(exception.file), "\(exception.file)")
            #expect(constructs.contains { $0.name == exception.construct })
        }
    }

    @Test(arguments: [
        ("forced try", "let a = try! b()", true), ("forced try", "let a = try? b()", false),
        ("forced try", "// never try! this", false), ("unstructured task", "Task { await a() }", true),
        ("unstructured task", "Task.detached(priority: .low) { }", true),
        ("unstructured task", "Task<Void, Never> {", false),
        ("unstructured task", "group.addTask {", false), ("unstructured task", "try await Task.sleep(for: a)", false),
        ("public", "    public let a = 1", true), ("public", "@inlinable public func a()", true),
        ("public", "let publicKey = 1", false), ("unchecked Sendable", "final class A: @unchecked Sendable {", true),
    ])
    func thePatternsFindWhatTheyName(_ name: String, _ line: String, _ found: Bool) throws {
        let pattern = try #require(constructs.first { $0.name == name }?.pattern)
        #expect(uses(pattern, in: line).isEmpty == !found)
    }
}
