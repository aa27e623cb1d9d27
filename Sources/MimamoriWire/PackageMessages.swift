// JSON messages about packages: answers to a submission, the view of one package, the lists for approvers and
// recipients. Bytes that are signed travel as they were signed, base64 in JSON; a reader verifies them itself and
// takes nothing of a package from the relay's word alone.

package import Foundation
package import MimamoriCore

/// The relay's answer to a manifest: what it still needs.
package struct SubmissionAnswer: Sendable, Codable {
    package let id: PackageID
    package let state: PackageState
    /// Numbers of the parts that the relay does not have yet, ascending.
    package let missing: [Int]

    package init(id: PackageID, state: PackageState, missing: [Int]) {
        self.id = id
        self.state = state
        self.missing = missing
    }
}

/// One delivery, as its sender sees it.
package struct DeliveryView: Sendable, Codable {
    package let recipient: Address
    package let state: DeliveryState
    package let storedAt: Timestamp
    package let fetchedAt: Timestamp?
    package let openedAt: Timestamp?
    /// The opened receipt as signed (CMS), with the certificate of who signed it.
    package let openedReceipt: Data?
    package let openedReceiptSigner: Data?

    package init(
        recipient: Address, state: DeliveryState, storedAt: Timestamp, fetchedAt: Timestamp?, openedAt: Timestamp?,
        openedReceipt: Data?, openedReceiptSigner: Data?
    ) {
        self.recipient = recipient
        self.state = state
        self.storedAt = storedAt
        self.fetchedAt = fetchedAt
        self.openedAt = openedAt
        self.openedReceipt = openedReceipt
        self.openedReceiptSigner = openedReceiptSigner
    }

    package enum CodingKeys: String, CodingKey {
        case recipient, state
        case storedAt = "stored_at"
        case fetchedAt = "fetched_at"
        case openedAt = "opened_at"
        case openedReceipt = "opened_receipt"
        case openedReceiptSigner = "opened_receipt_signer"
    }
}

/// One package as a person concerned sees it: a sender's party its deliveries, a recipient its own delivery only.
package struct PackageView: Sendable, Codable {
    package let id: PackageID
    package let state: PackageState
    /// The signed manifest (CMS SignedData, DER): one signer, or two once it is approved.
    package let manifest: Data
    /// The certificates of the manifest's signers, DER, sender first.
    package let signers: [Data]
    /// The stored receipt (CMS) and the relay's statement certificate; absent while parts are missing.
    package let storedReceipt: Data?
    package let relayCertificate: Data?
    package let deliveries: [DeliveryView]
    /// Why the second person refused the release; for the sender's party only.
    package let rejectionReason: String?
    /// 機密性 as a decider has changed it since (SD-CLS-3); absent while the manifest's label holds.
    package let relabelled: Int?

    package init(
        id: PackageID, state: PackageState, manifest: Data, signers: [Data], storedReceipt: Data?,
        relayCertificate: Data?, deliveries: [DeliveryView], rejectionReason: String?, relabelled: Int? = nil
    ) {
        self.id = id
        self.state = state
        self.manifest = manifest
        self.signers = signers
        self.storedReceipt = storedReceipt
        self.relayCertificate = relayCertificate
        self.deliveries = deliveries
        self.rejectionReason = rejectionReason
        self.relabelled = relabelled
    }

    package enum CodingKeys: String, CodingKey {
        case id, state, manifest, signers, deliveries, relabelled
        case storedReceipt = "stored_receipt"
        case relayCertificate = "relay_certificate"
        case rejectionReason = "rejection_reason"
    }
}

/// One line of a mailbox or of the approvers' list.
package struct PackageSummary: Sendable, Codable {
    package let id: PackageID
    package let kind: PackageKind
    package let sender: PersonAddress
    package let recipients: [Address]
    package let label: HandlingLabel?
    package let created: Timestamp
    package let storedAt: Timestamp
    package let bytes: Int
    /// The recipient's own delivery; absent in the approvers' list.
    package let delivery: DeliveryState?
    /// The request it answers and the package it concerns.
    package let answers: PackageID?
    package let concerns: PackageID?
    /// Grows with every arrival in a mailbox; what `after` takes. 0 in the approvers' list.
    package let position: Int64

    package init(
        id: PackageID, kind: PackageKind, sender: PersonAddress, recipients: [Address], label: HandlingLabel?,
        created: Timestamp, storedAt: Timestamp, bytes: Int, delivery: DeliveryState?, answers: PackageID? = nil,
        concerns: PackageID? = nil, position: Int64
    ) {
        self.id = id
        self.kind = kind
        self.sender = sender
        self.recipients = recipients
        self.label = label
        self.created = created
        self.storedAt = storedAt
        self.bytes = bytes
        self.delivery = delivery
        self.answers = answers
        self.concerns = concerns
        self.position = position
    }

    package enum CodingKeys: String, CodingKey {
        case id, kind, sender, recipients, label, created, bytes, delivery, answers, concerns, position
        case storedAt = "stored_at"
    }
}

package struct InboxPage: Sendable, Codable {
    package let items: [PackageSummary]
    /// The position to ask after next.
    package let next: Int64

    package init(items: [PackageSummary], next: Int64) {
        self.items = items
        self.next = next
    }
}

package struct ApprovalsPage: Sendable, Codable {
    package let items: [PackageSummary]

    package init(items: [PackageSummary]) { self.items = items }
}

/// Why a second person refuses the release. Sealed at rest, shown to the sender's party only.
package struct Rejection: Sendable, Codable {
    package let reason: String

    package init(reason: String) { self.reason = reason }
}
