// Interface to be filled in: what is in the outbox goes to the relay.
package import MimamoriCore

package struct SendOutcome: Sendable {
    package enum Result: Sendable {
        /// The relay has it; the receipt is verified and kept. With `awaitsApproval` a second person must release it.
        case stored(StoredReceipt, awaitsApproval: Bool)
        case refused(Refused)
        /// Still in the outbox.
        case failed(ClientFailure)
    }
    package let id: PackageID
    package let subject: String
    package let result: Result
}

extension Session {
    /// Sends the named packages, or all of the outbox, oldest first. A package that is refused or fails stays in the
    /// outbox and does not stop the next, except that after `.unreachable` the rest is not tried. Throws when the
    /// outbox cannot be read or another `send` runs.
    package func send(_ ids: [PackageID]? = nil, progress: ProgressReport? = nil) async throws -> [SendOutcome] {
        fatalError()
    }

    /// Withdraws a package, at the relay and in the outbox. Refused when somebody has fetched it.
    package func cancel(_ id: PackageID) async throws { fatalError() }
}
