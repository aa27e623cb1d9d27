// A recipient's mailbox: what was released to the caller's party, in the order of arrival, with long poll so that a
// council's machine hears of a referral at once and an idle one costs nothing. A listing that shows something has a leaf;
// an empty poll shows nothing and has none.

import MimamoriCore
import MimamoriStore
package import MimamoriWire

extension Relay {
    private static let pageLimit = 100
    package static let longestWaitSeconds = 60

    /// Deliveries after `position`. With none, waits up to `waitSeconds` (at most 60) for one to arrive.
    package func inbox(after position: Int64, waitSeconds: Int, by caller: Caller) async throws -> InboxPage {
        try await attempt(.inboxListed, on: caller.party.text, by: caller) {
            try caller.require(.recipient)
            let place = mailroom.register(at: caller.party)
            defer { mailroom.leave(place) }
            var arrived = try await mailbox(of: caller.party, after: position)
            if arrived.isEmpty, waitSeconds > 0 {
                await mailroom.wait(at: place, seconds: min(waitSeconds, Self.longestWaitSeconds))
                arrived = try await mailbox(of: caller.party, after: position)
            }
            guard let last = arrived.last else { return InboxPage(items: [], next: position) }
            let items = try arrived.map { item in
                try summary(
                    of: KeptPackage(row: item.package, key: try packageKey(item.key)), delivery: item.delivery)
            }
            try await record(prepareLeaf(.inboxListed, on: caller.party.text, by: caller))
            return InboxPage(items: items, next: last.delivery.position)
        }
    }

    private struct Arrival: Sendable {
        let delivery: DeliveryRow
        let package: PackageRow
        let key: DataKeyRow
    }

    private func mailbox(of party: Address, after position: Int64) async throws -> [Arrival] {
        try await database.read { transaction in
            try transaction.mailbox(party, after: position, limit: Self.pageLimit).compactMap { delivery in
                guard let package = try transaction.package(delivery.package),
                    let key = try transaction.dataKey(KeyOwner.package(delivery.package))
                else { return nil }
                return Arrival(delivery: delivery, package: package, key: key)
            }
        }
    }
}
