// The directory's version: raised in the transaction of every change, so that a reader who holds a version knows
// whether anything changed since.

extension Transaction {
    /// 0 for a directory into which nothing was ever put.
    package func directoryVersion() throws -> Int64 {
        guard let row = try rows("SELECT version FROM directory", []).first else {
            throw StoreFailure.unreadable("directory")
        }
        return try row.integer(0)
    }

    /// Raises the version when rows were changed; returns whether any were.
    func raiseDirectoryVersion(ifChanged rowCount: Int) throws -> Bool {
        guard rowCount > 0 else { return false }
        try execute("UPDATE directory SET version = version + 1", [])
        return true
    }
}
