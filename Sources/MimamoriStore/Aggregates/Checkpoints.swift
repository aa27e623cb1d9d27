// Signed heads of the access log's tree, kept as the notes that were given out, and what witnesses cosigned. Verifying
// either is MimamoriMerkle's.

package import MimamoriCore

/// A witness's line under a head.
package struct CosignatureRow: Sendable, Hashable {
    /// The witness's verifier key.
    package var witness: String
    package var size: Int64
    package var time: Timestamp
    package var line: String

    package init(witness: String, size: Int64, time: Timestamp, line: String) {
        self.witness = witness
        self.size = size
        self.time = time
        self.line = line
    }
}

extension Transaction {
    /// A second note of the same size replaces the first: the tree is the same, the signing key may be a newer one.
    package func insertCheckpoint(size: Int64, time: Timestamp, note: String) throws {
        try execute(
            """
            INSERT INTO checkpoints (size, time, note) VALUES ($1, $2, $3)
            ON CONFLICT (size) DO UPDATE SET time = excluded.time, note = excluded.note
            """, [.integer(size), .integer(time.milliseconds), .text(note)])
    }

    /// The one of the largest tree.
    package func latestCheckpoint() throws -> (size: Int64, time: Timestamp, note: String)? {
        try rows("SELECT size, time, note FROM checkpoints ORDER BY size DESC LIMIT 1", []).first.map {
            (try $0.integer(0), try $0.time(1), try $0.text(2))
        }
    }

    /// A note can be signed again at any time: it says the same.
    package func deleteCheckpoint(size: Int64) throws {
        try execute("DELETE FROM checkpoints WHERE size = $1", [.integer(size)])
    }

    /// A witness's newer cosignature of the same head replaces its older one. Returns whether anything changed.
    package func putCosignature(_ row: CosignatureRow) throws -> Bool {
        try execute(
            """
            INSERT INTO cosignatures (witness, size, time, line) VALUES ($1, $2, $3, $4)
            ON CONFLICT (witness, size) DO UPDATE SET time = excluded.time, line = excluded.line
            WHERE excluded.time > cosignatures.time
            """, [.text(row.witness), .integer(row.size), .integer(row.time.milliseconds), .text(row.line)]) == 1
    }

    /// Under the head of this size, by witness.
    package func cosignatures(size: Int64) throws -> [CosignatureRow] {
        try rows(
            "SELECT witness, size, time, line FROM cosignatures WHERE size = $1 ORDER BY witness", [.integer(size)]
        ).map(Self.cosignature)
    }

    /// The size of the largest tree that this witness cosigned.
    package func newestCosignedSize(by witness: String) throws -> Int64? {
        try rows("SELECT size FROM cosignatures WHERE witness = $1 ORDER BY size DESC LIMIT 1", [.text(witness)])
            .first?.integer(0)
    }

    private static func cosignature(_ row: Row) throws -> CosignatureRow {
        CosignatureRow(
            witness: try row.text(0), size: try row.integer(1), time: try row.time(2), line: try row.text(3))
    }
}
