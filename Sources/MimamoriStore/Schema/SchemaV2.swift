// Version 2 of the tables: what the notice's rules need to know of packages in clear (kind, what they cite, when their
// retention ends), acknowledgements of the duty, relabellings, proposals of two persons, holds and disposals. The
// conventions are SchemaV1.swift's. Columns added to packages are null in rows that version 1 wrote.

enum SchemaV2 {
    static let statements: [String] = packages + directory + keeping

    private static let packages = [
        // PackageKind; what the queue is grouped by
        "ALTER TABLE packages ADD COLUMN kind TEXT",
        // the request that it answers
        "ALTER TABLE packages ADD COLUMN answers TEXT",
        // the package that it concerns
        "ALTER TABLE packages ADD COLUMN concerns TEXT",
        // the last day of its retention in Japan, yyyy-mm-dd; null until it is stored
        "ALTER TABLE packages ADD COLUMN retained_until TEXT",
        // What a party has answered to a request, by kind, without reading the thousands that a standing one can have.
        """
        CREATE INDEX packages_by_answers ON packages (answers, sender_party, kind, state, id) WHERE answers IS NOT NULL
        """,
        "CREATE INDEX packages_by_concerns ON packages (concerns) WHERE concerns IS NOT NULL",
        "CREATE INDEX packages_by_retention ON packages (retained_until, id) WHERE retained_until IS NOT NULL",
        // What version 1 wrote and nobody has filled in since.
        "CREATE INDEX packages_without_kind ON packages (id) WHERE kind IS NULL",
        "CREATE INDEX packages_by_storing ON packages (stored_at, id) WHERE stored_at IS NOT NULL",
        """
        CREATE TABLE relabellings (
            package TEXT NOT NULL REFERENCES packages (id),
            decided_at INTEGER NOT NULL,
            confidentiality INTEGER NOT NULL, -- from then on
            sealed_statement BLOB NOT NULL,   -- the decider's signed Relabelling (CMS), under the package's key
            PRIMARY KEY (package, decided_at)
        ) STRICT
        """,
    ]

    private static let directory = [
        // JSON array of 全国地方公共団体コード: the municipalities of a station's area
        "ALTER TABLE parties ADD COLUMN area TEXT NOT NULL DEFAULT '[]'",
        // of a council: the day from which its criterion of a watch subject holds, yyyy-mm-dd
        "ALTER TABLE parties ADD COLUMN criterion TEXT",
        """
        CREATE TABLE duty_acknowledgements (
            person TEXT NOT NULL,             -- realm/office[/desk]:person
            acknowledged_at INTEGER NOT NULL,
            version TEXT NOT NULL,            -- of the text that was shown
            sealed_statement BLOB NOT NULL,   -- the signed DutyAcknowledgement (CMS), under the directory's key
            PRIMARY KEY (person, acknowledged_at)
        ) STRICT
        """,
    ]

    private static let keeping = [
        """
        CREATE TABLE proposals (
            id TEXT NOT NULL PRIMARY KEY,     -- UUIDv7, made by the relay
            action TEXT NOT NULL,             -- Proposal.Action
            state TEXT NOT NULL,              -- Proposal.State
            proposed_by TEXT NOT NULL,        -- realm/office[/desk]:person
            proposed_at INTEGER NOT NULL,
            sealed_reason BLOB NOT NULL,      -- in words, under the directory's key
            decided_by TEXT,                  -- who confirmed or withdrew it
            decided_at INTEGER
        ) STRICT
        """,
        "CREATE INDEX proposals_by_state ON proposals (state, proposed_at, id)",
        """
        CREATE TABLE proposal_packages (
            proposal TEXT NOT NULL REFERENCES proposals (id),
            package TEXT NOT NULL REFERENCES packages (id),
            PRIMARY KEY (proposal, package)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE legal_holds (
            package TEXT NOT NULL PRIMARY KEY REFERENCES packages (id),
            proposal TEXT NOT NULL REFERENCES proposals (id), -- that placed it
            placed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE disposals (
            package TEXT NOT NULL PRIMARY KEY REFERENCES packages (id),
            disposed_at INTEGER NOT NULL,
            certificate BLOB NOT NULL,        -- the relay's signed DisposalCertificate (CMS): ids, digests, dates
            finished_at INTEGER               -- when the rows of its parts were gone too; null until then
        ) STRICT
        """,
        "CREATE INDEX disposals_unfinished ON disposals (package) WHERE finished_at IS NULL",
    ]
}
