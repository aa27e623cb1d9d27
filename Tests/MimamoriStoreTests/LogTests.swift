// The access log's rows: leaves and frontier move together or not at all, and no leaf is skipped or replaced.

import MimamoriCore
import Testing

@testable import MimamoriStore

@Suite struct LogStoreTests {
    @Test(arguments: Engine.allCases) func leavesAndFrontierMoveTogether(engine: Engine) async throws {
        try await engine.with { database async throws in
            let empty = try await database.read { try $0.logFrontier() }
            #expect(empty.size == 0 && empty.peaks.isEmpty)
            for sequence in Int64(0)..<5 {
                try await database.write { try $0.appendLeaf(Sample.leaf(sequence), frontierPeaks: [UInt8(sequence)]) }
            }
            let frontier = try await database.read { try $0.logFrontier() }
            #expect(frontier.size == 5 && frontier.peaks == [4])
            #expect(try await database.read { try $0.leaves(from: 0, limit: 10) } == (0..<5).map(Sample.leaf))
            #expect(try await database.read { try $0.leaves(from: 2, limit: 2) } == (2..<4).map(Sample.leaf))
            #expect(try await database.read { try $0.leaves(from: 5, limit: 2) }.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases, [Int64(-1), 0, 1, 3, 4]) func onlyTheNextLeafIsTaken(
        engine: Engine, sequence: Int64
    ) async throws {
        try await engine.with { database async throws in
            for sequence in Int64(0)..<2 {
                try await database.write { try $0.appendLeaf(Sample.leaf(sequence), frontierPeaks: [1]) }
            }
            let kind = await failureKind {
                try await database.write { try $0.appendLeaf(Sample.leaf(sequence), frontierPeaks: [2]) }
            }
            #expect(kind == .corrupt)
            let frontier = try await database.read { try $0.logFrontier() }
            #expect(frontier.size == 2 && frontier.peaks == [1])
            #expect(try await database.read { try $0.leaves(from: 0, limit: 9) } == (0..<2).map(Sample.leaf))
        }
    }

    @Test(arguments: Engine.allCases) func aBodyThatFailsLeavesNoLeaf(engine: Engine) async throws {
        try await engine.with { database async throws in
            await #expect(throws: OwnError(number: 1)) {
                try await database.write { transaction in
                    try transaction.appendLeaf(Sample.leaf(0), frontierPeaks: [1])
                    throw OwnError(number: 1)
                }
            }
            let frontier = try await database.read { try $0.logFrontier() }
            #expect(frontier.size == 0)
            #expect(try await database.read { try $0.leaves(from: 0, limit: 9) }.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func concurrentAppendsMakeOneSequence(engine: Engine) async throws {
        try await engine.with { database async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        try await database.write { transaction in
                            let next = try transaction.logFrontier().size
                            try transaction.appendLeaf(Sample.leaf(next), frontierPeaks: [])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.read { try $0.leaves(from: 0, limit: 999) } == (0..<200).map(Sample.leaf))
        }
    }

    @Test(arguments: Engine.allCases) func checkpoints(engine: Engine) async throws {
        try await engine.with { database async throws in
            #expect(try await database.read { try $0.latestCheckpoint()?.size } == nil)
            try await database.write { transaction in
                try transaction.insertCheckpoint(size: 9, time: Sample.time, note: "nine")
                try transaction.insertCheckpoint(size: 4, time: Sample.time, note: "four")
            }
            let latest = try await database.read { try $0.latestCheckpoint() }
            #expect(latest?.size == 9 && latest?.note == "nine" && latest?.time == Sample.time)
            try await database.write { try $0.insertCheckpoint(size: 9, time: Sample.time, note: "nine again") }
            #expect(try await database.read { try $0.latestCheckpoint()?.note } == "nine again")
            try await database.write { try $0.deleteCheckpoint(size: 9) }
            #expect(try await database.read { try $0.latestCheckpoint()?.size } == 4)
        }
    }

    @Test(arguments: Engine.allCases) func nodesAreWrittenWithTheirLeafOrNotAtAll(engine: Engine) async throws {
        try await engine.with { database async throws in
            let nodes = [LogNodeRow(level: 1, number: 0, hash: [1]), LogNodeRow(level: 2, number: 0, hash: [2])]
            await #expect(throws: OwnError(number: 1)) {
                try await database.write { transaction in
                    try transaction.appendLeaf(Sample.leaf(0), frontierPeaks: [1], nodes: nodes)
                    throw OwnError(number: 1)
                }
            }
            #expect(try await database.read { try $0.logNodeCount(level: 1) } == 0)
            try await database.write { try $0.appendLeaf(Sample.leaf(0), frontierPeaks: [1], nodes: nodes) }
            #expect(try await database.read { try $0.logNodeCount(level: 1) } == 1)
            #expect(try await database.read { try $0.logHashes(level: 2, 0..<1) } == [[2]])
            #expect(try await database.read { try $0.logNodeCount(level: 3) } == 0)
            // A node that is there stays as it is, and takes the leaf down with it.
            let kind = await failureKind {
                try await database.write { try $0.appendLeaf(Sample.leaf(1), frontierPeaks: [2], nodes: [nodes[0]]) }
            }
            #expect(kind == .corrupt)
            #expect(try await database.read { try $0.logFrontier().size } == 1)
        }
    }

