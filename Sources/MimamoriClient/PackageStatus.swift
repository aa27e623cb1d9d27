// Interface to be filled in: what became of a package.
package import MimamoriCore

package struct PackageStatus: Sendable {
    package struct Delivery: Sendable {
        package let recipient: Address
        package let state: DeliveryState
        package let storedAt: Timestamp
        package let fetchedAt: Timestamp?
        package let openedAt: Timestamp?
        /// Verified: signed by a person of the recipient, of this very manifest.
        package let openedReceipt: OpenedReceipt?
    }
    package let manifest: Manifest
    package let state: PackageState
    package let approvedBy: PersonAddress?
    package let storedReceipt: StoredReceipt?
    package let deliveries: [Delivery]
    package let rejectionReason: String?
}

extension Session {
    /// Every signature in the answer is verified before it is reported.
    package func status(_ id: PackageID) async throws -> PackageStatus { fatalError() }
}
