// `mimamori admin party`: parties with their contact windows (N21), a station's area (N1) and a council's criterion (N13). What
// is not named stays as it is, so that registering a party again loses nothing.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct AdminParty: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "party", abstract: say("所属を登録し、一覧にします。", "Register and list parties."),
        subcommands: [Add.self, Set.self, List.self])

    /// What can be said of a party beside its address, kind and name.
    struct Attributes: ParsableArguments {
        @Option(help: help("名称の読み（全角カタカナ）。", "The reading, in full-width katakana.", valueName: "kana"))
        var kana: String?

        @Option(
            help: help(
                "連絡窓口の課。警察は定められた課だけです（N21）。", "The contact window; for police those of N21 only.", valueName: "section")
        )
        var window: String?

        @Option(
            help: help("全国地方公共団体コード。例: 022039", "The six-digit local-government code, as 022039.", valueName: "code"))
        var code: CouncilCode?

        @Option(
            parsing: .upToNextOption,
            help: help(
                "警察署の管轄する市区町村の団体コード。, か空白で区切ります。",
                "Of a station: the codes of its area's municipalities, with commas or spaces between.",
                valueName: "codes"))
        var area: [String] = []

        @Option(
            help: help(
                "協議会の見守り対象者の基準の施行日。", "Of a council: the day from which its criterion holds.", valueName: "day"))
        var criterion: CivilDate?

        func areaCodes() throws -> [CouncilCode]? {
            let texts = area.flatMap { $0.split(whereSeparator: { ",、 ".contains($0) }).map(String.init) }
            let codes = texts.map { CouncilCode($0) }
            guard !codes.contains(nil) else {
                throw CommandFailure(
                    code: .usage, message: Bilingual(ja: "団体コードが正しくありません。", en: "A code is not valid."),
                    remedy: Bilingual(ja: "検査数字を含む6桁で書いてください。例: 022039", en: "Write all six digits, as in 022039."))
            }
            return texts.isEmpty ? nil : codes.compactMap { $0 }
        }

        /// `old` with what was named here, or a new party.
        func party(_ address: Address, kind: PartyKind, name: String, old: Party?) throws -> Party {
            let kept = old?.kind == kind ? old : nil
            return Party(
                address: address, kind: kind, name: name, kana: kana ?? kept?.kana ?? "", code: code ?? kept?.code,
                aliases: kept?.aliases ?? [], nameInNotice: kept?.nameInNotice,
                window: window.map(ContactWindow.init(name:)) ?? kept?.window,
                area: try areaCodes() ?? kept?.area ?? [], criterion: criterion ?? kept?.criterion)
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: say("所属を登録します。書かなかった項目はそのまま残ります。", "Register a party; what is not named stays as it is."),
            discussion: paragraphs(
                "例: mimamori admin party add aomori-police/hachinohe --kind police_station --name 八戸警察署 --window 生活安全課",
                "Example: mimamori admin party add aomori-police/hachinohe --kind police_station --name 八戸警察署 --window 生活安全課"
            ))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @OptionGroup var attributes: Attributes

        @Argument(help: help("アドレス。", "The address.", valueName: "address"))
        var address: Address

        @Option(help: help("所属の種類。", "What it is.", valueName: "kind"))
        var kind: PartyKind

        @Option(help: help("名称。", "Its name.", valueName: "name"))
        var name: String

        func run() async throws {
            let (address, kind, name, attributes) = (address, kind, name, attributes)
            let change = try await common.client().session { session in
                let old = try await session.refreshDirectory().directory.parties[address]
                let party = try attributes.party(address, kind: kind, name: name, old: old)
                if let refusal = party.refusal() { throw Refused(refusal) }
                return try await session.register([party])
            }
            ChangeReport(console: common.console, isJSON: output.json).tell(change)
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set",
            abstract: say("登録済みの所属の、書いた項目だけを変えます。", "Change only what is named of a registered party."),
            discussion: paragraphs(
                "例: mimamori admin party set aomori/hachinohe-shi --criterion 2025-04-01",
                "Example: mimamori admin party set aomori/hachinohe-shi --criterion 2025-04-01"))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @OptionGroup var attributes: Attributes

        @Argument(help: help("アドレス。", "The address.", valueName: "address"))
        var address: Address

        @Option(help: help("新しい名称。", "A new name.", valueName: "name"))
        var name: String?

        func run() async throws {
            let (address, name, attributes) = (address, name, attributes)
            let change = try await common.client().session { session in
                guard let old = try await session.refreshDirectory().directory.parties[address] else {
                    throw CommandFailure(
                        code: .noInput,
                        message: Bilingual(ja: "名簿にありません: \(address)", en: "This is not in the directory: \(address)"),
                        remedy: Bilingual(
                            ja: "mimamori admin party add で登録してください。", en: "Register it with mimamori admin party add.")
                    )
                }
                let party = try attributes.party(address, kind: old.kind, name: name ?? old.name, old: old)
                if let refusal = party.refusal() { throw Refused(refusal) }
                return try await session.register([party])
            }
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
