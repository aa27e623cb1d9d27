// What SQLite's result codes mean for the house (https://www.sqlite.org/rescode.html): which kind of failure each is,
// and which of them end all writing. SQLite's texts name tables and columns, never values.

import GRDB
import GRDBSQLite

enum SQLiteResult {
    /// The disk itself failed: a write or flush was lost, or the file is damaged. Out of space is not among these.
    static func endsAllWriting(_ code: CInt) -> Bool {
        switch code & 0xFF {
        case SQLITE_CORRUPT, SQLITE_NOTADB: true
        case SQLITE_IOERR: !isOutOfSpace(code) && code != ioErrorNoMemory
        default: false
        }
    }

    static func failure(_ code: CInt, _ text: String) -> StoreFailure {
        let cause = "SQLite \(code): \(text)"
        if isOutOfSpace(code) { return .full(cause) }
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy(cause)
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .unreadable(cause)
        case SQLITE_CONSTRAINT, SQLITE_MISMATCH: return .contradiction(cause)
        case SQLITE_IOERR where endsAllWriting(code): return .diskFailed(cause)
        default: return .unavailable(cause)
        }
    }

    static func failure(_ error: DatabaseError) -> StoreFailure {
        failure(error.extendedResultCode.rawValue, error.message ?? "no text")
    }

    /// The shared-memory file of the WAL cannot grow on a full disk, and SQLite reports that as an I/O error.
    private static func isOutOfSpace(_ code: CInt) -> Bool {
        code & 0xFF == SQLITE_FULL || code == ioErrorSharedMemorySize
    }

    // Extended codes are macros that Swift does not import: primary code | number << 8.
    private static let ioErrorNoMemory: CInt = SQLITE_IOERR | 12 << 8
    private static let ioErrorSharedMemorySize: CInt = SQLITE_IOERR | 19 << 8
}
