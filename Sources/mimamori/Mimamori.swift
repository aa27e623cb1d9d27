// `mimamori`: the command line of stations, councils, operators and auditors. One verb is one file under Commands/; the
// work is MimamoriClient's. Here arguments become a command, and whatever a command throws becomes a message and an
// exit code (ErrorMessages.swift, ExitCodes.swift).

import ArgumentParser
import Foundation
import MimamoriCore

@main
struct Mimamori: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mimamori",
        abstract: say(
            "消費者安全確保地域協議会と警察の情報を、安全に受け渡します。",
            "Passes information between police and consumer-safety councils, safely."),
        discussion: paragraphs(
            "初めて使うときは mimamori init で設定し、mimamori doctor で確かめます。"
                + "各命令の使い方は mimamori help 命令 で表示します。",
            "Begin with mimamori init and check with mimamori doctor; mimamori help COMMAND explains a command."),
        version: Version.text,
        subcommands: [],
        groupedSubcommands: [
            CommandGroup(
                name: say("準備", "Setting up"), subcommands: [Init.self, DoctorCommand.self, LookupCommand.self]),
            CommandGroup(
                name: say("送る", "Sending"),
                subcommands: [
                    TemplateCommand.self, Queue.self, Decide.self, Send.self, OutboxCommand.self, Status.self,
                    ThreadCommand.self, Cancel.self,
                ]),
            CommandGroup(
                name: say("承認する", "Approving"), subcommands: [Approvals.self, Approve.self, Reject.self, Relabel.self]),
            CommandGroup(
                name: say("受け取る", "Receiving"), subcommands: [Inbox.self, Receive.self, AcknowledgeDuty.self]),
            CommandGroup(
                name: say("確かめる", "Checking"),
                subcommands: [Verify.self, Explain.self, Log.self, Witness.self, ReportCommand.self]),
            CommandGroup(
                name: say("管理する", "Administering"), subcommands: [Admin.self, Operate.self, VersionCommand.self]),
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Foundation.exit(ErrorMessages(console: .standard).report(error))
        }
    }
}
