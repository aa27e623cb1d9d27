// The TOML text of a form before its fields are looked at: encoding, syntax, and which lines TOMLKit cannot read.
// TOMLKit stops at the first such line; a person wants to hear of all of them, so each bad statement is put aside and
// the rest is read again. What is wrong with a line is SyntaxDiagnosis.swift's to say.

import MimamoriCore
import TOMLKit

struct FormSyntax {
    let table: TOMLTable?
    let keys: KeyLines
    let mistakes: [FormMistake]
    /// Keys that are in the form but could not be read: they are not missing as well.
    let unreadable: Set<String>
    /// A table's head or an unclosed text made the rest uncertain: nothing can be said of what is missing.
    let isUncertain: Bool

    private static let maximumBytes = 1024 * 1024
    private static let maximumMistakes = 50

    static func read(_ bytes: [UInt8]) -> FormSyntax {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard content.count <= maximumBytes else { return unreadable(tooLarge) }
        guard let written = String(validating: content, as: UTF8.self) else { return unreadable(notUTF8) }
        if let line = lineOfControl(in: content) {
            return unreadable(FormMistake(line: line, what: control.what, remedy: control.remedy))
        }
        // A carriage return and line feed are one character to Swift.
        let text = written.replacing("\r\n", with: "\n")
        return read(text)
    }

    private static func read(_ text: String) -> FormSyntax {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let keys = KeyLines(text)
        var mistakes: [FormMistake] = []
        var unreadable: Set<String> = []
        var isUncertain = false
        var table: TOMLTable?
        while table == nil, mistakes.count < maximumMistakes {
            let rest = lines.joined(separator: "\n")
            let spans: [ClosedRange<Int>]
            let present = KeyLines(rest)
            let malformed = present.malformedHeads
            if malformed.isEmpty {
                do {
                    table = try TOMLTable(string: rest)
                    continue
                } catch {
                    let reported = (error as? TOMLParseError)?.source.begin.line ?? 1
                    let line = present.unclosedLists.first ?? writtenLine(near: reported, in: lines)
                    spans = [present.statement(at: line)?.lines ?? line...line]
                }
            } else {
                spans = malformed.map { $0...$0 }
            }
            for span in spans {
                mistakes.append(SyntaxDiagnosis(lines: lines, keys: keys).mistake(at: span))
                unreadable.formUnion(keys.statements.filter { span.overlaps($0.lines) }.map(\.key))
                isUncertain =
                    isUncertain || lines[span.lowerBound - 1].trimmed.hasPrefix("[")
                    || (span.count > 1 && span.upperBound >= lines.count - 1)
                for number in span where number <= lines.count { lines[number - 1] = "#" }
            }
        }
        return FormSyntax(
            table: table, keys: keys, mistakes: mistakes, unreadable: unreadable,
            isUncertain: isUncertain || table == nil)
    }

    private static func unreadable(_ mistake: FormMistake) -> FormSyntax {
        FormSyntax(table: nil, keys: KeyLines(""), mistakes: [mistake], unreadable: [], isUncertain: true)
    }

    private static let tooLarge = FormMistake(
        line: nil, what: Bilingual(ja: "様式が大きすぎます。", en: "The form is too large."),
        remedy: Bilingual(ja: "長い資料は添付ファイルにしてください。", en: "Attach long documents as files."))

    private static let notUTF8 = FormMistake(
        line: nil, what: Bilingual(ja: "文字コードが UTF-8 ではありません。", en: "The form is not UTF-8 text."),
        remedy: Bilingual(
            ja: "編集ソフトで、文字コードを UTF-8 にして保存し直してください。", en: "Save it again as UTF-8 in your editor."))

    private static let control = (
        what: Bilingual(ja: "画面に出せない制御文字が入っています。", en: "There is a control character in this line."),
        remedy: Bilingual(ja: "その行を書き直してください。", en: "Write the line anew.")
    )

    private static func lineOfControl(in bytes: [UInt8]) -> Int? {
        var line = 1
        for (index, byte) in bytes.enumerated() {
            if byte == 0x0A { line += 1 }
            let isReturn = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            if (byte < 0x20 && byte != 0x0A && byte != 0x09 && !isReturn) || byte == 0x7F { return line }
        }
        return nil
    }

    /// TOMLKit may point behind the bad line, at an empty one.
    private static func writtenLine(near reported: Int, in lines: [String]) -> Int {
        var line = min(max(reported, 1), max(lines.count, 1))
        while line > 1, lines[line - 1].trimmed.isEmpty || lines[line - 1].trimmed.hasPrefix("#") { line -= 1 }
        return line
    }
}
