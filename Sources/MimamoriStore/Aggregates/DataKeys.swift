// Data keys as kept: wrapped under a key-encryption key that is not in the database. Wrapping is MimamoriCrypto's.

/// A data key, wrapped under the key-encryption key named by `keyEncryptionKeyID`.
package struct DataKeyRow: Sendable, Hashable {
    package var owner: String
    package var keyEncryptionKeyID: String
    package var wrapped: [UInt8]

    package init(owner: String, keyEncryptionKeyID: String, wrapped: [UInt8]) {
        self.owner = owner
        self.keyEncryptionKeyID = keyEncryptionKeyID
        self.wrapped = wrapped
    }
}

extension Transaction {
    /// Fails when the owner has a key: replacing one would destroy what it sealed.
    package func insertDataKey(_ row: DataKeyRow) throws {
        try execute(
            "INSERT INTO data_keys (owner, key_encryption_key, wrapped) VALUES ($1, $2, $3)",
            [.text(row.owner), .text(row.keyEncryptionKeyID), .blob(row.wrapped)])
    }

    /// Destroys the key, and with it what it sealed. Returns whether there was one. The wrapped key is in no file any more
    /// once `Database.forgetDeleted` has returned.
    package func destroyDataKey(_ owner: String) throws -> Bool {
        try shredding { try execute("DELETE FROM data_keys WHERE owner = $1", [.text(owner)]) == 1 }
    }

    package func dataKey(_ owner: String) throws -> DataKeyRow? {
        try rows("SELECT key_encryption_key, wrapped FROM data_keys WHERE owner = $1", [.text(owner)]).first.map {
            DataKeyRow(owner: owner, keyEncryptionKeyID: try $0.text(0), wrapped: try $0.blob(1))
        }
    }
}
