// Exports: the chosen entries, one a line, with the head that they are checked under; the independent verifier takes them.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriWire
import TestSupport
import Testing

@testable import MimamoriClient

struct LogExportTests {
    private func export(
        _ log: DemoLog, _ selection: LogExport.Selection, proofs: Bool = false
    ) async throws -> (lines: [String], exported: LogExported) {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        relay.change { $0.accessLog = log }
        let session = try relay.session(demo.client(.auditor))
        var lines: [String] = []
        let exported = try await session.exportLog(LogExport(selection, withProofs: proofs)) { lines.append($0) }
        return (lines, exported)
    }

    private func verifies(_ lines: [String]) throws -> Bool {
        try ScratchFolder.with { folder in
            let path = try folder.file("log.jsonl", lines.map { $0 + "\n" }.joined().utf8)
            let outcome = try ForeignTool("python3").outcome([
                Repository.root.appending(path: "docs/verify_log.py").path, "--key", DemoLog.signer(1).verifierKey,
                "export", path,
            ])
            #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
            return outcome.status == 0
        }
    }

    private func sequences(_ lines: [String]) -> [Int] {
        lines.compactMap { $0.firstMatch(of: /"sequence":(\d+)/).flatMap { Int($0.1) } }
    }

    @Test func everythingIsSelfContained() async throws {
        let (lines, exported) = try await export(DemoLog(11), .numbers(first: 0, count: nil))
        #expect(sequences(lines) == Array(0..<11) && exported.count == 11 && exported.isSelfContained)
        #expect(lines.last?.hasPrefix(#"{"checkpoint":"demo\n11\n"#) == true)
        #expect(try verifies(lines))
        #expect(try !verifies(Array(lines.dropFirst())))
        #expect(try !verifies(lines.map { $0.replacing("r4", with: "r5") }))
    }

    @Test(arguments: [(3, 4, 3..<7), (8, 100, 8..<11), (0, 1, 0..<1), (11, 5, 11..<11), (500, 5, 0..<0)])
    func aPartNeedsProofs(first: Int64, count: Int64, expected: Range<Int>) async throws {
        let selection = LogExport.Selection.numbers(first: first, count: count)
        let (bare, _) = try await export(DemoLog(11), selection)
        #expect(sequences(bare) == Array(expected))
        #expect(try !verifies(bare))
        let (proved, exported) = try await export(DemoLog(11), selection, proofs: true)
        #expect(exported.isSelfContained && sequences(proved) == Array(expected))
        if !expected.isEmpty { #expect(try verifies(proved)) }
    }

    /// Entry n of the demo's log is of minute n.
    @Test(arguments: [
        (0, 10, 0...10), (3, 5, 3...5), (4, 4, 4...4), (9, 99, 9...29), (-5, 2, 0...2),
    ])
    func byTime(from: Int64, to: Int64, expected: ClosedRange<Int>) async throws {
        let selection = LogExport.Selection.times(
            from: Timestamp(milliseconds: from * 60_000), to: Timestamp(milliseconds: to * 60_000))
        let (lines, exported) = try await export(DemoLog(30), selection)
        #expect(sequences(lines) == Array(expected) && exported.count == Int64(expected.count))
    }

    @Test func noEntryOfThatTime() async throws {
        let selection = LogExport.Selection.times(
            from: Timestamp(milliseconds: 100 * 60_000), to: Timestamp(milliseconds: 200 * 60_000))
        #expect(try await export(DemoLog(30), selection).exported.count == 0)
    }

    /// What is damaged is exported as it is, for the reader to see.
    @Test func whatIsMissingIsNotPassedOver() async throws {
        var log = DemoLog(11)
        log.leaves[4] = LogPage.Leaf(hash: log.leaves[4].hash, entry: nil)
        let (shredded, _) = try await export(log, .numbers(first: 0, count: nil))
        #expect(try verifies(shredded), "the tree still verifies over the hash of an entry")
        log.leaves[4] = LogPage.Leaf(hash: nil, entry: nil)
        let (gone, _) = try await export(log, .numbers(first: 0, count: nil))
        #expect(sequences(gone) == Array(0..<11))
        #expect(try !verifies(gone))
    }
}
