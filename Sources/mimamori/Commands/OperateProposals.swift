// `mimamori operate proposals`, `confirm`, `withdraw`: what one person proposed, and the second person's word (SD-ACC-6).

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct OperateProposals: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proposals", abstract: say("廃棄や停止の提案を一覧にします。", "List proposals."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Option(
        help: help("open（確認待ち）、confirmed、withdrawn。", "open, confirmed or withdrawn.", valueName: "state"))
    var state: Proposal.State = .open

    func run() async throws {
        let (state, console) = (state, common.console)
        let proposals = try await common.client().session { try await $0.proposals(in: state) }
        if output.json { return console.json(proposals) }
        guard !proposals.isEmpty else { return console.say("提案はありません。", "There are no proposals.") }
        ProposalText(console: console).show(proposals)
    }
}

struct ProposalArgument: ParsableArguments {
    @Argument(help: help("提案の番号。", "The proposal's id.", valueName: "proposal-id"))
    var id: ProposalID
}

struct OperateConfirm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: say("ほかの人の提案を確認し、実行します。", "Confirm another person's proposal, and do it."),
        discussion: paragraphs(
            "自分の提案は確認できません。廃棄したものは元に戻せません。", "Nobody confirms their own. What is disposed of cannot be brought back."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var confirmation: ConfirmationOption
    @OptionGroup var proposal: ProposalArgument

    private struct Answer: Encodable {
        let proposal: Proposal
        let done: [PackageID]
        let left: [PackageID]
    }

    func run() async throws {
        let (common, isJSON, isConfirmed, id) = (common, output.json, confirmation.yes, proposal.id)
        try await common.client().session { session in
            let console = common.console
            let text = ProposalText(console: console)
            if !isConfirmed {
                let open = try await session.proposals(in: .open).filter { $0.id == id }
                text.show(open)
                let action = open.first?.action.name ?? Bilingual(ja: "提案", en: "proposal")
                try console.require(
                    Bilingual(ja: "この\(action.ja)を確認します。", en: "This \(action.en) will be confirmed."), unless: false)
            }
            let outcome = try await session.confirm(id)
            if isJSON {
                return console.json(Answer(proposal: outcome.proposal, done: outcome.done, left: outcome.left))
            }
            console.say(
                "確認しました（\(outcome.proposal.action.name.ja)）: \(outcome.done.count) 件",
                "Confirmed (\(outcome.proposal.action.name.en)): \(outcome.done.count) packages")
            outcome.done.forEach { console.data($0.text) }
            if !outcome.left.isEmpty {
                console.say(
                    "次のものは、その後の停止等のため行いませんでした: \(outcome.left.map(\.text).joined(separator: ", "))",
                    "Left alone, because something has come to stand against it: "
                        + outcome.left.map(\.text).joined(separator: ", "))
            }
        }
    }
}

struct OperateWithdraw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: say("提案を取り下げます。", "Withdraw a proposal."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var proposal: ProposalArgument

    func run() async throws {
        let (id, console) = (proposal.id, common.console)
        let withdrawn = try await common.client().session { try await $0.withdraw(id) }
        if output.json { return console.json(withdrawn) }
        console.say("取り下げました: \(id)", "Withdrawn: \(id)")
    }
}
