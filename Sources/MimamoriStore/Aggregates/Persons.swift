// Persons of the directory: address and roles in clear, the name sealed. Which roles go together is MimamoriCore's.

package import MimamoriCore

package struct PersonRow: Sendable, Hashable {
    package var address: PersonAddress
    package var sealedName: [UInt8]
    package var roles: Set<Role>

    package init(address: PersonAddress, sealedName: [UInt8], roles: Set<Role>) {
        self.address = address
        self.sealedName = sealedName
        self.roles = roles
    }

    fileprivate init(_ row: Row) throws {
        address = try row.value(0, PersonAddress.init)
        sealedName = try row.blob(1)
        let roles = try row.text(2).split(separator: " ").map { Role(rawValue: String($0)) }
        guard !roles.contains(nil) else { throw StoreFailure.unreadable("roles of a person") }
        self.roles = Set(roles.compactMap(\.self))
    }
}

extension Transaction {
    /// Adds the person or replaces the one of this address; returns whether something changed, which raises the
    /// version. The same name sealed anew is other bytes and so a change: compare names before sealing.
    package func putPerson(_ row: PersonRow) throws -> Bool {
        let changed = try execute(
            """
            INSERT INTO persons (address, sealed_name, roles) VALUES ($1, $2, $3)
            ON CONFLICT (address) DO UPDATE SET sealed_name = excluded.sealed_name, roles = excluded.roles
            WHERE persons.sealed_name <> excluded.sealed_name OR persons.roles <> excluded.roles
            """,
            [
                .text(row.address.text), .blob(row.sealedName),
                .text(row.roles.sorted().map(\.rawValue).joined(separator: " ")),
            ])
        return try raiseDirectoryVersion(ifChanged: changed)
    }

    package func person(_ address: PersonAddress) throws -> PersonRow? {
        try rows("SELECT address, sealed_name, roles FROM persons WHERE address = $1", [.text(address.text)])
            .first.map(PersonRow.init)
    }

    /// By address.
    package func persons() throws -> [PersonRow] {
        try rows("SELECT address, sealed_name, roles FROM persons ORDER BY address", []).map(PersonRow.init)
    }
}
