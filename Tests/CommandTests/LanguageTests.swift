// Which language is spoken, and that help screens are whole and fit a terminal.

import ArgumentParser
import MimamoriClient
import MimamoriCore
import Testing

@testable import mimamori

struct LanguageTests {
    @Test(arguments: [
        ([], [:], Language.english), ([], ["LANG": "ja_JP.UTF-8"], .japanese), ([], ["LANG": "C"], .english),
        ([], ["LANG": "ja_JP.UTF-8", "LC_ALL": "en_US.UTF-8"], .english),
        ([], ["LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP"], .japanese),
        ([], ["LANG": "ja_JP.UTF-8", "LC_ALL": ""], .japanese),
        (["--lang", "ja"], ["LANG": "C"], .japanese), (["--lang=en"], ["LANG": "ja_JP.UTF-8"], .english),
        (["--lang", "fr"], ["LANG": "ja_JP"], .japanese), (["--lang"], ["LANG": "ja_JP"], .japanese),
        (["--", "--lang", "en"], ["LANG": "ja_JP"], .japanese),
    ])
    func optionThenLocaleDecide(arguments: [String], environment: [String: String], language: Language) {
        #expect(ChosenLanguage.from(arguments: ["mimamori"] + arguments, environment: environment) == language)
    }

    static let commands: [any ParsableCommand.Type] = [Mimamori.self] + below(Mimamori.self)

    private static func below(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        command.configuration.subcommands.flatMap { [$0] + below($0) }
    }

    @Test func everyCommandIsListed() {
        let names = Set(Self.commands.map { $0.configuration.commandName ?? "" })
        for name in [
            "init", "lookup", "template", "queue", "send", "outbox", "approvals", "approve", "reject", "inbox",
            "receive", "status", "cancel", "verify", "log", "admin", "doctor", "version", "acknowledge-duty", "decide",
            "thread", "report", "relabel", "operate", "disposal", "hold", "release-hold", "proposals", "confirm",
            "withdraw", "certificate", "seats", "review", "set",
        ] { #expect(names.contains(name)) }
    }

    @Test(arguments: 0..<commands.count, Language.allCases)
    func helpFitsATerminal(place: Int, language: Language) {
        let command = Self.commands[place]
        #expect(!command.configuration.abstract.isEmpty)
        let screen = HelpText.localised(Mimamori.helpMessage(for: command, columns: 80), language)
        // An example that can be copied must not be broken, so its line may be long.
        for line in screen.split(separator: "\n") where !line.contains("mimamori admin") {
            #expect(DisplayWidth.of(line) <= 80, "\(line)")
        }
        #expect(!screen.contains("OVERVIEW") && !screen.contains("SUBCOMMANDS"))
    }

    @Test func theParsersWordsAreTranslated() {
        let screen = HelpText.localised(
            "OVERVIEW: x\n\nUSAGE: a [--b <c>]\n\nOPTIONS:\n  --version   Show the version.\n準備 SUBCOMMANDS:", .japanese
        )
        #expect(screen == "x\n\n使い方: a [--b <c>]\n\nオプション:\n  --version   版を表示します。\n準備:")
    }
}
