// Our statements number their parameters `$1`, `$2` as PostgreSQL does. SQLite takes `$1` for a name and numbers names
// by first appearance, so that `$2 … $1` would be bound the wrong way round; its own spelling of a number is `?1`.

import Synchronization

/// Rewrites each distinct statement once.
final class SQLiteParameters: Sendable {
    private let known = Mutex<[String: String]>([:])

    func rewritten(_ sql: String) -> String {
        known.withLock { known in
            if let text = known[sql] { return text }
            let text = Self.rewrite(sql)
            known[sql] = text
            return text
        }
    }

    /// `$` before a digit becomes `?`, except inside a quoted literal.
    static func rewrite(_ sql: String) -> String {
        var bytes = Array(sql.utf8)
        var isQuoted = false
        for index in bytes.indices {
            if bytes[index] == UInt8(ascii: "'") { isQuoted.toggle() }
            guard bytes[index] == UInt8(ascii: "$"), !isQuoted, index + 1 < bytes.count,
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index + 1])
            else { continue }
            bytes[index] = UInt8(ascii: "?")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
