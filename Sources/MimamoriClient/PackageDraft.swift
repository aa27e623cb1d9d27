// What a person wants to send, before it is a package: the manifest's fields, the record and the attachments. The
// forms make one from a filled-in TOML file; Preparing.swift seals it.

package import MimamoriCore

package struct PackageDraft: Sendable {
    package let kind: PackageKind
    package let recipients: [Address]
    package let legalBasis: LegalBasis?
    package let consent: Consent?
    package let label: HandlingLabel?
    package let answers: PackageID?
    package let retention: RetentionClass
    /// One line for the sender's own lists; sealed in the home folder, never sent.
    package let subject: String
    /// `record.json`, at most `ContentLimits.recordBytes`.
    package let record: [UInt8]
    /// Paths of files to attach; their last components are their names in the package.
    package let attachments: [String]

    package init(
        kind: PackageKind, recipients: [Address], legalBasis: LegalBasis?, consent: Consent?, label: HandlingLabel?,
        answers: PackageID? = nil, retention: RetentionClass = .fiveFiscalYears, subject: String, record: [UInt8],
        attachments: [String] = []
    ) {
        self.kind = kind
        self.recipients = recipients
        self.legalBasis = legalBasis
        self.consent = consent
        self.label = label
        self.answers = answers
        self.retention = retention
        self.subject = subject
        self.record = record
        self.attachments = attachments
    }
}

/// What a dry run found: nothing was written.
package struct DryRun: Sendable {
    /// Every finding; empty when the package could be sent.
    package let findings: [Refusal]
    package let parts: Int
    /// Content before sealing.
    package let contentBytes: Int64
    /// Recipients as the directory names them.
    package let recipients: [Party]

    package init(findings: [Refusal], parts: Int, contentBytes: Int64, recipients: [Party]) {
        self.findings = findings
        self.parts = parts
        self.contentBytes = contentBytes
        self.recipients = recipients
    }
}

/// How far a long transfer is.
package struct TransferProgress: Sendable, Hashable {
    package let package: PackageID
    package let bytesDone: Int64
    package let bytesTotal: Int64

    package init(package: PackageID, bytesDone: Int64, bytesTotal: Int64) {
        self.package = package
        self.bytesDone = bytesDone
        self.bytesTotal = bytesTotal
    }
}

package typealias ProgressReport = @Sendable (TransferProgress) -> Void
