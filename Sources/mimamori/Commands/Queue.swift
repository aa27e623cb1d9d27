// `mimamori queue FORM`: reads a form, judges it, seals it into the durable outbox and tries to send it. Works with the
// relay down; then the package waits in the outbox.

import ArgumentParser
import Foundation
import MimamoriClient
import MimamoriCore

struct Queue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: say("様式を確かめて封をし、送信待ちに入れて送ります。", "Check a form, seal it, queue it and send it."),
        discussion: paragraphs(
            "中継につながらなくても送信待ちに残り、後で mimamori send で送れます。\n"
                + "被害情報・資料・連絡は、まとめて送れます: 青森県の全協議会（aomori/*）、参加協議会（@seats）。\n"
                + "例: mimamori queue 様式.toml --to 八戸市 --dry-run",
            "With the relay down it stays queued for mimamori send.\n"
                + "Bulletins, material and notices can go to groups: every council of a prefecture (aomori/*), or those that "
                + "you sit in (@seats).\n"
                + "Example: mimamori queue form.toml --to 八戸市 --dry-run"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var outgoing: OutgoingOptions

    @Argument(
        help: help("記入した様式。- は標準入力。", "The filled-in form; - for standard input.", valueName: "form"),
        completion: .file())
    var form: String

    @Option(
        help: help(
            "宛先。様式の宛先に加えます。", "A recipient or group, added to those of the form; repeatable.", valueName: "party"))
    var to: [String] = []

    @Option(
        help: help("まとめた宛先から除くもの。", "One to leave out of a group; repeatable.", valueName: "party"))
    var except: [String] = []

    @Option(
        help: help(
            "添付ファイル。様式のものに加えます。", "A file to attach, added to those of the form; repeatable.", valueName: "file"),
        completion: .file())
    var attach: [String] = []

    @Option(
        help: help(
            "個人が分かる記載とされたものが誤検知である理由を書いたファイル。別の人の承認が必要になります。",
            "A file saying why what looks like a personal identifier is none; a second person must then release it.",
            valueName: "file"),
        completion: .file())
    var falseAlarmReasonFrom: String?

    func run() async throws {
        let reason = try falseAlarmReasonFrom.map(NamedFile.text)
        let filled = try read()
        let client = try common.client()
        let outgoing = Outgoing(
            client: client, console: common.console, isJSON: output.json, options: outgoing)
        let found = try await outgoing.lookUp { try find(filled, in: $0, client) }
        var draft = filled.draft(found)
        draft.falseAlarmReason = reason
        try await outgoing.run(draft)
    }

    private func read() throws -> FilledForm {
        let today = common.world.now().dateInJapan
        let given: Set<String> = attach.isEmpty ? [] : ["package.attachments"]
        switch FormReader.read(try NamedFile.read(form), today: today, given: given) {
        case .success(let filled): return filled
        case .failure(let failure): throw UnreadableForm(path: form, mistakes: failure.mistakes)
        }
    }

    private func find(_ filled: FilledForm, in directory: Directory, _ client: Client) throws -> FilledForm.Findings {
        let recipients = Recipients(
            directory: directory, sender: client.home.settings.person.party, kind: filled.kind,
            now: common.world.now())
        let document = filled.document.map(besideForm)
        return FilledForm.Findings(
            recipients: try recipients.find(filled.recipients + to, except: except),
            attachments: ([document].compactMap { $0 } + filled.attachments.map(besideForm) + attach),
            onBehalfOf: try filled.onBehalfOf.map(recipients.one),
            document: try document.map(client.digest(of:)))
    }

    /// Attachments named in a form are looked for beside it, so that a folder can be moved as a whole.
    private func besideForm(_ path: String) -> String {
        guard form != "-", !path.hasPrefix("/") else { return path }
        return URL(filePath: form).deletingLastPathComponent().appending(path: path).path
    }
}
