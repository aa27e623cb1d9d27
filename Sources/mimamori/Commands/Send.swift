// `mimamori send`: sends what waits in the outbox, oldest first.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: say("送信待ちのものを、古い順に送ります。", "Send what is queued, oldest first."),
        discussion: paragraphs(
            "途中で切れた送信は続きから送ります。二重に届くことはありません。",
            "An interrupted transfer goes on where it stopped; nothing arrives twice."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: help("送るものの番号。省略するとすべて。", "Ids to send; all when left out.", valueName: "id"))
    var ids: [PackageID] = []

    private struct Answer: Encodable {
        let id: PackageID
        /// `stored`, `awaiting_approval`, `refused` or `queued`.
        let state: String
        let receipt: StoredReceipt?
        let reason: String?
    }

    func run() async throws {
        let console = common.console
        let client = try common.client()
        let progress = console.progress
        let chosen = ids.isEmpty ? nil : ids
        let outcomes = try await client.session { try await $0.send(chosen, progress: progress) }
        if output.json { console.json(outcomes.map(answer)) }
        if outcomes.isEmpty { console.say("送信待ちのものはありません。", "Nothing is queued.") }
        let messages = ErrorMessages(console: console)
        var worst = ExitCodes.done
        for outcome in outcomes {
            if !output.json, outcomes.count > 1 {
                console.say("\(outcome.id)  \(outcome.subject)", "\(outcome.id)  \(outcome.subject)")
            }
            switch outcome.result {
            case .stored(let receipt, let awaitsApproval):
                OutcomeText(console).say(receipt, awaitsApproval)
            case .refused(let refused):
                let code = messages.report(refused)
                if worst == .done { worst = ExitCodes(rawValue: code) ?? .refused }
            case .failed(let failure):
                // One relay that cannot be reached is said once, not for each package.
                let isSaid = failure.kind == .unreachable && worst == .unreachable
                if !isSaid { _ = messages.report(failure) }
                if worst == .done { worst = ExitCodes(failure.kind) }
            }
        }
        if worst != .done {
            console.say("送れなかったものは、送信待ちに残っています。", "What could not be sent is still queued.")
            throw ExitCode(worst.rawValue)
        }
    }

    private func answer(_ outcome: SendOutcome) -> Answer {
        switch outcome.result {
        case .stored(let receipt, let awaitsApproval):
            Answer(
                id: outcome.id, state: awaitsApproval ? PackageState.awaitingApproval.rawValue : "stored",
                receipt: receipt, reason: nil)
        case .refused(let refused):
            Answer(id: outcome.id, state: "refused", receipt: nil, reason: refused.findings[0].code.rawValue)
        case .failed(let failure):
            Answer(id: outcome.id, state: "queued", receipt: nil, reason: failure.kind.rawValue)
        }
    }
}

/// What the relay's receipt means for the sender, in words.
struct OutcomeText {
    private let console: Console

    init(_ console: Console) { self.console = console }

    func say(_ receipt: StoredReceipt, _ awaitsApproval: Bool) {
        let time = WrittenDate.moment(receipt.storedAt, console.language)
        console.say(
            "中継が受け取りました（\(time)、記録番号 \(receipt.logIndex)）。",
            "The relay has it (\(time), log entry \(receipt.logIndex)).")
        if awaitsApproval {
            console.say("  承認待ちです。承認されるまで相手には届きません。", "  It awaits approval; nothing is delivered before.")
        } else {
            console.say("  宛先の受信箱に届きました。", "  It is in the recipients' mailboxes.")
        }
    }
}
