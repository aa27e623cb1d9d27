// Whose data key is whose: one for each package, one for the log, one for the directory, each wrapped by the keyring and
// kept in the database (design §7). Destroying a package's row here is what shreds the package. The AES is
// MimamoriCrypto's.

import MimamoriCore
import MimamoriCrypto
import MimamoriStore

enum KeyOwner {
    static let log = "log"
    static let directory = "directory"
    static func package(_ id: PackageID) -> String { "package/\(id)" }
}

/// What sealed bytes are bound to, so that bytes moved to another row do not open.
enum SealContext {
    static func manifest(_ id: PackageID) -> String { "packages/\(id)/manifest" }
    static func rejection(_ id: PackageID) -> String { "packages/\(id)/rejection" }
    static func part(_ id: PackageID, _ number: Int) -> String { "parts/\(id)/\(number)" }
    static func openedReceipt(_ id: PackageID, _ recipient: Address) -> String { "deliveries/\(id)/\(recipient)" }
    static func personName(_ person: PersonAddress) -> String { "persons/\(person)/name" }
    static func dutyAcknowledgement(_ person: PersonAddress, _ at: Timestamp) -> String {
        "duty_acknowledgements/\(person)/\(at.milliseconds)"
    }
    static func proposalReason(_ id: ProposalID) -> String { "proposals/\(id)/reason" }
    static func relabelling(_ id: PackageID, _ at: Timestamp) -> String { "relabellings/\(id)/\(at.milliseconds)" }
}

extension Relay {
    /// The key of a standing owner, made on first use. Two processes cannot race: the store admits one writer process.
    static func standingKey(
        _ owner: String, _ database: any Database, _ keyring: Keyring
    ) async throws -> DataKey {
        let fresh = DataKey.random()
        let freshRow = try row(for: fresh, owner: owner, keyring)
        let kept = try await database.write { transaction -> DataKeyRow in
            if let kept = try transaction.dataKey(owner) { return kept }
            try transaction.insertDataKey(freshRow)
            return freshRow
        }
        return try keyring.unwrap(
            WrappedKey(keyEncryptionKeyID: kept.keyEncryptionKeyID, bytes: kept.wrapped), owner: owner)
    }

    static func row(for key: DataKey, owner: String, _ keyring: Keyring) throws -> DataKeyRow {
        let wrapped = try keyring.wrap(key, owner: owner)
        return DataKeyRow(owner: owner, keyEncryptionKeyID: wrapped.keyEncryptionKeyID, wrapped: wrapped.bytes)
    }

    func packageKey(_ row: DataKeyRow) throws -> DataKey {
        try keyring.unwrap(
            WrappedKey(keyEncryptionKeyID: row.keyEncryptionKeyID, bytes: row.wrapped), owner: row.owner)
    }
}

/// A package as kept, with the key that opens its sealed columns.
struct KeptPackage: Sendable {
    var row: PackageRow
    let key: DataKey

    /// The signed manifest as it stands now: one signer, or two once approved.
    func signedManifest() throws -> [UInt8] {
        try key.open(row.sealedManifest, context: SealContext.manifest(row.id))
    }

    func manifest() throws -> Manifest {
        try Self.readManifest(SignedStatement(der: try signedManifest()))
    }

    static func readManifest(_ statement: SignedStatement) throws -> Manifest {
        switch Manifest.read(statement.content) {
        case .success(let manifest):
            return manifest
        case .failure(let refusal):
            // It was accepted once; what cannot be read now is damage, not the caller's fault.
            throw StoreFailure(
                .corrupt,
                message: Bilingual(
                    ja: "保存された送付状を読み取れません。運用担当者に連絡してください。",
                    en: "A stored manifest cannot be read; tell the relay's operator."),
                cause: "stored manifest refused: \(refusal.code.rawValue)")
        }
    }
}

extension Relay {
    /// The package and its key; a refusal that says nothing when there is none, but to those who could have seen it
    /// that it was disposed of.
    func keptPackage(_ id: PackageID, for caller: Caller) async throws -> KeptPackage {
        let found = try await database.read { transaction -> (PackageRow, DataKeyRow)? in
            guard let row = try transaction.package(id),
                let key = try transaction.dataKey(KeyOwner.package(id))
            else { return nil }
            return (row, key)
        }
        guard let (row, key) = found else { throw try await refusalOfMissing(id, for: caller) }
        return KeptPackage(row: row, key: try packageKey(key))
    }
}
