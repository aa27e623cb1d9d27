// Interface to be filled in: packages that wait for the relay, and the archive of those it receipted.
package import MimamoriCore

/// One package of the outbox or of the archive.
package struct OutboxEntry: Sendable {
    package let manifest: Manifest
    package let subject: String
    package let queuedAt: Timestamp
    /// Some of it may have reached the relay.
    package let attempted: Bool
    /// The verified stored receipt; only in the archive.
    package let receipt: StoredReceipt?
    package var id: PackageID { manifest.id }
}

extension Client {
    /// What waits to be sent, oldest first.
    package func outbox() throws -> [OutboxEntry] { fatalError() }
    /// What the relay has receipted, newest first.
    package func archive() throws -> [OutboxEntry] { fatalError() }
    /// Takes a package out of the outbox. `false` when the relay may already have some of it: then
    /// `Session.cancel(_:)` is needed. Throws `Refused(.notFound)` when there is none.
    package func discard(_ id: PackageID) throws -> Bool { fatalError() }
}
