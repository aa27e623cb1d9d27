// `mimamori operate hold` and `release-hold`: suspends disposal of packages, and ends that again. A hold works from the moment
// it is proposed; to release one takes a second person.

import ArgumentParser
import MimamoriClient
import MimamoriCore

/// Packages and the reason, for both.
struct HoldArguments: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var reason: ReasonOption
    @OptionGroup var confirmation: ConfirmationOption

    @Argument(help: help("番号。", "Packages.", valueName: "id"))
    var ids: [PackageID]

    func propose(_ action: Proposal.Action) async throws {
        let console = common.console
        let (ids, words) = (ids, try reason.read())
        if ids.count > 1 {
            try console.require(
                Bilingual(
                    ja: "\(ids.count) 件について「\(action.name.ja)」を提案します。",
                    en: "A \(action.name.en) will be proposed for \(ids.count) packages."),
                unless: confirmation.yes)
        }
        let proposals = try await common.client().session { try await $0.propose(action, ids, reason: words) }
        if output.json { return console.json(proposals) }
        ProposalText(console: console).show(proposals)
        if action == .hold {
            console.say("廃棄は今から停止されています。", "Disposal is suspended from now on.")
        }
        ProposalText(console: console).sayWhatFollows(proposals)
    }
}

struct OperateHold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: say("廃棄を停止します。すぐに効きます。", "Suspend disposal, with immediate effect."),
        discussion: paragraphs(
            "例: mimamori operate hold 番号 --reason-from 理由.txt",
            "Example: mimamori operate hold ID --reason-from reason.txt"))

    @OptionGroup var arguments: HoldArguments

    func run() async throws { try await arguments.propose(.hold) }
}

struct OperateReleaseHold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release-hold",
        abstract: say("廃棄の停止の解除を提案します。", "Propose to end the suspension of disposal."))

    @OptionGroup var arguments: HoldArguments

    func run() async throws { try await arguments.propose(.releaseHold) }
}
