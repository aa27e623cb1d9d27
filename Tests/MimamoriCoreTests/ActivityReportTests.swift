// The numbers of a report from facts written out: what counts where, once, and which one is the middle.

import Testing

@testable import MimamoriCore

@Suite struct ActivityReportTests {
    typealias Fact = ActivityReport.Fact

    private static let other = PackageID(at: Sample.now, random: Array(40..<50))

    private static func fact(
        _ kind: PackageKind, _ state: PackageState = .released, from sender: Address = Sample.station,
        to recipients: [Address] = [Sample.council], consent: Consent.State? = nil, outcome: Decision.Outcome? = nil,
        answers: PackageID? = nil, storedAfter seconds: Int64 = 10, openedAfter: [Int64] = []
    ) -> Fact {
        Fact(
            kind: kind, state: state, sender: sender, recipients: recipients, consent: consent, outcome: outcome,
            answers: answers, createdAt: Sample.now, storedAt: Sample.now.advanced(bySeconds: seconds),
            openedAfterSeconds: openedAfter)
    }

    private static let facts: [Fact] = [
        fact(.request, from: Sample.council, to: [Sample.station], storedAfter: 1),
        fact(.request, from: Sample.towada, to: [Sample.headquarters], storedAfter: -300),
        fact(.referral, consent: .obtainedFromPerson, answers: Sample.requestID, openedAfter: [100]),
        fact(.referral, consent: .obtainedFromOther, answers: Sample.requestID, storedAfter: 20, openedAfter: [50]),
        fact(.referral, .rejected, consent: .notObtained, answers: other, storedAfter: 30),
        fact(.referral, .awaitingApproval, consent: .notObtained, answers: Sample.requestID, storedAfter: 40),
        fact(.response, outcome: .provideInPart, answers: Sample.requestID),
        fact(.response, outcome: .decline, answers: other),
        fact(.response, .rejected, outcome: .decline, answers: other),
        fact(.bulletin, from: Sample.headquarters, to: [Sample.council, Sample.towada], openedAfter: [7, 9]),
        fact(.notice, .cancelled, from: Sample.centre, to: [Sample.council, Sample.station]),
    ]

    private static let report = ActivityReport(
        from: Sample.date("2026-04-01"), to: Sample.date("2027-03-31"), facts: facts
    ) { address in Sample.parties.first { $0.address == address }?.kind }

    /// Every number of a line, in the order in which it is read.
    private static func numbers(_ line: ActivityReport.Line) -> [Int] {
        [
            line.sent, line.released, line.rejected, line.cancelled, line.consentFromPerson, line.consentFromOther,
            line.consentNotObtained, line.requests, line.answered, line.provided, line.declined,
        ]
    }

    private static let lines: [(String, [Int], Int64?, Int64?)] = [
        ("", [11, 7, 2, 1, 1, 1, 2, 2, 2, 1, 1], 10, 9),
        ("bulletin", [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 10, 7),
        ("referral", [4, 2, 1, 0, 1, 1, 2, 0, 1, 0, 0], 20, 50),
        // A clock that ran ahead counts as no time at all.
        ("request", [2, 2, 0, 0, 0, 0, 0, 2, 0, 0, 0], 0, nil),
        ("response", [3, 2, 1, 0, 0, 0, 0, 0, 2, 1, 1], 10, nil),
        ("notice", [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], 10, nil),
        ("aomori-police/hachinohe", [9, 5, 2, 1, 1, 1, 2, 1, 2, 1, 1], 10, 50),
        ("aomori-police/hq", [2, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0], 0, 7),
        ("aomori/hachinohe-shi", [10, 6, 2, 1, 1, 1, 2, 1, 2, 1, 1], 10, 9),
        ("aomori/towada-shi", [2, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0], 0, 7),
    ]

    @Test(arguments: lines)
    func aLineHasTheseNumbers(_ key: String, _ numbers: [Int], _ stored: Int64?, _ opened: Int64?) throws {
        let report = Self.report
        let all = [report.total] + report.byKind + report.byOffice + report.byCouncil
        let line = try #require(all.first { $0.key == key })
        #expect(Self.numbers(line) == numbers)
        #expect(line.medianSecondsToStored == stored)
        #expect(line.medianSecondsToOpened == opened)
    }

    @Test func groupsAreTheKindsOfficesAndCouncils() {
        let report = Self.report
        #expect(report.byKind.map(\.key) == ["bulletin", "referral", "request", "response", "notice"])
        #expect(report.byOffice.map(\.key) == ["aomori-police/hachinohe", "aomori-police/hq"])
        // The centre is no council, and has no line of its own.
        #expect(report.byCouncil.map(\.key) == ["aomori/hachinohe-shi", "aomori/towada-shi"])
    }

    @Test(
        arguments: [
            ([], nil), ([5], 5), ([9, 1], 1), ([3, 1, 2], 2), ([4, 1, 3, 2], 2), ([7, 7, 0], 7),
        ] as [([Int64], Int64?)])
    func theMedianIsTheMiddleOrTheLowerOfTwo(_ values: [Int64], _ median: Int64?) {
        #expect(ActivityReport.Line.median(values) == median)
    }

    @Test func nothingMakesAnEmptyReport() {
        let empty = ActivityReport(from: Sample.date("2026-04-01"), to: Sample.date("2026-04-01"), facts: []) { _ in nil
        }
        #expect(Self.numbers(empty.total) == Array(repeating: 0, count: 11))
        #expect(empty.byKind.isEmpty && empty.byOffice.isEmpty && empty.byCouncil.isEmpty)
        #expect(empty.total.medianSecondsToStored == nil && empty.total.medianSecondsToOpened == nil)
    }

    @Test func itTravelsAsItIs() throws {
        let bytes = CanonicalJSON.encode(Self.report)
        #expect(try CanonicalJSON.decode(ActivityReport.self, from: bytes).get() == Self.report)
    }
}
