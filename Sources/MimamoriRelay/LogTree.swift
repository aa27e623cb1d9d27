// The access log's tree as the store keeps it: frontier, leaf hashes and kept nodes, each written in the transaction that
// completes it, so that an append reads one row and a proof a few hundred hashes however long the log is. The mathematics
// is MimamoriMerkle's; who may ask for what is LogProofs.swift's.

import MimamoriCore
package import MimamoriMerkle
package import MimamoriStore

extension Transaction {
    /// Appends a leaf to the tree; the answer is its index.
    @discardableResult
    func append(_ leaf: PreparedLeaf) throws -> Int64 {
        try append(leaf.hash, sealedEntry: leaf.sealedEntry)
    }

    /// As above, for leaves that come from elsewhere.
    @discardableResult
    package func append(_ hash: MerkleHash, sealedEntry: [UInt8]) throws -> Int64 {
        var frontier = try frontier()
        let index = frontier.size
        let completed = frontier.append(hash)
        try appendLeaf(
            LogLeafRow(sequence: index, leafHash: hash.bytes, sealedEntry: sealedEntry),
            frontierPeaks: frontier.peaks.flatMap(\.bytes), nodes: completed.map(LogNodeRow.init))
        return index
    }

    package func frontier() throws -> Frontier {
        let (size, peaks) = try logFrontier()
        let hashes = stride(from: 0, to: peaks.count, by: MerkleHash.byteCount).compactMap { start in
            MerkleHash(bytes: Array(peaks[start..<min(start + MerkleHash.byteCount, peaks.count)]))
        }
        guard let frontier = Frontier(size: size, peaks: hashes) else {
            throw StoreFailure.logDamaged("log frontier of size \(size) has \(hashes.count) peaks")
        }
        return frontier
    }

    /// Makes proofs from what this transaction sees.
    package var proofMaker: ProofMaker {
        ProofMaker { level, numbers in
            let hashes = try logHashes(level: level, numbers).compactMap(MerkleHash.init)
            guard hashes.count == numbers.count else {
                throw StoreFailure.logDamaged("hashes \(numbers) of level \(level): \(hashes.count) are there")
            }
            return hashes
        }
    }

    /// Adds at most `limit` kept nodes that a log written before schema 3 lacks; returns whether there were any.
    package func completeNodes(limit: Int) throws -> Bool {
        var level = 1
        var wanted = try logFrontier().size >> KeptNode.height
        while wanted > 0 {
            let kept = try logNodeCount(level: level)
            if kept < wanted {
                let below = proofMaker
                try insertLogNodes(
                    (kept..<min(wanted, kept + Int64(limit))).map { number in
                        LogNodeRow(try below.node(level: level, number: number))
                    })
                return true
            }
            level += 1
            wanted >>= KeptNode.height
        }
        return false
    }
}

extension Relay {
    /// The nodes that one transaction adds to an old log: 64 read 16 384 leaf hashes, a few hundredths of a second.
    private static let nodesPerStep = 64

    static func completeNodes(in database: any Database) async throws {
        while try await database.write({ try $0.completeNodes(limit: nodesPerStep) }) {}
    }
}

extension LogNodeRow {
    fileprivate init(_ node: KeptNode) {
        self.init(level: node.level, number: node.number, hash: node.hash.bytes)
    }
}

extension StoreFailure {
    /// What is kept of the tree contradicts itself: somebody wrote into the database past the relay, or a disk forgot.
    static func logDamaged(_ cause: String) -> StoreFailure {
        StoreFailure(
            .corrupt,
            message: Bilingual(
                ja: "アクセス記録の木が壊れています。運用担当者に連絡してください。",
                en: "The access log's tree is damaged; tell the relay's operator."), cause: cause)
    }
}
