// The tree in the store: nodes are there as soon as they are complete, an old log gets those it lacks, and what somebody
// changed past the relay is noticed before anything is proved or signed.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriStore
import Testing

@testable import MimamoriRelay

@Suite struct LogTreeTests {
    private static let size: Int64 = 256 * 5 + 7

    /// A database with a log of so many leaves and nothing else.
    private func withLog(_ body: (SQLiteDatabase) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "mimamori-tree-\(UUID().uuidString)")
        defer {
            for end in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path.path + end) }
        }
        let database = try SQLiteDatabase(path: path.path, create: true)
        try await database.write { transaction in
            for number in 0..<Self.size { try transaction.append(Self.leaf(number), sealedEntry: [1]) }
        }
        do {
            try await body(database)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private static func leaf(_ number: Int64) -> MerkleHash { .leaf(Array("entry \(number)".utf8)) }

    private func holdsEveryProof(_ database: SQLiteDatabase) async throws -> Bool {
        try await database.read { transaction in
            let (maker, root) = (transaction.proofMaker, try transaction.frontier().root)
            for number in stride(from: 0, to: Self.size, by: 37) {
                let isIncluded = MerkleVerification.isIncluded(
                    Self.leaf(number), at: number, size: Self.size, root: root,
                    proof: try maker.inclusionProof(of: number, size: Self.size))
                let isConsistent = MerkleVerification.isConsistent(
                    oldSize: number + 1, oldRoot: try maker.root(size: number + 1), newSize: Self.size, newRoot: root,
                    proof: try maker.consistencyProof(from: number + 1, to: Self.size))
                guard isIncluded, isConsistent else { return false }
            }
            return true
        }
    }

    @Test func proofsHoldAtEverySize() async throws {
        try await withLog { database async throws in
            #expect(try await database.read { try $0.logNodeCount(level: 1) } == 5)
            #expect(try await holdsEveryProof(database))
        }
    }

    @Test(arguments: [1, 2, 5, 64]) func anOldLogGetsItsNodes(limit: Int) async throws {
        try await withLog { database async throws in
            let nodes = try await database.read { try $0.logHashes(level: 1, 0..<5) }
            // As version 2 left it, and as a step that was interrupted would.
            for condition in ["1", "number >= 3"] {
                try await database.write { _ = try $0.execute("DELETE FROM log_nodes WHERE \(condition)", []) }
                var steps = 0
                while try await database.write({ try $0.completeNodes(limit: limit) }) { steps += 1 }
                #expect(steps == ((condition == "1" ? 5 : 2) + limit - 1) / limit)
                #expect(try await database.read { try $0.logHashes(level: 1, 0..<5) } == nodes)
            }
            #expect(try await holdsEveryProof(database))
            #expect(try await !database.write { try $0.completeNodes(limit: limit) })
        }
    }

    @Test(arguments: ["log_leaves WHERE sequence = 300", "log_nodes WHERE number = 1"])
    func aGapIsDamageAndNoProof(row: String) async throws {
        try await withLog { database async throws in
            try await database.write { _ = try $0.execute("DELETE FROM \(row)", []) }
            let failure = await #expect(throws: StoreFailure.self) {
                try await database.read { transaction in
                    for index in [301, 1000] as [Int64] {
                        _ = try transaction.proofMaker.inclusionProof(of: index, size: Self.size)
                    }
                }
            }
            #expect(failure?.kind == .corrupt)
        }
    }
}
