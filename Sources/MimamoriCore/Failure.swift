// The second of the three kinds of error (beside Refusal and bugs): the world broke. Each room has its own type; what
// they share is named here, so that the server can answer any of them without knowing the room. Writing the cause to
// the log is left to whoever catches.

/// A disk, a library or a peer did not do what it must.
package protocol Failure: Error, Sendable {
    /// Safe for a stranger.
    var message: Bilingual { get }
    /// For the log only.
    var cause: String { get }
    /// Set when the same request may go through later; `nil` when somebody must repair something first.
    var retryAfterSeconds: Int? { get }
}

extension Failure {
    package var retryAfterSeconds: Int? { nil }
}
