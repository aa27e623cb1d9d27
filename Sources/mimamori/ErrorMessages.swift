// Whatever goes wrong, said the same way: what happened and whose fault it is, what to do, and the rule behind it. On
// standard error, in the chosen language; the exit code is ExitCodes.swift's.

import ArgumentParser
import Foundation
import MimamoriClient
import MimamoriCore

/// A command's own failure, where no other room has one: wrong use that the parser cannot see, a file that is not there.
struct CommandFailure: Error {
    let code: ExitCodes
    let message: Bilingual
    let remedy: Bilingual
}

/// A form with mistakes, and the file that it was read from (`-` for standard input).
struct UnreadableForm: Error {
    let path: String
    let mistakes: [FormMistake]
}

struct ErrorMessages {
    let console: Console

    private var language: Language { console.language }

    /// Prints what happened; returns the exit code.
    func report(_ error: any Error) -> Int32 {
        switch error {
        case let refused as Refused:
            for finding in refused.findings { console.report(text(finding)) }
            if let request = refused.request {
                console.say("  中継の記録での番号: \(request)", "  Id in the relay's log: \(request)")
            }
            return ExitCodes(refused).rawValue
        case let failure as ClientFailure:
            console.report(text(failure.message, remedy: failure.remedy))
            return ExitCodes(failure.kind).rawValue
        case let form as UnreadableForm:
            console.report(text(form))
            return ExitCodes.content.rawValue
        case let seed as CouncilSeed.Invalid:
            for finding in seed.findings {
                console.say(
                    "\(finding.line)行目: \(finding.message.ja)", "line \(finding.line): \(finding.message.en)")
            }
            return ExitCodes.content.rawValue
        case let failure as CommandFailure:
            console.report(text(failure.message, remedy: failure.remedy))
            return failure.code.rawValue
        case is CancellationError:
            return ExitCodes.tryLater.rawValue
        case let code as ExitCode:
            return code.rawValue
        default:
            return reportUsage(error)
        }
    }

    /// The parser's own: help and completion scripts are no mistakes and go to standard output.
    private func reportUsage(_ error: any Error) -> Int32 {
        let message = HelpText.localised(Mimamori.fullMessage(for: error), language)
        guard Mimamori.exitCode(for: error) != .success else {
            if !message.isEmpty { console.data(message) }
            return ExitCodes.done.rawValue
        }
        if language == .japanese { console.report(headline("使い方が正しくありません。")) }
        console.report(message)
        return ExitCodes.usage.rawValue
    }

    func text(_ refusal: Refusal) -> String {
        text(refusal.message, remedy: refusal.remedy, rule: refusal.rule)
    }

    func text(_ message: Bilingual, remedy: Bilingual, rule: String? = nil) -> String {
        var lines = [headline(message[language])]
        lines += hanging(Bilingual(ja: "対処: ", en: "What to do: ")[language], remedy[language])
        if let rule { lines += hanging(Bilingual(ja: "根拠: ", en: "Rule: ")[language], rule) }
        return lines.joined(separator: "\n")
    }

    func text(_ form: UnreadableForm) -> String {
        let count = form.mistakes.count
        let name = form.path == "-" ? Bilingual(ja: "標準入力", en: "standard input")[language] : form.path
        var lines = [
            headline(
                Bilingual(
                    ja: "様式 \(name) に直すところが \(count) か所あります。まだ何も送っていません。",
                    en: "\(name): \(count) thing\(count == 1 ? "" : "s") to correct. Nothing has been sent.")[language])
        ]
        for mistake in form.mistakes { lines += [""] + text(mistake) }
        return lines.joined(separator: "\n")
    }

    private func text(_ mistake: FormMistake) -> [String] {
        let place = mistake.line.map { Bilingual(ja: "\($0)行目", en: "line \($0)")[language] }
        let label = mistake.label.map { language == .japanese ? "「\($0.ja)」" : "\"\($0.en)\"" }
        let key = mistake.key.map { mistake.label == nil ? $0 : "(\($0))" }
        let rule = mistake.rule.map { Bilingual(ja: "（\($0)）", en: " (\($0))")[language] } ?? ""
        let head = [place, label, key].compactMap { $0 }.joined(separator: " ")
        return [console.styled(head, .bold, on: console.errorIsTerminal)]
            + hanging("", mistake.what[language] + rule) + hanging("→ ", mistake.remedy[language])
    }

    private func headline(_ text: String) -> String {
        let word = Bilingual(ja: "エラー: ", en: "Error: ")[language]
        let lines = DisplayWidth.wrap(PlainText.safe(text), columns: 78 - DisplayWidth.of(word))
        let margin = String(repeating: " ", count: DisplayWidth.of(word))
        return console.styled(word, .red, on: console.errorIsTerminal)
            + lines.joined(separator: "\n" + margin)
    }

    /// Two spaces, the word, and the text wrapped under itself.
    private func hanging(_ word: String, _ text: String) -> [String] {
        let margin = String(repeating: " ", count: 2 + DisplayWidth.of(word))
        return DisplayWidth.wrap(PlainText.safe(text), columns: 78 - margin.count).enumerated().map { index, line in
            (index == 0 ? "  " + word : margin) + line
        }
    }
}
