// The words that a group commit speaks to SQLite: begin, savepoint, commit, roll back, checkpoint, each answered by
// SQLite's extended result code. Lives on the writer's thread only. Checkpoints are run here, after the answers, and
// not by SQLite inside the COMMIT: nobody waits for them, and their errors are seen (SQLite's own are swallowed).

import GRDB
import GRDBSQLite
import Synchronization

struct SQLiteWriter {
    let database: GRDB.Database

    func begin() -> CInt { run("BEGIN IMMEDIATE") }
    func commit() -> CInt { run("COMMIT") }
    func savepoint() -> CInt { run("SAVEPOINT one_write") }
    func keepSavepoint() -> CInt { run("RELEASE one_write") }

    func undoSavepoint() -> CInt {
        let code = run("ROLLBACK TO one_write")
        return code == SQLITE_OK ? keepSavepoint() : code
    }

    /// Ends the transaction if SQLite has not already done so.
    func rollBack() {
        if isInTransaction { _ = run("ROLLBACK") }
    }

    /// False after an error on which SQLite rolled everything back by itself (a full disk, an I/O error).
    var isInTransaction: Bool { sqlite3_get_autocommit(database.sqliteConnection) == 0 }

    /// Copies the WAL into the database file. `truncating` waits for readers of old pages, and empties the WAL.
    func checkpoint(truncating: Bool) -> CInt {
        let mode = truncating ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let code = sqlite3_wal_checkpoint_v2(database.sqliteConnection, nil, mode, nil, nil)
        return code == SQLITE_OK ? code : sqlite3_extended_errcode(database.sqliteConnection)
    }

    private func run(_ sql: String) -> CInt {
        guard let prepared = try? database.cachedStatement(sql: sql) else {
            return sqlite3_extended_errcode(database.sqliteConnection)
        }
        return withExtendedLifetime(prepared) {
            let code = sqlite3_step(prepared.sqliteStatement)
            let extended = code == SQLITE_DONE ? SQLITE_OK : sqlite3_extended_errcode(database.sqliteConnection)
            sqlite3_reset(prepared.sqliteStatement)
            return extended
        }
    }
}

/// How many pages are in the WAL, as SQLite says after each commit.
final class WALSize: Sendable {
    private let pages = Atomic<Int>(0)

    /// From here (4 MiB) a checkpoint pays: small enough that nobody waits long for the next group, large enough that
    /// pages written again and again are copied once. Four times as much is no faster and triples the slowest answers.
    private static let worthCopying = 512
    /// From here (256 MiB) readers that never pause have kept the WAL from starting over; the writer waits for them.
    private static let tooLarge = 32_768

    enum Advice { case nothing, copy, copyAndTruncate }

    var advice: Advice {
        switch pages.load(ordering: .relaxed) {
        case ..<Self.worthCopying: .nothing
        case ..<Self.tooLarge: .copy
        default: .copyAndTruncate
        }
    }

    /// Replaces SQLite's own checkpointing on this connection, which must be closed before this object goes.
    func watch(_ database: GRDB.Database) {
        sqlite3_wal_hook(
            database.sqliteConnection,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<WALSize>.fromOpaque(context).takeUnretainedValue().pages.store(Int(pages), ordering: .relaxed)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}
