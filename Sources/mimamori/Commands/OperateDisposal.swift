// `mimamori operate disposal`: lists what is due, and proposes to dispose of all of it. Listing changes nothing, and is what
// the command does unless it is told otherwise.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct OperateDisposal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disposal",
        abstract: say("保存期間が満了したものを一覧にし、廃棄を提案します。", "List what is due for disposal, and propose it."),
        discussion: paragraphs(
            "指定がなければ一覧にするだけです（--dry-run と同じ）。--propose で、停止中と提案済みを除く全部の廃棄を提案します。\n"
                + "例: mimamori operate disposal --propose --reason-from 理由.txt",
            "Without more it only lists (as --dry-run says). --propose proposes all of it but what is on hold or "
                + "proposed already.\n"
                + "Example: mimamori operate disposal --propose --reason-from reason.txt"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var confirmation: ConfirmationOption

    @Flag(help: help("一覧にするだけです（既定）。", "Only list; the default."))
    var dryRun = false

    @Flag(help: help("廃棄を提案します。", "Propose the disposal."))
    var propose = false

    @Option(help: help("この日より前に満了するもの（既定は今日）。", "Due before this day (default: today).", valueName: "day"))
    var before: CivilDate?

    @Option(
        help: help("提案の理由を書いたファイル。- は標準入力。", "A file with the reason; - for standard input.", valueName: "file"),
        completion: .file())
    var reasonFrom: String?

    private struct Answer: Encodable {
        let id: PackageID
        let kind: PackageKind?
        let state: PackageState
        let sender: Address
        let storedAt: Timestamp
        let retainedUntil: CivilDate
        let bytes: Int64
        let isOnHold: Bool
        let isProposed: Bool

        enum CodingKeys: String, CodingKey {
            case id, kind, state, sender, bytes
            case storedAt = "stored_at"
            case retainedUntil = "retained_until"
            case isOnHold = "is_on_hold"
            case isProposed = "is_proposed"
        }
    }

    func validate() throws {
        guard !(dryRun && propose) else {
            throw ValidationError(
                say("--dry-run と --propose は一緒に使えません。", "--dry-run and --propose cannot go together."))
        }
        guard propose == (reasonFrom != nil) else {
            throw ValidationError(
                say("--propose には --reason-from が必要です。", "--propose and --reason-from go together."))
        }
    }

    func run() async throws {
        let (common, isJSON, day, isConfirmed) = (common, output.json, before, confirmation.yes)
        let reason = try reasonFrom.map(NamedFile.text)
        let client = try common.client()
        try await client.session { session in
            let console = common.console
            let due = try await session.dueDisposals(before: day)
            guard let reason else { return Self.list(due, client, console, isJSON: isJSON) }
            let chosen = due.filter(\.canBeProposed).map(\.id)
            guard !chosen.isEmpty else {
                if isJSON { console.json([Proposal]()) }
                return console.say("提案するものはありません。", "There is nothing to propose.")
            }
            try console.require(
                Bilingual(
                    ja: "\(chosen.count) 件の廃棄を提案します。", en: "\(chosen.count) packages will be proposed for disposal."),
                unless: isConfirmed)
            let proposals = try await session.propose(.dispose, chosen, reason: reason)
            if isJSON { return console.json(proposals) }
            ProposalText(console: console).show(proposals)
            ProposalText(console: console).sayWhatFollows(proposals)
        }
    }

    private static func list(_ due: [DuePackage], _ client: Client, _ console: Console, isJSON: Bool) {
        if isJSON {
            return console.json(
                due.map {
                    Answer(
                        id: $0.id, kind: $0.kind, state: $0.state, sender: $0.sender, storedAt: $0.storedAt,
                        retainedUntil: $0.retainedUntil, bytes: $0.bytes, isOnHold: $0.isOnHold,
                        isProposed: $0.isProposed)
                })
        }
        guard !due.isEmpty else {
            return console.say("保存期間が満了したものはありません。", "Nothing is due for disposal.")
        }
        let names = Names(client)
        for item in due {
            let day = WrittenDate.day(item.retainedUntil, console.language)
            console.entry(
                [
                    item.id.text, say("\(day) 満了", "until \(day)"), item.isOnHold ? say("停止中", "on hold") : "",
                    item.isProposed ? say("提案済み", "proposed") : "",
                ],
                [
                    names.short(item.sender), item.kind?.name[console.language] ?? "",
                    item.state.name[console.language],
                    Sizes.text(item.bytes),
                ])
        }
        console.say("\(due.count) 件です。何も変えていません。", "\(due.count) in all; nothing was changed.")
    }
}
