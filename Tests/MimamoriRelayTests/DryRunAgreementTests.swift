// The client's dry run and the relay never disagree: thousands of made-up manifests, sound and unsound in every way, are
// judged on both sides. The client judges by what it has over the wire alone: the directory as its person may see it, and
// what it keeps of the packages that are cited.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriWire
import TestSupport
import Testing

@testable import MimamoriClient

struct DryRunAgreementTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func dryRunAndRelaySayTheSame(_ seed: UInt64) async throws {
        try await RelayFixture.with { fixture in
            var dice = Dice(seed)
            let pool = try await Pool(fixture)
            var accepted = 0
            var refusedBy: Set<Refusal.Code> = []
            for _ in 0..<1000 {
                let manifest = try pool.manifest(&dice)
                let sender = manifest.sender
                let caller = try await fixture.caller(sender.party.text, sender.person)
                let side = try await pool.side(of: caller)
                let expected = Policy.findings(
                    on: manifest, at: .submission,
                    facts: side.known.facts(
                        caller: sender, now: fixture.clock.world.now(),
                        cited: side.cited.filter { manifest.cited.contains($0.key) })
                ).map(\.code)
                let signed = try TestPackage.signer(sender.party.text, sender.person, fixture.pki).sign(
                    manifest.canonicalBytes())
                let said = try await refusals {
                    _ = try await fixture.relay.begin(manifest.id, manifest: signed, by: caller)
                }
                #expect(said == expected, "\(String(decoding: manifest.canonicalBytes(), as: UTF8.self))")
                if said.isEmpty { accepted += 1 }
                refusedBy.formUnion(said)
            }
            // The property says something only when both ends were met.
            #expect(accepted > 10, "\(accepted) of 1000 were sound")
            #expect(refusedBy.count > 20, "only \(refusedBy)")
        }
    }
}

/// SplitMix64, so that a failure can be met again.
private struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of `values`; mostly the first, which is the sound one.
    mutating func pick<Value>(_ values: [Value]) -> Value {
        Int.random(in: 0..<8, using: &self) < 6 ? values[0] : values[Int.random(in: 0..<values.count, using: &self)]
    }
}

/// What one person's client knows.
private struct Side {
    let known: KnownDirectory
    let cited: [PackageID: CitedPackage]
}

/// Values to make manifests of, and packages at the relay that they may cite.
private final class Pool {
    private let fixture: RelayFixture
    private let requests: [PackageID]
    private let sources: [PackageID]
    private let today: CivilDate
    private var sides: [PersonAddress: Side] = [:]

    init(_ fixture: RelayFixture) async throws {
        self.fixture = fixture
        today = fixture.clock.world.now().dateInJapan
        guard let standing = fixture.standingRequest else { throw FixtureError("no request") }
        let once = RequestTerms(
            validity: .oneCase, asksPersonalInformation: true, scopeStated: true, purposeStated: true,
            document: Digest.sha256([1]))
        let answered = try await fixture.request { $0.request = once }
        _ = try await fixture.released { $0.answers = answered }
        let open = try await fixture.request { $0.request = once }
        let declined = try await fixture.request { $0.request = once }
        _ = try await fixture.released { making in
            making.kind = .response
            making.answers = declined
            making.decision = Decision(
                outcome: .decline, publicInterestExamined: true, necessityExamined: true, decidedOn: making.today)
        }
        let opinion = try await fixture.request {
            $0.request = RequestTerms(
                type: .opinion, validity: .oneCase, asksPersonalInformation: false, scopeStated: false,
                purposeStated: false, document: nil)
        }
        let referral = try await fixture.released()
        let waiting = try TestPackage.make(in: fixture)
        try await fixture.submit(waiting)
        let unknown = PackageID(at: fixture.clock.world.now(), random: Array(0..<10))
        requests = [standing, open, answered, declined, opinion, referral.id, unknown]
        sources = [referral.id, standing, waiting.id, unknown]
    }

    /// As `mimamori` has it: the directory in JSON as the relay sends it, and the headers of what the person may see.
    func side(of caller: Caller) async throws -> Side {
        if let side = sides[caller.person.address] { return side }
        let bytes = CanonicalJSON.encode(try await fixture.relay.directory(for: caller))
        let message = try JSONDecoder().decode(DirectoryMessage.self, from: Data(bytes))
        var cited: [PackageID: CitedPackage] = [:]
        for id in Set(requests + sources) {
            do {
                let view = try await fixture.relay.view(id, by: caller)
                let thread = try await fixture.relay.thread(of: id, by: caller)
                let manifest = try Manifest.read(SignedStatement(der: Array(view.manifest)).content).get()
                cited[id] = CitedRecord(manifest, in: view, thread: thread).package
            } catch let refusal as Refusal where refusal.code == .notFound {
                continue
            }
        }
        let side = Side(
            known: KnownDirectory(
                directory: message.directory, policy: message.policy, version: message.version,
                fetchedAt: fixture.clock.world.now()), cited: cited)
        sides[caller.person.address] = side
        return side
    }

