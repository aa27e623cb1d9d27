// What is on record about the packages that a manifest cites, for the policy (N16, SD-CLS-3): each with its state, its label
// as it stands now, and who has answered it so far. What the sender's party may not see is not among the facts, so that a
// guess at an id tells nothing (SD-ACC-4).

import MimamoriCore
import MimamoriCrypto
import MimamoriStore

extension Relay {
    private static let mostAnswers = 1000

    func citedPackages(by manifest: Manifest) async throws -> [PackageID: CitedPackage] {
        var cited: [PackageID: CitedPackage] = [:]
        for id in Set(manifest.cited) {
            guard let source = try await citedPackage(id), source.isVisible(to: manifest.sender.party) else { continue }
            cited[id] = source
        }
        return cited
    }

    private struct Rows: Sendable {
        let package: PackageRow
        let key: DataKeyRow
        let relabelling: RelabellingRow?
        let answers: [(PackageRow, DataKeyRow)]
    }

    private func citedPackage(_ id: PackageID) async throws -> CitedPackage? {
        let rows = try await database.read { transaction -> Rows? in
            guard let package = try transaction.package(id),
                let key = try transaction.dataKey(KeyOwner.package(id))
            else { return nil }
            let answers = try transaction.packages(citing: id, limit: Self.mostAnswers)
                .filter { $0.answers == id && $0.storedAt != nil && $0.state != .rejected && $0.state != .cancelled }
                .compactMap { row in try transaction.dataKey(KeyOwner.package(row.id)).map { (row, $0) } }
            return Rows(
                package: package, key: key, relabelling: try transaction.latestRelabelling(of: id), answers: answers)
        }
        guard let rows else { return nil }
        let answers = try rows.answers.map { row, key in
            let answer = try KeptPackage(row: row, key: try packageKey(key)).manifest()
            return CitedPackage.Answer(
                id: row.id, kind: answer.kind, sender: answer.sender.party, outcome: answer.decision?.outcome)
        }
        return CitedPackage(
            manifest: try KeptPackage(row: rows.package, key: try packageKey(rows.key)).manifest(),
            state: rows.package.state, relabelled: rows.relabelling?.confidentiality, answers: answers)
    }
}

extension CitedPackage {
    fileprivate func isVisible(to party: Address) -> Bool {
        manifest.sender.party == party || (state == .released && manifest.recipients.contains(party))
    }
}
