// Reports: whose packages are counted for whom, from which day to which, and that nobody counts what is not theirs.

import MimamoriCore
import MimamoriRelay
import MimamoriStore
import MimamoriWire
import TestSupport
import Testing

@Suite struct ReportTests {
    private static let withoutRequest = { @Sendable (options: inout RelayFixture.Options) in
        options.sendsRequest = false
    }

    private func today(_ fixture: RelayFixture, plus days: Int64 = 0) -> CivilDate {
        CivilDate(daysSinceEpoch: fixture.clock.world.now().dateInJapan.daysSinceEpoch + days)
    }

    private func report(
        _ fixture: RelayFixture, by party: String, _ person: String, from: Int64 = 0, to: Int64 = 0
    ) async throws -> ActivityReport {
        try await fixture.relay.report(
            from: today(fixture, plus: from), to: today(fixture, plus: to), by: fixture.caller(party, person))
    }

    /// A request, a referral that is opened after an hour, one that is rejected, a decline of another request, a notice
    /// to council and centre, and one from the centre to the council that the police do not have.
    private func aDay(in fixture: RelayFixture) async throws {
        // Away from midnight in Japan, since it goes on for an hour.
        let seconds = (fixture.clock.world.now().milliseconds / 1000 + 9 * 3600) % 86_400
        fixture.clock.advance(seconds: 86_400 + 6 * 3600 - seconds)
        let relay = fixture.relay
        let standing = try await fixture.request()
        let opened = try await fixture.released {
            $0.answers = standing
            $0.consent = Consent(
                state: .obtainedFromPerson, method: .oral, activitiesExplained: true, confidentialityExplained: true)
        }
        let rejected = try TestPackage.make(in: fixture) { $0.answers = standing }
        try await fixture.submit(rejected)
        try await relay.reject(rejected.id, reason: "やり直し", by: fixture.chief)
        let once = try await fixture.request { $0.request = .oneCase }
        _ = try await fixture.released {
            $0.kind = .response
            $0.answers = once
            $0.decision = Decision(
                outcome: .decline, publicInterestExamined: true, necessityExamined: true, decidedOn: $0.today)
        }
        _ = try await fixture.released {
            $0.kind = .notice
            $0.recipients = [RelayFixture.council, RelayFixture.center]
        }
        _ = try await fixture.released {
            $0.kind = .notice
            ($0.senderParty, $0.sender) = (RelayFixture.center, "counselor")
        }
        fixture.clock.advance(seconds: 3600)
        _ = try await relay.part(0, of: opened.id, range: nil, by: fixture.clerk)
        try await relay.acceptOpenedReceipt(
            opened.openedReceipt(by: RelayFixture.council, "clerk", in: fixture), for: opened.id, by: fixture.clerk)
    }

