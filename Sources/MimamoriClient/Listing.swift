// The lists of approvers and recipients, as the relay tells them. A line is only a pointer: what it says of sender, kind
// and label is verified when the package is opened, not here.

package import MimamoriCore
import MimamoriWire

/// One line of a mailbox or of the approvers' list.
package struct ListedPackage: Sendable {
    package let id: PackageID
    package let kind: PackageKind
    package let sender: PersonAddress
    package let recipients: [Address]
    package let label: HandlingLabel?
    package let created: Timestamp
    package let storedAt: Timestamp
    /// Sealed, as it travels.
    package let bytes: Int
    /// The recipient's own delivery; `nil` in the approvers' list.
    package let delivery: DeliveryState?
    /// The request it answers and the package it concerns.
    package let answers: PackageID?
    package let concerns: PackageID?

    init(_ summary: PackageSummary) {
        id = summary.id
        kind = summary.kind
        sender = summary.sender
        recipients = summary.recipients
        label = summary.label
        created = summary.created
        storedAt = summary.storedAt
        bytes = summary.bytes
        delivery = summary.delivery
        answers = summary.answers
        concerns = summary.concerns
    }
}

package struct InboxListing: Sendable {
    package let items: [ListedPackage]
    /// What to ask after next.
    package let next: Int64
}

extension Session {
    /// Arrivals after `position` (0: all). With `waitSeconds` the relay answers when something arrives, or empty after
    /// that time; at most 60.
    package func inbox(after position: Int64 = 0, waitSeconds: Int = 0) async throws -> InboxListing {
        let page = try await relay.inbox(after: position, waitSeconds: min(max(waitSeconds, 0), 60))
        return InboxListing(items: page.items.map { ListedPackage($0) }, next: page.next)
    }

    /// What waits for a second person of the caller's own party.
    package func approvals() async throws -> [ListedPackage] {
        try await relay.approvals().items.map { ListedPackage($0) }
    }
}
