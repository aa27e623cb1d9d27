// `mimamori reject ID`: the second person refuses the release, with a reason that the sender's party reads.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Reject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: say("理由を付けて差し戻します。", "Refuse the release, with a reason."),
        discussion: paragraphs(
            "--reason はこの端末の他の利用者からも見えることがあります。個人が分かることを書くときは --reason-from を使ってください。",
            "Others on this machine may see --reason; use --reason-from for anything that identifies a person."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var package: PackageArgument

    @Option(help: help("差し戻す理由。", "The reason.", valueName: "text"))
    var reason: String?

    @Option(
        help: help("理由を書いたファイル。- は標準入力。", "A file with the reason; - for standard input.", valueName: "file"),
        completion: .file())
    var reasonFrom: String?

    func validate() throws {
        guard (reason == nil) != (reasonFrom == nil) else {
            throw ValidationError(
                say("--reason か --reason-from のどちらか一つを指定してください。", "Give either --reason or --reason-from."))
        }
    }

    func run() async throws {
        let id = package.id
        let file = try reasonFrom.map { String(decoding: try NamedFile.read($0, limit: 16384), as: UTF8.self) }
        let words = (reason ?? file ?? "").trimmingPrefix { $0.isWhitespace }
        let client = try common.client()
        try await client.session { try await $0.reject(id, reason: String(words)) }
        common.console.say("差し戻しました: \(id)", "Refused: \(id)")
    }
}
