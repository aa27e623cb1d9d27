// Measures the access log's tree in the store: what an append costs with and without the nodes kept for proofs, and how
// long a proof takes over a log of so many entries. Entries are random bytes of the usual length; the statements and the
// mathematics are the relay's own. It prints figures and judges nothing. For benchmarks only.

import ArgumentParser
import Foundation
import MimamoriMerkle
import MimamoriRelay
import MimamoriStore

@main
struct LogProofs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log-proofs", abstract: "Measures appends to the access log and proofs about it.")

    @Argument(help: "The database; it is made, or grown to the number of leaves.")
    var path: String

    @Option(help: "How many leaves.")
    var leaves: Int64 = 10_000_000

    @Option(help: "How many proofs of each kind.")
    var proofs = 2000

    @Option(help: "Bytes of a sealed entry.")
    var entryBytes = 420

    private static let batch: Int64 = 20_000

    func run() async throws {
        let database = try SQLiteDatabase(path: path, create: true)
        try await grow(database)
        try await appendOneByOne(database)
        let size = try await database.read { try $0.frontier().size }
        try await prove(database, size: size)
        await database.close()
    }

    /// In large transactions, through the relay's own append.
    private func grow(_ database: SQLiteDatabase) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let before = try await database.read { try $0.frontier().size }
        var size = before
        while size < leaves {
            let (first, count, bytes) = (size, min(Self.batch, leaves - size), entryBytes)
            size = try await database.write { transaction in
                for number in first..<first + count {
                    try transaction.append(Self.leaf(number), sealedEntry: Self.entry(bytes))
                }
                return first + count
            }
        }
        print(
            "grow", "from", before, "to", size, "microseconds_per_leaf", Self.micros(clock.now - start, size - before))
    }

    /// The writer's work for one leaf, with nodes and without, in turns so that both meet the same machine. Each round is
    /// taken back, so that the log has every node afterwards.
    private func appendOneByOne(_ database: SQLiteDatabase) async throws {
        let clock = ContinuousClock()
        let (rounds, each, bytes) = (40, 1024, entryBytes)
        var spent = [Duration.zero, .zero]
        for round in 0..<2 * rounds {
            let withNodes = round % 4 == 1 || round % 4 == 2
            do {
                try await database.write { transaction in
                    let start = clock.now
                    for _ in 0..<each { try Self.append(to: transaction, withNodes: withNodes, bytes) }
                    throw Undone(after: clock.now - start)
                }
            } catch let undone as Undone {
                spent[withNodes ? 1 : 0] += undone.after
            }
        }
        let count = Int64(rounds * each)
        print(
            "append", "microseconds_without_nodes", Self.micros(spent[0], count), "with_nodes",
            Self.micros(spent[1], count))
    }

    private static func append(to transaction: any Transaction, withNodes: Bool, _ bytes: Int) throws {
        var frontier = try transaction.frontier()
        let (index, leaf) = (frontier.size, leaf(frontier.size))
        let kept = frontier.append(leaf)
        try transaction.appendLeaf(
            LogLeafRow(sequence: index, leafHash: leaf.bytes, sealedEntry: entry(bytes)),
            frontierPeaks: frontier.peaks.flatMap(\.bytes),
            nodes: withNodes ? kept.map { LogNodeRow(level: $0.level, number: $0.number, hash: $0.hash.bytes) } : [])
    }

    private struct Undone: Error {
        let after: Duration
    }

    private func prove(_ database: SQLiteDatabase, size: Int64) async throws {
        let root = try await database.read { try $0.frontier().root }
        for kind in ["inclusion", "consistency"] {
            var times: [Duration] = []
            for _ in 0..<proofs {
                let number = Int64.random(in: 0..<size)
                let clock = ContinuousClock()
                let start = clock.now
                let isRight = try await database.read { transaction in
                    if kind == "inclusion" {
                        let path = try transaction.proofMaker.inclusionProof(of: number, size: size)
                        return MerkleVerification.isIncluded(
                            Self.leaf(number), at: number, size: size, root: root, proof: path)
                    }
                    let path = try transaction.proofMaker.consistencyProof(from: number + 1, to: size)
                    return MerkleVerification.isConsistent(
                        oldSize: number + 1, oldRoot: try transaction.proofMaker.root(size: number + 1),
                        newSize: size, newRoot: root, proof: path)
                }
                times.append(clock.now - start)
                guard isRight else { throw ValidationError("a \(kind) proof does not hold at \(number)") }
            }
            times.sort()
            print(
                kind, "leaves", size, "microseconds_p50", Self.micros(times[times.count / 2], 1), "p99",
                Self.micros(times[times.count * 99 / 100], 1), "slowest", Self.micros(times[times.count - 1], 1))
        }
    }

    private static func leaf(_ number: Int64) -> MerkleHash {
        .leaf(withUnsafeBytes(of: number) { Array($0) })
    }

    private static func entry(_ bytes: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: bytes) { buffer, count in
            _ = getentropy(buffer.baseAddress, min(bytes, 256))
            count = bytes
        }
    }

    private static func micros(_ duration: Duration, _ count: Int64) -> String {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        return String(format: "%.2f", seconds * 1e6 / Double(max(count, 1)))
    }
}
