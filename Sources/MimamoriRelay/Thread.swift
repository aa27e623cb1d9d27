// What belongs together: a request, what answers it, what concerns that. Told to a party as far as its own mail goes: the
// packages that it sent and those that came to it, headers only. What a caller may not see is left out and not passed
// through, so that a thread tells nothing that the packages would not (SD-ACC-4). Disposed packages are in none.

package import MimamoriCore
import MimamoriCrypto
import MimamoriStore
package import MimamoriWire

extension Relay {
    private static let mostInThread = 500

    /// The thread of a package, oldest first; of a very long one, those that stand nearest to the package.
    package func thread(of id: PackageID, by caller: Caller) async throws -> ThreadPage {
        try await attempt(.threadRead, on: id.text, by: caller) {
            guard !caller.person.roles.isDisjoint(with: Role.handling) else { throw Refusal.notFound }
            let page = try await database.read { [self] in try thread(of: id, for: caller.party, $0) }
            guard let page else { throw try await refusalOfMissing(id, for: caller) }
            try await record(prepareLeaf(.threadRead, on: id.text, by: caller))
            return page
        }
    }

    /// Breadth first over the citations, both ways; nil when the package itself is not in sight. Each row is made an item
    /// at once, so that no more than one sealed manifest a step is held.
    private func thread(of id: PackageID, for party: Address, _ transaction: any Transaction) throws -> ThreadPage? {
        guard let first = try transaction.package(id), let item = try item(of: first, for: party, transaction) else {
            return nil
        }
        var items = [item]
        var seen: Set = [id]
        var next = 0
        while next < items.count {
            let present = items[next]
            next += 1
            let above = try [present.answers, present.concerns].compactMap { $0 }.filter { !seen.contains($0) }
                .compactMap { try transaction.package($0) }
            let below = try transaction.packages(citing: present.id, limit: Self.mostInThread + 1)
            for row in above + below where seen.insert(row.id).inserted {
                guard let item = try self.item(of: row, for: party, transaction) else { continue }
                guard items.count < Self.mostInThread else { return ThreadPage(items: items.inOrder, isCut: true) }
                items.append(item)
            }
        }
        return ThreadPage(items: items.inOrder, isCut: false)
    }

    /// The package as the party sees it; nil when it does not.
    private func item(of row: PackageRow, for party: Address, _ transaction: any Transaction) throws -> ThreadItem? {
        let isOwn = row.sender.party == party
        let own = isOwn ? nil : try transaction.delivery(row.id, to: party)?.state
        // What is not complete yet is nothing yet, and a recipient has what was released to it.
        guard row.storedAt != nil, isOwn || (row.state == .released && own != nil),
            let key = try transaction.dataKey(KeyOwner.package(row.id))
        else { return nil }
        let manifest = try KeptPackage(row: row, key: try packageKey(key)).manifest()
        let leastAdvanced =
            isOwn ? try transaction.deliveryTimes(row.id).map(\.state).min(by: { $0.rank < $1.rank }) : nil
        return ThreadItem(
            id: row.id, kind: manifest.kind, state: row.state, sender: row.sender,
            recipients: isOwn ? manifest.recipients : [party], created: manifest.created, storedAt: row.storedAt,
            answers: manifest.answers, concerns: manifest.concerns, decision: manifest.decision,
            label: manifest.label, relabelled: try transaction.latestRelabelling(of: row.id)?.confidentiality,
            delivery: own ?? leastAdvanced)
    }
}

extension [ThreadItem] {
    fileprivate var inOrder: [ThreadItem] {
        sorted { ($0.storedAt ?? $0.created, $0.id) < ($1.storedAt ?? $1.created, $1.id) }
    }
}

extension DeliveryState {
    /// How far a delivery has come.
    fileprivate var rank: Int {
        switch self {
        case .stored: 0
        case .fetched: 1
        case .opened: 2
        case .cancelled: 3
        }
    }
}
