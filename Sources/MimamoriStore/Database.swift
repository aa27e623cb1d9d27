// The seam between the house and its database: two closures, `read` and `write`, and statements in portable SQL
// (docs/decisions/0001-sqlite-first.md). This page is the contract that every engine keeps; which engine runs is
// decided where the daemon is wired. What the statements say is in Aggregates/, one file each.

/// The statements of one transaction. Valid inside the closure it was handed to, and on its thread, only.
///
/// SQL is what SQLite and PostgreSQL both take: parameters `$1`, `$2` …, each value bound and never spliced in;
/// `ON CONFLICT`, `RETURNING`. One statement a call. Both calls throw `StoreFailure`.
package protocol Transaction {
    /// Runs a statement; returns the number of rows changed.
    @discardableResult func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int
    /// Runs a statement and returns every row of its result; ask with a `LIMIT`.
    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row]
    /// Runs `body`; what its statements delete is overwritten on every page of the database's file that has held it.
    /// Costs a write for each page that becomes free, so it is for keys and not for bulk. The write-ahead log still
    /// holds it until `Database.forgetDeleted` has run.
    func shredding<R>(_ body: () throws -> R) throws -> R
}

/// A database with the house's schema in it.
///
/// **Durability.** When `write` returns, what its body did is on stable storage and outlives a power failure. When
/// it throws, nothing of it is there, now or after a restart.
///
/// **Isolation.** Writes happen one after another, each seeing everything that earlier ones did. A read sees one
/// moment's state, that of its first statement, and at least every write that had returned before it began. Reads
/// wait for no write and no write waits for a read.
///
/// **Bodies** are synchronous: they compute and speak to the transaction, nothing else; work that needs no
/// transaction (verifying, sealing) is done before. A body runs at most once, on a thread of the engine's own. An error
/// thrown by a body takes back what this body did, and only that, and comes out of the call as it is.
///
/// **Failures** of the engine are `StoreFailure`. Nothing is retried inside: after `busy` or `full` the caller may
/// come again, and finds the database working by itself once the cause is gone; after a failed flush to disk every
/// later write is refused until the process starts anew, because nobody knows what the disk still holds.
///
/// **Cancellation.** A write that was accepted is carried out even if its task is cancelled meanwhile.
///
/// **Forgetting.** What was deleted inside `shredding` before `forgetDeleted` was called is in no file of the database
/// when that returns: not in the database, not in its write-ahead log. It waits for its turn among the writes and holds
/// up those behind it for at most a few seconds. A read that began before the deletion and still runs keeps it from
/// its work: then it throws `busy`, nothing is lost, and the next call does it.
package protocol Database: Sendable {
    func write<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R
    /// A body that tries to change something fails.
    func read<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R
    /// See *Forgetting*.
    func forgetDeleted() async throws
}