    @Test func everyPartyCountsItsOwn() async throws {
        try await RelayFixture.with(Self.withoutRequest) { fixture async throws in
            try await aDay(in: fixture)
            // sent, released, rejected, consent from the person, not obtained, requests, answered, declined
            let expected: [(String, String, [Int])] = [
                (RelayFixture.station, "officer", [6, 5, 1, 1, 1, 2, 2, 1]),
                (RelayFixture.station, "chief", [6, 5, 1, 1, 1, 2, 2, 1]),
                (RelayFixture.council, "clerk", [6, 6, 0, 1, 0, 2, 2, 1]),
                (RelayFixture.council, "approver", [6, 6, 0, 1, 0, 2, 2, 1]),
                (RelayFixture.center, "counselor", [2, 2, 0, 0, 0, 0, 0, 0]),
                ("aomori/towada-shi", "clerk", [0, 0, 0, 0, 0, 0, 0, 0]),
                // All of the prefecture: what the rejected one was is the station's to count, and so headquarters'.
                (RelayFixture.headquarters, "planner", [7, 6, 1, 1, 1, 2, 2, 1]),
            ]
            for (party, person, numbers) in expected {
                let total = try await report(fixture, by: party, person).total
                #expect(
                    [
                        total.sent, total.released, total.rejected, total.consentFromPerson,
                        total.consentNotObtained, total.requests, total.answered, total.declined,
                    ] == numbers, "\(party):\(person)")
            }
            let council = try await report(fixture, by: RelayFixture.council, "clerk")
            let opened = try #require(council.total.medianSecondsToOpened)
            #expect((3600..<3700).contains(opened))
            let leaf = try #require(try await fixture.entries().last { $0.action == .reportRead })
            #expect(leaf.object == "\(council.from)..\(council.to)" && leaf.outcome == .done)
        }
    }

    @Test func aRecipientCountsNoOther() async throws {
        try await RelayFixture.with(Self.withoutRequest) { fixture async throws in
            try await aDay(in: fixture)
            let center = try await report(fixture, by: RelayFixture.center, "counselor")
            // It sent to the council, and the station sent to it; that the council got that too is not its to count.
            #expect(center.byCouncil.map(\.key) == [RelayFixture.council])
            #expect(center.byCouncil.map(\.sent) == [1])
            #expect(center.byOffice.map(\.key) == [RelayFixture.station])
            let headquarters = try await report(fixture, by: RelayFixture.headquarters, "planner")
            #expect(headquarters.byCouncil.map(\.key) == [RelayFixture.council])
            #expect(headquarters.byCouncil.map(\.sent) == [7])
            #expect(headquarters.byKind.map(\.key) == ["referral", "request", "response", "notice"])
        }
    }

    @Test func whoeverRunsTheRelayCountsNothing() async throws {
        try await RelayFixture.with(Self.withoutRequest) { fixture async throws in
            for person in ["operator", "auditor", "administrator"] {
                #expect(
                    try await refusals { _ = try await report(fixture, by: RelayFixture.office, person) }
                        == [.roleMissing], "\(person)")
            }
            #expect(try await fixture.entries().last { $0.action == .reportRead }?.outcome == .refused)
        }
    }

    @Test func daysAreJapansAndBothIncluded() async throws {
        try await RelayFixture.with(Self.withoutRequest) { fixture async throws in
            try await aDay(in: fixture)
            let spans: [(Int64, Int64, Int)] = [(0, 0, 6), (-1, -1, 0), (1, 1, 0), (-1, 0, 6), (-3659, 0, 6)]
            for (from, to, count) in spans {
                let report = try await report(fixture, by: RelayFixture.station, "officer", from: from, to: to)
                #expect(report.total.sent == count, "\(from)..\(to)")
            }
            for (from, to) in [(-3660, 0), (1, 0)] as [(Int64, Int64)] {
                #expect(
                    try await refusals {
                        _ = try await report(fixture, by: RelayFixture.station, "officer", from: from, to: to)
                    } == [.requestMalformed])
            }
            // The last millisecond of the day in Japan, and the next one.
            let left = today(fixture, plus: 1).startInJapan.seconds(since: fixture.clock.world.now())
            fixture.clock.advance(seconds: left + 5)
            _ = try await fixture.released { $0.kind = .notice }
            let (before, after) = (
                try await report(fixture, by: RelayFixture.station, "officer", from: -1, to: -1),
                try await report(fixture, by: RelayFixture.station, "officer")
            )
            #expect(before.total.sent == 6 && after.total.sent == 1)
        }
    }

    @Test func manyAreCountedPageByPage() async throws {
        try await RelayFixture.with(Self.withoutRequest) { fixture async throws in
            let officer = try await fixture.officer
            for _ in 0..<205 {
                let notice = try TestPackage.make(in: fixture) { $0.kind = .notice }
                _ = try await fixture.relay.submit(notice.whole, by: officer)
            }
            let report = try await report(fixture, by: RelayFixture.station, "officer", from: -1)
            #expect(report.total.sent == 205)
        }
    }

    @Test func whatWasDisposedOfIsNotCounted() async throws {
        try await RelayFixture.with { fixture async throws in
            let gone = try await fixture.released()
            #expect(try await report(fixture, by: RelayFixture.station, "officer", from: -1).total.sent == 2)
            _ = try await fixture.database.write { try $0.destroyDataKey("package/\(gone.id)") }
            #expect(try await report(fixture, by: RelayFixture.station, "officer", from: -1).total.sent == 1)
        }
    }
}
