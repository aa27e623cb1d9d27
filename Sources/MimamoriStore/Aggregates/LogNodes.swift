// The hashes that proofs about the access log are made of: leaf hashes, and the root of every complete 256, 65 536, …
// leaves, which is written with the leaf that completes it. What is asked for here is a run of numbers; a gap is damage,
// for the caller to notice by the count.

/// The root of 256^`level` leaves.
package struct LogNodeRow: Sendable, Hashable {
    package var level: Int
    package var number: Int64
    /// 32 bytes.
    package var hash: [UInt8]

    package init(level: Int, number: Int64, hash: [UInt8]) {
        self.level = level
        self.number = number
        self.hash = hash
    }
}

extension Transaction {
    /// Fails when one of them is there already: no node is ever replaced.
    package func insertLogNodes(_ nodes: [LogNodeRow]) throws {
        for node in nodes {
            try execute(
                "INSERT INTO log_nodes (level, number, hash) VALUES ($1, $2, $3)",
                [.integer(Int64(node.level)), .integer(node.number), .blob(node.hash)])
        }
    }

    /// How many nodes of a level are kept; they have no gap.
    package func logNodeCount(level: Int) throws -> Int64 {
        try rows(
            "SELECT number FROM log_nodes WHERE level = $1 ORDER BY number DESC LIMIT 1", [.integer(Int64(level))]
        ).first.map { try $0.integer(0) + 1 } ?? 0
    }

    /// The hashes of these leaves (level 0) or nodes, in order.
    package func logHashes(level: Int, _ numbers: Range<Int64>) throws -> [[UInt8]] {
        let range = [SQLValue.integer(numbers.lowerBound), .integer(numbers.upperBound)]
        let rows =
            level == 0
            ? try rows(
                "SELECT leaf_hash FROM log_leaves WHERE sequence >= $1 AND sequence < $2 ORDER BY sequence", range)
            : try rows(
                """
                SELECT hash FROM log_nodes
                WHERE level = $3 AND number >= $1 AND number < $2 ORDER BY number
                """, range + [.integer(Int64(level))])
        return try rows.map { try $0.blob(0) }
    }
}
