// `mimamori thread ID`: request, decision, supply and report as they go back to each other, as far as the caller may see.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct ThreadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thread",
        abstract: say("依頼から報告までのつながりを表示します。", "Show what belongs together, from request to report."),
        discussion: paragraphs(
            "どれか一つの番号を指定すると、あなたに見えるものを古い順に、もとになったものの下に字下げして並べます。",
            "Give the id of any one; what you may see is listed oldest first, indented below what it goes back to."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var package: PackageArgument

    private struct Answer: Encodable {
        struct Item: Encodable {
            let id: PackageID
            let kind: PackageKind
            let state: PackageState
            let sender: PersonAddress
            let recipients: [Address]
            let created: Timestamp
            let storedAt: Timestamp?
            let answers: PackageID?
            let concerns: PackageID?
            let decision: Decision?
            let label: HandlingLabel?
            let relabelled: Int?
            let delivery: DeliveryState?
            let depth: Int

            enum CodingKeys: String, CodingKey {
                case id, kind, state, sender, recipients, created, answers, concerns, decision, label, relabelled
                case delivery, depth
                case storedAt = "stored_at"
            }
        }

        let items: [Item]
        let isCut: Bool

        enum CodingKeys: String, CodingKey {
            case items
            case isCut = "is_cut"
        }
    }

    func run() async throws {
        let id = package.id
        let console = common.console
        let client = try common.client()
        let thread = try await client.session { try await $0.thread(of: id) }
        if output.json {
            return console.json(
                Answer(
                    items: thread.entries.map {
                        .init(
                            id: $0.id, kind: $0.kind, state: $0.state, sender: $0.sender, recipients: $0.recipients,
                            created: $0.created, storedAt: $0.storedAt, answers: $0.answers, concerns: $0.concerns,
                            decision: $0.decision, label: $0.label, relabelled: $0.relabelled, delivery: $0.delivery,
                            depth: $0.depth)
                    }, isCut: thread.isCut))
        }
        let names = Names(client)
        for entry in thread.entries { show(entry, isAsked: entry.id == id, console, names) }
        if thread.isCut {
            console.say("ほかにもありますが、一度に表示できる数を超えています。", "There are more than can be shown at once.")
        }
    }

    /// Two lines: what and when; then who to whom, and what became of it.
    private func show(_ entry: ThreadEntry, isAsked: Bool, _ console: Console, _ names: Names) {
        let language = console.language
        let margin = String(repeating: "  ", count: min(entry.depth, 8))
        let outcome = entry.decision.map { "（\($0.outcome.name.ja)）" }
        let kind =
            language == .japanese
            ? entry.kind.name.ja + (outcome ?? "")
            : entry.kind.name.en + (entry.decision.map { " (\($0.outcome.name.en))" } ?? "")
        let state = entry.state == .released ? (entry.delivery?.name ?? entry.state.name) : entry.state.name
        let label = entry.label.map { label in
            entry.relabelled.map {
                HandlingLabel(
                    confidentiality: $0, integrity: label.integrity, availability: label.availability, restrictions: []
                ).fileNamePrefix
            } ?? label.fileNamePrefix
        }
        console.data(
            PlainText.line(
                margin
                    + [
                        label ?? "", kind, entry.id.text, WrittenDate.minute(entry.created, language),
                        isAsked ? "*" : "",
                    ].filter { !$0.isEmpty }.joined(separator: "  ")))
        let way = "\(names.short(entry.sender.party)) → \(names.shortList(entry.recipients))"
        console.data(
            console.styled(
                PlainText.line("\(margin)    \(way)  \(state[language])"), .faint, on: console.outputIsTerminal))
    }
}
