// Days as people in an office write them: 2026-10-05, 2026/10/5, 令和8年10月5日, 昭和15年4月1日, with full-width digits too.
// A record keeps ISO 8601 and shows the era beside it. Only the eras since 1868 are known; an era's year that does not
// exist (昭和65年) is no date.

package import MimamoriCore

package enum WrittenDate {
    private struct Era {
        let name: String
        let first: CivilDate
        let last: CivilDate
    }

    // 元号を改める政令 and the like; 明治 before 1873 counted by another calendar and is left out.
    private static let eras: [Era] = [
        ("明治", (1873, 1, 1), (1912, 7, 29)), ("大正", (1912, 7, 30), (1926, 12, 24)),
        ("昭和", (1926, 12, 25), (1989, 1, 7)), ("平成", (1989, 1, 8), (2019, 4, 30)),
        ("令和", (2019, 5, 1), (9999, 12, 31)),
    ].compactMap { name, first, last in
        guard let from = CivilDate(year: first.0, month: first.1, day: first.2),
            let to = CivilDate(year: last.0, month: last.1, day: last.2)
        else { return nil }
        return Era(name: name, first: from, last: to)
    }

    /// The year that was the era's first, by name.
    private static func firstYear(_ era: Era) -> Int { era.name == "明治" ? 1868 : era.first.year }

    /// `nil` when the text is no date or there is no such day.
    package static func read(_ text: String) -> CivilDate? {
        let plain = halfWidth(text)
        if let era = eras.first(where: { plain.hasPrefix($0.name) }) {
            let rest = plain.dropFirst(era.name.count).replacing("元年", with: "1年")
            guard rest.contains("年"), let (year, month, day) = numbers(in: String(rest)),
                let date = CivilDate(year: firstYear(era) + year - 1, month: month, day: day), year > 0
            else { return nil }
            return era.first <= date && date <= era.last ? date : nil
        }
        guard let (year, month, day) = numbers(in: plain), (1000...9999).contains(year) else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// `昭和15年4月1日`; `nil` before 1873.
    package static func inEra(_ date: CivilDate) -> String? {
        guard let era = eras.first(where: { $0.first <= date && date <= $0.last }) else { return nil }
        let year = date.year - firstYear(era) + 1
        return "\(era.name)\(year == 1 ? "元" : String(year))年\(date.month)月\(date.day)日"
    }

    /// ISO 8601.
    package static func iso(_ date: CivilDate) -> String {
        String(Timestamp(milliseconds: date.daysSinceEpoch * 86_400_000).description.prefix(10))
    }

    /// `令和8年11月24日` in Japanese, `2026-11-24` in English.
    package static func day(_ date: CivilDate, _ language: Language) -> String {
        language == .japanese ? date.japanese : iso(date)
    }

    /// `令和8年11月24日 09:00:00 +09:00`: a moment for people, in Japan.
    package static func moment(_ time: Timestamp, _ language: Language) -> String {
        "\(second(time, language)) \(time.description.suffix(6))"
    }

    /// Without the zone, and to the minute, for lists: in Japan, as everything here is.
    package static func second(_ time: Timestamp, _ language: Language) -> String {
        "\(day(time.dateInJapan, language)) \(time.description.dropFirst(11).prefix(8))"
    }

    package static func minute(_ time: Timestamp, _ language: Language) -> String {
        String(second(time, language).dropLast(3))
    }

    private static func halfWidth(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != " " && scalar != "\u{3000}" {
            let isFullWidth = (0xFF0D...0xFF19).contains(scalar.value)
            scalars.append(isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(scalars)
    }

    /// Year, month and day between 年月日, hyphens, slashes or dots, and nothing else.
    private static func numbers(in text: String) -> (Int, Int, Int)? {
        var separators: [Character] = []
        var fields = [""]
        for character in text {
            if character.isASCII && character.isNumber {
                fields[fields.count - 1].append(character)
            } else {
                separators.append(character)
                fields.append("")
            }
        }
        let isJapanese = separators == ["年", "月", "日"] && fields.popLast() == ""
        let isWestern = ["-", "/", "."].contains { separators == [$0, $0] }
        guard isJapanese || isWestern, fields.count == 3, fields.allSatisfy({ (1...4).contains($0.count) }),
            let year = Int(fields[0]), let month = Int(fields[1]), let day = Int(fields[2])
        else { return nil }
        return (year, month, day)
    }
}
