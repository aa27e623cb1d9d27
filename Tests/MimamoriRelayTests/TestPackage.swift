// Makes packages as a client does, small ones, with every part of the making open to a test that wants it wrong.

import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope
import MimamoriRelay
import TestSupport

struct TestPackage: Sendable {
    var manifest: Manifest
    var signed: [UInt8]
    var parts: [[UInt8]]

    var id: PackageID { manifest.id }
    /// The one-request form.
    var whole: [UInt8] { signed + parts.flatMap { $0 } }

    struct Making: Sendable {
        var kind = PackageKind.referral
        var recipients = [RelayFixture.council]
        /// Parties that parts are sealed to; nil for recipients and sender.
        var sealedTo: [String]?
        var contents: [[UInt8]] = [Array("見守 花子".utf8)]
        var senderParty = RelayFixture.station
        var sender = "officer"
        /// Whose key signs; nil for the sender's.
        var signer: (String, String)?
        var basis: LegalBasis? = .councilRequest
        var consent: Consent? = Consent(state: .notObtained, reason: .unreachable)
        var label: HandlingLabel? = HandlingLabel(
            confidentiality: 2, integrity: 2, availability: 1, restrictions: [.concernedOnly])
        var id: PackageID?
    }

    static func signer(_ party: String, _ person: String, _ pki: DevelopmentPKI) throws -> StatementSigner {
        let pair = pki.person(party, person)
        return try StatementSigner(
            certificate: Certificate(pem: pki.text(of: pair.certificate)), privateKeyPEM: pki.text(of: pair.key))
    }

    static func make(
        in fixture: RelayFixture, _ change: (inout Making) -> Void = { _ in }
    ) throws -> TestPackage {
        var making = Making()
        change(&making)
        let pki = fixture.pki
        let readers = try ((making.sealedTo ?? (making.recipients + [making.senderParty]))).map {
            try RelayFixture.certificate(pki.party($0), pki)
        }
        let parts = try making.contents.map { try Envelope.seal($0, to: readers) }
        let manifest = Manifest(
            id: making.id ?? PackageID(at: fixture.clock.world.now(), random: fixture.clock.world.random(10)),
            kind: making.kind, created: fixture.clock.world.now(),
            sender: try RelayFixture.person(making.senderParty, making.sender),
            recipients: try making.recipients.map(RelayFixture.address), legalBasis: making.basis,
            consent: making.kind == .referral ? making.consent : nil, label: making.label,
            retention: .fiveFiscalYears, sealedTo: readers.map(\.fingerprint).sorted(),
            parts: parts.map { Manifest.Part(bytes: $0.count, sha256: Digest.sha256($0)) })
        let (party, person) = making.signer ?? (making.senderParty, making.sender)
        let signed = try signer(party, person, pki).sign(manifest.canonicalBytes())
        return TestPackage(manifest: manifest, signed: signed, parts: parts)
    }

    /// The manifest with a second signature.
    func countersigned(by party: String, _ person: String, _ pki: DevelopmentPKI) throws -> [UInt8] {
        try Self.signer(party, person, pki).countersign(SignedStatement(der: signed))
    }

    /// A signed opened receipt for this package.
    func openedReceipt(
        by party: String, _ person: String, in fixture: RelayFixture, digest: ContentDigest? = nil
    ) throws -> [UInt8] {
        let receipt = OpenedReceipt(
            package: id, manifestSHA256: digest ?? Digest.sha256(manifest.canonicalBytes()),
            openedBy: try RelayFixture.person(party, person), openedAt: fixture.clock.world.now())
        return try Self.signer(party, person, fixture.pki).sign(CanonicalJSON.encode(receipt))
    }
}

/// The codes of what a verb refuses with; empty when it does not refuse.
func refusals(_ body: () async throws -> Void) async throws -> [Refusal.Code] {
    do {
        try await body()
        return []
    } catch let refusal as Refusal {
        return [refusal.code]
    } catch let refusals as Refusals {
        return refusals.all.map(\.code)
    }
}
