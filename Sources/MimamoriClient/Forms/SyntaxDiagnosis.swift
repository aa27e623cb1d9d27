// What exactly is wrong with a statement of a form that TOMLKit cannot read. Its own words ("expected bare key starting
// character, saw '山'") help nobody in an office and may repeat the content; the usual slips of a Japanese keyboard and
// of a first encounter with TOML are recognised here instead.

import MimamoriCore

struct SyntaxDiagnosis {
    let lines: [String]
    let keys: KeyLines

    func mistake(at span: ClosedRange<Int>) -> FormMistake {
        let text = lines[span.lowerBound - 1]
        let statement = keys.statement(at: span.lowerBound)
        let value = text.drop { $0 != "=" }.dropFirst().description.trimmed
        let quotes = text.count { $0 == "\"" }
        let earlier = statement.flatMap { statement in
            keys.statements.first { $0.key == statement.key && $0.lines.lowerBound < span.lowerBound }
        }
        func mistake(_ ja: String, _ en: String, _ remedyJa: String, _ remedyEn: String) -> FormMistake {
            FormMistake(
                line: span.lowerBound, key: statement?.key, what: Bilingual(ja: ja, en: en),
                remedy: Bilingual(ja: remedyJa, en: remedyEn))
        }
        if let earlier {
            return mistake(
                "同じ項目が \(earlier.lines.lowerBound) 行目にもあります。",
                "The same field is also on line \(earlier.lines.lowerBound).",
                "どちらか一つを残してください。", "Keep one of them.")
        }
        if text.contains("＝"), quotes == 0 || statement == nil {
            return mistake("全角の「＝」が使われています。", "There is a full-width ＝.", "半角の = に直してください。", "Use the ASCII =.")
        }
        if quotes == 0, value.contains(where: { "“”＂「『".contains($0) }) {
            return mistake(
                "半角でない引用符が使われています。", "The quotation marks are not ASCII ones.",
                "半角の \" で囲んでください。", "Use \" on both sides.")
        }
        if statement != nil, value.isEmpty || value.hasPrefix("#") {
            return mistake(
                "= の右側に何もありません。", "Nothing stands to the right of =.",
                "書かないときは \"\" としてください。", "Write \"\" when you leave it blank.")
        }
        if statement != nil, value.hasPrefix("[") || value.hasPrefix("{") {
            return mistake(
                "[ ] の中の書き方が正しくないか、閉じられていません。", "The list is not well formed or not closed.",
                "[\"…\", \"…\"] の形で書いてください。", "Write it as [\"…\", \"…\"].")
        }
        if statement != nil, !value.hasPrefix("\""), !value.hasPrefix("'") {
            let looksLikeDate =
                value.prefix(4).allSatisfy(\.isNumber) && value.dropFirst(4).first.map("-/年".contains) == true
            return looksLikeDate
                ? mistake(
                    "日付として読めないか、存在しない日付です。", "This is not a date, or there is no such day.",
                    "実在する日付を \"2026-10-05\" の形で書いてください。", "Write a day that exists, as \"2026-10-05\".")
                : mistake(
                    "値が引用符 \" で囲まれていないか、数字や true・false として読めません。",
                    "The value is not between quotation marks, or reads neither as a number nor as true or false.",
                    "文字は \" で囲み、数字は 1200000 のように数字だけで書いてください。",
                    "Put text between quotation marks; write numbers in digits only.")
        }
        if statement != nil {
            return mistake(
                "引用符 \" が閉じられていないか、余分な引用符や \\ があります。",
                "A quotation mark is not closed, or there is one (or a \\) too many.",
                "値の両端を \" で囲み、文の中では「」を使ってください。長い文は \"\"\" と \"\"\" で囲みます。",
                "Put \" at both ends and use other marks inside; put long text between \"\"\" and \"\"\".")
        }
        return mistake(
            text.trimmed.hasPrefix("[") ? "区分の見出しとして読めません。" : "「項目 = 値」の形になっていません。",
            text.trimmed.hasPrefix("[")
                ? "This does not read as a section's heading." : "This is not of the form \"field = value\".",
            "説明として残すなら行の頭に # を付け、要らなければ消してください。",
            "Put # in front of it to keep it as a comment, or delete it.")
    }
}