    @Test(arguments: Engine.allCases) func hashesOfARunHaveItsOrderAndShowAGap(engine: Engine) async throws {
        try await engine.with { database async throws in
            try await database.write { transaction in
                for sequence in Int64(0)..<6 { try transaction.appendLeaf(Sample.leaf(sequence), frontierPeaks: []) }
                try transaction.insertLogNodes((0..<6).map { LogNodeRow(level: 1, number: $0, hash: [UInt8($0)]) })
                try transaction.insertLogNodes([LogNodeRow(level: 2, number: 0, hash: [9])])
            }
            #expect(
                try await database.read { try $0.logHashes(level: 0, 2..<5) }
                    == (2..<5).map { Sample.leaf($0).leafHash })
            #expect(try await database.read { try $0.logHashes(level: 1, 2..<5) } == [[2], [3], [4]])
            try await database.write { transaction in
                try transaction.execute("DELETE FROM log_leaves WHERE sequence = 3", [])
                try transaction.execute("DELETE FROM log_nodes WHERE level = 1 AND number = 3", [])
            }
            #expect(try await database.read { try $0.logHashes(level: 0, 2..<5) }.count == 2)
            #expect(try await database.read { try $0.logHashes(level: 1, 2..<5) } == [[2], [4]])
            #expect(try await database.read { try $0.leaves(from: 2, limit: 3) } == [Sample.leaf(2), Sample.leaf(4)])
        }
    }

    @Test(arguments: Engine.allCases) func aWitnessHasOneCosignatureUnderAHead(engine: Engine) async throws {
        func row(_ witness: String, _ size: Int64, seconds: Int64, _ line: String) -> CosignatureRow {
            CosignatureRow(witness: witness, size: size, time: Sample.time.advanced(bySeconds: seconds), line: line)
        }
        try await engine.with { database async throws in
            let first = row("b", 5, seconds: 10, "first")
            #expect(try await database.write { try $0.putCosignature(first) })
            #expect(try await !database.write { try $0.putCosignature(first) })
            let older = row("b", 5, seconds: 9, "older")
            #expect(try await !database.write { try $0.putCosignature(older) })
            #expect(try await database.read { try $0.cosignatures(size: 5) } == [first])
            let newer = row("b", 5, seconds: 11, "newer")
            let (other, next) = (row("a", 5, seconds: 1, "other"), row("b", 9, seconds: 12, "next"))
            for row in [newer, other, next] {
                #expect(try await database.write { try $0.putCosignature(row) })
            }
            #expect(try await database.read { try $0.cosignatures(size: 5) } == [other, newer])
            #expect(try await database.read { try $0.newestCosignedSize(by: "b") } == 9)
            #expect(try await database.read { try $0.newestCosignedSize(by: "a") } == 5)
            #expect(try await database.read { try $0.newestCosignedSize(by: "c") } == nil)
        }
    }
}
