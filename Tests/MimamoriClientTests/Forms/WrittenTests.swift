// How people write days, and how wide what they write is on a terminal.

import MimamoriCore
import Testing

@testable import MimamoriClient

struct WrittenTests {
    @Test(arguments: [
        ("2026-10-05", "2026-10-05"), ("2026/10/5", "2026-10-05"), ("2026.10.5", "2026-10-05"),
        ("２０２６年１０月５日", "2026-10-05"), ("令和8年10月5日", "2026-10-05"), ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"), ("昭和15年4月1日", "1940-04-01"), ("昭和 64 年 1 月 7 日", "1989-01-07"),
        ("昭和元年12月25日", "1926-12-25"), ("大正15年12月24日", "1926-12-24"), ("明治45年7月29日", "1912-07-29"),
        ("2028-02-29", "2028-02-29"),
    ])
    func daysAreRead(text: String, iso: String) {
        #expect(WrittenDate.read(text).map(WrittenDate.iso) == iso)
    }

    @Test(arguments: [
        "", "きのう", "2026-02-30", "2027-02-29", "2026-13-01", "昭和65年1月1日", "令和元年4月30日", "平成0年1月1日",
        "26-10-05", "2026-10", "2026-10-05-01", "2026年10月", "令和8-10-5", "20261005", "2026-10/05", "-1-1-1",
        "2026年10月5日頃",
    ])
    func whatIsNoDayIsNotRead(text: String) {
        #expect(WrittenDate.read(text) == nil)
    }

    @Test(arguments: [
        ("1940-04-01", "昭和15年4月1日"), ("2019-05-01", "令和元年5月1日"), ("1989-01-07", "昭和64年1月7日"),
        ("1989-01-08", "平成元年1月8日"), ("1912-07-30", "大正元年7月30日"),
    ])
    func daysAreShownInTheirEra(iso: String, era: String) throws {
        let date = try #require(CivilDate(iso))
        #expect(WrittenDate.inEra(date) == era)
        #expect(WrittenDate.read(era) == date)
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("八戸市", 6), ("ﾊﾁﾉﾍ", 4), ("が", 2), ("か\u{3099}", 2), ("（１）", 6), ("a\u{0301}", 1),
        ("…", 1),
        ("🗾", 2), ("①", 2),
    ])
    func columnsAreCounted(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test(arguments: [
        ("八戸市役所", 7, "八戸市…"), ("八戸市", 6, "八戸市"), ("abcdef", 4, "abc…"), ("八戸", 3, "八…"),
    ])
    func longTextsAreCut(text: String, columns: Int, cut: String) {
        #expect(DisplayWidth.cut(text, to: columns) == cut)
    }

    @Test(arguments: [
        ("あいうえお", 4, ["あい", "うえ", "お"]), ("あい。う", 4, ["あい。", "う"]), ("あ「い", 4, ["あ", "「い"]),
        ("one two three", 7, ["one two", "three"]), ("a\n\nb", 9, ["a", "", "b"]), ("", 9, [""]),
        ("abcdefgh", 4, ["abcdefgh"]), ("八戸 abc", 6, ["八戸", "abc"]),
    ])
    func textsAreWrapped(text: String, columns: Int, lines: [String]) {
        #expect(DisplayWidth.wrap(text, columns: columns) == lines)
    }
}
