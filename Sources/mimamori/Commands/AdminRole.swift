// `mimamori admin role`: what a registered person may do. Which roles exclude each other is MimamoriCore's to say.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct AdminRole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: say("役割を割り当て、外します。", "Grant and revoke roles."),
        subcommands: [Grant.self, Revoke.self])

    struct Change: ParsableArguments {
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        @Argument(help: help("所属のアドレス:担当者の符号。", "party:person.", valueName: "address:person"))
        var person: PersonAddress

        @Argument(help: help("役割。", "Roles.", valueName: "role"))
        var roles: [Role]

        func run(granting: Bool) async throws {
            let (person, roles) = (person, roles)
            let change = try await common.client().session {
                try await $0.changeRoles(of: person, grant: granting ? roles : [], revoke: granting ? [] : roles)
            }
            ChangeReport(console: common.console, isJSON: output.json).tell(change)
        }
    }

    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grant", abstract: say("役割を割り当てます。", "Grant roles."))

        @OptionGroup var change: Change

        func run() async throws { try await change.run(granting: true) }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: say("役割を外します。", "Revoke roles."))

        @OptionGroup var change: Change

        func run() async throws { try await change.run(granting: false) }
    }
}
