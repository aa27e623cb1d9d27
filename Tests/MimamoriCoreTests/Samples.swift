// The small world that Core's tests live in: a station, a council with its centre, the headquarters and the relay's
// office, with persons and certificates as plain values. Names are made up.

import Testing

@testable import MimamoriCore

enum Sample {
    static let now = time("2026-11-24T10:00:00.000+09:00")

    static let station = address("aomori-police/hachinohe")
    static let headquarters = address("aomori-police/hq")
    static let council = address("aomori/hachinohe-shi")
    static let centre = address("aomori/hachinohe-shi/center")
    static let towada = address("aomori/towada-shi")
    static let prefecture = address("aomori/aomori-ken")
    static let ward = address("tokyo/chiyoda-ku")
    static let relay = address("aomori-relay/office")

    static let officer = person(station, "officer")
    static let deputy = person(station, "deputy")
    static let chief = person(station, "chief")
    static let clerk = person(council, "clerk")
    static let councilApprover = person(council, "approver")
    static let counselor = person(centre, "counselor")
    static let planner = person(headquarters, "planner")

    static let id = PackageID(at: now, random: Array(0..<10))
    /// The council's standing request, and the referral that reports are about.
    static let requestID = PackageID(at: now.advanced(bySeconds: -86_400), random: Array(10..<20))
    static let referralID = PackageID(at: now.advanced(bySeconds: -3_600), random: Array(20..<30))

    /// Digits by which the certificates below are told apart.
    static let sealing: [Address: Character] = [
        station: "1", council: "2", centre: "3", headquarters: "4", prefecture: "5", ward: "6",
    ]

    static let parties: [Party] = [
        Party(
            address: station, kind: .policeStation, name: "八戸警察署", kana: "ハチノヘケイサツショ",
            window: ContactWindow(name: "生活安全課"),
            area: [CouncilCode("022039"), CouncilCode("022063")].compactMap { $0 }),
        Party(address: headquarters, kind: .policeHeadquarters, name: "青森県警察本部", window: ContactWindow(name: "生活保安課")),
        Party(
            address: council, kind: .council, name: "八戸市", kana: "ハチノヘシ", code: CouncilCode("022039"),
            criterion: date("2025-04-01")),
        Party(address: centre, kind: .memberBody, name: "八戸市消費生活センター"),
        Party(address: towada, kind: .council, name: "十和田市", kana: "トワダシ", code: CouncilCode("022063")),
        Party(address: prefecture, kind: .council, name: "青森県", code: CouncilCode("020001")),
        Party(address: ward, kind: .council, name: "千代田区", code: CouncilCode("131016")),
        Party(address: relay, kind: .relayOffice, name: "中継運用室"),
    ]

    static let persons: [Person] = [
        Person(address: officer, name: "送信 太郎", roles: [.sender]),
        Person(address: deputy, name: "代行 次郎", roles: [.sender, .approver]),
        Person(address: chief, name: "承認 一郎", roles: [.approver]),
        Person(address: clerk, name: "受信 花子", roles: [.recipient, .sender]),
        Person(address: councilApprover, name: "承認 良子", roles: [.approver]),
        Person(address: person(council, "second"), name: "承認 次子", roles: [.approver]),
        Person(address: counselor, name: "相談 春子", roles: [.recipient, .sender]),
        Person(address: planner, name: "企画 五郎", roles: [.recipient, .sender]),
    ]

    static let memberships: [Membership] = [
        Membership(council: council, member: station, state: .active, since: "2026-04-01"),
        Membership(council: council, member: centre, state: .active, since: "2026-04-01"),
        Membership(council: towada, member: station, state: .requested, since: "2026-10-01"),
    ]

    static let terms = RequestTerms(
        validity: .standing, validFrom: date("2026-04-01"), validUntil: date("2027-03-31"),
        asksPersonalInformation: true, scopeStated: true, purposeStated: true, document: digest("d"))

    /// The council's request to the station, on record and released.
    static func request(
        _ terms: RequestTerms = terms, by sender: PersonAddress = clerk, to recipients: [Address] = [station],
        state: PackageState = .released, confidentiality: Int = 2, answers: [CitedPackage.Answer] = []
    ) -> CitedPackage {
        CitedPackage(
            manifest: manifest(
                requestID, .request, by: sender, to: recipients, confidentiality: confidentiality, request: terms),
            state: state, answers: answers)
    }

    /// A manifest on record: what others cite.
    static func manifest(
        _ id: PackageID, _ kind: PackageKind, by sender: PersonAddress, to recipients: [Address],
        confidentiality: Int = 2, restrictions: [HandlingLabel.Restriction] = [], request: RequestTerms? = nil
    ) -> Manifest {
        Manifest(
            id: id, kind: kind, created: now.advanced(bySeconds: -86_400), sender: sender, recipients: recipients,
            legalBasis: .councilRequest, consent: nil,
            label: HandlingLabel(
                confidentiality: confidentiality, integrity: 2, availability: 1, restrictions: restrictions),
            request: request, retention: .fiveFiscalYears, sealedTo: [],
            parts: [Manifest.Part(bytes: 1, sha256: digest("e"))])
    }

