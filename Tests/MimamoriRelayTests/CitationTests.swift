// Requests as the relay knows them (N14–N17): a supply rests on a request that is on record, asked of that party, in force
// and not declined; and it must still rest on it when the second person releases it.

import MimamoriCore
import MimamoriRelay
import MimamoriWire
import TestSupport
import Testing

@Suite struct CitationTests {
    /// Sends a package and expects these refusals. The making is no closure inside `#expect`: the compiler gives one of the
    /// same type outside of it, in the same function, the same symbol.
    private func expect(
        _ codes: [Refusal.Code], in fixture: RelayFixture, _ comment: Comment? = nil,
        sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout TestPackage.Making) -> Void = { _ in }
    ) async throws {
        let package = try TestPackage.make(in: fixture, change)
        let found = try await refusals { try await fixture.submit(package) }
        #expect(found == codes, comment, sourceLocation: sourceLocation)
    }

    private func refusal(
        in fixture: RelayFixture, _ change: (inout TestPackage.Making) -> Void
    ) async throws -> Refusal? {
        let package = try TestPackage.make(in: fixture, change)
        do {
            try await fixture.submit(package)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    private func newID(_ fixture: RelayFixture) -> PackageID {
        PackageID(at: fixture.clock.world.now(), random: fixture.clock.world.random(10))
    }

    @Test func aReferralNeedsARequestUnlessThePolicySaysOtherwise() async throws {
        try await RelayFixture.with { fixture async throws in
            try await expect([.requestMissing], in: fixture) { $0.answers = nil }
            try await expect([], in: fixture)
        }
        try await RelayFixture.with({ $0.policy.referralRequiresRequest = false }) { fixture async throws in
            try await expect([], in: fixture) { $0.answers = nil }
            try await expect([.requestMissing], in: fixture) {
                $0.kind = .response
                $0.answers = nil
            }
        }
    }

    @Test func whatTheSenderMayNotSeeIsLikeWhatIsNotThere() async throws {
        try await RelayFixture.with { fixture async throws in
            let toHeadquarters = try await fixture.request { $0.recipients = ["aomori-police/hq"] }
            // Names a person, and so waits for the council's own second person.
            let waiting = try await fixture.request {
                $0.request = RequestTerms(
                    validity: .oneCase, asksPersonalInformation: true, namesPerson: true, scopeStated: true,
                    purposeStated: true, document: RequestTerms.oneCase.document)
                $0.screening = nil
            }
            let cancelled = try await fixture.request()
            try await fixture.relay.cancel(cancelled, by: fixture.clerk)
            let unknown = try await refusal(in: fixture) {
                $0.answers = PackageID(at: $0.now, random: Array(0..<10))
            }
            #expect(unknown?.code == .requestUnknown && unknown?.rule == "N16")
            for id in [toHeadquarters, waiting, cancelled] {
                let answer = try await refusal(in: fixture) { $0.answers = id }
                #expect(answer == unknown)
            }

            let ofOthers = try await fixture.released {
                $0.kind = .notice
                ($0.senderParty, $0.sender) = (RelayFixture.center, "counselor")
            }
            let absent = newID(fixture)
            var answers: [Refusal?] = []
            for id in [absent, ofOthers.id] {
                answers.append(
                    try await refusal(in: fixture) {
                        $0.kind = .notice
                        $0.concerns = id
                    })
            }
            #expect(answers[0]?.code == .concernUnknown && answers[0] == answers[1])
            try await expect([], in: fixture, "the council has it") {
                $0.kind = .report
                $0.recipients = [RelayFixture.center]
                $0.concerns = ofOthers.id
            }
        }
    }

    @Test func onlyARequestIsAnswered() async throws {
        try await RelayFixture.with { fixture async throws in
            let notice = try await fixture.released {
                $0.kind = .notice
                ($0.senderParty, $0.sender) = (RelayFixture.council, "clerk")
                $0.recipients = [RelayFixture.station]
            }
            try await expect([.requestUnknown], in: fixture) { $0.answers = notice.id }
        }
    }

    @Test func theAnswerGoesToWhoeverAsked() async throws {
        try await RelayFixture.with { fixture async throws in
            try await expect([.requestOfOthers], in: fixture) { $0.recipients = [RelayFixture.center] }
            let forMember = try await fixture.request {
                let terms = RequestTerms.oneCase
                $0.request = RequestTerms(
                    validity: .oneCase, onBehalfOf: Address(RelayFixture.center), asksPersonalInformation: true,
                    scopeStated: true, purposeStated: true, document: terms.document)
            }
            try await expect([], in: fixture) {
                $0.recipients = [RelayFixture.council, RelayFixture.center]
                $0.answers = forMember
            }
        }
    }

    @Test func aRequestWithoutPersonalInformationCarriesNone() async throws {
        try await RelayFixture.with { fixture async throws in
            let opinion = try await fixture.request {
                $0.request = RequestTerms(
                    type: .opinion, validity: .oneCase, asksPersonalInformation: false, scopeStated: false,
                    purposeStated: false, document: nil)
            }
            try await expect([.requestWithoutDocument], in: fixture) { $0.answers = opinion }
        }
    }

    @Test func whatWasDeclinedIsNotSupplied() async throws {
        try await RelayFixture.with { fixture async throws in
            let declined = try TestPackage.make(in: fixture) {
                $0.kind = .response
                $0.decision = Decision(
                    outcome: .decline, publicInterestExamined: true, necessityExamined: true, decidedOn: $0.today)
            }
            try await fixture.submit(declined)
            try await expect([], in: fixture, "what waits for its second person has decided nothing yet")
            try await fixture.release(declined)
            try await expect([.requestNotInForce], in: fixture)
        }
    }

    @Test func aPartyAnswersForItselfAlone() async throws {
        try await RelayFixture.with { fixture async throws in
            let both = try await fixture.request { $0.recipients = [RelayFixture.station, "aomori-police/hq"] }
            _ = try await fixture.released {
                $0.kind = .response
                ($0.senderParty, $0.sender) = ("aomori-police/hq", "planner")
                $0.answers = both
                $0.decision = Decision(
                    outcome: .decline, publicInterestExamined: true, necessityExamined: true, decidedOn: $0.today)
            }
            try await expect([], in: fixture) { $0.answers = both }
        }
    }

    @Test func aRequestForOneCaseIsAnsweredOnce() async throws {
        try await RelayFixture.with { fixture async throws in
            let once = try await fixture.request { $0.request = .oneCase }
            let first = try TestPackage.make(in: fixture) { $0.answers = once }
            let second = try TestPackage.make(in: fixture) { $0.answers = once }
            try await fixture.submit(first)
            try await fixture.submit(second)
            // What waits stands neither against its own release nor against another's; of two, one is released.
            try await fixture.release(first)
            #expect(try await refusals { try await fixture.release(second) } == [.requestNotInForce])
            try await expect([.requestNotInForce], in: fixture) { $0.answers = once }
            try await expect([], in: fixture, "the decision beside the supply") {
                $0.kind = .response
                $0.answers = once
            }
            let again = try await fixture.request { $0.request = .oneCase }
            let rejected = try TestPackage.make(in: fixture) { $0.answers = again }
            try await fixture.submit(rejected)
            try await fixture.relay.reject(rejected.id, reason: "宛先を確かめる", by: fixture.chief)
            try await expect([], in: fixture) { $0.answers = again }
        }
    }

    /// Until today, in Japan.
    private func endsToday(_ making: inout TestPackage.Making) {
        making.request = RequestTerms(
            validity: .standing, validFrom: making.today, validUntil: making.today, asksPersonalInformation: true,
            scopeStated: true, purposeStated: true, document: RequestTerms.oneCase.document)
    }

    @Test func aReleaseIsJudgedByTheRequestAnew() async throws {
        try await RelayFixture.with { fixture async throws in
            let ending = try await fixture.request(endsToday)
            let (late, rejected) = (
                try TestPackage.make(in: fixture) { $0.answers = ending },
                try TestPackage.make(in: fixture) { $0.answers = ending }
            )
            try await fixture.submit(late)
            try await fixture.submit(rejected)
            fixture.clock.advance(seconds: 86_400)
            try await expect([.requestNotInForce], in: fixture) { $0.answers = ending }
            #expect(try await refusals { try await fixture.release(late) } == [.requestNotInForce])
            #expect(try await fixture.relay.view(late.id, by: fixture.officer).state == .awaitingApproval)
            try await fixture.relay.reject(rejected.id, reason: "依頼の期間が過ぎた", by: fixture.chief)
            #expect(try await fixture.relay.view(rejected.id, by: fixture.officer).state == .rejected)
            #expect(try await fixture.relay.inbox(after: 0, waitSeconds: 0, by: fixture.clerk).items.isEmpty)
        }
    }

    /// The answer to an approval was lost, and meanwhile the request has ended: the repeat is harmless, and nobody else's.
    @Test func aRepeatedApprovalStaysOne() async throws {
        try await RelayFixture.with { fixture async throws in
            let ending = try await fixture.request(endsToday)
            let package = try await fixture.released { making in
                making.answers = ending
                making.sender = "deputy"
            }
            fixture.clock.advance(seconds: 86_400)
            let before = try await fixture.entries().count { $0.action == .packageApproved && $0.outcome == .done }
            try await fixture.release(package)
            let own = try await refusals {
                try await fixture.relay.approve(
                    package.id, manifest: package.countersigned(by: RelayFixture.station, "chief", fixture.pki),
                    by: fixture.deputy)
            }
            #expect(own == [.approverIsSender])
            let after = try await fixture.entries().count { $0.action == .packageApproved && $0.outcome == .done }
            #expect(before == after)
        }
    }

    @Test func aReleaseIsJudgedBySeatAndRequestAsTheyAreNow() async throws {
        try await RelayFixture.with { fixture async throws in
            let request = try await fixture.request()
            let package = try TestPackage.make(in: fixture) { $0.answers = request }
            try await fixture.submit(package)
            let today = fixture.clock.world.now().dateInJapan
            func seat(_ state: Membership.State) async throws {
                _ = try await fixture.relay.change(
                    Membership(
                        council: try RelayFixture.address(RelayFixture.council),
                        member: try RelayFixture.address(RelayFixture.station), state: state, since: today.text),
                    by: fixture.administrator)
            }
            try await seat(.ended)
            #expect(try await refusals { try await fixture.release(package) } == [.notInCouncil])
            try await seat(.active)
            try await fixture.relay.cancel(request, by: fixture.clerk)
            #expect(try await refusals { try await fixture.release(package) } == [.requestUnknown])
        }
    }

    @Test func whatMustNotBeForwardedStaysWithItsHolders() async throws {
        try await RelayFixture.with { fixture async throws in
            let source = try await fixture.released {
                $0.label = HandlingLabel(
                    confidentiality: 2, integrity: 2, availability: 1, restrictions: [.concernedOnly, .noForward])
            }
            try await expect([.forwardingForbidden], in: fixture) {
                $0.kind = .report
                $0.concerns = source.id
                $0.recipients = [RelayFixture.station, RelayFixture.center]
            }
            try await expect([], in: fixture) {
                $0.kind = .report
                $0.concerns = source.id
            }
        }
    }
}
