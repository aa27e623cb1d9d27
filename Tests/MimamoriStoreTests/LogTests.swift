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
            #expect(latest?.size == 9 && latest?.note == "nine")
            try await database.write { try $0.insertCheckpoint(size: 9, time: Sample.time, note: "nine again") }
            #expect(try await database.read { try $0.latestCheckpoint()?.note } == "nine again")
        }
    }
}
