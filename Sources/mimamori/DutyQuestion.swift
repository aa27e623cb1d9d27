// Asks a person at the terminal to acknowledge the duty of confidentiality (N19), and only there: what is piped in cannot
// acknowledge anything. `acknowledge-duty` asks when it is run; `receive` and `approve` ask when the relay will not hand out
// the first personal package otherwise, after its header was shown.

import MimamoriClient
import MimamoriCore

struct DutyQuestion {
    let session: Session
    let console: Console
    /// Programs are never asked.
    var isJSON = false

    static let words: Set<String> = ["確認しました", "acknowledged"]

    /// The text, set off from everything around it.
    func show(_ notice: DutyNotice) {
        console.report("")
        for line in notice.text[console.language].split(separator: "\n", omittingEmptySubsequences: false) {
            let wrapped = DisplayWidth.wrap(PlainText.safe(String(line)), columns: 76)
            console.report(wrapped.map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n"))
        }
        console.report("")
    }

    /// Asks, signs and sends. `nil` without a terminal; `false` when something else was typed.
    func ask(_ notice: DutyNotice) async throws -> Bool? {
        let typed = console.ask(
            Bilingual(
                ja: "この義務を確認したら「確認しました」と入力してください: ",
                en: "Type \"acknowledged\" when you have read this and know your duty: "))
        guard let typed else { return nil }
        guard Self.words.contains(typed) else { return false }
        try await session.acknowledgeDuty(version: notice.version)
        console.say("秘密保持義務を確認した記録を中継に残しました。", "Your acknowledgement is on record at the relay.")
        return true
    }

    /// Runs `body`; when the relay wants the duty acknowledged first, shows the package's header and the text, asks, and
    /// runs it once more. Without a terminal, or without a yes, the relay's refusal stands.
    func around<Value>(_ id: PackageID, _ names: Names, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let refused as Refused where refused.asksForDuty && !isJSON && console.hasTerminal {
            ManifestText(console, names).show(try await session.status(id).manifest)
            let notice = try await session.dutyStanding().notice
            show(notice)
            guard try await ask(notice) == true else { throw refused }
            return try await body()
        }
    }
}
