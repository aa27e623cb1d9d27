// `mimamori admin membership set`: who sits in which council, and since when (N1, N2).

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct AdminMembership: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "membership", abstract: say("協議会の構成員を管理します。", "Manage who sits in a council."),
        subcommands: [Set.self])

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: say("構成員の状態を登録します。", "Set a member's state."),
            discussion: paragraphs(
                "例: mimamori admin membership set aomori/hachinohe-shi aomori-police/hachinohe --state active --since 2026-04-01",
                "Example: mimamori admin membership set aomori/hachinohe-shi aomori-police/hachinohe --state active --since 2026-04-01"
            ))

        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        @Argument(help: help("協議会のアドレス。", "The council.", valueName: "council"))
        var council: Address

        @Argument(help: help("構成員のアドレス。", "The member.", valueName: "member"))
        var member: Address

        @Option(help: help("構成員の状態。", "requested, active or ended.", valueName: "state"))
        var state: Membership.State

        @Option(help: help("その状態になった日。", "The day from which it holds.", valueName: "date"))
        var since: String

        func run() async throws {
            guard let day = WrittenDate.read(since) else {
                throw CommandFailure(
                    code: .usage, message: Bilingual(ja: "日付として読めません。", en: "This is not a date."),
                    remedy: Bilingual(ja: "2026-04-01 のように書いてください。", en: "Write it as 2026-04-01."))
            }
            let membership = Membership(
                council: council, member: member, state: state, since: WrittenDate.iso(day))
            let change = try await common.client().session { try await $0.setMembership(membership) }
            ChangeReport(console: common.console, isJSON: output.json).tell(change)
        }
    }
}
