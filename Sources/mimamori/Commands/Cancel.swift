// `mimamori cancel ID`: withdraws a package that nobody has fetched yet.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: say("まだだれも取得していないものを取り消します。", "Withdraw a package that nobody has fetched."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var package: PackageArgument

    func run() async throws {
        let id = package.id
        let client = try common.client()
        let wasLocal = client.isQueued(id) ? try client.discard(id) : false
        if !wasLocal { try await client.session { try await $0.cancel(id) } }
        common.console.say("取り消しました: \(id)", "Withdrawn: \(id)")
    }
}
