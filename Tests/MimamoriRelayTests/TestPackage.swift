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

    /// What a package is made of. Setting the kind sets everything that goes with it, so set it first.
    struct Making: Sendable {
        var kind = PackageKind.referral { didSet { takeDefaults() } }
        var recipients: [String] = []
        /// Parties that parts are sealed to; nil for recipients and sender.
        var sealedTo: [String]?
        var contents: [[UInt8]] = [Array("見守 花子".utf8)]
        var senderParty = RelayFixture.station
        var sender = "officer"
        /// Whose key signs; nil for the sender's.
        var signer: (String, String)?
        var basis: LegalBasis? = .councilRequest
        var consent: Consent?
        var label: HandlingLabel?
        /// The standing request, for what answers one.
        var answers: PackageID?
        var concerns: PackageID?
        var request: RequestTerms?
        var decision: Decision?
        var criterion: CivilDate?
        var screening: Screening?
        var retention = RetentionClass.fiveFiscalYears
        var id: PackageID?
        let now: Timestamp
        var today: CivilDate { now.dateInJapan }
        private let standingRequest: PackageID?

        init(in fixture: RelayFixture) {
            now = fixture.clock.world.now()
            standingRequest = fixture.standingRequest
            takeDefaults()
        }

        private mutating func takeDefaults() {
            let isReferral = kind == .referral
            (senderParty, sender, recipients) =
                switch kind {
                case .request, .report: (RelayFixture.council, "clerk", [RelayFixture.station])
                case .material: (RelayFixture.center, "counselor", [RelayFixture.station])
                default: (RelayFixture.station, "officer", [RelayFixture.council])
                }
            consent = isReferral ? Consent(state: .notObtained, reason: .unreachable) : nil
            criterion = isReferral ? Cast.criterion : nil
            label =
                kind == .material
                ? HandlingLabel(confidentiality: 1, integrity: 2, availability: 1, restrictions: [])
                : HandlingLabel(confidentiality: 2, integrity: 2, availability: 1, restrictions: [.concernedOnly])
            answers = isReferral || kind == .response ? standingRequest : nil
            request = kind == .request ? .standing(around: today) : nil
            decision =
                kind == .response
                ? Decision(
                    outcome: .provide, publicInterestExamined: true, necessityExamined: true, decidedOn: today) : nil
            screening = kind.isAboutNobody ? .clean : nil
        }
    }

    static func signer(_ party: String, _ person: String, _ pki: DevelopmentPKI) throws -> StatementSigner {
        let pair = pki.person(party, person)
        return try StatementSigner(
            certificate: Certificate(pem: pki.text(of: pair.certificate)), privateKeyPEM: pki.text(of: pair.key))
    }

    static func make(
        in fixture: RelayFixture, _ change: (inout Making) -> Void = { _ in }
    ) throws -> TestPackage {
        var making = Making(in: fixture)
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
            consent: making.consent, label: making.label, answers: making.answers, concerns: making.concerns,
            request: making.request, decision: making.decision, criterion: making.criterion,
            screening: making.screening, retention: making.retention,
            sealedTo: readers.map(\.fingerprint).sorted(),
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

extension TestPackage {
    /// What a test may want wrong in a relabelling; from 2 to 1, by the station's chief, as it stands.
    struct Wording {
        var package: PackageID?
        var digest: ContentDigest?
        var from = 2
        var to = 1
        var reason = "公表済みの内容だけになったため"
        var decider = (RelayFixture.station, "chief")
        var signer: (String, String)?
        var secondsAgo: Int64 = 0
    }

    /// A signed relabelling of this package.
    func relabelling(in fixture: RelayFixture, _ change: (inout Wording) -> Void = { _ in }) throws -> [UInt8] {
        var wording = Wording()
        change(&wording)
        let statement = Relabelling(
            package: wording.package ?? id,
            manifestSHA256: wording.digest ?? Digest.sha256(manifest.canonicalBytes()), from: wording.from,
            to: wording.to, reason: wording.reason,
            decidedBy: try RelayFixture.person(wording.decider.0, wording.decider.1),
            decidedAt: fixture.clock.world.now().advanced(bySeconds: -wording.secondsAgo))
        let signer = wording.signer ?? wording.decider
        return try Self.signer(signer.0, signer.1, fixture.pki).sign(CanonicalJSON.encode(statement))
    }
}

extension RequestTerms {
    /// A request for personal information that stands for half a year before and a year after a day.
    static func standing(around day: CivilDate) -> RequestTerms {
        RequestTerms(
            validity: .standing, validFrom: CivilDate(daysSinceEpoch: day.daysSinceEpoch - 183),
            validUntil: CivilDate(daysSinceEpoch: day.daysSinceEpoch + 365), asksPersonalInformation: true,
            scopeStated: true, purposeStated: true, document: Digest.sha256(Array("情報提供依頼書".utf8)))
    }

    /// A request for personal information on one case.
    static let oneCase = RequestTerms(
        validity: .oneCase, asksPersonalInformation: true, scopeStated: true, purposeStated: true,
        document: Digest.sha256(Array("情報提供依頼書".utf8)))
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
