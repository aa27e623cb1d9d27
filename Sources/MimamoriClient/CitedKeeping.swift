// What this machine knows of packages that another one may cite: the request that an answer rests on, the package that a
// report concerns. The relay judges by its database; the dry run judges by what is kept here, fetched anew whenever the
// relay can be reached, so that both say the same (N16, SD-CLS-3). The manifest is kept only after its signatures held.

import Foundation
package import MimamoriCore
import MimamoriWire

/// What `cited/<id>.sealed` holds.
struct CitedRecord: Codable {
    struct Answer: Codable {
        let id: PackageID
        let kind: PackageKind
        let sender: Address
        let outcome: Decision.Outcome?
    }

    /// Canonical, as it was signed.
    let manifest: Data
    let state: PackageState
    let relabelled: Int?
    let answers: [Answer]

    init(_ manifest: Manifest, state: PackageState, relabelled: Int? = nil, answers: [Answer] = []) {
        self.manifest = Data(manifest.canonicalBytes())
        self.state = state
        self.relabelled = relabelled
        self.answers = answers
    }

    /// As in the relay's own facts, only what was released has answered it.
    init(_ manifest: Manifest, in view: PackageView, thread: ThreadPage) {
        self.init(
            manifest, state: view.state, relabelled: view.relabelled,
            answers: thread.items.filter { $0.answers == manifest.id && $0.state == .released }.map {
                Answer(id: $0.id, kind: $0.kind, sender: $0.sender.party, outcome: $0.decision?.outcome)
            })
    }

    var package: CitedPackage? {
        guard case .success(let manifest) = Manifest.read(Array(manifest)) else { return nil }
        return CitedPackage(
            manifest: manifest, state: state, relabelled: relabelled,
            answers: answers.map {
                CitedPackage.Answer(id: $0.id, kind: $0.kind, sender: $0.sender, outcome: $0.outcome)
            })
    }
}

extension Client {
    var citedFolder: SealedFolder<CitedRecord> { SealedFolder(name: "cited", home: home, world: world) }

    /// As far as this machine has seen them; its own sent packages too.
    package func citedPackages(_ ids: [PackageID]) throws -> [PackageID: CitedPackage] {
        var cited: [PackageID: CitedPackage] = [:]
        for id in Set(ids) {
            if let kept = try citedFolder.value(of: id)?.package {
                cited[id] = kept
            } else if let own = try box.archivedEntry(id) {
                cited[id] = CitedPackage(
                    manifest: own.manifest, state: own.manifest.needsApproval ? .awaitingApproval : .released)
            }
        }
        return cited
    }

}

extension Session {
    /// Fetches what is cited, verifies and keeps it. What the relay does not show, or no longer has, is forgotten.
    package func refreshCited(_ ids: [PackageID]) async throws {
        for id in Set(ids).sorted() {
            do {
                let view = try await relay.package(id)
                let manifest = try verify(view, id: id, needsApproval: false).manifest.manifest
                let thread = try await relay.thread(of: id)
                try client.citedFolder.keep(CitedRecord(manifest, in: view, thread: thread), of: id)
            } catch let refused as Refused
                where refused.findings.contains(where: { $0.code == .notFound || $0.code == .packageDisposed })
            {
                try client.citedFolder.forget(id)
            }
        }
    }
}
