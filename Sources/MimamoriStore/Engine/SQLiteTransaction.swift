// Runs statements on one SQLite connection: prepared once and kept, bound and read through SQLite's C interface,
// because GRDB's values would copy every part of 4 MiB once more each way. When a transaction begins and ends is
// GroupCommit's business for writes and GRDB's for reads.

import GRDB
import GRDBSQLite

final class SQLiteTransaction: Transaction {
    private let database: GRDB.Database
    private let parameters: SQLiteParameters
    private var isOver = false
    /// How many bytes of blobs were bound so far: the size of what must be committed.
    private(set) var boundBytes = 0
    /// SQLite's code for the worst statement that failed; a body may have swallowed the error.
    private(set) var errorCode = SQLITE_OK

    init(_ database: GRDB.Database, _ parameters: SQLiteParameters) {
        self.database = database
        self.parameters = parameters
    }

    /// From now on a use is a defect: the closure that this transaction was lent to has returned.
    func end() { isOver = true }

    @discardableResult func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try run(sql, arguments) { _ in }
        return Int(sqlite3_changes(database.sqliteConnection))
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        var rows: [Row] = []
        try run(sql, arguments) { statement in
            rows.append(Row((0..<sqlite3_column_count(statement)).map { Self.value(statement, $0) }))
        }
        return rows
    }

    /// With FAST a page that becomes free keeps what is on it, also the copies of rows that were moved to its
    /// neighbour and are deleted there later.
    func shredding<R>(_ body: () throws -> R) throws -> R {
        try setSecureDelete("ON")
        let result = Result { try body() }
        try setSecureDelete("FAST")
        return try result.get()
    }

    /// SQLite obeys this when it prepares the statement, so it must be prepared anew each time.
    private func setSecureDelete(_ value: String) throws {
        precondition(!isOver, "a transaction is used inside its closure only")
        do {
            try database.execute(sql: "PRAGMA secure_delete = \(value)")
        } catch let error as DatabaseError {
            throw SQLiteResult.failure(error)
        }
    }

    private func run(_ sql: String, _ arguments: [SQLValue], _ row: (OpaquePointer) -> Void) throws {
        precondition(!isOver, "a transaction is used inside its closure only")
        let prepared: Statement
        do {
            prepared = try database.cachedStatement(sql: parameters.rewritten(sql))
        } catch let error as DatabaseError {
            throw SQLiteResult.failure(error)
        }
        try withExtendedLifetime(prepared) {
            let statement = prepared.sqliteStatement
            precondition(
                sqlite3_bind_parameter_count(statement) == arguments.count, "every parameter has its argument: \(sql)")
            try bind(arguments[...], to: statement) {
                defer {
                    sqlite3_reset(statement)
                    sqlite3_clear_bindings(statement)
                }
                var code = sqlite3_step(statement)
                while code == SQLITE_ROW {
                    row(statement)
                    code = sqlite3_step(statement)
                }
                guard code == SQLITE_DONE else { throw failure() }
            }
        }
    }

    /// Binds the arguments one inside the other, so that SQLite reads each blob where it lies: their memory stays in
    /// place until `body` has returned, and `body` clears the bindings.
    private func bind(_ arguments: ArraySlice<SQLValue>, to statement: OpaquePointer, _ body: () throws -> Void) throws
    {
        guard let argument = arguments.first else { return try body() }
        let index = CInt(arguments.startIndex + 1)
        let rest = arguments.dropFirst()
        switch argument {
        case .null:
            try check(sqlite3_bind_null(statement, index))
            try bind(rest, to: statement, body)
        case .integer(let value):
            try check(sqlite3_bind_int64(statement, index, value))
            try bind(rest, to: statement, body)
        case .text(var value):
            try value.withUTF8 { bytes in
                try bytes.withMemoryRebound(to: CChar.self) { characters in
                    // An empty string may have no address, and SQLite takes no address for NULL.
                    let code = characters.baseAddress.map {
                        sqlite3_bind_text(statement, index, $0, CInt(characters.count), nil)
                    }
                    try check(code ?? sqlite3_bind_text(statement, index, "", 0, nil))
                    try bind(rest, to: statement, body)
                }
            }
        case .blob(let bytes):
            boundBytes += bytes.count
            try bytes.withUnsafeBytes { buffer in
                try check(
                    buffer.count == 0
                        ? sqlite3_bind_zeroblob(statement, index, 0)
                        : sqlite3_bind_blob64(statement, index, buffer.baseAddress, UInt64(buffer.count), nil))
                try bind(rest, to: statement, body)
            }
        }
    }

    private static func value(_ statement: OpaquePointer, _ column: CInt) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_BLOB:
            // The pointer is asked for before the count, as SQLite's documentation prescribes.
            let start = sqlite3_column_blob(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            return .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
        case SQLITE_NULL:
            return .null
        default:
            let start = sqlite3_column_text(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        }
    }

    private func check(_ code: CInt) throws {
        guard code == SQLITE_OK else { throw failure() }
    }

    private func failure() -> StoreFailure {
        let connection = database.sqliteConnection
        let code = sqlite3_extended_errcode(connection)
        if !SQLiteResult.endsAllWriting(errorCode) { errorCode = code }
        return SQLiteResult.failure(code, String(cString: sqlite3_errmsg(connection)))
    }
}
