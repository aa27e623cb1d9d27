// The vectors of N22, made from the notice itself: it is kept to the end of March 令和13年.

import Testing

@testable import MimamoriCore

struct RetentionTests {
    @Test(arguments: [
        ("2025-12-24T00:00:00.000+09:00", "2031-03-31"),
        ("2026-03-31T23:59:59.000+09:00", "2031-03-31"),
        ("2026-04-01T00:00:00.000+09:00", "2032-03-31"),
        ("2028-02-29T12:00:00.000+09:00", "2033-03-31"),
        ("2026-01-01T00:00:00.000+09:00", "2031-03-31"),
        ("9999-12-31T23:59:59.999+09:00", "9999-03-31"),
    ])
    func fiveFiscalYears(_ made: String, _ last: String) {
        #expect(RetentionRule.lastDay(of: .fiveFiscalYears, madeAt: Sample.time(made)).description == last)
    }

    @Test func theDateIsTakenInJapan() {
        // 2026-03-31T15:00:00Z is midnight of 1 April in Japan.
        let made = Timestamp(milliseconds: 1_774_969_200_000)
        #expect(made.dateInJapan == Sample.date("2026-04-01"))
        #expect(RetentionRule.lastDay(of: .fiveFiscalYears, madeAt: made) == Sample.date("2032-03-31"))
    }

    @Test(
        arguments: zip(
            [RetentionClass.oneFiscalYear, .threeFiscalYears, .fiveFiscalYears, .tenFiscalYears],
            ["2028-03-31", "2030-03-31", "2032-03-31", "2037-03-31"]))
    func everyClass(_ retention: RetentionClass, _ last: String) {
        #expect(RetentionRule.lastDay(of: retention, madeAt: Sample.now).description == last)
        #expect(RetentionClass(retention.text) == retention)
    }

    @Test(arguments: ["", "fy", "0fy", "31fy", "5", "5FY", "05fy", "-1fy", "5fy ", "5 fy"])
    func whatIsNoClass(_ text: String) {
        #expect(RetentionClass(text) == nil)
    }

    @Test func disposalIsPossibleFromTheDayAfter() {
        let made = Sample.midnight("2025-12-24")
        for (now, ended) in [
            ("2025-12-24T00:00:00.000+09:00", false), ("2031-03-31T23:59:59.999+09:00", false),
            ("2031-04-01T00:00:00.000+09:00", true),
        ] {
            #expect(RetentionRule.hasEnded(.fiveFiscalYears, madeAt: made, at: Sample.time(now)) == ended)
        }
    }

    @Test(arguments: [
        ("2031-03-31", "令和13年3月31日"), ("2025-12-24", "令和7年12月24日"), ("2019-05-01", "令和元年5月1日"),
        ("2019-12-31", "令和元年12月31日"), ("2020-01-01", "令和2年1月1日"), ("2019-04-30", "平成31年4月30日"),
        ("1989-01-08", "平成元年1月8日"), ("1989-01-07", "昭和64年1月7日"), ("1926-12-25", "昭和元年12月25日"),
        ("1926-12-24", "西暦1926年12月24日"), ("0001-01-01", "西暦1年1月1日"),
    ])
    func datesInEras(_ date: String, _ japanese: String) {
        #expect(Sample.date(date).japanese == japanese)
    }
}
