// What a person wants to send, before it is a package: the manifest's fields, the record and the attachments. The
// forms make one from a filled-in TOML file; Preparing.swift checks and seals it.

package import MimamoriCore

package struct PackageDraft: Sendable {
    package let kind: PackageKind
    package let recipients: [Address]
    package let legalBasis: LegalBasis?
    package let consent: Consent?
    package let label: HandlingLabel?
    package let answers: PackageID?
    package let concerns: PackageID?
    package let request: RequestTerms?
    package let decision: Decision?
    package let criterion: CivilDate?
    package let retention: RetentionClass
    /// One line for the sender's own lists; sealed in the home folder, never sent.
    package let subject: String
    /// What the form says; what is found in it and how it must be handled is added when it is sealed.
    package let record: Record
    /// Paths of files to attach; their last components are their names in the package.
    package let attachments: [String]
    /// Why what the search for identifiers or traces finds gives nobody away (N6, SD-CLS-8). It stands in the sealed
    /// record, and a second person must then release the package.
    package var falseAlarmReason: String?

    package init(
        kind: PackageKind, recipients: [Address], legalBasis: LegalBasis?, consent: Consent?, label: HandlingLabel?,
        answers: PackageID? = nil, concerns: PackageID? = nil, request: RequestTerms? = nil, decision: Decision? = nil,
        criterion: CivilDate? = nil, retention: RetentionClass = .fiveFiscalYears, subject: String, record: Record,
        attachments: [String] = []
    ) {
        self.kind = kind
        self.recipients = recipients
        self.legalBasis = legalBasis
        self.consent = consent
        self.label = label
        self.answers = answers
        self.concerns = concerns
        self.request = request
        self.decision = decision
        self.criterion = criterion
        self.retention = retention
        self.subject = subject
        self.record = record
        self.attachments = attachments
    }

    /// The packages that it rests on.
    package var cited: [PackageID] { [answers, concerns].compactMap { $0 } }
}

/// What a dry run found: nothing was written.
package struct DryRun: Sendable {
    /// Every finding; empty when the package could be sent.
    package let findings: [Refusal]
    /// What stops nothing, but is shown to whoever releases it.
    package let warnings: [Bilingual]
    /// What it cites and this machine does not know: the relay judges it.
    package let unseen: [PackageID]
    package let parts: Int
    /// Content before sealing.
    package let contentBytes: Int64
    /// Recipients as the directory names them.
    package let recipients: [Party]
    /// A second person must release it.
    package let needsApproval: Bool
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
