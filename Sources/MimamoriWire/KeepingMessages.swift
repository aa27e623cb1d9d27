// Messages about retention: what is due, and the proposals of two persons (N22, SD-DEL-1).

package import MimamoriCore

/// One package whose retention has ended.
package struct DueDisposal: Sendable, Codable {
    package let id: PackageID
    /// Absent for what was stored before schema 2.
    package let kind: PackageKind?
    package let state: PackageState
    package let sender: Address
    package let storedAt: Timestamp
    package let retainedUntil: CivilDate
    package let bytes: Int64
    package let isOnHold: Bool
    /// An open proposal to dispose of it is waiting for its second person.
    package let isProposed: Bool

    package init(
        id: PackageID, kind: PackageKind?, state: PackageState, sender: Address, storedAt: Timestamp,
        retainedUntil: CivilDate, bytes: Int64, isOnHold: Bool, isProposed: Bool
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.sender = sender
        self.storedAt = storedAt
        self.retainedUntil = retainedUntil
        self.bytes = bytes
        self.isOnHold = isOnHold
        self.isProposed = isProposed
    }

    package enum CodingKeys: String, CodingKey {
        case id, kind, state, sender, bytes
        case storedAt = "stored_at"
        case retainedUntil = "retained_until"
        case isOnHold = "is_on_hold"
        case isProposed = "is_proposed"
    }
}

package struct DuePage: Sendable, Codable {
    package let items: [DueDisposal]
    /// Whether there are more after the last one; ask again with `after` its id.
    package let hasMore: Bool

    package init(items: [DueDisposal], hasMore: Bool) {
        self.items = items
        self.hasMore = hasMore
    }

    package enum CodingKeys: String, CodingKey {
        case items
        case hasMore = "has_more"
    }
}

/// What a person asks two persons to do. The relay makes the id.
package struct ProposalRequest: Sendable, Codable {
    package let action: Proposal.Action
    /// 1 to `Proposal.mostPackages`.
    package let packages: [PackageID]
    /// 1 to `Proposal.longestReason` characters.
    package let reason: String

    package init(action: Proposal.Action, packages: [PackageID], reason: String) {
        self.action = action
        self.packages = packages
        self.reason = reason
    }
}

package struct ProposalsPage: Sendable, Codable {
    package let items: [Proposal]

    package init(items: [Proposal]) { self.items = items }
}

/// What a confirmation did.
package struct ProposalOutcome: Sendable, Codable {
    package let proposal: Proposal
    /// Packages on which the action took effect.
    package let done: [PackageID]
    /// Those that were left, because a rule has come to stand against it since.
    package let left: [PackageID]

    package init(proposal: Proposal, done: [PackageID], left: [PackageID]) {
        self.proposal = proposal
        self.done = done
        self.left = left
    }
}
