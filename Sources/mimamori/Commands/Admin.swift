// `mimamori admin`: changes to the directory, by administrators. Each part of the directory has a file of its own; what
// they share is here.

import ArgumentParser
import Foundation
import MimamoriClient
import MimamoriCore

struct Admin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin", abstract: say("名簿を管理します（管理者）。", "Manage the directory (administrators)."),
        subcommands: [
            AdminImport.self, AdminParty.self, AdminPerson.self, AdminRole.self, AdminCertificate.self,
            AdminMembership.self, AdminSeats.self, AdminReview.self,
        ])
}

/// What a change did, told alike by every administrator's verb.
struct ChangeReport {
    let console: Console
    let isJSON: Bool

    private struct Answer: Encodable {
        let version: Int64
        let changed: Int
        let owners: [String]?
    }

    /// `owners` are named when the person who asked for the change did not name them.
    func tell(_ change: DirectoryChange, owners: [String]? = nil) {
        if isJSON {
            return console.json(Answer(version: change.version, changed: change.changed, owners: owners))
        }
        for owner in owners ?? [] { console.data(owner) }
        console.data(
            change.changed == 0
                ? say("既にそのとおりでした。変更はありません。", "It already stood so; nothing changed.")
                : say(
                    "\(change.changed) 件を変更しました（名簿の版 \(change.version)）。",
                    "Changed \(change.changed) (directory version \(change.version))."))
    }
}

struct AdminImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: say("協議会の一覧を名簿に取り込みます。", "Import the list of councils."),
        discussion: paragraphs(
            "例: mimamori admin import seeds/councils.csv --prefecture 青森県",
            "Example: mimamori admin import seeds/councils.csv --prefecture aomori"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: help("一覧のファイル。", "The list.", valueName: "file"), completion: .file(extensions: ["csv"]))
    var file: String

    @Option(help: help("この都道府県だけを取り込みます。", "Only of this prefecture.", valueName: "prefecture"))
    var prefecture: String?

    func run() async throws {
        let chosen = try prefecture.map { text in
            guard let prefecture = Prefecture.named(text) else {
                throw CommandFailure(
                    code: .usage, message: Bilingual(ja: "都道府県として読めません。", en: "This is no prefecture."),
                    remedy: Bilingual(ja: "青森県 または aomori のように書いてください。", en: "Write it as aomori or 青森県."))
            }
            return prefecture
        }
        let text = String(decoding: try NamedFile.read(file), as: UTF8.self)
        let parties = try CouncilSeed.parties(inCSV: text, of: chosen)
        guard !parties.isEmpty else {
            return common.console.say("取り込むものがありません。", "There is nothing to import.")
        }
        let change = try await common.client().session { try await $0.register(parties) }
        ChangeReport(console: common.console, isJSON: output.json).tell(change)
    }
}
