// One moment, one spelling: the canonical form is read back exactly, and every other spelling of it is refused.

import Testing

@testable import MimamoriCore

struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T09:00:00.000+09:00"),
            (1, "1970-01-01T09:00:00.001+09:00"),
            (-1, "1970-01-01T08:59:59.999+09:00"),
            (-32_400_000, "1970-01-01T00:00:00.000+09:00"),
            (-32_400_001, "1969-12-31T23:59:59.999+09:00"),
            (951_750_000_000, "2000-02-29T00:00:00.000+09:00"),
            (1_774_969_200_000, "2026-04-01T00:00:00.000+09:00"),
            (1_774_969_199_999, "2026-03-31T23:59:59.999+09:00"),
            (1_835_362_800_000, "2028-02-29T00:00:00.000+09:00"),
            (253_402_268_399_999, "9999-12-31T23:59:59.999+09:00"),
        ] as [(Int64, String)])
    func theCanonicalForm(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-24", "2026-11-24T10:00:00+09:00", "2026-11-24T10:00:00.000Z", "2026-11-24T01:00:00.000+00:00",
        "2026-11-24T10:00:00.0000+09:00", "2026-11-24t10:00:00.000+09:00", "2026-11-24 10:00:00.000+09:00",
        "2026-11-24T10:00:00,000+09:00", "2026/11/24T10:00:00.000+09:00", "2026-11-24T10:00:00.000+0900",
        " 2026-11-24T10:00:00.000+09:00", "2026-11-24T10:00:00.000+09:00\n", "+026-11-24T10:00:00.000+09:00",
        "2026-11-24T24:00:00.000+09:00", "2026-11-24T10:60:00.000+09:00", "2026-11-24T10:00:60.000+09:00",
        "2026-02-29T00:00:00.000+09:00", "1900-02-29T00:00:00.000+09:00", "2026-13-01T00:00:00.000+09:00",
        "2026-00-10T00:00:00.000+09:00", "2026-04-31T00:00:00.000+09:00", "2026-11-00T00:00:00.000+09:00",
        "0000-01-01T00:00:00.000+09:00", "２０２６-11-24T10:00:00.000+09:00", "2026-11-24T-1:00:00.000+09:00",
    ])
    func everyOtherSpellingIsRefused(_ text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func randomMomentsRoundTripAndKeepTheirOrder() {
        var numbers = SeededNumbers(seed: 29)
        for _ in 0..<5000 {
            let moments = (0..<2).map { _ in
                Timestamp(milliseconds: Int64.random(in: -62_135_629_200_000...253_402_268_399_999, using: &numbers))
            }
            #expect(moments.map { Timestamp($0.description) } == moments)
            #expect((moments[0] < moments[1]) == (moments[0].description < moments[1].description))
        }
    }

    @Test func differencesAreInWholeSeconds() {
        let later = Sample.now.advanced(bySeconds: 90)
        #expect(later.seconds(since: Sample.now) == 90 && Sample.now.seconds(since: later) == -90)
    }

    @Test func everyDayOfFourHundredYearsIsTheNextOne() {
        var previous = Sample.date("1999-12-31")
        for days in (previous.daysSinceEpoch + 1)...(previous.daysSinceEpoch + 146_097) {
            let date = CivilDate(daysSinceEpoch: days)
            #expect(date.daysSinceEpoch == days && date > previous)
            #expect(date.day == 1 || (date.day == previous.day + 1 && date.month == previous.month))
            previous = date
        }
        #expect(previous == Sample.date("2399-12-31"))
    }

    @Test(arguments: [
        "", "2026-11", "2026-11-24-1", "+026-11-24", "2026-+1-24", "2026-11--4", "2026-1-24", "２０２６-11-24",
        "2026-02-30",
        "2025-02-29", "10000-01-01", "0000-01-01",
    ])
    func otherDatesAreRefused(_ text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test(arguments: ["0001-01-01", "2026-11-24", "2028-02-29", "2000-02-29", "9999-12-31"])
    func datesAreWrittenAsTheyAreRead(_ text: String) {
        #expect(CivilDate(text)?.description == text)
    }

    @Test(arguments: ["1965-07-01", "1970-01-01", "2026-04-01", "2028-02-29"])
    func aDayBeginsAtMidnightInJapan(_ text: String) {
        let day = Sample.date(text)
        #expect(day.startInJapan == Sample.time("\(text)T00:00:00.000+09:00"))
        #expect(day.startInJapan.dateInJapan == day)
        #expect(Timestamp(milliseconds: day.startInJapan.milliseconds - 1).dateInJapan < day)
    }
}
