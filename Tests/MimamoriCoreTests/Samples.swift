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
    static let relay = address("aomori-relay/office")

    static let officer = person(station, "officer")
    static let deputy = person(station, "deputy")
    static let chief = person(station, "chief")
    static let clerk = person(council, "clerk")
    static let councilApprover = person(council, "approver")

    static let id = PackageID(at: now, random: Array(0..<10))

    /// Digits by which the certificates below are told apart.
    static let sealing: [Address: Character] = [station: "1", council: "2", centre: "3", headquarters: "4"]

    static let parties: [Party] = [
        Party(
            address: station, kind: .policeStation, name: "八戸警察署", kana: "ハチノヘケイサツショ",
            window: ContactWindow(name: "生活安全課")),
        Party(address: headquarters, kind: .policeHeadquarters, name: "青森県警察本部", window: ContactWindow(name: "生活保安課")),
        Party(address: council, kind: .council, name: "八戸市", kana: "ハチノヘシ", code: CouncilCode("022039")),
        Party(address: centre, kind: .memberBody, name: "八戸市消費生活センター"),
        Party(address: towada, kind: .council, name: "十和田市", kana: "トワダシ", code: CouncilCode("022063")),
        Party(address: relay, kind: .relayOffice, name: "中継運用室"),
    ]

    static let persons: [Person] = [
        Person(address: officer, name: "送信 太郎", roles: [.sender]),
        Person(address: deputy, name: "代行 次郎", roles: [.sender, .approver]),
        Person(address: chief, name: "承認 一郎", roles: [.approver]),
        Person(address: clerk, name: "受信 花子", roles: [.recipient, .sender]),
        Person(address: councilApprover, name: "承認 良子", roles: [.approver]),
    ]

    static func directory(expired: Set<Address> = []) -> Directory {
        let certificates = sealing.map { party, digit in
            certificate(digit, of: party, until: expired.contains(party) ? "2026-11-23" : "2028-11-23")
        }
        let person = EnrolledCertificate(
            fingerprint: fingerprint("9"), purpose: .person, party: station, person: officer,
            notBefore: midnight("2025-11-23"), notAfter: midnight("2028-11-23"), der: [])
        return Directory(parties: parties, persons: persons, certificates: certificates + [person])
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
    var label: HandlingLabel? = HandlingLabel(
        confidentiality: 2, integrity: 2, availability: 1, restrictions: [.concernedOnly, .noForward])
    var sealedTo: [Character] = ["1", "2"]
    var parts = [Manifest.Part(bytes: 1000, sha256: Sample.digest("a"))]

    var caller = Sample.officer
    var expired: Set<Address> = []
    var settings = PolicySettings()

    var manifest: Manifest {
        Manifest(
            id: Sample.id, kind: kind, created: created, sender: sender, recipients: recipients, legalBasis: legalBasis,
            consent: consent, label: label, retention: .fiveFiscalYears, sealedTo: sealedTo.map(Sample.fingerprint),
            parts: parts)
    }

    var facts: PolicyFacts {
        PolicyFacts(
            directory: Sample.directory(expired: expired), caller: caller, now: Sample.now, settings: settings)
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
