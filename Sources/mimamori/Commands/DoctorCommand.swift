// `mimamori doctor`: is everything in order here and on the way to the relay? Prints each check with advice.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: say("証明書、時計、中継への接続等を点検します。", "Check certificates, clock and relay, with advice."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        let name: String
        let verdict: String
        let finding: Bilingual
        let advice: Bilingual?
    }

    func run() async throws {
        let console = common.console
        let checks = await Doctor.examine(folder: common.folder, world: common.world)
        if output.json {
            console.json(
                checks.map {
                    Answer(name: $0.name, verdict: $0.verdict.rawValue, finding: $0.finding, advice: $0.advice)
                })
        } else {
            let width = checks.map { DisplayWidth.of($0.title[console.language]) }.max() ?? 0
            for check in checks {
                let title = DisplayWidth.pad(check.title[console.language], to: width)
                console.data(
                    "\(mark(check.verdict, console))  \(title)  \(PlainText.line(check.finding[console.language]))")
                guard let advice = check.advice else { continue }
                for line in DisplayWidth.wrap("→ " + PlainText.line(advice[console.language]), columns: 70) {
                    console.data("      " + line)
                }
            }
        }
        let bad = checks.filter { $0.verdict == .bad }
        guard !bad.isEmpty else { return }
        let onlyRelay = bad.allSatisfy { $0.name == "relay" }
        throw ExitCode((onlyRelay ? ExitCodes.unreachable : .configuration).rawValue)
    }

    private func mark(_ verdict: DoctorCheck.Verdict, _ console: Console) -> String {
        let (word, style): (Bilingual, Console.Style) =
            switch verdict {
            case .good: (Bilingual(ja: "良好", en: "good"), .green)
            case .warning: (Bilingual(ja: "注意", en: "note"), .yellow)
            case .bad: (Bilingual(ja: "異常", en: "BAD "), .red)
            case .skipped: (Bilingual(ja: "省略", en: "skip"), .faint)
            }
        return console.styled(word[console.language], style, on: console.outputIsTerminal)
    }
}
