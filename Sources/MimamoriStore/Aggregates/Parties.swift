// Parties of the directory. All of it is public: names of offices, never of persons. Whether a party may be entered is
// decided by MimamoriCore and the relay.

package import MimamoriCore

extension Transaction {
    /// Adds the party or replaces the one of its address; returns whether something changed, which raises the version.
    package func putParty(_ party: Party) throws -> Bool {
        let changed = try execute(
            """
            INSERT INTO parties (address, kind, name, kana, code, aliases, name_in_notice, contact_window,
                area, criterion)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (address) DO UPDATE SET kind = excluded.kind, name = excluded.name, kana = excluded.kana,
                code = excluded.code, aliases = excluded.aliases, name_in_notice = excluded.name_in_notice,
                contact_window = excluded.contact_window, area = excluded.area, criterion = excluded.criterion
            WHERE parties.kind <> excluded.kind OR parties.name <> excluded.name OR parties.kana <> excluded.kana
                OR parties.code IS DISTINCT FROM excluded.code OR parties.aliases <> excluded.aliases
                OR parties.name_in_notice IS DISTINCT FROM excluded.name_in_notice
                OR parties.contact_window IS DISTINCT FROM excluded.contact_window
                OR parties.area <> excluded.area OR parties.criterion IS DISTINCT FROM excluded.criterion
            """,
            [
                .text(party.address.text), .text(party.kind.rawValue), .text(party.name), .text(party.kana),
                .optional(party.code?.text),
                .text(String(decoding: CanonicalJSON.encode(party.aliases), as: UTF8.self)),
                .optional(party.nameInNotice), .optional(party.window?.name),
                .text(String(decoding: CanonicalJSON.encode(party.area), as: UTF8.self)),
                .optional(party.criterion?.text),
            ])
        return try raiseDirectoryVersion(ifChanged: changed)
    }

    /// By address.
    package func parties() throws -> [Party] {
        try rows(
            """
            SELECT address, kind, name, kana, code, aliases, name_in_notice, contact_window, area, criterion
            FROM parties
            ORDER BY address
            """, []
        ).map { row in
            Party(
                address: try row.value(0, Address.init), kind: try row.value(1, PartyKind.init),
                name: try row.text(2), kana: try row.text(3),
                code: try row.optionalValue(4, CouncilCode.init),
                aliases: try row.value(5) { try? CanonicalJSON.decode([String].self, from: Array($0.utf8)).get() },
                nameInNotice: try row.optionalText(6), window: try row.optionalText(7).map(ContactWindow.init),
                area: try row.value(8) { try? CanonicalJSON.decode([CouncilCode].self, from: Array($0.utf8)).get() },
                criterion: try row.optionalValue(9, CivilDate.init))
        }
    }
}