    func manifest(_ dice: inout Dice) throws -> Manifest {
        let kind = PackageKind.allCases[Int.random(in: 0..<PackageKind.allCases.count, using: &dice)]
        let (station, headquarters) = (RelayFixture.station, RelayFixture.headquarters)
        let (council, center) = (RelayFixture.council, RelayFixture.center)
        let own: [(String, String)] =
            switch kind {
            case .request, .report: [(council, "clerk"), (station, "officer"), (center, "counselor")]
            case .material: [(center, "counselor"), (council, "clerk"), (station, "chief")]
            default: [(station, "officer"), (station, "deputy"), (headquarters, "planner"), (council, "clerk")]
            }
        let sender = dice.pick(own)
        let police: [[String]] = [[station], [headquarters], [station, headquarters], [council]]
        let others: [[String]] = [
            [council], [center], [council, center], ["aomori/towada-shi"], [station], [], ["a/b"],
        ]
        let recipients = dice.pick(kind == .request || kind == .report || kind == .material ? police : others)
        let readers = Set(recipients + [sender.0]).filter { Cast.sealedTo.contains($0) }
        var sealedTo = try readers.map {
            try RelayFixture.certificate(fixture.pki.party($0), fixture.pki).fingerprint
        }.sorted()
        if dice.pick([false, true]) { sealedTo = Array(sealedTo.dropLast()) }
        let level = dice.pick(kind == .material || kind == .bulletin || kind == .notice ? [1, 2] : [2, 1, 3, 0])
        let mayCite = kind == .referral || kind == .response
        return Manifest(
            id: PackageID(
                at: fixture.clock.world.now(), random: (0..<10).map { _ in UInt8.random(in: 0...255, using: &dice) }),
            kind: kind, created: fixture.clock.world.now().advanced(bySeconds: dice.pick([-60, 3600, -86_400 * 400])),
            sender: try RelayFixture.person(sender.0, sender.1), recipients: try recipients.map(RelayFixture.address),
            legalBasis: dice.pick([.councilRequest, .memberExchange, nil]), consent: consent(kind, &dice),
            label: dice.pick([
                HandlingLabel(
                    confidentiality: level, integrity: dice.pick([2, 3]), availability: 1,
                    restrictions: dice.pick(kind == .material ? [[]] : [[.concernedOnly], [], [.noForward]]),
                    keepUntil: dice.pick([nil, CivilDate(daysSinceEpoch: today.daysSinceEpoch - 1), today])), nil,
            ]),
            answers: dice.pick(mayCite ? requests.map(Optional.some) + [nil] : [nil] + requests.map(Optional.some)),
            concerns: dice.pick(
                kind == .report ? sources.map(Optional.some) + [nil] : [nil] + sources.map(Optional.some)),
            request: terms(kind, &dice), decision: decision(kind, &dice),
            criterion: kind == .referral ? dice.pick([Cast.criterion, nil, today]) : nil,
            screening: screening(kind, &dice),
            retention: dice.pick([.fiveFiscalYears, .oneFiscalYear, .tenFiscalYears]), sealedTo: sealedTo,
            parts: Array(
                repeating: Manifest.Part(bytes: dice.pick([1000, 0]), sha256: Digest.sha256([2])),
                count: dice.pick([1, 0, 3])))
    }

    private func consent(_ kind: PackageKind, _ dice: inout Dice) -> Consent? {
        let sound = Consent(
            state: .obtainedFromPerson, method: .oral, activitiesExplained: true, confidentialityExplained: true)
        let unsound = [
            Consent(state: .notObtained, reason: .refused), Consent(state: .notObtained),
            Consent(state: .obtainedFromOther, method: .written, activitiesExplained: true),
            Consent(state: .obtainedFromPerson, activitiesExplained: true, confidentialityExplained: true),
        ]
        return kind == .referral ? dice.pick([sound] + unsound + [nil]) : dice.pick([nil, sound])
    }

    private func terms(_ kind: PackageKind, _ dice: inout Dice) -> RequestTerms? {
        let member = Address(dice.pick([RelayFixture.center, "aomori/towada-shi"]))
        let standing = dice.pick([true, false])
        let sound = RequestTerms(
            validity: standing ? .standing : .oneCase, validFrom: standing ? today : nil,
            validUntil: standing ? CivilDate(daysSinceEpoch: today.daysSinceEpoch + dice.pick([300, -2, 5000])) : nil,
            onBehalfOf: dice.pick([nil, member]), asksPersonalInformation: dice.pick([true, false]),
            namesPerson: dice.pick([false, true]), scopeStated: dice.pick([true, false]),
            purposeStated: dice.pick([true, false]), document: dice.pick([Digest.sha256([3]), nil]))
        return kind == .request ? dice.pick([sound, nil]) : dice.pick([nil, sound])
    }

    private func decision(_ kind: PackageKind, _ dice: inout Dice) -> Decision? {
        let made = Decision(
            outcome: dice.pick([.provide, .provideInPart, .decline]), publicInterestExamined: dice.pick([true, false]),
            necessityExamined: dice.pick([true, false]),
            decidedOn: dice.pick([today, nil, CivilDate(daysSinceEpoch: today.daysSinceEpoch + 1)]))
        return kind == .response ? dice.pick([made, nil]) : dice.pick([nil, made])
    }

    private func screening(_ kind: PackageKind, _ dice: inout Dice) -> Screening? {
        dice.pick(
            kind.isAboutNobody
                ? [.clean, Screening(outcome: .falseAlarm, places: 2), Screening(outcome: .clean, places: 1), nil]
                : [nil, .clean])
    }
}
