// Interface to be filled in: packages are verified, opened and receipted.
package import MimamoriCore

package struct ReceivedPackage: Sendable {
    /// To be printed first (SD-CLS-2).
    package let label: Bilingual
    package let manifest: Manifest
    package let approvedBy: PersonAddress?
    package let storedReceipt: StoredReceipt
    /// The new folder, and the files in it, relative.
    package let folder: String
    package let files: [String]
    package let recordText: String
    /// `nil` when the relay has the opened receipt; otherwise why not: it is kept and sent by the next `receive`.
    package let receiptPending: ClientFailure?
}

extension Session {
    /// Verifies everything before anything visible is written, unpacks into a new folder of `folder` and sends the
    /// opened receipt. On any failure nothing is left in `folder`; what was downloaded stays sealed in the home folder
    /// and is not fetched again.
    package func receive(
        _ id: PackageID, into folder: String, rendering: RecordRendering = .plain, progress: ProgressReport? = nil
    ) async throws -> ReceivedPackage { fatalError() }
}
