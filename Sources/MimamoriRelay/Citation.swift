// What is on record about the packages that a manifest cites, for the policy (N16, SD-CLS-3): each with its state, its label
// as it stands now, and how the sender's own party has answered it so far. What that party may not see is not among the
// facts, so that a guess at an id tells nothing (SD-ACC-4).

import MimamoriCore
import MimamoriCrypto
import MimamoriStore

extension Relay {
    private static let mostResponses = 1000

    func citedPackages(by manifest: Manifest) async throws -> [PackageID: CitedPackage] {
        var cited: [PackageID: CitedPackage] = [:]
        for id in Set(manifest.cited) {
            guard let source = try await citedPackage(id, by: manifest), source.isVisible(to: manifest.sender.party)
            else { continue }
            cited[id] = source
        }
        return cited
    }

    private struct Rows: Sendable {
        let package: PackageRow
        let key: DataKeyRow
        let relabelling: RelabellingRow?
        let responses: [(PackageRow, DataKeyRow)]
        let alike: [PackageRow]
    }

    private func citedPackage(_ id: PackageID, by manifest: Manifest) async throws -> CitedPackage? {
        let (party, kind) = (manifest.sender.party, manifest.kind)
        let isAnswered = manifest.answers == id
        let rows = try await database.read { transaction -> Rows? in
            guard let package = try transaction.package(id),
                let key = try transaction.dataKey(KeyOwner.package(id))
            else { return nil }
            func answers(_ kind: PackageKind, _ limit: Int) throws -> [PackageRow] {
                isAnswered ? try transaction.packages(answering: id, by: party, kind: kind, limit: limit) : []
            }
            return Rows(
                package: package, key: key, relabelling: try transaction.latestRelabelling(of: id),
                responses: try answers(.response, Self.mostResponses).compactMap { row in
                    try transaction.dataKey(KeyOwner.package(row.id)).map { (row, $0) }
                },
                // Whether there is one beside the manifest itself: a standing request has thousands.
                alike: kind == .response ? [] : try answers(kind, 2))
        }
        guard let rows else { return nil }
        let responses = try rows.responses.map { row, key in
            CitedPackage.Answer(
                id: row.id, kind: .response, sender: party,
                outcome: try citedManifest(row, key).decision?.outcome)
        }
        let alike = rows.alike.map { CitedPackage.Answer(id: $0.id, kind: kind, sender: party, outcome: nil) }
        return CitedPackage(
            manifest: try citedManifest(rows.package, rows.key),
            state: rows.package.state, relabelled: rows.relabelling?.confidentiality, answers: responses + alike)
    }
}

extension Relay {
    private func citedManifest(_ row: PackageRow, _ key: DataKeyRow) throws -> Manifest {
        try citedManifests.manifest(row.id) { try KeptPackage(row: row, key: try packageKey(key)).manifest() }
    }

    /// The request that a manifest answers, when that is for one case.
    func requestForOneCase(answeredBy manifest: Manifest) async throws -> PackageID? {
        guard let id = manifest.answers else { return nil }
        let request = try await citedPackages(by: manifest)[id]
        return request?.manifest.request?.validity == .oneCase ? id : nil
    }
}

extension Transaction {
    func isAnswered(_ request: PackageID, beside manifest: Manifest) throws -> Bool {
        try packages(answering: request, by: manifest.sender.party, kind: manifest.kind, limit: 2)
            .contains { $0.id != manifest.id }
    }
}

extension CitedPackage {
    fileprivate func isVisible(to party: Address) -> Bool {
        manifest.sender.party == party || (state == .released && manifest.recipients.contains(party))
    }
}
