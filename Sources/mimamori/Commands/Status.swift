// `mimamori status ID`: what became of a package: its state, its deliveries, who opened it and when.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: say("送ったもの・受け取ったものの状態を表示します。", "Show what became of a package."),
        discussion: paragraphs(
            "表示の前に、送信者、承認者、中継、開封した人の署名をすべて検証します。",
            "Every signature is verified before anything is shown."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var package: PackageArgument

    private struct Answer: Encodable {
        struct Delivery: Encodable {
            let recipient: Address
            let state: DeliveryState
            let storedAt: Timestamp
            let fetchedAt: Timestamp?
            let openedAt: Timestamp?
            let openedReceipt: OpenedReceipt?

            enum CodingKeys: String, CodingKey {
                case recipient, state
                case storedAt = "stored_at"
                case fetchedAt = "fetched_at"
                case openedAt = "opened_at"
                case openedReceipt = "opened_receipt"
            }
        }

        let id: PackageID
        /// A `PackageState`; while the relay is away `queued` or `stored`, as far as this machine knows.
        let state: String
        let manifest: Manifest
        let approvedBy: PersonAddress?
        let storedReceipt: StoredReceipt?
        let deliveries: [Delivery]
        let rejectionReason: String?
        var relabelled: Int?

        enum CodingKeys: String, CodingKey {
            case id, state, manifest, deliveries, relabelled
            case approvedBy = "approved_by"
            case storedReceipt = "stored_receipt"
            case rejectionReason = "rejection_reason"
        }
    }

    /// What is left of a package that was disposed of: the verified certificate (SD-DEL-3).
    private struct DisposedAnswer: Encodable {
        let id: PackageID
        let state: PackageState
        let disposal: DisposalCertificate
    }

    func run() async throws {
        let id = package.id
        let client = try common.client()
        if let entry = try client.outbox().first(where: { $0.id == id }), !entry.attempted {
            return show(entry, Names(client))
        }
        do {
            show(try await client.session { try await $0.status(id) }, Names(client))
        } catch let refused as Refused where refused.findings.contains(where: { $0.code == .packageDisposed }) {
            let disposal = try await client.session { try await $0.disposal(of: id) }
            guard !output.json else {
                return common.console.json(DisposedAnswer(id: id, state: .disposed, disposal: disposal.certificate))
            }
            DisposalText(common.console).show(disposal.certificate)
        } catch let failure as ClientFailure where failure.kind == .unreachable {
            try showKnown(id, client, failure)
        }
    }

    /// What this machine knows while the relay is away, a package that waits here or one with its receipt; what became
    /// of it at the relay is not known, and that is the answer.
    private func showKnown(_ id: PackageID, _ client: Client, _ failure: ClientFailure) throws {
        if let entry = try (client.outbox() + client.archive()).first(where: { $0.id == id }) {
            show(entry, Names(client))
        }
        throw failure
    }

    private func show(_ entry: OutboxEntry, _ names: Names) {
        let console = common.console
        guard !output.json else {
            return console.json(
                Answer(
                    id: entry.id, state: entry.receipt == nil ? "queued" : "stored", manifest: entry.manifest,
                    approvedBy: nil, storedReceipt: entry.receipt, deliveries: [], rejectionReason: nil))
        }
        let state: String
        if let receipt = entry.receipt {
            let time = WrittenDate.moment(receipt.storedAt, console.language)
            state = say("\(time) に中継が受領。その後は不明", "stored by the relay at \(time); not known since")
        } else {
            state =
                entry.attempted
                ? say("送信待ち（送信の途中）", "queued (a transfer has begun)") : say("送信待ち（まだ送っていません）", "queued (not sent yet)")
        }
        ManifestText(console, names).show(entry.manifest, [(say("状態", "State"), state)])
    }

    private func show(_ status: PackageStatus, _ names: Names) {
        let console = common.console
        guard !output.json else {
            return console.json(
                Answer(
                    id: status.manifest.id, state: status.state.rawValue, manifest: status.manifest,
                    approvedBy: status.approvedBy, storedReceipt: status.storedReceipt,
                    deliveries: status.deliveries.map {
                        .init(
                            recipient: $0.recipient, state: $0.state, storedAt: $0.storedAt, fetchedAt: $0.fetchedAt,
                            openedAt: $0.openedAt, openedReceipt: $0.openedReceipt)
                    }, rejectionReason: status.rejectionReason, relabelled: status.relabelled))
        }
        var pairs = [(say("状態", "State"), status.state.name[console.language])]
        if let approver = status.approvedBy { pairs.append((say("承認", "Approved"), names.person(approver))) }
        if let receipt = status.storedReceipt {
            let time = WrittenDate.moment(receipt.storedAt, console.language)
            pairs.append(
                (
                    say("中継", "Relay"),
                    say("\(time) 受領（記録番号 \(receipt.logIndex)）", "stored \(time), log entry \(receipt.logIndex)")
                ))
        }
        if let level = status.relabelled {
            pairs.append((say("格付の変更", "Label changed"), say("機密性\(level)に変更", "to confidentiality \(level)")))
        }
        if let reason = status.rejectionReason { pairs.append((say("理由", "Reason"), reason)) }
        ManifestText(console, names).show(status.manifest, pairs)
        guard !status.deliveries.isEmpty else { return }
        console.data("")
        var table = Table(
            console.language == .japanese
                ? ["宛先", "状態", "到着", "取得", "開封"] : ["RECIPIENT", "STATE", "STORED", "FETCHED", "OPENED"])
        for delivery in status.deliveries {
            let opener = delivery.openedReceipt.map { " \($0.openedBy.person)" } ?? ""
            table.add([
                names.short(delivery.recipient), delivery.state.name[console.language], time(delivery.storedAt),
                time(delivery.fetchedAt), time(delivery.openedAt) + opener,
            ])
        }
        console.table(table)
    }

    private func time(_ time: Timestamp?) -> String {
        time.map { WrittenDate.minute($0, common.console.language) } ?? "–"
    }
}

/// The outside of a package for a person: the label first (SD-CLS-2), then who, what and to whom.
struct ManifestText {
    private let console: Console
    private let names: Names

    init(_ console: Console, _ names: Names) {
        self.console = console
        self.names = names
    }

    /// The label's line, then label and value, `more` among them.
    func show(_ manifest: Manifest, _ more: [(String, String)] = []) {
        if let label = manifest.label { console.heading(label.line[console.language]) }
        console.pairs(
            [
                (say("番号", "Id"), manifest.id.text), (say("種別", "Kind"), manifest.kind.name[console.language]),
                (say("送信者", "Sender"), names.person(manifest.sender)),
                (say("宛先", "To"), names.parties(manifest.recipients)),
                (say("作成", "Made"), WrittenDate.moment(manifest.created, console.language)),
            ] + more)
    }
}
