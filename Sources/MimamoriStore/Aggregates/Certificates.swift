// Enrolled certificates. A withdrawn one stays as a row for ever, so that it can never be enrolled again (SD-AUT-4).
// Reading X.509 and judging a certificate happen before it comes here.

package import MimamoriCore

extension Transaction {
    /// Enrols a certificate; returns whether something changed, which raises the version. One that is enrolled, or
    /// was withdrawn, is left as it is.
    package func putCertificate(_ certificate: EnrolledCertificate) throws -> Bool {
        let changed = try execute(
            """
            INSERT INTO certificates (\(columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (fingerprint) DO NOTHING
            """,
            [
                .text(certificate.fingerprint.hexadecimal), .text(certificate.purpose.rawValue),
                .text(certificate.party.text), .optional(certificate.person?.text),
                .integer(certificate.notBefore.milliseconds), .integer(certificate.notAfter.milliseconds),
                .blob(certificate.der),
            ])
        return try raiseDirectoryVersion(ifChanged: changed)
    }

    /// Returns whether the certificate was enrolled until now.
    package func withdrawCertificate(_ fingerprint: CertificateFingerprint, at time: Timestamp) throws -> Bool {
        let changed = try execute(
            "UPDATE certificates SET withdrawn_at = $2 WHERE fingerprint = $1 AND withdrawn_at IS NULL",
            [.text(fingerprint.hexadecimal), .integer(time.milliseconds)])
        return try raiseDirectoryVersion(ifChanged: changed)
    }

    package func isWithdrawn(_ fingerprint: CertificateFingerprint) throws -> Bool {
        try !rows(
            "SELECT 1 FROM certificates WHERE fingerprint = $1 AND withdrawn_at IS NOT NULL",
            [.text(fingerprint.hexadecimal)]
        ).isEmpty
    }

    /// By fingerprint, withdrawn ones left out.
    package func certificates() throws -> [EnrolledCertificate] {
        try rows("SELECT \(columns) FROM certificates WHERE withdrawn_at IS NULL ORDER BY fingerprint", [])
            .map(EnrolledCertificate.init)
    }

    /// The withdrawn ones, by fingerprint: signatures made with them are still read years later.
    package func withdrawnCertificates() throws -> [EnrolledCertificate] {
        try rows("SELECT \(columns) FROM certificates WHERE withdrawn_at IS NOT NULL ORDER BY fingerprint", [])
            .map(EnrolledCertificate.init)
    }
}

private let columns = "fingerprint, purpose, party, person, not_before, not_after, der"

extension EnrolledCertificate {
    fileprivate init(_ row: Row) throws {
        self.init(
            fingerprint: try row.value(0, CertificateFingerprint.init),
            purpose: try row.value(1, CertificatePurpose.init), party: try row.value(2, Address.init),
            person: try row.optionalText(3) == nil ? nil : try row.value(3, PersonAddress.init),
            notBefore: try row.time(4), notAfter: try row.time(5), der: try row.blob(6))
    }
}
