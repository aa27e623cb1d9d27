// The access log's leaves, the frontier of its tree and the nodes kept for proofs, which always change together. Hashing is
// MimamoriMerkle's and sealing MimamoriCrypto's; here the one rule is that leaves follow each other without a gap and none
// is ever replaced.

package struct LogLeafRow: Sendable, Hashable {
    package var sequence: Int64
    /// 32 bytes.
    package var leafHash: [UInt8]
    package var sealedEntry: [UInt8]

    package init(sequence: Int64, leafHash: [UInt8], sealedEntry: [UInt8]) {
        self.sequence = sequence
        self.leafHash = leafHash
        self.sealedEntry = sealedEntry
    }
}

extension Transaction {
    /// Size and concatenated 32-byte peaks of the tree; (0, []) at first.
    package func logFrontier() throws -> (size: Int64, peaks: [UInt8]) {
        guard let row = try rows("SELECT size, peaks FROM log_frontier", []).first else {
            throw StoreFailure.unreadable("log_frontier")
        }
        return (try row.integer(0), try row.blob(1))
    }

    /// Appends the leaf with the nodes that it completes and replaces the frontier; the caller computed all of them in
    /// this transaction. Fails, and nothing is appended, when the leaf is not the next one.
    package func appendLeaf(_ row: LogLeafRow, frontierPeaks: [UInt8], nodes: [LogNodeRow] = []) throws {
        let advanced = try execute(
            "UPDATE log_frontier SET size = $1 + 1, peaks = $2 WHERE size = $1",
            [.integer(row.sequence), .blob(frontierPeaks)])
        guard advanced == 1 else { throw StoreFailure.contradiction("log leaf \(row.sequence) is not the next one") }
        try execute(
            "INSERT INTO log_leaves (sequence, leaf_hash, sealed_entry) VALUES ($1, $2, $3)",
            [.integer(row.sequence), .blob(row.leafHash), .blob(row.sealedEntry)])
        try insertLogNodes(nodes)
    }

    /// Of these sequence numbers whatever is there, in order. A gap is damage, for the caller to notice.
    package func leaves(from sequence: Int64, limit: Int) throws -> [LogLeafRow] {
        try rows(
            """
            SELECT sequence, leaf_hash, sealed_entry FROM log_leaves
            WHERE sequence >= $1 AND sequence < $2 ORDER BY sequence
            """, [.integer(sequence), .integer(sequence + Int64(limit))]
        ).map { LogLeafRow(sequence: try $0.integer(0), leafHash: try $0.blob(1), sealedEntry: try $0.blob(2)) }
    }
}
