// Interface to be filled in: reading the access log and checking that nobody changed it.
package import MimamoriCore

package struct LogAuditReport: Sendable {
    package enum Finding: Sendable, Hashable {
        /// The relay's head is smaller than one seen before, or entries below the head are missing.
        case truncated(seen: Int64, now: Int64)
        /// Entries that were seen before read otherwise now.
        case rewritten(before: Int64)
        /// The entries do not give the root that the relay signed.
        case headMismatch(size: Int64)
        /// The head is not signed by the pinned key, or the key changed.
        case keyChanged
        case headUnsigned
        /// An entry is not well formed or out of order.
        case entryInvalid(sequence: Int64)
    }
    package let size: Int64
    package let root: String
    /// The size of the checkpoint that was pinned before; `nil` at the first audit.
    package let previousSize: Int64?
    package let findings: [Finding]
    /// One sentence per finding, or one that says all is well.
    package let lines: [Bilingual]
    package var isSound: Bool { findings.isEmpty }
}

extension Session {
    package func logEntries(first: Int64, count: Int) async throws -> [AccessEntry] { fatalError() }
    /// Reads the whole log and compares it with the signed head and with the head seen last time.
    package func verifyLog(progress: (@Sendable (_ done: Int64, _ total: Int64) -> Void)? = nil) async throws
        -> LogAuditReport
    { fatalError() }
}
