// One value of a form: is it of the field's type, and what does it mean? Forgiving in spelling where no doubt is
// possible (full-width digits, はい, a choice by its Japanese name), strict in everything else. What it says of a wrong
// value never repeats the value.

package import MimamoriCore
import TOMLKit

/// A value that was read.
package enum FormValue: Sendable, Hashable {
    case text(String)
    case date(CivilDate)
    case number(Int)
    case flag(Bool)
    case list([String])

    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

struct FieldReading {
    enum Outcome {
        /// Left as the template had it.
        case blank
        case value(FormValue)
        case wrong(what: Bilingual, remedy: Bilingual)
    }

    let field: FormField
    let today: CivilDate

    func read(_ node: any TOMLValueConvertible) -> Outcome {
        if let text = node.string, Self.isBlank(text) { return .blank }
        switch field.type {
        case .line(let limit): return readText(node, limit: limit, lines: 1)
        case .text(let limit): return readText(node, limit: limit, lines: .max)
        case .phone: return readPhone(node)
        case .date(let past): return readDate(node, past: past)
        case .code(let choices): return readCode(node, choices)
        case .codes(let choices): return readCodes(node, choices)
        case .grade(let grades): return readNumber(node, allowed: grades.contains, isGrade: true)
        case .integer(let range): return readNumber(node, allowed: range.contains, isGrade: false)
        case .boolean: return readFlag(node)
        case .recipients, .files: return readList(node)
        case .party: return readText(node, limit: 200, lines: 1)
        case .file: return readText(node, limit: 1000, lines: 1)
        case .packageID:
            guard let text = node.string, let id = PackageID(text.trimmed) else {
                return wrong("番号の形が正しくありません。", "This is not a package's id.")
            }
            return .value(.text(id.text))
        }
    }

    /// Blank, or a hint or mark of the template that was never replaced.
    static func isBlank(_ text: String) -> Bool {
        let trimmed = text.trimmed
        return trimmed.isEmpty || ["【必須】", "【記入】", "例:", "例：", "e.g."].contains { trimmed.hasPrefix($0) }
    }

    private func wrong(_ ja: String, _ en: String) -> Outcome {
        .wrong(what: Bilingual(ja: ja, en: en), remedy: Self.remedy(for: field))
    }

    /// What to write, from the field's type and example.
    static func remedy(for field: FormField) -> Bilingual {
        func list(_ language: Language) -> String {
            field.choices.map { "\"\($0.code)\"（\($0.name[language])）" }
                .joined(separator: language == .japanese ? "、" : ", ")
        }
        return switch field.type {
        case .code: Bilingual(ja: "次のどれかを書いてください: \(list(.japanese))", en: "Write one of: \(list(.english))")
        case .codes:
            Bilingual(
                ja: "次のうち当たるものを [ ] の中に書いてください: \(list(.japanese))",
                en: "Write those that apply inside [ ]: \(list(.english))")
        case .boolean:
            Bilingual(ja: "引用符を付けずに true か false と書いてください。", en: "Write true or false, without quotation marks.")
        case .grade(let grades):
            Bilingual(
                ja: grades.map(String.init).joined(separator: " か ") + " と書いてください。",
                en: "Write " + grades.map(String.init).joined(separator: " or ") + ".")
        default: Bilingual(ja: "書き方の例: \(field.example)", en: "Example: \(field.example)")
        }
    }

    private func readText(_ node: any TOMLValueConvertible, limit: Int, lines: Int) -> Outcome {
        guard let raw = node.string else {
            return wrong("文字列ではありません。引用符 \" で囲んで書きます。", "This is not a text; put it between quotation marks.")
        }
        let text = raw.replacing("\r\n", with: "\n").trimmed
        guard !text.unicodeScalars.contains(where: PlainText.isControl) else {
            return wrong("画面に出せない制御文字が入っています。", "There is a control character in it.")
        }
        guard lines > 1 || !text.contains("\n") else { return wrong("一行で書く項目です。", "This must be one line.") }
        guard text.count <= limit else {
            return wrong(
                "長すぎます（\(text.count)文字。\(limit)文字まで）。", "Too long: \(text.count) characters of at most \(limit).")
        }
        return .value(.text(text))
    }

    private func readPhone(_ node: any TOMLValueConvertible) -> Outcome {
        guard let text = node.string?.trimmed else {
            return wrong("文字列ではありません。引用符 \" で囲んで書きます。", "This is not a text; put it between quotation marks.")
        }
        let digits = text.count { $0.isWholeNumber }
        let allowed = text.allSatisfy { $0.isWholeNumber || "+-－‐ー()（） 　内線代表ext.".contains($0) }
        guard allowed, (3...20).contains(digits), text.count <= 40 else {
            return wrong("電話番号として読めません。", "This does not read as a telephone number.")
        }
        return .value(.text(text))
    }

    private func readDate(_ node: any TOMLValueConvertible, past: Bool) -> Outcome {
        let date: CivilDate?
        if let written = node.date {
            date = CivilDate(year: written.year, month: written.month, day: written.day)
        } else if let text = node.string {
            date = WrittenDate.read(text)
        } else {
            return wrong("日付ではありません。", "This is not a date.")
        }
        guard let date else { return wrong("日付として読めないか、存在しない日付です。", "This is not a date, or there is no such day.") }
        guard !past || date <= today else { return wrong("これから先の日付です。", "This day is still to come.") }
        return .value(.date(date))
    }

    private func readCode(_ node: any TOMLValueConvertible, _ choices: [FormChoice]) -> Outcome {
        guard let code = node.string.flatMap({ Self.code($0, of: choices) }) else {
            return wrong("決められた値のどれでもありません。", "This is none of the values that can stand here.")
        }
        return .value(.text(code))
    }

    private func readCodes(_ node: any TOMLValueConvertible, _ choices: [FormChoice]) -> Outcome {
        guard let array = node.array else {
            return wrong("[ ] で囲んで書く項目です。", "This must be a list in [ ].")
        }
        let codes = array.map { $0.string.flatMap { Self.code($0, of: choices) } }
        let known = codes.compactMap { $0 }
        guard known.count == codes.count else {
            return wrong("決められた値でないものが含まれています。", "One of these is none of the values that can stand here.")
        }
        guard Set(known).count == known.count else { return wrong("同じ値が二度書かれています。", "A value is there twice.") }
        return .value(.list(choices.map(\.code).filter(known.contains)))
    }

    private static func code(_ text: String, of choices: [FormChoice]) -> String? {
        choices.first { $0.code == text.trimmed || $0.name.ja == text.trimmed }?.code
    }

    private func readNumber(_ node: any TOMLValueConvertible, allowed: (Int) -> Bool, isGrade: Bool) -> Outcome {
        let written = node.string.map {
            $0.filter { !",，円 ".contains($0) }.map { $0.wholeNumberValue.map(String.init) ?? "?" }
        }
        guard let number = node.int ?? written.flatMap({ Int($0.joined()) }) else {
            return wrong("数字ではありません。", "This is not a number.")
        }
        guard allowed(number) else {
            if isGrade, field.key == "label.confidentiality", number == 3 {
                return .wrong(
                    what: Bilingual(
                        ja: "機密性3の情報はこの中継では送れません（SD-CLS-6）。",
                        en: "Information of confidentiality 3 is not carried by this relay (SD-CLS-6)."),
                    remedy: Bilingual(
                        ja: "格付を決めた人に相談し、定められた別の方法で扱ってください。",
                        en: "Ask whoever decided the label and use the way prescribed for it."))
            }
            return wrong("書ける範囲の数ではありません。", "This number is out of range.")
        }
        return .value(.number(number))
    }

    private func readFlag(_ node: any TOMLValueConvertible) -> Outcome {
        if let flag = node.bool { return .value(.flag(flag)) }
        switch node.string?.trimmed {
        case "はい", "true": return .value(.flag(true))
        case "いいえ", "false": return .value(.flag(false))
        default: return wrong("true でも false でもありません。", "This is neither true nor false.")
        }
    }

    private func readList(_ node: any TOMLValueConvertible) -> Outcome {
        let items = node.string.map { [Optional($0)] } ?? node.array.map { $0.map(\.string) }
        guard let items else { return wrong("[ ] で囲んで書く項目です。", "This must be a list in [ ].") }
        let texts = items.compactMap { $0?.trimmed }.filter { !$0.isEmpty }
        guard !items.contains(nil), !texts.contains(where: { $0.unicodeScalars.contains(where: PlainText.isControl) })
        else { return wrong("文字列でないものが含まれています。", "One of these is not a text.") }
        return texts.isEmpty ? .blank : .value(.list(texts))
    }
}
