// Makes packages beforehand: sealed by MimamoriEnvelope, signed by the sender's person certificate, exactly as
// `mimamori queue` makes them, but without a home or an outbox.

import MimamoriClient
import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope

struct PackageMaker: Sendable {
    private let signer: StatementSigner
    private let readers: [Certificate]
    /// The council's request that referrals answer.
    private let answers: PackageID?

    init(_ pki: PKI, answers: PackageID? = nil) throws {
        self.answers = answers
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
            label: Load.label, answers: kind == .referral ? answers : nil,
            criterion: kind == .referral ? Load.criterion : nil, screening: kind == .notice ? .clean : nil,
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

extension Target {
    /// Sends a request of the council to the station that stands for a year from today; what referrals must answer.
    func request() async throws -> PackageID {
        let pki = PKI(folder: pki)
        let readers = try [Load.station, Load.council].map { try pki.certificate("parties/\($0)/encryption") }
        let part = try Envelope.seal(Array("request".utf8), to: readers)
        let now = ClientWorld.system.now()
        let today = now.dateInJapan
        let manifest = Manifest(
            id: ClientWorld.system.newPackageID(), kind: .request, created: now,
            sender: try Load.person(Load.council, "clerk"), recipients: [try Load.address(Load.station)],
            legalBasis: .councilRequest, consent: nil, label: Load.label,
            request: RequestTerms(
                validity: .standing, validFrom: today,
                validUntil: CivilDate(daysSinceEpoch: today.daysSinceEpoch + 365), asksPersonalInformation: true,
                scopeStated: true, purposeStated: true, document: Digest.sha256([])),
            screening: .clean, retention: .fiveFiscalYears, sealedTo: readers.map(\.fingerprint).sorted(),
            parts: [Manifest.Part(bytes: part.count, sha256: Digest.sha256(part))])
        let whole = try pki.signer(Load.council, "clerk").sign(manifest.canonicalBytes()) + part
        try await with(Load.council, "clerk") { relay in
            _ = try await relay.submit(whole)
        }
        return manifest.id
    }
}
