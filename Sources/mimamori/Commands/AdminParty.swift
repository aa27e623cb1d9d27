// `mimamori admin party`: parties and their contact windows.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct AdminParty: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "party", abstract: say("所属を登録し、一覧にします。", "Register and list parties."),
        subcommands: [Add.self, List.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: say("所属を登録します。同じものの再登録は何も変えません。", "Register a party; a repeat changes nothing."),
            discussion: paragraphs(
                "例: mimamori admin party add aomori-police/hachinohe --kind police_station --name 八戸警察署 --window 生活安全課",
                "Example: mimamori admin party add aomori-police/hachinohe --kind police_station --name 八戸警察署 --window 生活安全課"
            ))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        @Argument(help: help("アドレス。", "The address.", valueName: "address"))
        var address: Address

        @Option(help: help("所属の種類。", "What it is.", valueName: "kind"))
        var kind: PartyKind

        @Option(help: help("名称。", "Its name.", valueName: "name"))
        var name: String

        @Option(help: help("名称の読み（全角カタカナ）。", "The reading, in full-width katakana.", valueName: "kana"))
        var kana: String = ""

        @Option(
            help: help(
                "連絡窓口の課。警察は定められた課だけです（N21）。", "The contact window; for police those of N21 only.", valueName: "section")
        )
        var window: String?

        @Option(help: help("全国地方公共団体コード。", "The six-digit local-government code.", valueName: "code"))
        var code: String?

        func run() async throws {
            let code = try code.map { text in
                guard let code = CouncilCode(text) else {
                    throw CommandFailure(
                        code: .usage, message: Bilingual(ja: "団体コードが正しくありません。", en: "The code is not valid."),
                        remedy: Bilingual(ja: "検査数字を含む6桁で書いてください。例: 022039", en: "Write all six digits, as in 022039."))
                }
                return code
            }
            let party = Party(
                address: address, kind: kind, name: name, kana: kana, code: code,
                window: window.map(ContactWindow.init(name:)))
            if let refusal = party.refusal() { throw Refused(refusal) }
            let change = try await common.client().session { try await $0.register([party]) }
            ChangeReport(console: common.console, isJSON: output.json).tell(change)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: say("登録された所属を一覧にします。", "List the registered parties."))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        func run() async throws {
            let known = try await common.client().session { try await $0.refreshDirectory() }
            let parties = known.directory.parties.values.sorted { $0.address < $1.address }
            output.json
                ? common.console.json(parties)
                : common.console.table(PartyTable.table(parties, common.console.language))
        }
    }
}
