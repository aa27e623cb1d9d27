// Numbers as people and spreadsheets read them: the table's durations, the CSV's header and ISO days.

import MimamoriCore
import Testing

@testable import mimamori

struct ReportTests {
    @Test(
        arguments: [
            (nil, "–", "–"), (0, "0秒", "0 s"), (59, "59秒", "59 s"), (60, "1分", "1 min"), (61, "1分1秒", "1 min 1 s"),
            (3600, "1時間", "1 h"), (7260, "2時間1分", "2 h 1 min"), (86_400, "1日", "1 d"), (90_000, "1日1時間", "1 d 1 h"),
            (86_460, "1日", "1 d"), (-5, "0秒", "0 s"),
        ] as [(Int64?, String, String)])
    func durationsAreShort(seconds: Int64?, ja: String, en: String) {
        #expect(Durations.text(seconds, .japanese) == ja)
        #expect(Durations.text(seconds, .english) == en)
    }

    private func report() throws -> ActivityReport {
        let station = try #require(Address("aomori-police/hachinohe"))
        let council = try #require(Address("aomori/hachinohe-shi"))
        let start = Timestamp(milliseconds: 1_795_000_000_000)
        let facts = [
            ActivityReport.Fact(
                kind: .referral, state: .released, sender: station, recipients: [council], consent: .notObtained,
                outcome: nil, createdAt: start, storedAt: start.advanced(bySeconds: 3), openedAfterSeconds: [90]),
            ActivityReport.Fact(
                kind: .request, state: .released, sender: council, recipients: [station], consent: nil, outcome: nil,
                createdAt: start, storedAt: start.advanced(bySeconds: 5), openedAfterSeconds: []),
        ]
        return ActivityReport(
            from: try #require(CivilDate("2026-04-01")), to: try #require(CivilDate("2027-03-31")), facts: facts
        ) { $0 == station ? .policeStation : .council }
    }

    @Test func theCSVHasAHeaderAndNothingToQuote() throws {
        let lines = ReportText.csv(try report())
        #expect(lines.count == 6)
        let columns = lines[0].split(separator: ",").count
        for line in lines {
            #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == columns)
            #expect(!line.contains("\"") && !line.contains(" "))
        }
        #expect(lines[0].hasPrefix("group,key,from,to,sent,"))
        #expect(lines[1].hasPrefix("total,,2026-04-01,2027-03-31,2,"))
        #expect(lines.contains { $0.hasPrefix("kind,referral,2026-04-01,2027-03-31,1,") && $0.hasSuffix(",3,90") })
        #expect(lines.contains { $0.hasPrefix("kind,request,") && $0.hasSuffix(",5,") })
        #expect(lines.contains { $0.hasPrefix("office,aomori-police/hachinohe,") })
        #expect(lines.contains { $0.hasPrefix("council,aomori/hachinohe-shi,") })
    }
}
