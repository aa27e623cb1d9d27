// Makes packages beforehand: sealed by MimamoriEnvelope, signed by the sender's person certificate, exactly as
// `mimamori queue` makes them, but without a home or an outbox.

import MimamoriClient
import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope

struct PackageMaker: Sendable {
    private let signer: StatementSigner
    private let readers: [Certificate]

    init(_ pki: PKI) throws {
        signer = try pki.signer(Load.station, "officer")
        readers = try [Load.station, Load.council].map { try pki.certificate("parties/\($0)/encryption") }
    }

    func seal(_ content: [UInt8]) throws -> [UInt8] { try Envelope.seal(content, to: readers) }

    func manifest(kind: PackageKind, parts: [Manifest.Part]) throws -> Manifest {
        Manifest(
            id: ClientWorld.system.newPackageID(), kind: kind, created: ClientWorld.system.now(),
            sender: try Load.person(Load.station, "officer"), recipients: [try Load.address(Load.council)],
            legalBasis: .councilRequest,
            consent: kind == .referral ? Consent(state: .notObtained, reason: .urgent) : nil,
            label: HandlingLabel(confidentiality: 2, integrity: 2, availability: 1, restrictions: [.concernedOnly]),
            retention: .fiveFiscalYears, sealedTo: readers.map(\.fingerprint).sorted(), parts: parts)
    }

    func sign(_ manifest: Manifest) throws -> [UInt8] { try signer.sign(manifest.canonicalBytes()) }

    /// A referral in the one-request form.
    func small(content: [UInt8]) throws -> [UInt8] {
        let part = try seal(content)
        let manifest = try manifest(
            kind: .referral, parts: [Manifest.Part(bytes: part.count, sha256: Digest.sha256(part))])
        return try sign(manifest) + part
    }
}
