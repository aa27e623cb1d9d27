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
                + "例: mimamori queue 様式.toml --to 八戸市 --dry-run",
            "With the relay down it stays queued for mimamori send.\n"
                + "Example: mimamori queue form.toml --to 八戸市 --dry-run"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(
        help: help("記入した様式。- は標準入力。", "The filled-in form; - for standard input.", valueName: "form"),
        completion: .file())
    var form: String

    @Option(help: help("宛先。様式の宛先に加えます。", "A recipient, added to those of the form; repeatable.", valueName: "party"))
    var to: [String] = []

    @Option(
        help: help(
            "添付ファイル。様式のものに加えます。", "A file to attach, added to those of the form; repeatable.", valueName: "file"),
        completion: .file())
    var attach: [String] = []

    @Flag(help: help("確かめるだけで、何も書かず、送りません。", "Only check; write and send nothing."))
    var dryRun = false

    @Flag(help: help("送信待ちに入れるだけで、送りません。", "Queue without sending."))
    var noSend = false

    private struct Answer: Encodable {
        let id: PackageID
        let kind: PackageKind
        let recipients: [Address]
        /// `queued`, `stored` or `awaiting_approval`.
        let state: String
        let receipt: StoredReceipt?
    }

    private struct DryRunAnswer: Encodable {
        struct Finding: Encodable {
            let code: String
            let rule: String
            let message: Bilingual
            let remedy: Bilingual
        }

        let recipients: [Address]
        let parts: Int
        let bytes: Int64
        let findings: [Finding]
    }

    func run() async throws {
        let filled = try read()
        let client = try common.client()
        let directory = try await directory(of: client)
        let recipients = try await recipients(filled.recipients + to, in: directory, client)
        let draft = filled.draft(recipients: recipients, attachments: filled.attachments.map(besideForm) + attach)
        guard !dryRun else { return try check(draft, client) }
        let entry = try client.prepare(draft, progress: common.console.progress)
        if !output.json { announce(entry, Names(directory)) }
        let outcome = noSend ? nil : try await send(entry, client)
        try report(entry, outcome)
    }

    private func read() throws -> FilledForm {
        let today = common.world.now().dateInJapan
        switch FormReader.read(try NamedFile.read(form), today: today) {
        case .success(let filled): return filled
        case .failure(let failure): throw UnreadableForm(path: form, mistakes: failure.mistakes)
        }
    }

    /// The cached directory; fetched when there is none yet.
    private func directory(of client: Client) async throws -> Directory {
        do {
            return try client.knownDirectory().directory
        } catch let failure as ClientFailure where failure.kind == .configuration && !noSend {
            return try await client.session { try await $0.refreshDirectory() }.directory
        }
    }

    /// A recipient that is unknown here may be new: the directory is fetched once more, if the relay can be reached.
    private func recipients(_ typed: [String], in directory: Directory, _ client: Client) async throws -> [Address] {
        do {
            return try Recipients.find(typed, in: directory)
        } catch let refused as Refused where !noSend {
            guard let fresh = try? await client.session({ try await $0.refreshDirectory() }) else { throw refused }
            return try Recipients.find(typed, in: fresh.directory)
        }
    }

    /// Attachments named in a form are looked for beside it, so that a folder can be moved as a whole.
    private func besideForm(_ path: String) -> String {
        guard form != "-", !path.hasPrefix("/") else { return path }
        return URL(filePath: form).deletingLastPathComponent().appending(path: path).path
    }

    private func check(_ draft: PackageDraft, _ client: Client) throws {
        let console = common.console
        let result = try client.dryRun(draft)
        if output.json {
            console.json(
                DryRunAnswer(
                    recipients: draft.recipients, parts: result.parts, bytes: result.contentBytes,
                    findings: result.findings.map {
                        .init(code: $0.code.rawValue, rule: $0.rule, message: $0.message, remedy: $0.remedy)
                    }))
        }
        guard result.findings.isEmpty else { throw Refused(result.findings) }
        guard !output.json else { return }
        let names = result.recipients.map { "\($0.qualifiedName) (\($0.address))" }.joined(separator: ", ")
        console.say("このまま送れます。何も書かず、何も送っていません。", "This can be sent. Nothing was written or sent.")
        console.say("  宛先: \(names)", "  To: \(names)")
        let size = Sizes.text(result.contentBytes)
        console.say("  大きさ: \(size)（\(result.parts) 個に分割）", "  Size: \(size) in \(result.parts) parts")
        sayWhatFollows(draft.kind)
    }

    private func announce(_ entry: OutboxEntry, _ names: Names) {
        let console = common.console
        console.data(entry.id.text)
        let recipients = names.parties(entry.manifest.recipients)
        console.say("送信待ちに入れました: \(entry.subject)", "Queued: \(entry.subject)")
        console.say("  宛先: \(recipients)", "  To: \(recipients)")
        sayWhatFollows(entry.manifest.kind)
    }

    private func sayWhatFollows(_ kind: PackageKind) {
        guard kind.carriesPersonalInformation else { return }
        common.console.say(
            "  相手に届く前に、同じ所属の承認者（あなた以外）の承認が必要です。承認者は mimamori approvals で確かめられます（SD-APR-1）。",
            "  Before it is delivered, an approver of your party other than you must release it; "
                + "mimamori approvals lists it for them (SD-APR-1).")
    }

    private func send(_ entry: OutboxEntry, _ client: Client) async throws -> SendOutcome? {
        let progress = common.console.progress
        do {
            return try await client.session { try await $0.send([entry.id], progress: progress) }.first
        } catch let failure as ClientFailure where failure.kind == .unreachable || failure.kind == .tryLater {
            return SendOutcome(id: entry.id, subject: entry.subject, result: .failed(failure))
        }
    }

    /// What cannot be sent now is queued all the same, and that is success; a refusal or a false answer is not.
    private func report(_ entry: OutboxEntry, _ outcome: SendOutcome?) throws {
        let console = common.console
        func answer(_ state: String, _ receipt: StoredReceipt? = nil) {
            guard output.json else { return }
            console.json(
                Answer(
                    id: entry.id, kind: entry.manifest.kind, recipients: entry.manifest.recipients, state: state,
                    receipt: receipt))
        }
        switch outcome?.result {
        case nil:
            answer("queued")
            console.say("まだ送っていません。mimamori send で送ります。", "Not sent yet; mimamori send sends it.")
        case .stored(let receipt, let awaitsApproval):
            answer(awaitsApproval ? PackageState.awaitingApproval.rawValue : "stored", receipt)
            OutcomeText(console).say(receipt, awaitsApproval)
        case .failed(let failure) where failure.kind == .unreachable || failure.kind == .tryLater:
            answer("queued")
            console.say(
                "中継につながらないため、送信待ちに残しました。後で mimamori send を実行してください。（\(failure.message.ja)）",
                "The relay cannot be reached; the package stays queued. Run mimamori send later. (\(failure.message.en))"
            )
        case .failed(let failure):
            answer("queued")
            throw failure
        case .refused(let refused):
            answer("queued")
            throw refused
        }
    }
}
