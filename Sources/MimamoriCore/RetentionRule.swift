// When a record's retention ends (N22): on 31 March, a number of fiscal years after the year in which it was made, by the
// date in Japan. Pure arithmetic; legal holds, and who disposes of what, are the relay's business.

package enum RetentionRule {
    /// 年度: the year whose 1 April began it.
    package static func fiscalYear(of date: CivilDate) -> Int {
        date.month >= 4 ? date.year : date.year - 1
    }

    /// The last day on which a record made at `madeAt` is kept: 31 March of (fiscal year + 1 + years). Retention runs
    /// from 1 April of the fiscal year after the record was made.
    package static func lastDay(of retention: RetentionClass, madeAt: Timestamp) -> CivilDate {
        let year = fiscalYear(of: madeAt.dateInJapan) + 1 + retention.fiscalYears
        guard let day = CivilDate(year: min(max(year, 1), 9999), month: 3, day: 31) else {
            preconditionFailure("every year has a 31 March")
        }
        return day
    }

    /// Whether disposal is possible at `now`: from the day after the last day, in Japan (SD-DEL-1).
    package static func hasEnded(_ retention: RetentionClass, madeAt: Timestamp, at now: Timestamp) -> Bool {
        now.dateInJapan > lastDay(of: retention, madeAt: madeAt)
    }
}

/// 保存期間の区分 (N22): how long the record is kept, in fiscal years. Which kinds are kept how long is configuration.
package struct RetentionClass: Sendable, Hashable, Comparable, CustomStringConvertible {
    package static let longest = 30

    /// 1–30.
    package let fiscalYears: Int

    package static let oneFiscalYear = RetentionClass(years: 1)
    package static let threeFiscalYears = RetentionClass(years: 3)
    package static let fiveFiscalYears = RetentionClass(years: 5)
    package static let tenFiscalYears = RetentionClass(years: 10)

    private init(years: Int) { fiscalYears = years }

    /// Reads `5fy`.
    package init?(_ text: String) {
        guard text.hasSuffix("fy"), let years = Int(text.dropLast(2)), (1...Self.longest).contains(years),
            text == "\(years)fy"
        else { return nil }
        fiscalYears = years
    }

    package static func < (left: Self, right: Self) -> Bool { left.fiscalYears < right.fiscalYears }

    package var text: String { "\(fiscalYears)fy" }
    package var description: String { text }
    package var name: Bilingual { Bilingual(ja: "\(fiscalYears)年", en: "\(fiscalYears) fiscal years") }
}

extension CivilDate: CustomStringConvertible {
    /// `2031-03-31`.
    package var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// 和暦, as offices write dates: 令和13年3月31日. Before 昭和 the year is written 西暦.
    package var japanese: String {
        let era = Self.eras.first { self >= $0.firstDay }
        let number = era.map { year - $0.firstDay.year + 1 } ?? year
        return (era?.name ?? "西暦") + (era != nil && number == 1 ? "元" : String(number)) + "年\(month)月\(day)日"
    }

    /// The first day of each era by its 政令 (昭和64年政令第1号, 平成31年政令第143号); 昭和 by the 詔書 of its first day.
    private static let eras: [(name: String, firstDay: CivilDate)] = [
        ("令和", "2019-05-01"), ("平成", "1989-01-08"), ("昭和", "1926-12-25"),
    ].compactMap { name, text in CivilDate(text).map { (name, $0) } }
}
