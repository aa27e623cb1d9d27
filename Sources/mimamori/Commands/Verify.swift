// `mimamori verify FILE`: is this receipt, manifest, part or folder of evidence genuine? Works without the relay.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: say("受領証や証拠フォルダが本物かを、中継なしで検証します。", "Check a receipt or evidence folder, offline."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(
        help: help(
            "ファイル、または receive が作った evidence フォルダ。", "A file, or an evidence folder made by receive.", valueName: "path"),
        completion: .file())
    var path: String

    @Option(help: help("署名した人の証明書（PEM）。", "Certificates of signers (PEM).", valueName: "file"), completion: .file())
    var certificates: String?

    private struct Answer: Encodable {
        struct Line: Encodable {
            let verdict: String
            let text: Bilingual
        }

        let subject: String
        let verdict: String
        let lines: [Line]
    }

    func run() async throws {
        let console = common.console
        let report = try common.client().verify(path, certificatesPath: certificates)
        if output.json {
            console.json(
                Answer(
                    subject: report.subject.rawValue, verdict: report.verdict.rawValue,
                    lines: report.lines.map { .init(verdict: $0.verdict.rawValue, text: $0.text) }))
        } else {
            for line in report.lines {
                console.data("\(mark(line.verdict, console))  \(PlainText.line(line.text[console.language]))")
            }
            console.heading(conclusion(report.verdict)[console.language])
        }
        switch report.verdict {
        case .genuine: return
        case .notGenuine: throw ExitCode(ExitCodes.protocolError.rawValue)
        case .undecided: throw ExitCode(ExitCodes.noInput.rawValue)
        }
    }

    private func mark(_ verdict: VerificationReport.Verdict, _ console: Console) -> String {
        let (word, style): (Bilingual, Console.Style) =
            switch verdict {
            case .genuine: (Bilingual(ja: "合格", en: "pass"), .green)
            case .notGenuine: (Bilingual(ja: "不合格", en: "FAIL"), .red)
            case .undecided: (Bilingual(ja: "未確定", en: "open"), .yellow)
            }
        return DisplayWidth.pad("", to: 0) + console.styled(word[console.language], style, on: console.outputIsTerminal)
    }

    private func conclusion(_ verdict: VerificationReport.Verdict) -> Bilingual {
        switch verdict {
        case .genuine: Bilingual(ja: "本物です。", en: "Genuine.")
        case .notGenuine:
            Bilingual(
                ja: "本物ではありません。内容を信用せず、送信元に確かめてください。",
                en: "Not genuine. Do not trust it; ask whoever it is said to come from.")
        case .undecided:
            Bilingual(
                ja: "判断できません。--certificates で署名した人の証明書を指定してください。",
                en: "Undecided. Name the signers' certificates with --certificates.")
        }
    }
}
