// `mimamori report`: the numbers of a span of days for headquarters: by kind, by police office, by council. A table for a
// person, CSV for a spreadsheet, JSON for programs; no personal information is in any of them.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: say("期間の件数と所要時間を、種別・警察・協議会ごとに集計します。", "Count a period's packages by kind, office and council."),
        discussion: paragraphs(
            "例: mimamori report --from 令和8年4月1日 --to 令和9年3月31日",
            "Example: mimamori report --from 2026-04-01 --to 2027-03-31 --format csv"))

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv }

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Option(help: help("期間の最初の日。", "The first day.", valueName: "day"))
    var from: CivilDate

    @Option(help: help("期間の最後の日（含む）。", "The last day, included.", valueName: "day"))
    var to: CivilDate

    @Option(help: help("表示の形: table か csv。", "table or csv.", valueName: "format"))
    var format: Format = .table

    func validate() throws {
        guard from <= to else {
            throw ValidationError(say("期間の終わりが始めより前です。", "The period ends before it begins."))
        }
    }

    func run() async throws {
        let (from, to) = (from, to)
        let console = common.console
        let client = try common.client()
        let report = try await client.session { try await $0.report(from: from, to: to) }
        if output.json { return console.json(report) }
        switch format {
        case .csv: ReportText.csv(report).forEach(console.data)
        case .table: ReportText(console: console, names: Names(client)).show(report)
        }
    }
}

struct ReportText {
    let console: Console
    let names: Names

    func show(_ report: ActivityReport) {
        let (from, to) = (
            WrittenDate.day(report.from, console.language), WrittenDate.day(report.to, console.language)
        )
        console.heading(say("\(from) から \(to) まで", "\(from) to \(to)"))
        let groups: [(Bilingual, [ActivityReport.Line], (String) -> String)] = [
            (Bilingual(ja: "種別", en: "KIND"), report.byKind + [report.total], kindName),
            (Bilingual(ja: "警察", en: "OFFICE"), report.byOffice, partyName),
            (Bilingual(ja: "協議会", en: "COUNCIL"), report.byCouncil, partyName),
        ]
        for (title, lines, name) in groups where !lines.isEmpty {
            console.data("")
            console.table(table(title, lines, name))
        }
    }

    private func kindName(_ key: String) -> String {
        PackageKind(rawValue: key)?.name[console.language] ?? say("合計", "all")
    }

    private func partyName(_ key: String) -> String { Address(key).map(names.short) ?? key }

    private func table(
        _ title: Bilingual, _ lines: [ActivityReport.Line], _ name: (String) -> String
    ) -> Table {
        let language = console.language
        var table = Table(
            [title[language]]
                + (language == .japanese
                    ? ["送付", "本人同意", "家族等", "同意なし", "依頼", "提供", "不提供", "保管まで", "開封まで"]
                    : ["SENT", "PERSON", "OTHER", "NONE", "ASKED", "GIVEN", "DECLINED", "STORED", "OPENED"]))
        for line in lines {
            let counts = [
                line.sent, line.consentFromPerson, line.consentFromOther, line.consentNotObtained, line.requests,
                line.provided, line.declined,
            ]
            table.add(
                [name(line.key)] + counts.map(String.init)
                    + [
                        Durations.text(line.medianSecondsToStored, language),
                        Durations.text(line.medianSecondsToOpened, language),
                    ])
        }
        return table
    }

    /// A header line, then a line for each group; days in ISO 8601, durations in seconds. No cell needs quoting: kinds and
    /// addresses are of ASCII letters.
    static func csv(_ report: ActivityReport) -> [String] {
        let header =
            "group,key,from,to,sent,released,rejected,cancelled,consent_from_person,consent_from_other,"
            + "consent_not_obtained,requests,provided,declined,median_seconds_to_stored,median_seconds_to_opened"
        let groups = [
            ("total", [report.total]), ("kind", report.byKind), ("office", report.byOffice),
            ("council", report.byCouncil),
        ]
        return [header]
            + groups.flatMap { group, lines in
                lines.map { line in
                    let counts = [
                        line.sent, line.released, line.rejected, line.cancelled, line.consentFromPerson,
                        line.consentFromOther, line.consentNotObtained, line.requests, line.provided, line.declined,
                    ]
                    let times = [line.medianSecondsToStored, line.medianSecondsToOpened]
                    return
                        ([group, line.key, report.from.text, report.to.text] + counts.map(String.init)
                        + times.map { $0.map(String.init) ?? "" }).joined(separator: ",")
                }
            }
    }
}
