// Help texts in the chosen language. ArgumentParser counts characters, so that Japanese lines, two columns a character,
// would run over the edge: they are broken here by their width. Its own few words are put into Japanese, too.

import ArgumentParser
import MimamoriClient
import MimamoriCore

/// A text in the language that the person chose; help texts are made before any command runs.
func say(_ ja: String, _ en: String) -> String { Bilingual(ja: ja, en: en)[ChosenLanguage.atStart] }

/// As `say`, for texts of several sentences that stand at the left edge.
func paragraphs(_ ja: String, _ en: String) -> String {
    DisplayWidth.wrap(say(ja, en), columns: 78).joined(separator: "\n")
}

/// The help of an option or argument, which stands in a column of its own.
func help(_ ja: String, _ en: String, valueName: String? = nil) -> ArgumentHelp {
    var help = ArgumentHelp(stringLiteral: DisplayWidth.wrap(say(ja, en), columns: 54).joined(separator: "\n"))
    if let valueName { help.valueName = valueName }
    return help
}

enum HelpText {
    /// The parser's words, by line beginnings and endings only, so that nothing inside a sentence changes.
    private static let headings = [
        ("ARGUMENTS:", "引数:"), ("OPTIONS:", "オプション:"), ("SUBCOMMANDS:", "命令:"),
    ]

    /// A help screen as the parser made it, with headings in `language` and its usage line broken at 80 columns.
    static func localised(_ screen: String, _ language: Language) -> String {
        let lines = screen.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.flatMap { line in self.line(line, language) }.joined(separator: "\n")
    }

    private static func line(_ line: String, _ language: Language) -> [String] {
        if line.hasPrefix("USAGE: ") {
            let head = language == .japanese ? "使い方: " : "Usage: "
            let margin = String(repeating: " ", count: DisplayWidth.of(head))
            let rest = DisplayWidth.wrap(glued(String(line.dropFirst(7))), columns: 78 - margin.count)
            return rest.enumerated().map { ($0 == 0 ? head : margin) + $1.replacing("\u{A0}", with: " ") }
        }
        if line.hasPrefix("OVERVIEW: ") { return [String(line.dropFirst(10))] }
        if line.hasSuffix(" SUBCOMMANDS:") { return [String(line.dropLast(13)) + ":"] }
        guard language == .japanese else { return [line == "SUBCOMMANDS:" ? "COMMANDS:" : line] }
        if let heading = headings.first(where: { $0.0 == line }) { return [heading.1] }
        if line.hasPrefix("  --version ") { return [line.replacing("Show the version.", with: "版を表示します。")] }
        if line.hasPrefix("  -h, --help ") { return [line.replacing("Show help information.", with: "この説明を表示します。")] }
        if line.hasPrefix("  See 'mimamori ") { return ["各命令の詳しい使い方: mimamori help 命令"] }
        return [line]
    }

    /// An option and its value stay on one line.
    private static func glued(_ usage: String) -> String {
        var depth = 0
        return String(
            usage.map { character in
                if character == "[" { depth += 1 }
                if character == "]" { depth -= 1 }
                return character == " " && depth > 0 ? "\u{A0}" : character
            })
    }
}
