// `mimamori witness`: another organisation's auditor watches over the log and cosigns its heads, once or on a timer. On a
// rollback or a fork it signs nothing, says so and ends with 76.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Witness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: say("記録の証人として、先頭値を確かめて連署します。", "Watch over the log and cosign its heads."),
        discussion: paragraphs(
            "中継を運用していない組織の監査担当者が使います。前回の続きであることを確かめてから署名し、巻き戻しや分岐があれば署名せずに知らせます（終了コード 76）。\n"
                + "準備: mimamori witness init --key 証人.key --name city.example/witness で鍵を作り、"
                + "表示された検証鍵を中継の運用担当者（log.witnesses）と、記録を確かめる人（witnesses.txt）に渡します。",
            "For the auditor of an organisation that does not run the relay. It signs only what continues what it saw last; on a "
                + "rollback or a fork it signs nothing and says so (exit code 76).\n"
                + "First: mimamori witness init --key witness.key --name city.example/witness makes the key; give the verifier "
                + "key that it prints to the relay's operator (log.witnesses) and to whoever checks the log "
                + "(witnesses.txt)."),
        subcommands: [Cosign.self, WitnessInit.self], defaultSubcommand: Cosign.self)

    struct Cosign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cosign", abstract: say("確かめて連署します（既定）。", "Check and cosign (the default)."))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        @Option(help: help("証人の鍵のファイル。", "The witness's key file.", valueName: "file"), completion: .file())
        var key: String

        @Option(help: help("証人の名前（確認のため）。", "The witness's name, to make sure.", valueName: "name"))
        var name: String?

        @Flag(help: help("一度だけ（既定）。", "Once (the default)."))
        var once = false

        @Option(help: help("この秒数ごとに繰り返します（10 以上）。", "Again every so many seconds (10 or more).", valueName: "seconds"))
        var interval: Int?

        private struct Answer: Encodable {
            let size: Int64
            let root: String
            let previousSize: Int64?
            let time: Timestamp

            enum CodingKeys: String, CodingKey {
                case size, root, time
                case previousSize = "previous_size"
            }
        }

        func validate() throws {
            guard !once || interval == nil else {
                throw ValidationError(say("--once と --interval は同時に使えません。", "Use --once or --interval."))
            }
            guard interval ?? 10 >= 10 else {
                throw ValidationError(say("--interval は 10 以上です。", "--interval is 10 or more."))
            }
        }

        func run() async throws {
            let (console, isJSON, interval) = (common.console, output.json, interval)
            let witness = try WitnessKey.read(path: key, name: name)
            try await common.client().session { session in
                while true {
                    do {
                        Self.show(try await session.witness(witness), console, isJSON: isJSON)
                        guard interval != nil else { return }
                    } catch let failure as ClientFailure where interval != nil && Self.isPassing(failure) {
                        console.say(
                            "\(failure.message.ja) 次の回にもう一度試します。", "\(failure.message.en) Trying again next time.")
                    }
                    try await Task.sleep(for: .seconds(interval ?? 0))
                }
            }
        }

        private static func isPassing(_ failure: ClientFailure) -> Bool {
            failure.kind == .unreachable || failure.kind == .tryLater
        }

        private static func show(_ head: WitnessedHead, _ console: Console, isJSON: Bool) {
            guard !isJSON else {
                return console.json(
                    Answer(size: head.size, root: head.root, previousSize: head.previousSize, time: head.time))
            }
            let before = head.previousSize.map {
                Bilingual(ja: "前回の \($0) 件の続きです", en: "continues the \($0) seen before")
            }
            let first = Bilingual(ja: "初めて見ました", en: "seen for the first time")
            let time = WrittenDate.moment(head.time, console.language)
            console.data(
                say(
                    "\(time) 記録 \(head.size) 件に連署しました（\((before ?? first).ja)）。",
                    "\(time) cosigned the log of \(head.size) entries (\((before ?? first).en))."))
        }
    }

    struct WitnessInit: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init", abstract: say("証人の鍵を作り、検証鍵を表示します。", "Make a witness's key and print its verifier key.")
        )

        @OptionGroup var common: CommonOptions

        @Option(help: help("鍵を保存する新しいファイル。", "The new key file.", valueName: "file"), completion: .file())
        var key: String

        @Option(
            help: help(
                "証人の名前。組織の分かる、変わらない名前（空白と + は不可）。",
                "The witness's name: of the organisation, for ever; no space, no +.", valueName: "name"))
        var name: String

        func run() throws {
            common.console.data(try WitnessKey.create(path: key, name: name, world: common.world))
            common.console.say(
                "この検証鍵を、中継の運用担当者と、記録を確かめる人に渡してください。\(key) は渡さず、控えを取って保管してください。",
                "Give this verifier key to the relay's operator and to whoever checks the log. Keep \(key) to yourself, with "
                    + "a copy in a safe place.")
        }
    }
}
