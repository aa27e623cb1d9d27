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
        console.table(ListingTable.table(items, Names(client), console.language, peer: .recipients))
    }
}

/// One line of a list for programs.
struct ListedAnswer: Encodable {
    private let item: ListedPackage

    init(_ item: ListedPackage) { self.item = item }

    private enum CodingKeys: String, CodingKey {
        case id, kind, sender, recipients, label, created, bytes, delivery
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
    }
}

enum ListingTable {
    enum Peer { case sender, recipients }

    static func table(_ items: [ListedPackage], _ names: Names, _ language: Language, peer: Peer) -> Table {
        let who = peer == .sender ? Bilingual(ja: "送信者", en: "FROM") : Bilingual(ja: "宛先", en: "TO")
        var table = Table(
            language == .japanese
                ? ["番号", "到着", "格付", "状態", who.ja, "種別"] : ["ID", "STORED", "LABEL", "STATE", who.en, "KIND"])
        for item in items {
            let other =
                peer == .sender
                ? names.short(item.sender.party)
                : (item.recipients.first.map(names.short) ?? "")
                    + (item.recipients.count > 1 ? " +\(item.recipients.count - 1)" : "")
            let state = item.delivery?.name ?? PackageState.awaitingApproval.name
            table.add([
                item.id.text, String(WrittenDate.moment(item.storedAt).prefix(16)), item.label?.fileNamePrefix ?? "",
                state[language], other, item.kind.name[language],
            ])
        }
        return table
    }
}
