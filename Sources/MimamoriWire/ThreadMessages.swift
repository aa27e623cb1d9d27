// Messages about what belongs together: a request, what answers it, what concerns that; and about relabelling.

package import MimamoriCore

/// One package of a thread, as far as the caller may see it.
package struct ThreadItem: Sendable, Codable {
    package let id: PackageID
    package let kind: PackageKind
    package let state: PackageState
    package let sender: PersonAddress
    /// All, for the sender's party; a recipient learns of itself only.
    package let recipients: [Address]
    package let created: Timestamp
    package let storedAt: Timestamp?
    package let answers: PackageID?
    package let concerns: PackageID?
    /// Of a response.
    package let decision: Decision?
    package let label: HandlingLabel?
    /// 機密性 as a decider has changed it (SD-CLS-3).
    package let relabelled: Int?
    /// The recipient's own delivery, or the least advanced one for the sender's party.
    package let delivery: DeliveryState?

    package init(
        id: PackageID, kind: PackageKind, state: PackageState, sender: PersonAddress, recipients: [Address],
        created: Timestamp, storedAt: Timestamp?, answers: PackageID?, concerns: PackageID?, decision: Decision?,
        label: HandlingLabel?, relabelled: Int?, delivery: DeliveryState?
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.sender = sender
        self.recipients = recipients
        self.created = created
        self.storedAt = storedAt
        self.answers = answers
        self.concerns = concerns
        self.decision = decision
        self.label = label
        self.relabelled = relabelled
        self.delivery = delivery
    }

    package enum CodingKeys: String, CodingKey {
        case id, kind, state, sender, recipients, created, answers, concerns, decision, label, relabelled, delivery
        case storedAt = "stored_at"
    }
}

package struct ThreadPage: Sendable, Codable {
    /// Oldest first.
    package let items: [ThreadItem]
    /// There are more than the relay shows at once.
    package let isCut: Bool

    package init(items: [ThreadItem], isCut: Bool) {
        self.items = items
        self.isCut = isCut
    }

    package enum CodingKeys: String, CodingKey {
        case items
        case isCut = "is_cut"
    }
}
