// The sealed bytes of packages, one row a part: the unit of retry, of download and of deletion. Checking a part against
// the manifest and sealing it happen before it comes here.

package import MimamoriCore

extension Transaction {
    /// Replaces a part of the same number. The package's row must be there first.
    package func putPart(_ package: PackageID, number: Int, sealed: [UInt8]) throws {
        try execute(
            """
            INSERT INTO parts (package, number, sealed) VALUES ($1, $2, $3)
            ON CONFLICT (package, number) DO UPDATE SET sealed = excluded.sealed
            """, [.text(package.text), .integer(Int64(number)), .blob(sealed)])
    }

    package func part(_ package: PackageID, number: Int) throws -> [UInt8]? {
        try rows(
            "SELECT sealed FROM parts WHERE package = $1 AND number = $2",
            [.text(package.text), .integer(Int64(number))]
        ).first.map { try $0.blob(0) }
    }

    /// Ascending; reads no part.
    package func partNumbers(_ package: PackageID) throws -> [Int] {
        try rows("SELECT number FROM parts WHERE package = $1 ORDER BY number", [.text(package.text)])
            .map { Int(try $0.integer(0)) }
    }

    /// Deletes at most `limit` parts, lowest numbers first; returns how many. Small batches keep other writers waiting
    /// for moments only: one statement over 1.5 GiB holds them up for ten seconds.
    package func deleteParts(_ package: PackageID, limit: Int) throws -> Int {
        try execute(
            """
            DELETE FROM parts WHERE package = $1 AND number IN
                (SELECT number FROM parts WHERE package = $1 ORDER BY number LIMIT $2)
            """, [.text(package.text), .integer(Int64(limit))])
    }
}
