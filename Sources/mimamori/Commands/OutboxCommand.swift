// `mimamori outbox`: what waits to be sent, or with --sent what the relay has receipted.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: say("送信待ちのものを一覧にします。", "List what is queued."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Flag(help: help("送信済みのものを、新しい順に。", "What was sent, newest first."))
    var sent = false

    private struct Answer: Encodable {
        let id: PackageID
        let kind: PackageKind
        let recipients: [Address]
        let subject: String
        let queuedAt: Timestamp
        let attempted: Bool
        let receipt: StoredReceipt?

        enum CodingKeys: String, CodingKey {
            case id, kind, recipients, subject, attempted, receipt
            case queuedAt = "queued_at"
        }
    }

    func run() async throws {
        let console = common.console
        let client = try common.client()
        let entries = sent ? try client.archive() : try client.outbox()
        guard !output.json else {
            return console.json(
                entries.map {
                    Answer(
                        id: $0.id, kind: $0.manifest.kind, recipients: $0.manifest.recipients, subject: $0.subject,
                        queuedAt: $0.queuedAt, attempted: $0.attempted, receipt: $0.receipt)
                })
        }
        guard !entries.isEmpty else {
            return sent
                ? console.say("送信済みのものはありません。", "Nothing was sent yet.")
                : console.say("送信待ちのものはありません。", "Nothing is queued.")
        }
        let names = Names(client)
        for entry in entries {
            console.entry(
                [
                    entry.manifest.label?.fileNamePrefix ?? "", entry.id.text,
                    WrittenDate.minute(entry.receipt?.storedAt ?? entry.queuedAt, console.language),
                ], ["→ " + names.shortList(entry.manifest.recipients), entry.subject])
        }
    }
}
