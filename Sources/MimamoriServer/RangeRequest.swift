// `Range` and `If-Range` of a part's download (RFC 9110 §14.2): one range of bytes, so that a download resumes where it
// broke off. Several ranges or another unit are ignored, as the RFC allows; the answer is then the whole part.

import HTTPTypes

enum RangeRequest: Sendable, Hashable {
    case whole
    case range(Range<Int>)
    /// Well-formed, but nothing of it lies within the part: 416.
    case unsatisfiable

    /// Reads the fields against a part of `bytes` bytes with the strong validator `etag` (quotes included).
    init(_ headers: HTTPFields, bytes: Int, etag: String) {
        guard let field = headers[.range], let asked = Self.parse(field) else {
            self = .whole
            return
        }
        if let condition = headers[.ifRange], condition != etag {
            self = .whole
            return
        }
        let range: Range<Int>
        switch asked {
        case .from(let first, let last):
            range = min(first, bytes)..<min(last.map { $0 == Int.max ? $0 : $0 + 1 } ?? bytes, bytes)
        case .last(let count):
            range = (bytes - min(count, bytes))..<bytes
        }
        self = range.isEmpty ? .unsatisfiable : .range(range)
    }

    private enum Asked {
        case from(Int, through: Int?)
        case last(Int)
    }

    /// `bytes=FIRST-[LAST]` or `bytes=-COUNT`; `nil` for everything else.
    private static func parse(_ field: String) -> Asked? {
        guard field.hasPrefix("bytes=") else { return nil }
        let ends = field.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return nil }
        if ends[0].isEmpty { return number(ends[1]).map { .last($0) } }
        guard let first = number(ends[0]) else { return nil }
        if ends[1].isEmpty { return .from(first, through: nil) }
        guard let last = number(ends[1]), last >= first else { return nil }
        return .from(first, through: last)
    }

    /// Digits only; a number too large for the machine means "to the end".
    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text) ?? Int.max
    }
}
