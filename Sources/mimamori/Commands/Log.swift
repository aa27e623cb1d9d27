// `mimamori log`: the access log. Reading it is here; checking, proving and exporting it are in files of their own.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Log: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: say("アクセス記録を読み、改ざんがないか確かめます。", "Read and verify the access log."),
        subcommands: [Show.self, LogVerify.self, LogProve.self, LogExportCommand.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: say("記録を表示します（監査担当者）。", "Show entries (auditors)."))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        @Option(help: help("最初の記録番号。", "The first entry's number.", valueName: "n"))
        var first: Int64 = 0

        @Option(help: help("件数。", "How many.", valueName: "n"))
        var count = 100

        private struct Answer: Encodable {
            let sequence: Int64
            let entry: AccessEntry
        }

        func validate() throws {
            guard first >= 0, count > 0 else {
                throw ValidationError(
                    say("--first は 0 以上、--count は 1 以上です。", "--first is 0 or more, --count 1 or more."))
            }
        }

        func run() async throws {
            let console = common.console
            let (first, count) = (first, count)
            let entries = try await common.client().session { try await $0.entries(first: first, count: count) }
            guard !output.json else {
                return entries.forEach { console.json(Answer(sequence: $0.sequence, entry: $0.entry)) }
            }
            for line in entries {
                let entry = line.entry
                console.entry(
                    [
                        String(line.sequence), WrittenDate.second(entry.time, console.language), entry.action.rawValue,
                        entry.outcome.rawValue, entry.reason ?? "",
                    ], [entry.actor.address ?? entry.actor.source ?? "–", entry.object])
            }
        }
    }
}

extension Session {
    /// `count` entries, or as many as there are, in pages that the relay hands out whole. A short page is the last:
    /// asking on would only find the entries that the asking itself makes.
    fileprivate func entries(first: Int64, count: Int) async throws -> [LoggedEntry] {
        var entries: [LoggedEntry] = []
        while entries.count < count {
            let asked = min(500, count - entries.count)
            let page = try await logEntries(first: first + Int64(entries.count), count: asked)
            entries += page
            guard page.count == asked else { break }
        }
        return entries
    }
}
