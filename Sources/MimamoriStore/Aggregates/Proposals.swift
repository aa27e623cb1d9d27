// What one person has proposed and another confirms: disposals, holds and their release (SD-ACC-6). Who may, and what a
// confirmation does, is decided by MimamoriCore and the relay.

package import MimamoriCore

package struct ProposalRow: Sendable, Hashable {
    package var id: ProposalID
    package var action: Proposal.Action
    package var state: Proposal.State
    package var proposedBy: PersonAddress
    package var proposedAt: Timestamp
    package var sealedReason: [UInt8]
    package var decidedBy: PersonAddress?
    package var decidedAt: Timestamp?

    package init(
        id: ProposalID, action: Proposal.Action, state: Proposal.State, proposedBy: PersonAddress,
        proposedAt: Timestamp, sealedReason: [UInt8], decidedBy: PersonAddress? = nil, decidedAt: Timestamp? = nil
    ) {
        self.id = id
        self.action = action
        self.state = state
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        self.sealedReason = sealedReason
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
    }

    fileprivate static let columns =
        "id, action, state, proposed_by, proposed_at, sealed_reason, decided_by, decided_at"

    fileprivate init(_ row: Row) throws {
        id = try row.value(0, ProposalID.init)
        action = try row.value(1, Proposal.Action.init)
        state = try row.value(2, Proposal.State.init)
        proposedBy = try row.value(3) { PersonAddress($0) }
        proposedAt = try row.time(4)
        sealedReason = try row.blob(5)
        decidedBy = try row.optionalValue(6) { PersonAddress($0) }
        decidedAt = try row.optionalTime(7)
    }
}

extension Transaction {
    /// Adds a proposal with the packages it names; they must exist.
    package func insertProposal(_ row: ProposalRow, packages: [PackageID]) throws {
        try execute(
            """
            INSERT INTO proposals (\(ProposalRow.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .text(row.id.text), .text(row.action.rawValue), .text(row.state.rawValue),
                .text(row.proposedBy.text), .integer(row.proposedAt.milliseconds), .blob(row.sealedReason),
                .optional(row.decidedBy?.text), .optional(row.decidedAt?.milliseconds),
            ])
        for package in packages {
            try execute(
                "INSERT INTO proposal_packages (proposal, package) VALUES ($1, $2)",
                [.text(row.id.text), .text(package.text)])
        }
    }

    package func proposal(_ id: ProposalID) throws -> ProposalRow? {
        try rows("SELECT \(ProposalRow.columns) FROM proposals WHERE id = $1", [.text(id.text)]).first.map(
            ProposalRow.init)
    }

    /// By id.
    package func packages(ofProposal id: ProposalID) throws -> [PackageID] {
        try rows(
            "SELECT package FROM proposal_packages WHERE proposal = $1 ORDER BY package", [.text(id.text)]
        ).map { try $0.value(0, PackageID.init) }
    }

    /// In one state, newest first.
    package func proposals(in state: Proposal.State, limit: Int) throws -> [ProposalRow] {
        try rows(
            """
            SELECT \(ProposalRow.columns) FROM proposals WHERE state = $1 ORDER BY proposed_at DESC, id DESC LIMIT $2
            """, [.text(state.rawValue), .integer(Int64(limit))]
        ).map(ProposalRow.init)
    }

    /// Changes state, decidedBy, decidedAt. The row must exist.
    package func updateProposal(_ row: ProposalRow) throws {
        let changed = try execute(
            "UPDATE proposals SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1",
            [
                .text(row.id.text), .text(row.state.rawValue), .optional(row.decidedBy?.text),
                .optional(row.decidedAt?.milliseconds),
            ])
        guard changed == 1 else { throw StoreFailure.contradiction("update of a proposal that is not there") }
    }

    /// The open proposals of this action that name the package, by id.
    package func openProposals(_ action: Proposal.Action, for package: PackageID) throws -> [ProposalID] {
        try rows(
            """
            SELECT proposals.id FROM proposal_packages JOIN proposals ON proposals.id = proposal_packages.proposal
            WHERE proposal_packages.package = $1 AND proposals.action = $2 AND proposals.state = $3
            """, [.text(package.text), .text(action.rawValue), .text(Proposal.State.open.rawValue)]
        ).map { try $0.value(0, ProposalID.init) }.sorted()
    }
}
