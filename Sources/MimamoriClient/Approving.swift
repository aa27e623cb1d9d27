// Interface to be filled in: the second person's examination and release.
package import MimamoriCore

/// A package awaiting approval: verified, downloaded and opened.
package struct ExaminedPackage: Sendable {
    package let manifest: Manifest
    package let manifestDigest: ContentDigest
    package let record: [UInt8]
    /// What a person reads; the label's line first.
    package let recordText: String
    package let attachments: [(name: String, bytes: Int64)]
    /// Where the content was unpacked, when a folder was given.
    package let folder: String?
}

extension Session {
    /// Verifies the sender's signature, downloads and opens the parts and shows the content. With `into` everything is
    /// unpacked there as `receive` does; without, nothing is written outside the home folder.
    package func examine(
        _ id: PackageID, into folder: String? = nil, rendering: RecordRendering = .plain,
        progress: ProgressReport? = nil
    ) async throws -> ExaminedPackage { fatalError() }

    /// Countersigns the very manifest that was examined and sends the approval.
    package func approve(_ examined: ExaminedPackage) async throws { fatalError() }

    /// `reason` is shown to the sender's party; 1 to 1,000 characters.
    package func reject(_ id: PackageID, reason: String) async throws { fatalError() }
}
