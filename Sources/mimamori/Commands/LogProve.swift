// `mimamori log prove ID|NUMBER`: proves that an entry is in the log, and keeps the proof as a file that convinces without
// the relay (`mimamori verify`, docs/verify_log.py).

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct LogProve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: say("記録が含まれていることの証明を作ります。", "Prove that an entry is in the log."),
        discussion: paragraphs(
            "送付の番号を指定すると、その保管の記録を証明します。記録の番号も指定できます。中身が付くのは、送信者本人と監査担当者だけです。\n"
                + "例: mimamori log prove 番号 --into 保管の証明.tlog-proof",
            "With a package's id it proves the entry of its storing; an entry's number will do, too. The entry itself comes "
                + "with it for the sender and for auditors only.\nExample: mimamori log prove ID --into stored.tlog-proof"
        ))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var trust: WitnessesOption

    @Argument(help: help("送付の番号、または記録の番号。", "A package's id or an entry's number.", valueName: "id|number"))
    var subject: Subject

    @Option(help: help("証明を保存する新しいファイル。", "The new file for the proof.", valueName: "file"), completion: .file())
    var into: String?

    enum Subject: ExpressibleByArgument {
        case package(PackageID)
        case entry(Int64)

        init?(argument: String) {
            if let id = PackageID(argument: argument) {
                self = .package(id)
            } else if let number = Int64(argument), number >= 0 {
                self = .entry(number)
            } else {
                return nil
            }
        }
    }

    private struct Answer: Encodable {
        let index: Int64
        let size: Int64
        let entry: AccessEntry?
        let receipt: StoredReceipt?
        let cosignedBy: [String]
        let proof: String

        enum CodingKeys: String, CodingKey {
            case index, size, entry, receipt, proof
            case cosignedBy = "cosigned_by"
        }
    }

    func run() async throws {
        let (console, client, subject) = (common.console, try common.client(), subject)
        let witnesses = try trust.load(client)
        let proved = try await client.session { session in
            switch subject {
            case .package(let id): try await session.proveStored(id, witnesses: witnesses)
            case .entry(let number): try await session.prove(number, witnesses: witnesses)
            }
        }
        if let into { try NewFile.write(Array(proved.text.utf8), to: into) }
        if output.json {
            return console.json(
                Answer(
                    index: proved.index, size: proved.size, entry: proved.entry, receipt: proved.receipt,
                    cosignedBy: proved.cosignedBy, proof: proved.text))
        }
        guard let into else { return console.data(String(proved.text.dropLast())) }
        show(proved, into, console)
    }

    private func show(_ proved: ProvedEntry, _ path: String, _ console: Console) {
        var pairs = [
            (say("記録", "Entry"), String(proved.index)), (say("件数", "Entries"), String(proved.size)),
            (say("証人", "Witnesses"), proved.cosignedBy.isEmpty ? "–" : proved.cosignedBy.joined(separator: ", ")),
        ]
        if let entry = proved.entry {
            pairs.append((say("日時", "Time"), WrittenDate.moment(entry.time, console.language)))
            pairs.append((say("操作", "Action"), "\(entry.action.rawValue) \(entry.object)"))
            pairs.append((say("操作した人", "By"), entry.actor.address ?? entry.actor.source ?? "–"))
        }
        console.pairs(pairs)
        console.say(
            "証明を確かめて保存しました: \(path)。mimamori verify \(path) で、中継なしで検証できます。",
            "Checked and saved: \(path). mimamori verify \(path) checks it without the relay.")
    }
}
