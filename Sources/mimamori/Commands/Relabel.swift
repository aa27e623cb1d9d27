// `mimamori relabel ID`: an approver changes the 機密性 of what their party sent (SD-CLS-3), so that what goes back to it may
// carry the new level. The reason is read from a file, because others on the machine can see arguments.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Relabel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relabel",
        abstract: say("送ったものの機密性を変え、理由を記録します（承認者）。", "Change the label of what was sent (approvers)."),
        discussion: paragraphs(
            "送ったもの自体の表示は変わりません。これをもとにした送付の格付に効きます。送信者本人は変えられません。\n"
                + "例: mimamori relabel 番号 --confidentiality 1 --reason-from 理由.txt",
            "The package keeps the label that it was signed with; what is made from it may carry the new one. Its sender "
                + "cannot change it.\n"
                + "Example: mimamori relabel ID --confidentiality 1 --reason-from reason.txt"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var package: PackageArgument

    @Option(help: help("新しい機密性（1 か 2）。", "The new level, 1 or 2.", valueName: "n"))
    var confidentiality: Int

    @Option(
        help: help("理由を書いたファイル。- は標準入力。", "A file with the reason; - for standard input.", valueName: "file"),
        completion: .file())
    var reasonFrom: String

    private struct Answer: Encodable {
        let id: PackageID
        let from: Int
        let to: Int
    }

    func validate() throws {
        guard (1...2).contains(confidentiality) else {
            throw ValidationError(say("機密性は 1 か 2 です（SD-CLS-6）。", "The level is 1 or 2 (SD-CLS-6)."))
        }
    }

    func run() async throws {
        let (id, level, reason) = (package.id, confidentiality, try NamedFile.text(reasonFrom))
        let console = common.console
        let former = try await common.client().session { try await $0.relabel(id, to: level, reason: reason) }
        guard !output.json else { return console.json(Answer(id: id, from: former, to: level)) }
        console.say(
            "機密性を \(former) から \(level) に変え、理由とともに記録しました: \(id)",
            "Changed from confidentiality \(former) to \(level), on record with the reason: \(id)")
    }
}
