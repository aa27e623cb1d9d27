// Changes of a package's label by its decider (SD-CLS-3): all of them are kept; the newest holds.

package import MimamoriCore

package struct RelabellingRow: Sendable, Hashable {
    package var package: PackageID
    package var decidedAt: Timestamp
    package var confidentiality: Int
    /// The signed statement (CMS), sealed.
    package var sealedStatement: [UInt8]

    package init(package: PackageID, decidedAt: Timestamp, confidentiality: Int, sealedStatement: [UInt8]) {
        self.package = package
        self.decidedAt = decidedAt
        self.confidentiality = confidentiality
        self.sealedStatement = sealedStatement
    }
}

extension Transaction {
    /// Adds it; a repeat of the same moment changes nothing. Returns whether it was new.
    package func insertRelabelling(_ row: RelabellingRow) throws -> Bool {
        try execute(
            """
            INSERT INTO relabellings (package, decided_at, confidentiality, sealed_statement)
            VALUES ($1, $2, $3, $4) ON CONFLICT (package, decided_at) DO NOTHING
            """,
            [
                .text(row.package.text), .integer(row.decidedAt.milliseconds), .integer(Int64(row.confidentiality)),
                .blob(row.sealedStatement),
            ]) == 1
    }

    /// The package's newest.
    package func latestRelabelling(of package: PackageID) throws -> RelabellingRow? {
        try rows(
            """
            SELECT decided_at, confidentiality, sealed_statement FROM relabellings WHERE package = $1
            ORDER BY decided_at DESC LIMIT 1
            """, [.text(package.text)]
        ).first.map { row in
            RelabellingRow(
                package: package, decidedAt: try row.time(0), confidentiality: Int(try row.integer(1)),
                sealedStatement: try row.blob(2))
        }
    }

    /// With the package's key gone these cannot be read any more.
    package func deleteRelabellings(of package: PackageID) throws {
        try execute("DELETE FROM relabellings WHERE package = $1", [.text(package.text)])
    }
}
