// `mimamori operate`: retention and disposal, by operators and administrators (N22, SD-DEL-1). One file for each part; what
// they share is here. Holding takes effect at once, destroying and releasing take two persons (docs/decisions/0011).

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Operate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operate",
        abstract: say("保存期間と廃棄を扱います（運用担当者・管理者）。", "Retention and disposal (operators, administrators)."),
        subcommands: [
            OperateDisposal.self, OperateHold.self, OperateReleaseHold.self, OperateProposals.self,
            OperateConfirm.self, OperateWithdraw.self, OperateCertificate.self,
        ])
}

/// Proposals for a person's eyes: what, how many, by whom, and what follows.
struct ProposalText {
    let console: Console

    func show(_ proposals: [Proposal]) {
        for proposal in proposals {
            console.entry(
                [
                    proposal.id.text, proposal.action.name[console.language],
                    say("\(proposal.packages.count) 件", "\(proposal.packages.count) packages"),
                    proposal.state.name[console.language],
                ],
                [
                    proposal.proposedBy.text, WrittenDate.minute(proposal.proposedAt, console.language),
                    proposal.reason,
                ])
        }
    }

    /// After proposing: the second person's command.
    func sayWhatFollows(_ proposals: [Proposal]) {
        for proposal in proposals {
            console.say(
                "  別の運用担当者か管理者が確認します: mimamori operate confirm \(proposal.id)",
                "  Another operator or administrator confirms it: mimamori operate confirm \(proposal.id)")
        }
    }
}

extension Console {
    /// Throws when a person does not say yes at the terminal.
    func require(_ question: Bilingual, unless isConfirmed: Bool) throws {
        guard !isConfirmed else { return }
        let typed = ask(Bilingual(ja: question.ja + " 行うなら「はい」と入力してください: ", en: question.en + " Type \"yes\": "))
        guard typed == "はい" || typed == "yes" else {
            throw CommandFailure(
                code: .usage, message: Bilingual(ja: "行っていません。何も変わっていません。", en: "Not done; nothing has changed."),
                remedy: Bilingual(
                    ja: "もう一度実行して「はい」と入力してください。端末がないときは --yes を付けます。",
                    en: "Run it again and type \"yes\"; without a terminal, add --yes."))
        }
    }
}

struct ConfirmationOption: ParsableArguments {
    @Flag(help: help("端末での確認を省きます。", "Do not ask at the terminal."))
    var yes = false
}

struct ReasonOption: ParsableArguments {
    @Option(
        help: help(
            "理由を書いたファイル。- は標準入力。個人名は書きません。", "A file with the reason, without names; - for standard input.",
            valueName: "file"), completion: .file())
    var reasonFrom: String

    func read() throws -> String { try NamedFile.text(reasonFrom) }
}
