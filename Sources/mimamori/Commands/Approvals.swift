// `mimamori approvals`: what waits for a second person of the own party.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Approvals: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals",
        abstract: say("承認を待っているものを一覧にします。", "List what awaits approval."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() async throws {
        let console = common.console
        let client = try common.client()
        let items = try await client.session { try await $0.approvals() }
        guard !output.json else { return console.json(items.map(ListedAnswer.init)) }
        guard !items.isEmpty else { return console.say("承認を待っているものはありません。", "Nothing awaits approval.") }
        ListingText(console, Names(client)).show(items, peer: .recipients)
    }
}

/// One line of a list for programs.
struct ListedAnswer: Encodable {
    private let item: ListedPackage

    init(_ item: ListedPackage) { self.item = item }

    private enum CodingKeys: String, CodingKey {
        case id, kind, sender, recipients, label, created, bytes, delivery, answers, concerns
        case storedAt = "stored_at"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(item.id, forKey: .id)
        try container.encode(item.kind, forKey: .kind)
        try container.encode(item.sender, forKey: .sender)
        try container.encode(item.recipients, forKey: .recipients)
        try container.encodeIfPresent(item.label, forKey: .label)
        try container.encode(item.created, forKey: .created)
        try container.encode(item.storedAt, forKey: .storedAt)
        try container.encode(item.bytes, forKey: .bytes)
        try container.encodeIfPresent(item.delivery, forKey: .delivery)
        try container.encodeIfPresent(item.answers, forKey: .answers)
        try container.encodeIfPresent(item.concerns, forKey: .concerns)
    }
}

/// Arrivals and what awaits approval, two lines each: label, id, time and state; then who and what.
struct ListingText {
    enum Peer { case sender, recipients }

    private let console: Console
    private let names: Names

    init(_ console: Console, _ names: Names) {
        self.console = console
        self.names = names
    }

    func show(_ items: [ListedPackage], peer: Peer) {
        for item in items {
            let state = item.delivery?.name ?? PackageState.awaitingApproval.name
            let other = peer == .sender ? names.short(item.sender.party) : "→ " + names.shortList(item.recipients)
            console.entry(
                [
                    item.label?.fileNamePrefix ?? "", item.id.text, WrittenDate.minute(item.storedAt, console.language),
                    state[console.language],
                ], [other, item.kind.name[console.language], Sizes.text(Int64(item.bytes))])
        }
    }
}
