// Mistakes in a form: each kind of mistake with its line and field, all of them at once, and never with the value in
// what is said of it.

import MimamoriCore
import Testing

@testable import MimamoriClient

struct FormReaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let key: String
        /// The TOML literal to write, or `nil` to take the line out.
        let literal: String?
        let says: String

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "blank", key: "subject.name", literal: #""""#, says: "記入されていません"),
        Case(name: "white space", key: "subject.name", literal: "\"  \u{3000} \"", says: "記入されていません"),
        Case(name: "placeholder", key: "subject.name", literal: #""例: 見守 花子""#, says: "記入されていません"),
        Case(name: "mark left in", key: "subject.address", literal: #""【必須】""#, says: "記入されていません"),
        Case(name: "line gone", key: "subject.name", literal: nil, says: "行がありません"),
        Case(name: "number for text", key: "subject.name", literal: "12", says: "文字列ではありません"),
        Case(name: "table for text", key: "subject.name", literal: "{ a = 1 }", says: "文字列ではありません"),
        Case(name: "two lines", key: "subject.name", literal: #""見守\n花子""#, says: "一行で書く"),
        Case(name: "control character", key: "subject.name", literal: #""\u001b[2J""#, says: "制御文字"),
        Case(name: "reordering character", key: "subject.name", literal: #""見\u202e守""#, says: "制御文字"),
        Case(name: "too long", key: "subject.name", literal: "\"\(String(repeating: "見", count: 61))\"", says: "61文字"),
        Case(name: "no such day", key: "subject.birth_date", literal: #""1940-02-30""#, says: "存在しない日付"),
        Case(name: "no such day of an era", key: "subject.birth_date", literal: #""昭和65年1月1日""#, says: "存在しない日付"),
        Case(name: "bare impossible date", key: "subject.birth_date", literal: "1940-02-30", says: "存在しない日付"),
        Case(name: "future", key: "subject.birth_date", literal: #""2026-11-25""#, says: "これから先"),
        Case(name: "phone", key: "subject.phone", literal: #""夜なら家にいる""#, says: "電話番号として"),
        Case(name: "unknown code", key: "subject.living", literal: #""lonely""#, says: "どれでもありません"),
        Case(name: "consent blank", key: "consent.state", literal: #""""#, says: "記入されていません"),
        Case(name: "flag", key: "consent.activities_explained", literal: #""たぶん""#, says: "true でも false でも"),
        Case(name: "amount", key: "circumstances.damage_yen", literal: #""約百万""#, says: "数字ではありません"),
        Case(name: "negative amount", key: "circumstances.damage_yen", literal: "-1", says: "範囲の数"),
        Case(name: "label 3", key: "label.confidentiality", literal: "3", says: "機密性3"),
        Case(name: "label 0", key: "label.integrity", literal: "0", says: "範囲の数"),
        Case(name: "restriction", key: "label.restrictions", literal: #"["secret"]"#, says: "決められた値でない"),
        Case(name: "restriction twice", key: "label.restrictions", literal: #"["no_copy", "no_copy"]"#, says: "二度"),
        Case(name: "id", key: "package.answers", literal: #""12345""#, says: "番号の形"),
        Case(name: "recipients", key: "package.to", literal: "[1]", says: "文字列でない"),
        Case(name: "condition unmet", key: "consent.reason", literal: #""refused""#, says: "書かない項目"),
        Case(name: "window", key: "contact.window", literal: #""交通課""#, says: "どれでもありません"),
        // syntax
        Case(name: "nothing written", key: "subject.kana", literal: "", says: "右側に何も"),
        Case(name: "no quotes", key: "subject.kana", literal: "みまもり はなこ", says: "引用符"),
        Case(name: "curly quotes", key: "subject.kana", literal: "“みまもり”", says: "半角でない引用符"),
        Case(name: "not closed", key: "subject.kana", literal: "\"みまもり", says: "閉じられていない"),
        Case(name: "quote inside", key: "subject.kana", literal: #""みま"も"り""#, says: "余分な引用符"),
        Case(name: "list not closed", key: "label.restrictions", literal: #"["no_copy""#, says: "[ ]"),
        Case(name: "written twice", key: "subject.kana", literal: "\"あ\"\nkana = \"い\"", says: "同じ項目"),
        Case(name: "comma in number", key: "circumstances.damage_yen", literal: "1,200,000", says: "引用符"),
    ]

    @Test(arguments: cases)
    func oneMistakeIsNamedWithItsLine(_ example: Case) throws {
        let text = FilledTemplate.text(.referral, changes: [example.key: example.literal])
        let mistakes = FilledTemplate.mistakes(in: text)
        #expect(mistakes.count == 1, "\(mistakes)")
        let mistake = try #require(mistakes.first)
        #expect(mistake.key == example.key)
        #expect(mistake.what.ja.contains(example.says), "\(mistake.what.ja)")
        #expect(!mistake.what.en.isEmpty && !mistake.remedy.ja.isEmpty && !mistake.remedy.en.isEmpty)
        let statements = KeyLines(text).statements.filter { $0.key == example.key }
        if let last = statements.last {
            #expect(mistake.line == last.lines.lowerBound)
        } else {
            #expect(mistake.line == KeyLines(text)["subject"])
        }
    }

    @Test func everythingAtOnceInTheOrderOfLines() {
        let text = FilledTemplate.text(
            .referral,
            changes: [
                "label.confidentiality": "3", "subject.name": #""""#, "subject.kana": "みまもり",
                "subject.birth_date": #""1940-13-01""#, "circumstances.method": "\"\"\"\n\"\"\"",
                "consent.state": #""perhaps""#, "contact.phone": nil, "watch.asked": "\"\"\nwished = \"\"",
            ])
        let mistakes = FilledTemplate.mistakes(in: text)
        #expect(
            mistakes.map(\.key) == [
                "label.confidentiality", "subject.name", "subject.kana", "subject.birth_date", "circumstances.method",
                "consent.state", "watch.asked", "watch.wished", "contact.phone",
            ])
        #expect(mistakes.compactMap(\.line) == mistakes.compactMap(\.line).sorted())
    }

    @Test(arguments: [
        ("obtained_from_other", ["consent.given_by", "consent.relation"]),
        (
            "not_obtained", ["consent.reason", "consent.reason_in_words"]
        ),
    ])
    func consentAsksForWhatItsStateNeeds(state: String, needed: [String]) {
        let blanks = Dictionary(
            uniqueKeysWithValues: FormSchema.of(.referral).fields
                .filter { $0.key.hasPrefix("consent.") && $0.key != "consent.state" }.map { ($0.key, #""""#) })
        var changes: [String: String?] = blanks.mapValues { $0 }
        changes["consent.state"] = "\"\(state)\""
        let keys = FilledTemplate.mistakes(in: FilledTemplate.text(.referral, changes: changes)).compactMap(\.key)
        #expect(Set(needed).isSubset(of: keys))
        #expect(keys.contains("consent.obtained_on") == (state != "not_obtained"))
        #expect(keys.contains("consent.reason") == (state == "not_obtained"))
    }

    @Test func unknownFieldsGetTheNearestName() throws {
        let text = FilledTemplate.text(
            .referral, changes: ["subject.phone": "\"0178-00-0001\"\nadress = \"x\"\n\"見守 花子\" = 1"])
        let mistakes = FilledTemplate.mistakes(in: text)
        #expect(mistakes.count == 2)
        #expect(mistakes.contains { $0.key == "subject.adress" && $0.remedy.ja.contains("address の誤り") })
        // A quoted key may be anything; it is not repeated, but its line is given.
        let quoted = try #require(mistakes.first { $0.key == nil })
        #expect(quoted.line == KeyLines(text)["subject.見守 花子"])
        #expect(!"\(quoted)".contains("見守 花子"))
    }

    @Test func aPersonInABulletinIsRefusedByItsRule() {
        let text = FilledTemplate.text(.bulletin) + "\n[subject]\nname = \"見守 花子\"\n"
        let mistakes = FilledTemplate.mistakes(in: text)
        #expect(mistakes.map(\.key) == ["subject"])
        #expect(mistakes.first?.remedy.ja.contains("N6") == true)
    }

    @Test(arguments: [
        (#"form = "mimamori-form/1""#, #"form = "mimamori-form/9""#, "form"),
        (#"kind = "referral""#, #"kind = "referal""#, "kind"), (#"kind = "referral""#, "", "kind"),
        (#"form = "mimamori-form/1""#, "", "form"),
    ])
    func aFormThatDoesNotSayWhatItIs(from: String, to: String, key: String) {
        let mistakes = FilledTemplate.mistakes(in: FilledTemplate.text(.referral).replacing(from, with: to))
        #expect(mistakes.map(\.key) == [key])
    }

    @Test(arguments: [
        (Array("見守り".utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }, "UTF-8"),
        (Array("form = \u{0}".utf8), "制御文字"), (Array("".utf8), "様式の版"),
        ([UInt8](repeating: 0x23, count: 1024 * 1024 + 1), "大きすぎ"), (Array("[[[".utf8), "見出し"),
    ])
    func whatIsNoFormAtAll(bytes: [UInt8], says: String) throws {
        let today = try #require(FilledTemplate.today)
        guard case .failure(let failure) = FormReader.read(bytes, today: today) else {
            Issue.record("accepted")
            return
        }
        #expect(failure.mistakes.contains { $0.what.ja.contains(says) }, "\(failure.mistakes)")
    }

    @Test func windowsLineEndsAndByteOrderMarkAreRead() throws {
        let text = "\u{FEFF}" + FilledTemplate.text(.referral).replacing("\n", with: "\r\n")
        let form = try FilledTemplate.read(text).get()
        #expect(form.values["subject.name"] == .text("見守 花子"))
    }

    @Test(arguments: [
        ("subject.living", #""一人暮らし""#, FormValue.text("alone")),
        ("consent.activities_explained", #""はい""#, .flag(true)),
        ("circumstances.damage_yen", #""１,２００，０００円""#, .number(1_200_000)),
        ("subject.phone", #""０１７８－００－０００１ 内線 ２""#, .text("０１７８－００－０００１ 内線 ２")),
        ("package.to", #""八戸市""#, .list(["八戸市"])),
    ])
    func harmlessSpellingsAreUnderstood(key: String, literal: String, value: FormValue) throws {
        let form = try FilledTemplate.read(FilledTemplate.text(.referral, changes: [key: literal])).get()
        #expect(form.values[key] == value)
    }

    /// No value of a form may be in what is said about it.
    @Test(arguments: PackageKind.allCases)
    func mistakesNeverRepeatAValue(kind: PackageKind) {
        let canary = "カナリア十七号"
        for field in FormSchema.of(kind).fields {
            for literal in ["\"\(canary)\\u0007\"", "[[\"\(canary)\"]]", "\"\(canary)", canary, "\"\(canary)\"x"] {
                let text = FilledTemplate.text(kind, changes: [field.key: literal])
                for mistake in FilledTemplate.mistakes(in: text) { #expect(!"\(mistake)".contains(canary)) }
            }
        }
    }
}

struct DamagedFormTests {
    /// A linear congruential generator (Numerical Recipes), so that every run damages alike.
    private struct Dice {
        var state: UInt32
        mutating func roll(_ sides: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 8) % sides
        }
    }

    /// Whatever happens to a form on its way, reading it ends with an answer, and the lines it names exist.
    @Test(arguments: 0..<12)
    func damageIsAlwaysAnswered(seed: UInt32) throws {
        let today = try #require(FilledTemplate.today)
        let pieces = [
            "[", "]", "[[", "{", "}", "\"", "\"\"\"", "'", "'''", "=", ".", ",", "#", "\n", "\\", "見", "1", "\r", "= {",
            "[見守り]\n",
        ]
        var dice = Dice(state: seed &* 7919)
        for _ in 0..<40 {
            var bytes = Array(FilledTemplate.text(dice.roll(2) == 0 ? .request : .referral).utf8)
            for _ in 0...dice.roll(4) {
                let place = dice.roll(bytes.count)
                switch dice.roll(3) {
                case 0: bytes.removeSubrange(place..<min(bytes.count, place + dice.roll(40)))
                case 1: bytes.insert(contentsOf: Array(pieces[dice.roll(pieces.count)].utf8), at: place)
                default: bytes[place] = UInt8(dice.roll(256))
                }
            }
            if case .failure(let failure) = FormReader.read(bytes, today: today) {
                let total = bytes.count { $0 == 0x0A } + 1
                #expect(failure.mistakes.allSatisfy { (1...total).contains($0.line ?? 1) })
            }
        }
    }
}
