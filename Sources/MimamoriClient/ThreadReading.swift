// `mimamori thread`: what belongs together, from the request to the last report, as far as the caller may see it. The lines
// are the relay's word, as a list is; each package is verified when it is opened.

package import MimamoriCore
import MimamoriWire

/// One package of a thread.
package struct ThreadEntry: Sendable {
    package let id: PackageID
    package let kind: PackageKind
    package let state: PackageState
    package let sender: PersonAddress
    package let recipients: [Address]
    package let created: Timestamp
    package let storedAt: Timestamp?
    package let answers: PackageID?
    package let concerns: PackageID?
    package let decision: Decision?
    package let label: HandlingLabel?
    /// 機密性 as a decider has changed it (SD-CLS-3).
    package let relabelled: Int?
    package let delivery: DeliveryState?
    /// How many packages of the thread it goes back to, one by way of the other.
    package let depth: Int
}

package struct PackageThread: Sendable {
    /// Oldest first.
    package let entries: [ThreadEntry]
    /// There are more than the relay shows at once.
    package let isCut: Bool
}

extension Session {
    package func thread(of id: PackageID) async throws -> PackageThread {
        let page = try await relay.thread(of: id)
        return PackageThread(items: page.items, isCut: page.isCut)
    }
}

extension PackageThread {
    init(items: [ThreadItem], isCut: Bool) {
        var depths: [PackageID: Int] = [:]
        var entries: [ThreadEntry] = []
        // What a package cites is older than it, so that its depth is known already.
        for item in items {
            let depth =
                [item.answers, item.concerns].compactMap { $0.flatMap { depths[$0] } }.max().map { $0 + 1 } ?? 0
            depths[item.id] = depth
            entries.append(
                ThreadEntry(
                    id: item.id, kind: item.kind, state: item.state, sender: item.sender, recipients: item.recipients,
                    created: item.created, storedAt: item.storedAt, answers: item.answers, concerns: item.concerns,
                    decision: item.decision, label: item.label, relabelled: item.relabelled, delivery: item.delivery,
                    depth: depth))
        }
        self.init(entries: entries, isCut: isCut)
    }
}