    static func directory(
        expired: Set<Address> = [], memberships: [Membership] = memberships, persons: [Person] = persons
    ) -> Directory {
        let certificates = sealing.map { party, digit in
            certificate(digit, of: party, until: expired.contains(party) ? "2026-11-23" : "2028-11-23")
        }
        let person = EnrolledCertificate(
            fingerprint: fingerprint("9"), purpose: .person, party: station, person: officer,
            notBefore: midnight("2025-11-23"), notAfter: midnight("2028-11-23"), der: [])
        return Directory(
            parties: parties, persons: persons, certificates: certificates + [person], memberships: memberships)
    }

    private static func certificate(_ digit: Character, of party: Address, until day: String) -> EnrolledCertificate {
        EnrolledCertificate(
            fingerprint: fingerprint(digit), purpose: .encryption, party: party, person: nil,
            notBefore: midnight("2025-11-23"), notAfter: midnight(day), der: [])
    }

    static func fingerprint(_ digit: Character) -> CertificateFingerprint {
        sure(CertificateFingerprint(String(repeating: digit, count: 64)))
    }

    static func digest(_ digit: Character) -> ContentDigest { sure(ContentDigest(String(repeating: digit, count: 64))) }
    static func address(_ text: String) -> Address { sure(Address(text)) }
    static func person(_ party: Address, _ name: String) -> PersonAddress {
        sure(PersonAddress(party: party, person: name))
    }
    static func time(_ text: String) -> Timestamp { sure(Timestamp(text)) }
    static func midnight(_ day: String) -> Timestamp { time("\(day)T00:00:00.000+09:00") }
    static func date(_ text: String) -> CivilDate { sure(CivilDate(text)) }

    /// For literals of the tests themselves; one that does not read is the test's own mistake.
    private static func sure<Value>(_ value: Value?) -> Value {
        guard let value else { preconditionFailure("a literal of the tests does not read") }
        return value
    }
}

/// A manifest in the making, with the facts it is judged by: sound as it stands; each case of a test spoils one thing.
struct World {
    var kind = PackageKind.referral
    var created = Sample.now
    var sender = Sample.officer
    var recipients = [Sample.council]
    var legalBasis: LegalBasis? = .councilRequest
    var consent: Consent? = Consent(
        state: .obtainedFromPerson, method: .oral, activitiesExplained: true, confidentialityExplained: true)
    var answers: PackageID? = Sample.requestID
    var concerns: PackageID?
    var request: RequestTerms?
    var decision: Decision?
    var criterion: CivilDate? = Sample.date("2025-04-01")
    var screening: Screening?
    var retention = RetentionClass.fiveFiscalYears
    var label: HandlingLabel? = HandlingLabel(
        confidentiality: 2, integrity: 2, availability: 1, restrictions: [.concernedOnly, .noForward])
    var sealedTo: [Character] = ["1", "2"]
    var parts = [Manifest.Part(bytes: 1000, sha256: Sample.digest("a"))]

    var caller = Sample.officer
    var expired: Set<Address> = []
    var settings = PolicySettings()
    var now = Sample.now
    var memberships = Sample.memberships
    var persons = Sample.persons
    var cited: [PackageID: CitedPackage] = [Sample.requestID: Sample.request()]
    var duty: DutyFacts? = DutyFacts(
        currentVersion: "2025-06-01",
        acknowledged: DutyAcknowledgement(
            person: Sample.clerk, version: "2025-06-01", acknowledgedAt: Sample.now.advanced(bySeconds: -86_400)),
        renewalDays: 366)
    var keeping: KeepingFacts? = KeepingFacts(
        retainedUntil: Sample.date("2026-03-31"), isOnHold: false, proposedBy: Sample.deputy)

    /// Another kind, with what a sound one of it has and without what belongs to a referral.
    mutating func become(_ kind: PackageKind) {
        self.kind = kind
        consent = nil
        criterion = nil
        answers = nil
        switch kind {
        case .request:
            (sender, caller, recipients) = (Sample.clerk, Sample.clerk, [Sample.station])
            (request, screening) = (Sample.terms, .clean)
        case .response:
            answers = Sample.requestID
            decision = Decision(
                outcome: .provide, publicInterestExamined: true, necessityExamined: true,
                decidedOn: Sample.date("2026-11-20"))
        case .report:
            (sender, caller, recipients) = (Sample.clerk, Sample.clerk, [Sample.station])
        case .material:
            (sender, caller, recipients) = (Sample.counselor, Sample.counselor, [Sample.station])
            sealedTo = ["1", "3"]
            label = HandlingLabel(confidentiality: 1, integrity: 2, availability: 1, restrictions: [])
        case .bulletin, .notice:
            screening = .clean
        case .referral, .consultation: break
        }
    }

    var manifest: Manifest {
        Manifest(
            id: Sample.id, kind: kind, created: created, sender: sender, recipients: recipients, legalBasis: legalBasis,
            consent: consent, label: label, answers: answers, concerns: concerns, request: request, decision: decision,
            criterion: criterion, screening: screening, retention: retention,
            sealedTo: sealedTo.map(Sample.fingerprint),
            parts: parts)
    }

    var facts: PolicyFacts {
        PolicyFacts(
            directory: Sample.directory(expired: expired, memberships: memberships, persons: persons), caller: caller,
            now: now, settings: settings, cited: cited, duty: duty, keeping: keeping)
    }

    func findings(at stage: PolicyRule.Stage = .submission) -> [Refusal] {
        Policy.findings(on: manifest, at: stage, facts: facts)
    }
}

/// Numbers that are the same in every run: SplitMix64 (G. Steele, D. Lea, C. Flood, 2014).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
