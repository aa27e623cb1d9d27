// Version 1 of the tables, each column explained where it stands; SQLite keeps these comments, so that its shell's
// `.schema` shows them. For PostgreSQL: INTEGER → BIGINT, BLOB → BYTEA, AUTOINCREMENT → an identity, and neither STRICT
// nor WITHOUT ROWID. Times are milliseconds since 1970 UTC. "Sealed" is AES-256-GCM under a data key (MimamoriCrypto);
// in clear are ids, states, times, sizes, addresses, and what a directory publishes. Columns may not hold more.

enum SchemaV1 {
    static let statements: [String] = packages + directory + accessLog

    private static let packages = [
        """
        CREATE TABLE packages (
            id TEXT NOT NULL PRIMARY KEY,     -- UUIDv7, 36 characters, made by the sender's client, never reused
            state TEXT NOT NULL,              -- PackageState
            sender_party TEXT NOT NULL,       -- address of the party that sends
            sender_person TEXT NOT NULL,      -- id of the person in that party
            manifest_sha256 TEXT NOT NULL,    -- of the manifest's JSON, hexadecimal; tells a repeat from a conflict
            sealed_manifest BLOB NOT NULL,    -- signed manifest (CMS), sealed; replaced when the approver has signed
            sealed_rejection BLOB,            -- why the second person refused the release, sealed
            total_bytes INTEGER NOT NULL,     -- of all parts, as the manifest declares them
            part_count INTEGER NOT NULL,      -- as the manifest declares it
            begun_at INTEGER NOT NULL,        -- when the manifest was accepted
            stored_at INTEGER,                -- when the package was complete; null until then
            log_index INTEGER                 -- the log leaf of package.stored; null until then
        ) STRICT
        """,
        // A party's packages in one state, oldest first: the approvers' list.
        "CREATE INDEX packages_by_sender ON packages (sender_party, state, begun_at, id)",
        """
        CREATE TABLE parts (
            package TEXT NOT NULL REFERENCES packages (id),
            number INTEGER NOT NULL,          -- from 0, in the manifest's order
            sealed BLOB NOT NULL,             -- the part (CMS AuthEnvelopedData), sealed once more; about 4 MiB at most
            PRIMARY KEY (package, number)
        ) STRICT
        """,
        """
        CREATE TABLE deliveries (
            position INTEGER PRIMARY KEY AUTOINCREMENT, -- grows over the whole relay, never reused; inboxes read by it
            package TEXT NOT NULL REFERENCES packages (id),
            recipient TEXT NOT NULL,          -- address of a party
            state TEXT NOT NULL,              -- DeliveryState
            stored_at INTEGER NOT NULL,       -- when it came into the mailbox
            fetched_at INTEGER,               -- when every part had been handed out once
            opened_at INTEGER,                -- when the opened receipt says it was opened
            sealed_receipt BLOB,              -- the opened receipt (CMS), sealed
            UNIQUE (package, recipient)
        ) STRICT
        """,
        "CREATE INDEX deliveries_by_mailbox ON deliveries (recipient, position)",
        """
        CREATE TABLE data_keys (
            owner TEXT NOT NULL PRIMARY KEY,  -- a package's id, or the name of what else has a key of its own
            key_encryption_key TEXT NOT NULL, -- names the key outside the database that it is wrapped under
            wrapped BLOB NOT NULL             -- the wrapped key; destroying this row destroys what it sealed
        ) STRICT, WITHOUT ROWID
        """,
    ]

    // Which party, person or council a row may name is judged by the verb that adds it, so an import may come in any
    // order.
    private static let directory = [
        """
        CREATE TABLE directory (
            version INTEGER NOT NULL          -- raised by every change of the four tables below; one row
        ) STRICT
        """,
        "INSERT INTO directory (version) VALUES (0)",
        """
        CREATE TABLE parties (
            address TEXT NOT NULL PRIMARY KEY, -- realm/office[/desk]
            kind TEXT NOT NULL,               -- PartyKind
            name TEXT NOT NULL,               -- as the party writes itself
            kana TEXT NOT NULL,               -- katakana; empty when not known
            code TEXT,                        -- 全国地方公共団体コード, six digits
            aliases TEXT NOT NULL,            -- JSON array of further spellings
            name_in_notice TEXT,              -- the notice's spelling where it differs
            contact_window TEXT               -- 連絡窓口
        ) STRICT
        """,
        """
        CREATE TABLE persons (
            address TEXT NOT NULL PRIMARY KEY, -- realm/office[/desk]:person
            sealed_name BLOB NOT NULL,        -- the person's name, sealed
            roles TEXT NOT NULL               -- Role values, sorted, one space between; empty for none
        ) STRICT
        """,
        """
        CREATE TABLE certificates (
            fingerprint TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the DER, hexadecimal
            purpose TEXT NOT NULL,            -- CertificatePurpose
            party TEXT NOT NULL,              -- address of the party it was issued to
            person TEXT,                      -- full address of the person; for purpose person, and only then
            not_before INTEGER NOT NULL,
            not_after INTEGER NOT NULL,
            der BLOB NOT NULL,                -- the certificate as issued
            withdrawn_at INTEGER              -- set once and for ever (SD-AUT-4)
        ) STRICT
        """,
        """
        CREATE TABLE memberships (
            council TEXT NOT NULL,            -- address
            member TEXT NOT NULL,             -- address
            state TEXT NOT NULL,              -- Membership.State
            since TEXT NOT NULL,              -- the day in Japan from which the state holds, yyyy-mm-dd
            PRIMARY KEY (council, member)
        ) STRICT
        """,
    ]

    private static let accessLog = [
        """
        CREATE TABLE log_leaves (
            sequence INTEGER PRIMARY KEY,     -- the leaf index, from 0, without a gap
            leaf_hash BLOB NOT NULL,          -- 32 bytes, RFC 9162 §2.1.1; outlives the entry
            sealed_entry BLOB NOT NULL        -- the entry's canonical JSON, sealed
        ) STRICT
        """,
        """
        CREATE TABLE log_frontier (
            size INTEGER NOT NULL,            -- the number of leaves; one row
            peaks BLOB NOT NULL               -- 32 bytes for each one-bit of size, largest subtree first
        ) STRICT
        """,
        "INSERT INTO log_frontier (size, peaks) VALUES (0, x'')",
        """
        CREATE TABLE checkpoints (
            size INTEGER PRIMARY KEY,         -- of the tree that was signed
            time INTEGER NOT NULL,            -- when it was signed
            note TEXT NOT NULL                -- the signed note
        ) STRICT
        """,
    ]
}
