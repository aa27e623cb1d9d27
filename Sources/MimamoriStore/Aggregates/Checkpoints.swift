// Signed heads of the access log's tree, kept as the notes that were given out.

package import MimamoriCore

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
    package func latestCheckpoint() throws -> (size: Int64, note: String)? {
        try rows("SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1", []).first.map {
            (try $0.integer(0), try $0.text(1))
        }
    }
}
