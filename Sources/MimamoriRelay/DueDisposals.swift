// What is due for disposal (N22, SD-DEL-1): packages whose retention has ended, shown to those who decide about them, with
// ids, kinds and sizes and no content. A lone listing changes nothing; proposing is Proposing.swift's.

package import MimamoriCore
import MimamoriStore
package import MimamoriWire

extension Relay {
    private static let duePageLimit = 200

    /// Packages whose last day lies before `day`, earliest first, after the row of `id`. Without `day`, what can be
    /// disposed of now; a later day looks ahead.
    package func dueDisposals(
        before day: CivilDate?, after id: PackageID?, by caller: Caller
    ) async throws -> DuePage {
        let day = day ?? world.now().dateInJapan
        return try await attempt(.disposalListed, on: day.text, by: caller) {
            try caller.requireKeeping()
            let items = try await database.read { transaction in
                let last = try id.map { try transaction.placeInRetention(of: $0) }
                return try transaction.packages(retainedBefore: day, after: last, limit: Self.duePageLimit + 1)
                    .map(transaction.dueDisposal)
            }
            try await record(prepareLeaf(.disposalListed, on: day.text, by: caller))
            return DuePage(
                items: Array(items.prefix(Self.duePageLimit)), hasMore: items.count > Self.duePageLimit)
        }
    }
}

extension Caller {
    /// Operators and administrators decide about keeping; by SD-ACC-5 they are nobody who sends or receives.
    func requireKeeping() throws {
        guard !person.roles.isDisjoint(with: [.operator, .administrator]) else {
            throw Refusal.roleMissing(.operator)
        }
    }
}

extension Transaction {
    fileprivate func placeInRetention(of id: PackageID) throws -> (day: CivilDate, id: PackageID) {
        guard let day = try package(id)?.retainedUntil else { throw Refusal.notFound }
        return (day, id)
    }

    fileprivate func dueDisposal(_ row: PackageRow) throws -> DueDisposal {
        guard let retainedUntil = row.retainedUntil else {
            preconditionFailure("the query asks for rows whose retention is known")
        }
        return DueDisposal(
            id: row.id, kind: row.kind, state: row.state, sender: row.sender.party,
            storedAt: row.storedAt ?? row.begunAt, retainedUntil: retainedUntil, bytes: row.totalBytes,
            isOnHold: try isOnHold(row.id), isProposed: try !openProposals(.dispose, for: row.id).isEmpty)
    }
}
