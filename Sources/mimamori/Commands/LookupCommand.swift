// `mimamori lookup`: finds the party that is meant, with the relay down too: in the cached directory, or in the file of
// councils.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct LookupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup",
        abstract: say("名称、読み、団体コード、アドレスから宛先を探します。", "Find a recipient by name, reading, code or address."),
        discussion: paragraphs(
            "例: mimamori lookup 八戸市、mimamori lookup 022039、mimamori lookup はちのへ",
            "Examples: mimamori lookup 八戸市, mimamori lookup 022039, mimamori lookup hachinohe-shi"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: help("探すもの。", "What to look for.", valueName: "text"))
    var texts: [String]

    @Option(
        help: help(
            "名簿の代わりに、この一覧（seeds/councils.csv）から探します。",
            "Search this file (seeds/councils.csv) instead of the directory.", valueName: "file"),
        completion: .file(extensions: ["csv"]))
    var seeds: String?

    func run() async throws {
        let console = common.console
        let lookup: Lookup
        if let seeds {
            let text = String(decoding: try NamedFile.read(seeds), as: UTF8.self)
            lookup = Lookup(try CouncilSeed.parties(inCSV: text))
        } else {
            lookup = Lookup(try common.client().knownDirectory().directory)
        }
        let results = texts.map { (text: $0, result: lookup.find($0)) }
        let found = results.compactMap { if case .found(let party) = $0.result { party } else { nil } }
        if output.json {
            console.json(found)
        } else if !found.isEmpty {
            console.table(PartyTable.table(found, console.language))
        }
        let refusals = results.compactMap { $0.result.refusal(for: PlainText.line($0.text)) }
        guard refusals.isEmpty else { throw Refused(refusals) }
    }
}

enum PartyTable {
    static func table(_ parties: [Party], _ language: Language) -> Table {
        var table = Table(
            language == .japanese
                ? ["アドレス", "コード", "名称", "窓口", "基準の施行日", "読み"]
                : ["ADDRESS", "CODE", "NAME", "CONTACT", "CRITERION", "READING"])
        for party in parties {
            table.add([
                party.address.text, party.code?.text ?? "", party.qualifiedName, party.window?.name ?? "",
                party.criterion.map { WrittenDate.day($0, language) } ?? "", party.kana,
            ])
        }
        return table
    }
}
