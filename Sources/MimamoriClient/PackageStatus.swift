// `mimamori status`: what became of a package. Signatures in the relay's answer are verified before anything is said;
// states and times without a signature are the relay's word and shown as such by their place.

package import MimamoriCore
package import MimamoriCrypto
package import MimamoriWire

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
    /// Verified.
    package let storedReceipt: StoredReceipt?
    package let deliveries: [Delivery]
    package let rejectionReason: String?
    /// 機密性 as a decider has changed it (SD-CLS-3).
    package let relabelled: Int?
}

extension Session {
    /// Throws `Refused` (not found) for a package that does not exist or may not be seen, `ClientFailure(.notGenuine)`
    /// when a signature in the answer does not hold.
    package func status(_ id: PackageID) async throws -> PackageStatus {
        let view = try await relay.package(id)
        let verified = try verify(view, id: id, needsApproval: false)
        let trust = try home.trust()
        let deliveries = try view.deliveries.map { delivery in
            var opened: OpenedReceipt?
            if let receipt = delivery.openedReceipt, let signer = delivery.openedReceiptSigner {
                opened = try Evidence.verify(
                    openedReceipt: Evidence.statement(Array(receipt)), signer: Evidence.certificate(Array(signer)),
                    id: id, digest: verified.manifest.digest, recipient: delivery.recipient, trust: trust,
                    now: world.now())
            }
            return PackageStatus.Delivery(
                recipient: delivery.recipient, state: delivery.state, storedAt: delivery.storedAt,
                fetchedAt: delivery.fetchedAt, openedAt: delivery.openedAt, openedReceipt: opened)
        }
        return PackageStatus(
            manifest: verified.manifest.manifest, state: view.state, approvedBy: verified.manifest.approvedBy,
            storedReceipt: verified.receipt, deliveries: deliveries, rejectionReason: view.rejectionReason,
            relabelled: view.relabelled)
    }

    /// Verifies the manifest of a view and, when it is there, the stored receipt.
    func verify(
        _ view: PackageView, id: PackageID, needsApproval: Bool
    ) throws -> (manifest: VerifiedManifest, receipt: StoredReceipt?) {
        try ViewVerification(view: view, id: id, trust: home.trust(), now: world.now(), needsApproval: needsApproval)
            .verified()
    }
}

/// The checks on what the relay says of one package, without the relay: so that a test can lie in every field.
package struct ViewVerification {
    package let view: PackageView
    package let id: PackageID
    package let trust: TrustStore
    package let now: Timestamp
    package let needsApproval: Bool

    package init(view: PackageView, id: PackageID, trust: TrustStore, now: Timestamp, needsApproval: Bool) {
        self.view = view
        self.id = id
        self.trust = trust
        self.now = now
        self.needsApproval = needsApproval
    }

    package func verified() throws -> (manifest: VerifiedManifest, receipt: StoredReceipt?) {
        let statement = try Evidence.statement(Array(view.manifest))
        var signedAt = try Evidence.manifest(in: statement).created
        var stored: (statement: SignedStatement, certificate: Certificate)?
        if let receipt = view.storedReceipt, let der = view.relayCertificate {
            let receiptStatement = try Evidence.statement(Array(receipt))
            stored = (receiptStatement, try Evidence.certificate(Array(der)))
            // The relay's signed time, checked below, is better than the sender's word for when it was signed.
            signedAt = try Evidence.decode(StoredReceipt.self, in: receiptStatement).storedAt
        }
        let manifest = try Evidence.verify(
            manifest: statement, signers: view.signers.map { try Evidence.certificate(Array($0)) }, trust: trust,
            signedAt: signedAt, now: now, needsApproval: needsApproval)
        guard manifest.manifest.id == id, view.id == id else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "中継が、頼んだものと違うパッケージを渡しました。",
                    en: "The relay handed out another package than the one asked for."))
        }
        let receipt = try stored.map {
            try Evidence.verify(
                storedReceipt: $0.statement, relayCertificate: $0.certificate, of: manifest.manifest,
                digest: manifest.digest, trust: trust, now: now)
        }
        return (manifest, receipt)
    }
}
