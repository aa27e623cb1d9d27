// Acknowledgements of the duty of confidentiality (N19): all of them, for ever; the newest decides. Signing and judging
// are left to others.

package import MimamoriCore

package struct DutyAcknowledgementRow: Sendable, Hashable {
    package var person: PersonAddress
    package var acknowledgedAt: Timestamp
    package var version: String
    /// The signed statement (CMS), sealed.
    package var sealedStatement: [UInt8]

    package init(person: PersonAddress, acknowledgedAt: Timestamp, version: String, sealedStatement: [UInt8]) {
        self.person = person
        self.acknowledgedAt = acknowledgedAt
        self.version = version
        self.sealedStatement = sealedStatement
    }
}

extension Transaction {
    /// Adds it; a repeat of the same moment changes nothing. Returns whether it was new.
    package func insertDutyAcknowledgement(_ row: DutyAcknowledgementRow) throws -> Bool {
        try execute(
            """
            INSERT INTO duty_acknowledgements (person, acknowledged_at, version, sealed_statement)
            VALUES ($1, $2, $3, $4) ON CONFLICT (person, acknowledged_at) DO NOTHING
            """,
            [
                .text(row.person.text), .integer(row.acknowledgedAt.milliseconds), .text(row.version),
                .blob(row.sealedStatement),
            ]) == 1
    }

    /// The person's newest.
    package func latestDutyAcknowledgement(of person: PersonAddress) throws -> DutyAcknowledgementRow? {
        try rows(
            """
            SELECT acknowledged_at, version, sealed_statement FROM duty_acknowledgements WHERE person = $1
            ORDER BY acknowledged_at DESC LIMIT 1
            """, [.text(person.text)]
        ).first.map { row in
            DutyAcknowledgementRow(
                person: person, acknowledgedAt: try row.time(0), version: try row.text(1),
                sealedStatement: try row.blob(2))
        }
    }
}
