// Interface to be filled in: a draft becomes a sealed, signed package in the outbox.

/// What a package may contain.
package enum ContentLimits {
    package static let recordBytes = 4 * 1024 * 1024
    package static let attachmentCount = 500
    package static let attachmentNameBytes = 200
}

extension Client {
    /// Judges a draft without writing anything.
    package func dryRun(_ draft: PackageDraft) throws -> DryRun { fatalError() }

    /// Seals, judges and signs a draft and puts it into the outbox; durable when this returns. Throws `Refused` with
    /// every finding. `progress` counts content bytes.
    package func prepare(_ draft: PackageDraft, progress: ProgressReport? = nil) throws -> OutboxEntry {
        fatalError()
    }
}
