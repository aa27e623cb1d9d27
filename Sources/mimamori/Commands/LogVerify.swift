// `mimamori log verify`: has anybody changed, cut or forked the access log since it was last looked at? The answer is exit
// code 76 and a name for what was done.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct LogVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: say("記録が変えられていないか、前回と比べて確かめます。", "Check that the log was not changed since last time."),
        discussion: paragraphs(
            "監査担当者は記録のすべてを計算し直します。ほかの人も --head-only で、署名と、前に見た記録の続きであることを確かめられます。"
                + "証人の検証鍵（1行に1つ）を設定の置き場所の witnesses.txt に置くと、連署も確かめます。",
            "An auditor recomputes everything. With --head-only anybody can check the signature and that the log continues what "
                + "was seen before. Witnesses' verifier keys, one a line in witnesses.txt of the home folder, have their "
                + "cosignatures checked too."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Flag(help: help("記録そのものは読みません（だれでも使えます）。", "Read no entries; for everybody."))
    var headOnly = false

    @Option(
        help: help(
            "ほかの人が受け取った先頭値。この記録のものか確かめます。何度でも指定できます。",
            "A head that somebody else was given: is it of this log? Repeatable.", valueName: "file"),
        completion: .file())
    var against: [String] = []

    @OptionGroup var trust: WitnessesOption

    private struct Answer: Encodable {
        struct Cosigned: Encodable {
            let witness: String
            let size: Int64
            let time: Timestamp
        }

        let sound: Bool
        let size: Int64
        let root: String
        let previousSize: Int64?
        let entriesRead: Bool
        let cosignatures: [Cosigned]
        let lines: [Bilingual]

        enum CodingKeys: String, CodingKey {
            case sound, size, root, cosignatures, lines
            case previousSize = "previous_size"
            case entriesRead = "entries_read"
        }
    }

    func run() async throws {
        let (console, client) = (common.console, try common.client())
        let audit = LogAudit(
            readsEntries: !headOnly, witnesses: try trust.load(client),
            seenElsewhere: try against.map { path in
                (by: path, note: String(decoding: try NamedFile.read(path, limit: 1 << 20), as: UTF8.self))
            })
        let report = try await client.session { try await $0.verifyLog(audit) }
        output.json ? console.json(Self.answer(report)) : Self.show(report, console)
        if !report.isSound { throw ExitCode(ExitCodes.protocolError.rawValue) }
    }

    private static func answer(_ report: LogAuditReport) -> Answer {
        Answer(
            sound: report.isSound, size: report.size, root: report.root, previousSize: report.previousSize,
            entriesRead: report.entriesRead,
            cosignatures: report.cosigned.map { .init(witness: $0.witness, size: $0.size, time: $0.time) },
            lines: report.lines)
    }

    private static func show(_ report: LogAuditReport, _ console: Console) {
        for line in report.lines { console.data(PlainText.line(line[console.language])) }
        var pairs = [
            (say("件数", "Entries"), String(report.size)), (say("根", "Root"), report.root),
            (say("前回", "Last time"), report.previousSize.map(String.init) ?? say("なし（初回）", "never")),
            (say("連署", "Cosigned"), say("\(report.cosigned.count) 者", "by \(report.cosigned.count)")),
        ]
        for cosigned in report.cosigned {
            let time = WrittenDate.moment(cosigned.time, console.language)
            pairs.append(
                (
                    "",
                    say(
                        "\(cosigned.witness)（\(cosigned.size) 件まで、\(time)）",
                        "\(cosigned.witness) up to \(cosigned.size), \(time)")
                ))
        }
        console.pairs(pairs)
    }
}

/// Whose cosignatures count.
struct WitnessesOption: ParsableArguments {
    @Option(
        help: help(
            "信用する証人の検証鍵のファイル（既定は設定の置き場所の witnesses.txt）。",
            "Verifier keys of witnesses you trust (default: witnesses.txt of the home folder).", valueName: "file"),
        completion: .file())
    var witnesses: String?

    func load(_ client: Client) throws -> TrustedWitnesses {
        try TrustedWitnesses.load(from: client.home, path: witnesses)
    }
}
