// The rows of packages: what the relay must know of each one in clear, and its signed manifest sealed. Which state may
// follow which is MimamoriCore's; the parts are in Parts.swift.

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
    /// `nil` in rows of schema 1.
    package var kind: PackageKind?
    package var answers: PackageID?
    package var concerns: PackageID?
    /// The last day of its retention; `nil` until it is stored.
    package var retainedUntil: CivilDate?

    package init(
        id: PackageID, state: PackageState, sender: PersonAddress, manifestSHA256: ContentDigest,
        sealedManifest: [UInt8], sealedRejection: [UInt8]?, totalBytes: Int64, partCount: Int, begunAt: Timestamp,
        storedAt: Timestamp?, logIndex: Int64?, kind: PackageKind?, answers: PackageID? = nil,
        concerns: PackageID? = nil, retainedUntil: CivilDate? = nil
    ) {
        self.id = id
        self.state = state
        self.sender = sender
        self.manifestSHA256 = manifestSHA256
        self.sealedManifest = sealedManifest
        self.sealedRejection = sealedRejection
        self.totalBytes = totalBytes
        self.partCount = partCount
        self.begunAt = begunAt
        self.storedAt = storedAt
        self.logIndex = logIndex
        self.kind = kind
        self.answers = answers
        self.concerns = concerns
        self.retainedUntil = retainedUntil
    }

    static let columns =
        "id, state, sender_party, sender_person, manifest_sha256, sealed_manifest, sealed_rejection, total_bytes, "
        + "part_count, begun_at, stored_at, log_index, kind, answers, concerns, retained_until"

    init(_ row: Row) throws {
        let party = try row.value(2, Address.init)
        id = try row.value(0, PackageID.init)
        state = try row.value(1, PackageState.init)
        sender = try row.value(3) { PersonAddress(party: party, person: $0) }
        manifestSHA256 = try row.value(4, ContentDigest.init)
        sealedManifest = try row.blob(5)
        sealedRejection = try row.optionalBlob(6)
        totalBytes = try row.integer(7)
        partCount = Int(try row.integer(8))
        begunAt = try row.time(9)
        storedAt = try row.optionalTime(10)
        logIndex = try row.optionalInteger(11)
        kind = try row.optionalValue(12, PackageKind.init)
        answers = try row.optionalValue(13, PackageID.init)
        concerns = try row.optionalValue(14, PackageID.init)
        retainedUntil = try row.optionalValue(15, CivilDate.init)
    }
}

