// Receipts: statements about one package that are signed and can be kept for years (design §6). *Stored* is the relay's,
// *opened* the person's who opened it. Unsigned is not a receipt; signing and verifying are MimamoriCrypto's business.

/// The relay has the package, whole, durable and in its log.
package struct StoredReceipt: Sendable, Hashable, Codable {
    package static let format = "mimamori-stored-receipt/1"

    package let format: String
    package let package: PackageID
    /// SHA-256 of the manifest's canonical bytes; through it, of every part.
    package let manifestSHA256: ContentDigest
    package let sender: PersonAddress
    package let recipients: [Address]
    package let storedAt: Timestamp
    /// The index of the access-log leaf written in the same transaction.
    package let logIndex: Int64
    /// The relay that says so: the address in its statement certificate.
    package let relay: Address

    package init(
        package: PackageID, manifestSHA256: ContentDigest, sender: PersonAddress, recipients: [Address],
        storedAt: Timestamp, logIndex: Int64, relay: Address
    ) {
        format = Self.format
        self.package = package
        self.manifestSHA256 = manifestSHA256
        self.sender = sender
        self.recipients = recipients
        self.storedAt = storedAt
        self.logIndex = logIndex
        self.relay = relay
    }

    package enum CodingKeys: String, CodingKey {
        case format, package, sender, recipients, relay
        case manifestSHA256 = "manifest_sha256"
        case storedAt = "stored_at"
        case logIndex = "log_index"
    }
}

/// A person of a recipient has opened the package.
package struct OpenedReceipt: Sendable, Hashable, Codable {
    package static let format = "mimamori-opened-receipt/1"

    package let format: String
    package let package: PackageID
    package let manifestSHA256: ContentDigest
    package let openedBy: PersonAddress
    package let openedAt: Timestamp

    package init(
        package: PackageID, manifestSHA256: ContentDigest, openedBy: PersonAddress, openedAt: Timestamp
    ) {
        format = Self.format
        self.package = package
        self.manifestSHA256 = manifestSHA256
        self.openedBy = openedBy
        self.openedAt = openedAt
    }

    package enum CodingKeys: String, CodingKey {
        case format, package
        case manifestSHA256 = "manifest_sha256"
        case openedBy = "opened_by"
        case openedAt = "opened_at"
    }
}

extension Refusal {
    package static func receiptInvalid(_ detail: Bilingual) -> Refusal {
        Refusal(
            .receiptInvalid, rule: "design §6",
            message: Bilingual(ja: "受領証として認められません: \(detail.ja)", en: "This is not a receipt: \(detail.en)"),
            remedy: Bilingual(
                ja: "開封した本人の証明書で署名された受領証が必要です。", en: "A receipt signed by the person who opened the package is needed.")
        )
    }
}
