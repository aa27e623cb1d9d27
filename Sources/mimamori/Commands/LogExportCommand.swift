// `mimamori log export`: entries as JSON Lines for other programs, with the signed head that they are checked under.

import ArgumentParser
import Foundation
import MimamoriClient
import MimamoriCore

struct LogExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: say("記録を JSON Lines で書き出します（監査担当者）。", "Write entries as JSON Lines (auditors)."),
        discussion: paragraphs(
            "最後の行は署名済みの先頭値です。すべてを書き出せば、そのまま docs/verify_log.py で検証できます。"
                + "一部だけのときは --proofs を付けてください。書き出したことも記録に残ります。\n"
                + "例: mimamori log export --from 2026-04-01 --to 2026-04-30 --proofs > 4月.jsonl",
            "The last line is the signed head. A whole export is checked by docs/verify_log.py as it is; a part needs --proofs. "
                + "The export is itself in the log.\n"
                + "Example: mimamori log export --from 2026-04-01 --to 2026-04-30 --proofs > april.jsonl"))

    @OptionGroup var common: CommonOptions

    @Option(help: help("最初の記録番号。", "The first entry's number.", valueName: "n"))
    var first: Int64?

    @Option(help: help("件数（既定は最後まで）。", "How many (default: all).", valueName: "n"))
    var count: Int64?

    @Option(help: help("この日（日本時間）から。", "From this day, in Japan.", valueName: "date"))
    var from: CivilDate?

    @Option(help: help("この日（日本時間）まで。", "To this day, in Japan.", valueName: "date"))
    var to: CivilDate?

    @Flag(help: help("記録ごとに証明を付けます。", "A proof for each entry."))
    var proofs = false

    @Option(
        help: help("書き出す新しいファイル（既定は標準出力）。", "The new file (default: standard output).", valueName: "file"),
        completion: .file())
    var into: String?

    func validate() throws {
        guard from == nil && to == nil || first == nil && count == nil else {
            throw ValidationError(
                say("--from/--to と --first/--count は同時に使えません。", "Use --from and --to, or --first and --count."))
        }
        guard (from == nil) == (to == nil), first ?? 0 >= 0, count ?? 1 > 0 else {
            throw ValidationError(
                say(
                    "--from と --to は両方指定します。--first は 0 以上、--count は 1 以上です。",
                    "--from and --to go together; --first is 0 or more, --count 1 or more."))
        }
        if let from, let to, to < from {
            throw ValidationError(say("--to は --from 以降の日です。", "--to is not before --from."))
        }
    }

    private var selection: LogExport.Selection {
        guard let from, let to else { return .numbers(first: first ?? 0, count: count) }
        let dayAfter = CivilDate(daysSinceEpoch: to.daysSinceEpoch + 1).startInJapan
        return .times(from: from.startInJapan, to: Timestamp(milliseconds: dayAfter.milliseconds - 1))
    }

    func run() async throws {
        let (console, export, into) = (common.console, LogExport(selection, withProofs: proofs), into)
        let done = try await common.client().session { session in
            guard let into else { return try await session.exportLog(export) { console.data($0) } }
            try NewFile.write([], to: into)
            guard let file = FileHandle(forWritingAtPath: into) else { throw NewFile.unwritable(into) }
            defer { try? file.close() }
            return try await session.exportLog(export) { line in
                do {
                    try file.write(contentsOf: Data((line + "\n").utf8))
                } catch {
                    throw NewFile.unwritable(into)
                }
            }
        }
        console.say("記録 \(done.count) 件を書き出しました。", "\(done.count) entries were written.")
        if !done.isSelfContained {
            console.say(
                "一部だけなので、このままでは検証できません。検証できるようにするには --proofs を付けてください。",
                "This is a part and cannot be checked by itself; add --proofs for that.")
        }
    }
}
