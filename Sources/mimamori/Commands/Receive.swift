// `mimamori receive`: verifies, opens and unpacks what has arrived and sends the signed receipt. The handling label is
// printed before anything else (SD-CLS-2).

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Receive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive",
        abstract: say("届いたものを検証して開き、開封の受領証を返します。", "Verify, open and receipt what has arrived."),
        discussion: paragraphs(
            "検証に失敗したものは一つも書き出しません。番号を省略すると、まだ開いていないものをすべて受け取ります。"
                + "個人情報を初めて開くときは、端末で秘密保持義務の確認を求めます。\n"
                + "例: mimamori receive --into 受領",
            "Nothing that fails a check is written. Without ids, everything not yet opened is received. Before the first "
                + "personal information it asks at the terminal to acknowledge the duty of confidentiality.\n"
                + "Example: mimamori receive --into received"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: help("受け取るものの番号。", "Ids to receive.", valueName: "id"))
    var ids: [PackageID] = []

    @Option(help: help("書き出す先のフォルダ。", "The folder to write to.", valueName: "dir"), completion: .directory)
    var into: String

    @Flag(help: help("内容も画面に表示します。", "Show the content on the screen, too."))
    var show = false

    private struct Answer: Encodable {
        let id: PackageID
        let label: HandlingLabel?
        let kind: PackageKind
        let sender: PersonAddress
        let approvedBy: PersonAddress?
        let folder: String
        let files: [String]
        let receipt: StoredReceipt
        let openedReceiptSent: Bool
        /// Where the sealed record and the signed manifest differ.
        let disagreements: [Bilingual]

        enum CodingKeys: String, CodingKey {
            case id, label, kind, sender, folder, files, receipt, disagreements
            case approvedBy = "approved_by"
            case openedReceiptSent = "opened_receipt_sent"
        }
    }

    func run() async throws {
        let (common, chosen, folder, isJSON, shows) = (common, ids, into, output.json, show)
        let client = try common.client()
        let code = try await client.session { session in
            let console = common.console
            let names = Names(client)
            let duty = DutyQuestion(session: session, console: console, isJSON: isJSON)
            let ids =
                chosen.isEmpty
                ? try await session.wholeInbox().filter { $0.delivery == .stored || $0.delivery == .fetched }.map(\.id)
                : chosen
            if ids.isEmpty { console.say("新しく届いたものはありません。", "Nothing new has arrived.") }
            var worst: Int32 = 0
            var answers: [Answer] = []
            for (place, id) in ids.enumerated() {
                if place > 0, !isJSON { console.data("") }
                do {
                    let received = try await duty.around(id, names) {
                        try await session.receive(
                            id, into: folder, rendering: common.rendering, progress: console.progress)
                    }
                    isJSON
                        ? answers.append(Self.answer(received))
                        : ReceivedText(console, names).show(received, withContent: shows)
                } catch let error where error is Refused || error is ClientFailure {
                    console.say("\(id) は受け取れませんでした。", "\(id) was not received.")
                    let code = ErrorMessages(console: console).report(error)
                    if worst == 0 { worst = code }
                }
            }
            if isJSON { console.json(answers) }
            return worst
        }
        if code != 0 { throw ExitCode(code) }
    }

    private static func answer(_ received: ReceivedPackage) -> Answer {
        let manifest = received.manifest
        return Answer(
            id: manifest.id, label: manifest.label, kind: manifest.kind, sender: manifest.sender,
            approvedBy: received.approvedBy, folder: received.folder, files: received.files,
            receipt: received.storedReceipt, openedReceiptSent: received.receiptPending == nil,
            disagreements: received.disagreements.map(\.message))
    }
}

struct ReceivedText {
    private let console: Console
    private let names: Names

    init(_ console: Console, _ names: Names) {
        self.console = console
        self.names = names
    }

    func show(_ received: ReceivedPackage, withContent: Bool) {
        var pairs: [(String, String)] = []
        if let approver = received.approvedBy { pairs.append((say("承認", "Approved"), names.person(approver))) }
        pairs.append((say("保存先", "Folder"), received.folder))
        ManifestText(console, names).show(received.manifest, pairs)
        for file in received.files { console.data("  " + PlainText.line(file)) }
        if withContent { console.data("\n" + PlainText.safe(received.recordText)) }
        console.say(
            "送信者と承認者の署名、内容、中継の受領証を検証しました。", "Sender, approver, content and the relay's receipt are verified.")
        DisagreementText(console).show(received.disagreements)
        if let pending = received.receiptPending {
            console.say(
                "開封の受領証はまだ返せていません。次の receive で返します。（\(pending.message.ja)）",
                "The receipt for opening is not sent yet; the next receive sends it. (\(pending.message.en))")
        } else {
            console.say("開封の受領証を返しました。", "The signed receipt for opening was sent.")
        }
        if received.manifest.kind == .request {
            console.say(
                "応じるかどうかを判断したら、次の命令で回答します（一部は partial、提供しないときは decline）。",
                "When you have decided, answer with this (or with partial, or decline):")
            console.report("  mimamori decide \(received.manifest.id) provide")
        }
    }
}

/// What the sealed record and the signed manifest do not agree on.
struct DisagreementText {
    private let console: Console

    init(_ console: Console) { self.console = console }

    func show(_ disagreements: [Refusal]) {
        guard !disagreements.isEmpty else { return }
        let heading = say(
            "注意: 署名された送付状と、封をされた記録の内容が食い違っています。送信者に確かめてください。",
            "WARNING: the signed manifest and the sealed record do not agree. Ask the sender.")
        console.report(console.styled(heading, .red, on: console.errorIsTerminal))
        for one in disagreements {
            console.say("  ・\(one.message.ja)（\(one.rule)）", "  - \(one.message.en) (\(one.rule))")
        }
    }
}
