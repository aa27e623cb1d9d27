// The rules of the terminal: tables count columns and not characters, colour is asked for, nothing from outside reaches
// the terminal unfiltered, and every message says what to do.

import MimamoriClient
import MimamoriCore
import Testing

@testable import mimamori

struct OutputTests {
    private func console(_ language: Language = .japanese, _ environment: [String: String] = [:]) -> Console {
        Console(language: language, environment: environment, outputIsTerminal: true, errorIsTerminal: true)
    }

    @Test func columnsStandUnderEachOther() {
        var table = Table(["アドレス", "名称", "窓口"])
        table.add(["aomori/hachinohe-shi", "青森県八戸市", "くらし交通安全課"])
        table.add(["a/b", "八戸", ""])
        #expect(
            table.lines() == [
                "アドレス              名称          窓口",
                "aomori/hachinohe-shi  青森県八戸市  くらし交通安全課",
                "a/b                   八戸",
            ])
    }

    @Test(arguments: [30, 40, 60, 80])
    func theLastColumnGivesWay(columns: Int) {
        var table = Table(["番号", "内容"])
        table.add(["0190", String(repeating: "見守り", count: 30)])
        #expect(table.lines(columns: columns).allSatisfy { DisplayWidth.of($0) <= columns })
    }

    @Test func cellsFromOthersStayOnTheirLine() {
        var table = Table(["名称"])
        table.add(["八戸\u{1B}[2J市\n【機１】\u{202E}"])
        let lines = table.lines()
        #expect(lines.count == 2)
        #expect(!lines.joined().unicodeScalars.contains(where: PlainText.isControl))
    }

    @Test(arguments: [
        ([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["TERM": "dumb"], false),
        (["TERM": "xterm"], true),
    ])
    func colourIsOnlyUsedWhereItIsWanted(environment: [String: String], isColourful: Bool) {
        let console = console(.japanese, environment)
        #expect(console.styled("良好", .green, on: true).contains("\u{1B}") == isColourful)
        #expect(console.styled("良好", .green, on: false) == "良好")
    }

    @Test(arguments: [
        (0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1536, "1.5 KiB"), (1_048_575, "1.0 MiB"),
        (4_194_304, "4.0 MiB"), (1_073_741_824, "1.0 GiB"),
    ])
    func sizesAreReadable(bytes: Int64, text: String) {
        #expect(Sizes.text(bytes) == text)
    }

    @Test(arguments: Language.allCases)
    func refusalsSayWhatToDoAndWhy(language: Language) {
        let text = ErrorMessages(console: console(language)).text(.roleMissing(.approver))
        #expect(text.contains(language == .japanese ? "対処: " : "What to do: "))
        #expect(text.contains("SD-ACC-4"))
        #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of($0.replacing("\u{1B}[31m", with: "")) <= 82 })
    }

    @Test(arguments: Language.allCases)
    func mistakesOfAFormAreListedWithLineAndField(language: Language) throws {
        let today = try #require(CivilDate(year: 2026, month: 11, day: 24))
        let template = Template(.referral, language).text
        guard case .failure(let failure) = FormReader.read(Array(template.utf8), today: today) else {
            Issue.record("an empty form was accepted")
            return
        }
        let text = ErrorMessages(console: console(language, ["NO_COLOR": "1"]))
            .text(UnreadableForm(path: "form.toml", mistakes: failure.mistakes))
        for mistake in failure.mistakes {
            let line = try #require(mistake.line)
            #expect(text.contains(language == .japanese ? "\(line)行目 " : "line \(line) "))
            #expect(text.contains("(\(try #require(mistake.key)))"))
        }
        #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of($0) <= 80 })
    }
}
