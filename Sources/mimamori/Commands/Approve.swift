// `mimamori approve ID`: shows label, sender, recipients and the opened content of what awaits release, asks, and
// countersigns the very statement that was shown (SD-APR-1).

import ArgumentParser
import Foundation
import MimamoriClient
import MimamoriCore

struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: say("内容を確かめて承認します。承認すると相手に届きます。", "Examine a package and release it."),
        discussion: paragraphs(
            "格付、送信者、宛先、内容を表示し、端末で確認を求めます。自分が送ったものは承認できません。",
            "Shows label, sender, recipients and content, and asks at the terminal. Nobody can approve their own."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var package: PackageArgument

    @Flag(help: help("端末での確認を省きます。", "Do not ask at the terminal."))
    var yes = false

    @Option(
        help: help("添付ファイルを確かめるため、ここに取り出します。", "Unpack here, to look at the attachments.", valueName: "dir"),
        completion: .directory)
    var into: String?

    func run() async throws {
        let (id, folder, isConfirmed, common) = (package.id, into, yes, common)
        let client = try common.client()
        try await client.session { session in
            let console = common.console
            let names = Names(client)
            let examined = try await DutyQuestion(session: session, console: console).around(id, names) {
                try await session.examine(
                    id, into: folder, rendering: common.rendering, progress: console.progress)
            }
            ApprovalText(console, names).show(examined)
            guard examined.disagreements.isEmpty else { throw Refused(examined.disagreements) }
            guard isConfirmed || Self.confirm(console) else {
                throw CommandFailure(
                    code: .usage,
                    message: Bilingual(ja: "承認していません。何も変わっていません。", en: "Not approved; nothing has changed."),
                    remedy: Bilingual(
                        ja: "承認するなら、もう一度実行して「承認」と入力してください。端末がないときは --yes を付けます。"
                            + "差し戻すときは mimamori reject を使います。",
                        en: "To approve, run it again and type \"approve\"; without a terminal, add --yes. "
                            + "To refuse it, use mimamori reject."))
            }
            try await session.approve(examined)
            console.say("承認しました。宛先の受信箱に届きました。", "Approved; it is in the recipients' mailboxes.")
        }
    }

    private static func confirm(_ console: Console) -> Bool {
        let typed = console.ask(
            Bilingual(
                ja: "\nこの内容を上の宛先に提供します。承認するなら「承認」と入力してください: ",
                en: "\nThis will be supplied to the recipients above. Type \"approve\" to approve: "))
        return typed == "承認" || typed == "approve"
    }
}

struct ApprovalText {
    private let console: Console
    private let names: Names

    init(_ console: Console, _ names: Names) {
        self.console = console
        self.names = names
    }

    func show(_ examined: ExaminedPackage) {
        let manifest = examined.manifest
        var pairs = manifest.legalBasis.map { [(say("根拠", "Basis"), $0.citation[console.language])] } ?? []
        for attachment in examined.attachments {
            pairs.append((say("添付", "Attached"), "\(attachment.name) (\(Sizes.text(attachment.bytes)))"))
        }
        if let folder = examined.folder { pairs.append((say("取出し先", "Unpacked to"), folder)) }
        ManifestText(console, names).show(manifest, pairs)
        // A record of our forms goes without the heading that stands above already.
        let page = Record.read(examined.record).map { RecordText($0, console.language).page }
        console.data("\n" + PlainText.safe(page ?? examined.recordText))
    }
}
