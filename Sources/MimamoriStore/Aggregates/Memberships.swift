// Who sits in which council (N1, N2): the present state of each seat.

package import MimamoriCore

extension Transaction {
    /// Adds or replaces the member's seat in the council; returns whether something changed, which raises the version.
    package func putMembership(_ membership: Membership) throws -> Bool {
        let changed = try execute(
            """
            INSERT INTO memberships (council, member, state, since) VALUES ($1, $2, $3, $4)
            ON CONFLICT (council, member) DO UPDATE SET state = excluded.state, since = excluded.since
            WHERE memberships.state <> excluded.state OR memberships.since <> excluded.since
            """,
            [
                .text(membership.council.text), .text(membership.member.text), .text(membership.state.rawValue),
                .text(membership.since),
            ])
        return try raiseDirectoryVersion(ifChanged: changed)
    }

    /// By council and member.
    package func memberships() throws -> [Membership] {
        try rows("SELECT council, member, state, since FROM memberships ORDER BY council, member", []).map { row in
            Membership(
                council: try row.value(0, Address.init), member: try row.value(1, Address.init),
                state: try row.value(2, Membership.State.init), since: try row.text(3))
        }
    }
}