extension Transaction {
    /// Fails when the id is taken; look first.
    package func insertPackage(_ row: PackageRow) throws {
        try execute(
            """
            INSERT INTO packages (\(PackageRow.columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            [
                .text(row.id.text), .text(row.state.rawValue), .text(row.sender.party.text), .text(row.sender.person),
                .text(row.manifestSHA256.hexadecimal), .blob(row.sealedManifest), .optional(row.sealedRejection),
                .integer(row.totalBytes), .integer(Int64(row.partCount)), .integer(row.begunAt.milliseconds),
                .optional(row.storedAt?.milliseconds), .optional(row.logIndex), .optional(row.kind?.rawValue),
                .optional(row.answers?.text), .optional(row.concerns?.text), .optional(row.retainedUntil?.text),
            ])
    }

    package func package(_ id: PackageID) throws -> PackageRow? {
        try rows("SELECT \(PackageRow.columns) FROM packages WHERE id = $1", [.text(id.text)]).first.map(
            PackageRow.init)
    }

    /// Changes state, sealed manifest, sealed rejection, storedAt, logIndex, retainedUntil. The row must exist.
    package func updatePackage(_ row: PackageRow) throws {
        let changed = try execute(
            """
            UPDATE packages SET state = $2, sealed_manifest = $3, sealed_rejection = $4, stored_at = $5, log_index = $6,
                retained_until = $7
            WHERE id = $1
            """,
            [
                .text(row.id.text), .text(row.state.rawValue), .blob(row.sealedManifest),
                .optional(row.sealedRejection), .optional(row.storedAt?.milliseconds), .optional(row.logIndex),
                .optional(row.retainedUntil?.text),
            ])
        guard changed == 1 else { throw StoreFailure.contradiction("update of a package that is not there") }
    }

    /// Oldest first.
    package func packages(ofParty party: Address, in state: PackageState, limit: Int) throws -> [PackageRow] {
        try rows(
            """
            SELECT \(PackageRow.columns) FROM packages WHERE sender_party = $1 AND state = $2
            ORDER BY begun_at, id LIMIT $3
            """, [.text(party.text), .text(state.rawValue), .integer(Int64(limit))]
        ).map(PackageRow.init)
    }

    /// The packages that answer or concern this one, oldest first.
    package func packages(citing id: PackageID, limit: Int) throws -> [PackageRow] {
        try rows(
            """
            SELECT \(PackageRow.columns) FROM packages WHERE answers = $1 OR concerns = $1
            ORDER BY begun_at, id LIMIT $2
            """, [.text(id.text), .integer(Int64(limit))]
        ).map(PackageRow.init)
    }

    /// The released packages of one party and kind that answer this one, oldest first.
    package func packages(
        answering id: PackageID, by party: Address, kind: PackageKind, limit: Int
    ) throws -> [PackageRow] {
        try rows(
            """
            SELECT \(PackageRow.columns) FROM packages
            WHERE answers = $1 AND sender_party = $2 AND kind = $3 AND state = $4 ORDER BY id LIMIT $5
            """,
            [
                .text(id.text), .text(party.text), .text(kind.rawValue), .text(PackageState.released.rawValue),
                .integer(Int64(limit)),
            ]
        ).map(PackageRow.init)
    }

    /// Stored packages of a span of time in the order of their storing, after `id` at `start`. Page by the last one.
    package func packages(
        storedFrom start: Timestamp, after id: PackageID?, before end: Timestamp, limit: Int
    ) throws -> [PackageRow] {
        try rows(
            """
            SELECT \(PackageRow.columns) FROM packages
            WHERE stored_at IS NOT NULL AND stored_at < $3 AND (stored_at, id) > ($1, $2)
            ORDER BY stored_at, id LIMIT $4
            """,
            [
                .integer(start.milliseconds), .text(id?.text ?? ""), .integer(end.milliseconds),
                .integer(Int64(limit)),
            ]
        ).map(PackageRow.init)
    }

    /// Packages whose retention ended before a day and that are not disposed of, earliest end first, after the row
    /// `(day, id)` where one is given.
    package func packages(
        retainedBefore day: CivilDate, after last: (day: CivilDate, id: PackageID)?, limit: Int
    ) throws -> [PackageRow] {
        try rows(
            """
            SELECT \(PackageRow.columns) FROM packages
            WHERE retained_until IS NOT NULL AND retained_until < $1 AND state <> $2
                AND (retained_until, id) > ($3, $4)
            ORDER BY retained_until, id LIMIT $5
            """,
            [
                .text(day.text), .text(PackageState.disposed.rawValue), .text(last?.day.text ?? ""),
                .text(last?.id.text ?? ""), .integer(Int64(limit)),
            ]
        ).map(PackageRow.init)
    }

    /// Packages that schema 1 wrote and whose kind is not filled in yet, by id, after `id`.
    package func packagesWithoutKind(after id: PackageID?, limit: Int) throws -> [PackageRow] {
        try rows(
            """
            SELECT \(PackageRow.columns) FROM packages WHERE kind IS NULL AND id > $1 ORDER BY id LIMIT $2
            """, [.text(id?.text ?? ""), .integer(Int64(limit))]
        ).map(PackageRow.init)
    }

    /// Fills in kind, answers, concerns, retainedUntil of a row of schema 1, and only of one.
    package func fillInPackage(_ row: PackageRow) throws {
        try execute(
            """
            UPDATE packages SET kind = $2, answers = $3, concerns = $4, retained_until = $5
            WHERE id = $1 AND kind IS NULL
            """,
            [
                .text(row.id.text), .optional(row.kind?.rawValue), .optional(row.answers?.text),
                .optional(row.concerns?.text), .optional(row.retainedUntil?.text),
            ])
    }
}
