// The embedded engine: SQLite through GRDB's pool, one writer and a few readers over a WAL, so that neither waits for
// the other. Opening migrates the schema and proves the settings that durability rests on; it refuses to start rather
// than run without them. How writes are grouped is GroupCommit's; docs/decisions/0001-sqlite-first.md says why SQLite.

import GRDB
import GRDBSQLite
import MimamoriCore
import Synchronization

package final class SQLiteDatabase: Database {
    /// More writes than this waiting at once are refused as `busy`: at the rates measured, more than a tenth of a
    /// second of work. Callers bound how large each may be.
    package static let defaultMaximumWaiting = 2048
    private static let maximumReaders = 4

    private let pool: DatabasePool
    private let groupCommit: GroupCommit
    private let parameters: SQLiteParameters
    private let walSize: WALSize
    private let lock: Mutex<DatabaseLock?>

    /// Opens (and creates when `create`) the file, migrates it, proves its durability settings.
    package convenience init(path: String, create: Bool) throws {
        try self.init(path: path, create: create, maximumWaiting: Self.defaultMaximumWaiting) { $0.commit() }
    }

    /// As above; `commit` ends each group's transaction (see `GroupCommit`).
    init(
        path: String, create: Bool, maximumWaiting: Int, commit: @escaping @Sendable (SQLiteWriter) -> CInt
    ) throws {
        let parameters = SQLiteParameters()
        let walSize = WALSize()
        lock = Mutex(try DatabaseLock(besideDatabaseAt: path))
        try DatabaseFile.prepare(path, create: create)
        self.parameters = parameters
        self.walSize = walSize
        groupCommit = GroupCommit(
            maximumWaiting: maximumWaiting, parameters: parameters, walSize: walSize, commit: commit)
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration())
            try pool.writeWithoutTransaction { database in
                // GRDB's pool sets NORMAL when it opens, under which a commit may be lost with the power.
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try Self.prove(database)
                walSize.watch(database)
                try Self.migrate(database, parameters)
            }
        } catch let error as DatabaseError {
            throw SQLiteResult.failure(error)
        }
    }

    package func write<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            let write = WaitingWrite(
                run: { transaction in
                    let result = try body(transaction)
                    return { continuation.resume(returning: result) }
                }, fail: { continuation.resume(throwing: $0) })
            start(groupCommit.accept(write)) { continuation.resume(throwing: $0) }
        }
    }

    package func read<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R {
        do {
            return try await pool.read { [parameters] database in
                let transaction = SQLiteTransaction(database, parameters)
                defer { transaction.end() }
                return try body(transaction)
            }
        } catch let error as DatabaseError {
            throw SQLiteResult.failure(error)
        }
    }

    package func forgetDeleted() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let acceptance = groupCommit.acceptTruncation { failure in
                if let failure { continuation.resume(throwing: failure) } else { continuation.resume() }
            }
            start(acceptance) { continuation.resume(throwing: $0) }
        }
    }

    /// Sets the writer's thread to work if nobody is.
    private func start(_ acceptance: GroupCommit.Acceptance, refuse: (StoreFailure) -> Void) {
        switch acceptance {
        case .willRun: break
        case .refused(let failure): refuse(failure)
        case .startDraining:
            pool.asyncWriteWithoutTransaction { [groupCommit] database in
                groupCommit.drain(SQLiteWriter(database: database))
            }
        }
    }

    /// Waits for accepted writes, checkpoints the WAL, closes. Afterwards every call fails as `unavailable`, and
    /// another process may open the database. Closing twice is harmless.
    package func close() async {
        guard groupCommit.close() else { return }
        await withCheckedContinuation { continuation in
            // The writer's queue is first in, first out: whoever was accepted is served before this runs.
            pool.asyncWriteWithoutTransaction { database in
                _ = SQLiteWriter(database: database).checkpoint(truncating: true)
                continuation.resume()
            }
        }
        // Waits for reads that are still running. Readers go first: the last connection to close removes the WAL, and
        // a reader may not. What cannot be closed now ends with the process.
        pool.releaseMemory()
        try? pool.close()
        lock.withLock { $0 = nil }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = maximumReaders
        // Only a backup or an operator's shell can be in the way; nobody waits for either for longer.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            // Taken by an empty file only. Half as many pages for a part of 4 MiB, no loss for small packages.
            try database.execute(sql: "PRAGMA page_size = 8192")
            // No function or virtual table that a tampered schema names may run.
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            // Deleted content is overwritten wherever that costs no further page; keys everywhere (`shredding`).
            try database.execute(sql: "PRAGMA secure_delete = FAST")
            // No temporary file ever holds a row.
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    /// Reads back what durability and integrity rest on.
    private static func prove(_ database: GRDB.Database) throws {
        for (pragma, wanted) in [("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1")] {
            let found = try String.fetchOne(database, sql: "PRAGMA \(pragma)") ?? "nothing"
            guard found == wanted else {
                throw StoreFailure(
                    .unavailable,
                    message: Bilingual(
                        ja: "データベースが確実な書き込みの設定にならないため、起動しません。",
                        en:
                            "The database does not take the settings that make writes durable, so the relay does not start."
                    ), cause: "PRAGMA \(pragma) is \(found), not \(wanted)")
            }
        }
    }

    private static func migrate(_ database: GRDB.Database, _ parameters: SQLiteParameters) throws {
        try database.inTransaction(.exclusive) {
            let transaction = SQLiteTransaction(database, parameters)
            defer { transaction.end() }
            try Migrator.migrate(transaction)
            return .commit
        }
    }
}
