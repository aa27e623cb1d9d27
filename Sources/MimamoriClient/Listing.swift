// Interface to be filled in: the lists of approvers and recipients.
package import MimamoriCore

/// One line of a mailbox or of the approvers' list, as the relay says; verified only when it is opened.
package struct ListedPackage: Sendable {
    package let id: PackageID
    package let kind: PackageKind
    package let sender: PersonAddress
    package let recipients: [Address]
    package let label: HandlingLabel?
    package let created: Timestamp
    package let storedAt: Timestamp
    package let bytes: Int
    package let delivery: DeliveryState?
}

package struct InboxListing: Sendable {
    package let items: [ListedPackage]
    /// What to ask after next.
    package let next: Int64
}

extension Session {
    /// Arrivals after `position` (0: all). With `waitSeconds` the relay answers when something arrives, or empty after
    /// that time; at most 60.
    package func inbox(after position: Int64 = 0, waitSeconds: Int = 0) async throws -> InboxListing { fatalError() }
    package func approvals() async throws -> [ListedPackage] { fatalError() }
}
