// Version 3 of the tables: what makes proofs about the access log cheap, and the cosignatures of others under its heads.
// The conventions are SchemaV1.swift's. Nodes of a log that version 2 or earlier wrote are added when the relay opens it.

enum SchemaV3 {
    static let statements = [
        """
        CREATE TABLE log_nodes (
            level INTEGER NOT NULL,           -- n: the root of 256^n leaves (RFC 9162 §2.1.1); level 0 is log_leaves
            number INTEGER NOT NULL,          -- from 0, without a gap
            hash BLOB NOT NULL,               -- 32 bytes; outlives the entries below it
            PRIMARY KEY (level, number)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE cosignatures (
            witness TEXT NOT NULL,            -- the witness's verifier key (C2SP signed-note)
            size INTEGER NOT NULL,            -- of the tree whose head it cosigned
            time INTEGER NOT NULL,            -- when, as signed
            line TEXT NOT NULL,               -- the signature line, without its newline
            PRIMARY KEY (witness, size)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX cosignatures_by_size ON cosignatures (size)",
    ]
}
