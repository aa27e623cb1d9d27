// Fills in what schema 1 did not keep in clear: each package's kind, what it cites and when its retention ends, from its
// manifest, so that old packages become due as new ones do. Runs when the relay opens, before anything is served; after
// the first time there is nothing to do. It changes nothing about a package, so it has no leaves.

import MimamoriCore
import MimamoriCrypto
import MimamoriStore

extension Relay {
    private static let rowsPerBatch = 200

    func fillInOldRows() async throws {
        var last: PackageID?
        var filledIn = 0
        while true {
            let batch = try await database.read { [last] transaction in
                try transaction.packagesWithoutKind(after: last, limit: Self.rowsPerBatch).map {
                    ($0, try transaction.dataKey(KeyOwner.package($0.id)))
                }
            }
            guard let end = batch.last?.0.id else { break }
            let rows = batch.compactMap(completed)
            try await database.write { transaction in
                for row in rows { try transaction.fillInPackage(row) }
            }
            filledIn += rows.count
            last = end
        }
        if filledIn > 0 { journal.oldRowsFilledIn(filledIn) }
    }

    /// One damaged manifest must not keep the relay from starting: its package stays without a last day, is never due,
    /// and the log says so at every start.
    private func completed(_ old: PackageRow, _ key: DataKeyRow?) -> PackageRow? {
        guard let key else { return nil }
        do {
            let manifest = try KeptPackage(row: old, key: try packageKey(key)).manifest()
            var row = old
            row.kind = manifest.kind
            row.answers = manifest.answers
            row.concerns = manifest.concerns
            row.retainedUntil = row.storedAt.map { RetentionRule.lastDay(of: manifest.retention, madeAt: $0) }
            return row
        } catch {
            journal.oldRowUnreadable(old.id, cause: (error as? any Failure)?.cause ?? "\(error)")
            return nil
        }
    }
}
