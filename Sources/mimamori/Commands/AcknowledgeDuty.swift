// `mimamori acknowledge-duty`: shows the duty of confidentiality in the statute's present words (N19) and signs that it is
// known. Typed at the terminal; without one, only by the version of the very text that `--show` printed.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct AcknowledgeDuty: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge-duty",
        abstract: say("秘密保持義務を読み、確認した記録を残します。", "Read the duty of confidentiality and acknowledge it."),
        discussion: paragraphs(
            "個人情報を開く前に必要です。文面が改まったときと、一定の期間が過ぎたときは、もう一度求められます（消費者安全法第11条の5、第53条第1項）。\n"
                + "端末がないときは、--show で表示された版を --i-have-read に書きます。",
            "Needed before personal information is opened; asked again when the text changes and after a period (Consumer "
                + "Safety Act, Articles 11-5 and 53(1)).\n"
                + "Without a terminal, give --i-have-read the version that --show printed."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Flag(help: help("文面と状況を表示するだけです。", "Only show the text and where you stand."))
    var show = false

    @Option(
        help: help("読んだ文面の版。端末での確認に代わります。", "The version that was read, instead of typing.", valueName: "version"))
    var iHaveRead: String?

    private struct Answer: Encodable {
        let version: String
        let text: Bilingual
        let acknowledgedVersion: String?
        let acknowledgedAt: Timestamp?
        let endsAt: Timestamp?
        let isCurrent: Bool

        enum CodingKeys: String, CodingKey {
            case version, text
            case acknowledgedVersion = "acknowledged_version"
            case acknowledgedAt = "acknowledged_at"
            case endsAt = "ends_at"
            case isCurrent = "is_current"
        }
    }

    func validate() throws {
        guard !(show && iHaveRead != nil) else {
            throw ValidationError(
                say("--show と --i-have-read は一緒に使えません。", "--show and --i-have-read cannot go together."))
        }
    }

    func run() async throws {
        let (console, isJSON, onlyShow, read) = (common.console, output.json, show, iHaveRead)
        try await common.client().session { session in
            let question = DutyQuestion(session: session, console: console)
            var standing = try await session.dutyStanding()
            if !isJSON {
                if onlyShow || read == nil { Self.showText(standing.notice, console) }
                Self.tell(standing, console)
            }
            if !onlyShow, read != nil || !standing.isCurrent {
                if let read {
                    guard read == standing.notice.version else { throw Self.otherVersion }
                    try await session.acknowledgeDuty(version: read)
                } else {
                    guard try await question.ask(standing.notice) == true else { throw Self.notAcknowledged }
                }
                standing = try await session.dutyStanding()
                if !isJSON { Self.tell(standing, console) }
            }
            if isJSON {
                console.json(
                    Answer(
                        version: standing.notice.version, text: standing.notice.text,
                        acknowledgedVersion: standing.acknowledgedVersion, acknowledgedAt: standing.acknowledgedAt,
                        endsAt: standing.endsAt, isCurrent: standing.isCurrent))
            }
        }
    }

    private static func showText(_ notice: DutyNotice, _ console: Console) {
        for line in notice.text[console.language].split(separator: "\n", omittingEmptySubsequences: false) {
            console.data(DisplayWidth.wrap(PlainText.safe(String(line)), columns: 78).joined(separator: "\n"))
        }
        console.data("")
        console.pairs([(say("文面の版", "Version"), notice.version)])
    }

    private static func tell(_ standing: DutyStanding, _ console: Console) {
        let language = console.language
        let time = standing.acknowledgedAt.map { WrittenDate.moment($0, language) }
        switch (time, standing.isCurrent) {
        case (let time?, true):
            let end = standing.endsAt.map { WrittenDate.moment($0, language) }
            console.say(
                "\(time) に確認済みです。" + (end.map { "次は \($0) から求められます。" } ?? ""),
                "Acknowledged at \(time)." + (end.map { " It is asked again from \($0)." } ?? ""))
        case (let time?, false):
            console.say(
                "\(time) に確認していますが、文面が改まったか期間が過ぎたため、もう一度必要です。",
                "Acknowledged at \(time), but the text has changed or the period is over; it is needed again.")
        case (nil, _): console.say("まだ確認していません。", "Not acknowledged yet.")
        }
    }

    private static let notAcknowledged = CommandFailure(
        code: .usage, message: Bilingual(ja: "確認していません。", en: "Not acknowledged."),
        remedy: Bilingual(
            ja: "もう一度実行して「確認しました」と入力してください。端末がないときは、--show で読んだ文面の版を --i-have-read に書きます。",
            en:
                "Run it again and type \"acknowledged\"; without a terminal, give --i-have-read the version that --show "
                + "printed."))

    private static let otherVersion = CommandFailure(
        code: .usage,
        message: Bilingual(ja: "今の文面の版ではありません。", en: "This is not the version of the present text."),
        remedy: Bilingual(
            ja: "--show で今の文面を読み、その版を書いてください。", en: "Read the present text with --show and give its version."))
}
