// Interface to be filled in: the aggregates' rows and statements that MimamoriRelay builds on. Split it into one file
// per aggregate (Packages, Parts, Deliveries, Directory, LogLeaves, DataKeys …).
package import MimamoriCore

/// One package. In clear: ids, states, times, sizes, addresses. Sealed: the signed manifest, a rejection's reason.
package struct PackageRow: Sendable, Hashable {
    package var id: PackageID
    package var state: PackageState
    package var sender: PersonAddress
    package var manifestSHA256: ContentDigest
    /// The signed manifest (CMS) under the package's data key; replaced when the approver's signature is added.
    package var sealedManifest: [UInt8]
    package var sealedRejection: [UInt8]?
    package var totalBytes: Int64
    package var partCount: Int
    package var begunAt: Timestamp
    package var storedAt: Timestamp?
    /// The log leaf of `package.stored`.
    package var logIndex: Int64?
    package init(
        id: PackageID, state: PackageState, sender: PersonAddress, manifestSHA256: ContentDigest,
        sealedManifest: [UInt8], sealedRejection: [UInt8]?, totalBytes: Int64, partCount: Int, begunAt: Timestamp,
        storedAt: Timestamp?, logIndex: Int64?
    ) { fatalError() }
}

package struct DeliveryRow: Sendable, Hashable {
    package var package: PackageID
    package var recipient: Address
    package var state: DeliveryState
    package var storedAt: Timestamp
    package var fetchedAt: Timestamp?
    package var openedAt: Timestamp?
    /// The opened receipt (CMS), sealed.
    package var sealedReceipt: [UInt8]?
    /// Grows with every delivery of the whole relay; assigned by the insert. What an inbox is read by.
    package var position: Int64
    package init(
        package: PackageID, recipient: Address, state: DeliveryState, storedAt: Timestamp, fetchedAt: Timestamp?,
        openedAt: Timestamp?, sealedReceipt: [UInt8]?, position: Int64
    ) { fatalError() }
}

/// A data key as kept: wrapped under the key-encryption key named by `keyEncryptionKeyID`.
package struct DataKeyRow: Sendable, Hashable {
    package var owner: String
    package var keyEncryptionKeyID: String
    package var wrapped: [UInt8]
    package init(owner: String, keyEncryptionKeyID: String, wrapped: [UInt8]) { fatalError() }
}

package struct PersonRow: Sendable, Hashable {
    package var address: PersonAddress
    package var sealedName: [UInt8]
    package var roles: Set<Role>
    package init(address: PersonAddress, sealedName: [UInt8], roles: Set<Role>) { fatalError() }
}

package struct LogLeafRow: Sendable, Hashable {
    package var sequence: Int64
    /// 32 bytes.
    package var leafHash: [UInt8]
    package var sealedEntry: [UInt8]
    package init(sequence: Int64, leafHash: [UInt8], sealedEntry: [UInt8]) { fatalError() }
}

extension Transaction {
    // packages
    package func insertPackage(_ row: PackageRow) throws { fatalError() }
    package func package(_ id: PackageID) throws -> PackageRow? { fatalError() }
    /// Changes state, sealed manifest, sealed rejection, storedAt, logIndex.
    package func updatePackage(_ row: PackageRow) throws { fatalError() }
    /// Oldest first.
    package func packages(ofParty party: Address, in state: PackageState, limit: Int) throws -> [PackageRow] {
        fatalError()
    }

    // parts: sealed bytes of one part each
    /// Replaces a part of the same number.
    package func putPart(_ package: PackageID, number: Int, sealed: [UInt8]) throws { fatalError() }
    package func part(_ package: PackageID, number: Int) throws -> [UInt8]? { fatalError() }
    package func partNumbers(_ package: PackageID) throws -> [Int] { fatalError() }
    /// Deletes at most `limit` parts; returns how many.
    package func deleteParts(_ package: PackageID, limit: Int) throws -> Int { fatalError() }

    // deliveries
    /// Assigns and returns the position.
    @discardableResult package func insertDelivery(_ row: DeliveryRow) throws -> Int64 { fatalError() }
    package func delivery(_ package: PackageID, to recipient: Address) throws -> DeliveryRow? { fatalError() }
    package func deliveries(_ package: PackageID) throws -> [DeliveryRow] { fatalError() }
    package func updateDelivery(_ row: DeliveryRow) throws { fatalError() }
    /// Deliveries of a mailbox after a position, in order, cancelled ones left out.
    package func mailbox(_ recipient: Address, after position: Int64, limit: Int) throws -> [DeliveryRow] {
        fatalError()
    }

    // data keys
    package func insertDataKey(_ row: DataKeyRow) throws { fatalError() }
    package func dataKey(_ owner: String) throws -> DataKeyRow? { fatalError() }

    // directory; each put returns whether something changed, and a change raises the version
    package func directoryVersion() throws -> Int64 { fatalError() }
    package func putParty(_ party: Party) throws -> Bool { fatalError() }
    package func parties() throws -> [Party] { fatalError() }
    package func putPerson(_ row: PersonRow) throws -> Bool { fatalError() }
    package func person(_ address: PersonAddress) throws -> PersonRow? { fatalError() }
    package func persons() throws -> [PersonRow] { fatalError() }
    /// A withdrawn certificate stays as a row (SD-AUT-4: never reissued) and is not among `certificates()`.
    package func putCertificate(_ certificate: EnrolledCertificate) throws -> Bool { fatalError() }
    package func withdrawCertificate(_ fingerprint: CertificateFingerprint, at time: Timestamp) throws -> Bool {
        fatalError()
    }
    package func isWithdrawn(_ fingerprint: CertificateFingerprint) throws -> Bool { fatalError() }
    package func certificates() throws -> [EnrolledCertificate] { fatalError() }
    /// The withdrawn ones: signatures made with them are still read years later.
    package func withdrawnCertificates() throws -> [EnrolledCertificate] { fatalError() }
    package func putMembership(_ membership: Membership) throws -> Bool { fatalError() }
    package func memberships() throws -> [Membership] { fatalError() }

    // access log
    /// Size and concatenated 32-byte peaks of the tree; (0, []) at first.
    package func logFrontier() throws -> (size: Int64, peaks: [UInt8]) { fatalError() }
    /// Appends the leaf and replaces the frontier; the caller computed both in this transaction.
    package func appendLeaf(_ row: LogLeafRow, frontierPeaks: [UInt8]) throws { fatalError() }
    package func leaves(from sequence: Int64, limit: Int) throws -> [LogLeafRow] { fatalError() }
    package func insertCheckpoint(size: Int64, time: Timestamp, note: String) throws { fatalError() }
    package func latestCheckpoint() throws -> (size: Int64, note: String)? { fatalError() }
}

/// The embedded engine: GRDB, WAL, synchronous=FULL proved at start, group commit, migrations.
package final class SQLiteDatabase: Database {
    /// Opens (and creates when `create`) the file, migrates it, proves its durability settings.
    package init(path: String, create: Bool) throws { fatalError() }
    package func write<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R {
        fatalError()
    }
    package func read<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R {
        fatalError()
    }
    /// Waits for accepted writes, checkpoints the WAL, closes.
    package func close() async { fatalError() }
}
