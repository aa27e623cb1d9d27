// The rows of deliveries: one released package in one recipient's mailbox. Which state may follow which is
// MimamoriCore's; who may see a mailbox is the relay's.

package import MimamoriCore

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
    ) {
        self.package = package
        self.recipient = recipient
        self.state = state
        self.storedAt = storedAt
        self.fetchedAt = fetchedAt
        self.openedAt = openedAt
        self.sealedReceipt = sealedReceipt
        self.position = position
    }

    fileprivate static let columns =
        "package, recipient, state, stored_at, fetched_at, opened_at, sealed_receipt, position"

    fileprivate init(_ row: Row) throws {
        package = try row.value(0, PackageID.init)
        recipient = try row.value(1, Address.init)
        state = try row.value(2, DeliveryState.init)
        storedAt = try row.time(3)
        fetchedAt = try row.optionalTime(4)
        openedAt = try row.optionalTime(5)
        sealedReceipt = try row.optionalBlob(6)
        position = try row.integer(7)
    }
}

/// A delivery without its receipt, for counting: a bulletin to every council has hundreds.
package struct DeliveryTimes: Sendable, Hashable {
    package let recipient: Address
    package let state: DeliveryState
    package let storedAt: Timestamp
    package let openedAt: Timestamp?
}

extension Transaction {
    /// Assigns and returns the position; the row's own is not looked at. Writes are committed in the order of their
    /// positions, so whoever has read a mailbox to a position has missed nothing before it.
    @discardableResult package func insertDelivery(_ row: DeliveryRow) throws -> Int64 {
        let assigned = try rows(
            """
            INSERT INTO deliveries (package, recipient, state, stored_at, fetched_at, opened_at, sealed_receipt)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING position
            """,
            [
                .text(row.package.text), .text(row.recipient.text), .text(row.state.rawValue),
                .integer(row.storedAt.milliseconds), .optional(row.fetchedAt?.milliseconds),
                .optional(row.openedAt?.milliseconds), .optional(row.sealedReceipt),
            ])
        guard let first = assigned.first else { throw StoreFailure.unreadable("position of an inserted delivery") }
        return try first.integer(0)
    }

    package func delivery(_ package: PackageID, to recipient: Address) throws -> DeliveryRow? {
        try rows(
            "SELECT \(DeliveryRow.columns) FROM deliveries WHERE package = $1 AND recipient = $2",
            [.text(package.text), .text(recipient.text)]
        ).first.map(DeliveryRow.init)
    }

    /// By recipient.
    package func deliveries(_ package: PackageID) throws -> [DeliveryRow] {
        try rows(
            "SELECT \(DeliveryRow.columns) FROM deliveries WHERE package = $1 ORDER BY recipient",
            [.text(package.text)]
        ).map(DeliveryRow.init)
    }

    /// By recipient.
    package func deliveryTimes(_ package: PackageID) throws -> [DeliveryTimes] {
        try rows(
            "SELECT recipient, state, stored_at, opened_at FROM deliveries WHERE package = $1 ORDER BY recipient",
            [.text(package.text)]
        ).map { row in
            DeliveryTimes(
                recipient: try row.value(0, Address.init), state: try row.value(1, DeliveryState.init),
                storedAt: try row.time(2), openedAt: try row.optionalTime(3))
        }
    }

    /// Changes state, fetchedAt, openedAt, sealed receipt. The row must exist.
    package func updateDelivery(_ row: DeliveryRow) throws {
        let changed = try execute(
            """
            UPDATE deliveries SET state = $3, fetched_at = $4, opened_at = $5, sealed_receipt = $6
            WHERE package = $1 AND recipient = $2
            """,
            [
                .text(row.package.text), .text(row.recipient.text), .text(row.state.rawValue),
                .optional(row.fetchedAt?.milliseconds), .optional(row.openedAt?.milliseconds),
                .optional(row.sealedReceipt),
            ])
        guard changed == 1 else { throw StoreFailure.contradiction("update of a delivery that is not there") }
    }

    /// Deliveries of a mailbox after a position, in order; cancelled ones and disposed packages left out.
    package func mailbox(_ recipient: Address, after position: Int64, limit: Int) throws -> [DeliveryRow] {
        try rows(
            """
            SELECT \(DeliveryRow.columns) FROM deliveries
            WHERE recipient = $1 AND position > $2 AND state <> $3
                AND NOT EXISTS (SELECT 1 FROM packages WHERE id = deliveries.package AND packages.state = $4)
            ORDER BY position LIMIT $5
            """,
            [
                .text(recipient.text), .integer(position), .text(DeliveryState.cancelled.rawValue),
                .text(PackageState.disposed.rawValue), .integer(Int64(limit)),
            ]
        ).map(DeliveryRow.init)
    }
}
