// Legal holds and what is left of disposed packages (SD-DEL-1, SD-DEL-3): a hold's row while it stands, a disposal's
// certificate for ever.

package import MimamoriCore

extension Transaction {
    /// Places a hold; one that stands already stays. Returns whether it is new.
    package func placeHold(_ package: PackageID, proposal: ProposalID, at time: Timestamp) throws -> Bool {
        try execute(
            """
            INSERT INTO legal_holds (package, proposal, placed_at) VALUES ($1, $2, $3)
            ON CONFLICT (package) DO NOTHING
            """, [.text(package.text), .text(proposal.text), .integer(time.milliseconds)]) == 1
    }

    /// The hold stands by another proposal from now on. The hold must be there.
    package func moveHold(_ package: PackageID, to proposal: ProposalID) throws {
        let changed = try execute(
            "UPDATE legal_holds SET proposal = $2 WHERE package = $1", [.text(package.text), .text(proposal.text)])
        guard changed == 1 else { throw StoreFailure.contradiction("move of a hold that is not there") }
    }

    /// Returns whether there was one.
    package func releaseHold(_ package: PackageID) throws -> Bool {
        try execute("DELETE FROM legal_holds WHERE package = $1", [.text(package.text)]) == 1
    }

    /// The proposal by which the package is on hold; `nil` when it is not.
    package func hold(on package: PackageID) throws -> ProposalID? {
        try rows("SELECT proposal FROM legal_holds WHERE package = $1", [.text(package.text)]).first.map {
            try $0.value(0, ProposalID.init)
        }
    }

    package func isOnHold(_ package: PackageID) throws -> Bool { try hold(on: package) != nil }

    package func insertDisposal(_ package: PackageID, at time: Timestamp, certificate: [UInt8]) throws {
        try execute(
            "INSERT INTO disposals (package, disposed_at, certificate) VALUES ($1, $2, $3)",
            [.text(package.text), .integer(time.milliseconds), .blob(certificate)])
    }

    /// The signed certificate (CMS).
    package func disposalCertificate(of package: PackageID) throws -> [UInt8]? {
        try rows("SELECT certificate FROM disposals WHERE package = $1", [.text(package.text)]).first.map {
            try $0.blob(0)
        }
    }

    /// Disposed packages whose parts' rows may still be there: the work that a stop has interrupted. By id.
    package func unfinishedDisposals(limit: Int) throws -> [PackageID] {
        try rows(
            "SELECT package FROM disposals WHERE finished_at IS NULL ORDER BY package LIMIT $1",
            [.integer(Int64(limit))]
        ).map { try $0.value(0, PackageID.init) }
    }

    /// Nothing is left to do about this disposal.
    package func finishDisposal(_ package: PackageID, at time: Timestamp) throws {
        try execute(
            "UPDATE disposals SET finished_at = $2 WHERE package = $1 AND finished_at IS NULL",
            [.text(package.text), .integer(time.milliseconds)])
    }

    /// Empties what the package's key had sealed: manifest, rejection, receipts. The row stays.
    package func emptySealed(_ package: PackageID) throws {
        try execute(
            "UPDATE packages SET sealed_manifest = $2, sealed_rejection = NULL WHERE id = $1",
            [.text(package.text), .blob([])])
        try execute("UPDATE deliveries SET sealed_receipt = NULL WHERE package = $1", [.text(package.text)])
    }
}
