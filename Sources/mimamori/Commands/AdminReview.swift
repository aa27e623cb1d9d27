// `mimamori admin review`: parties that send what a second person must release, and have too few who can (SD-APR-2): where the
// only approver is also a sender, or is away, nobody can be asked.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct AdminReview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: say("承認者が足りない所属を一覧にします。", "List parties with too few approvers."),
        discussion: paragraphs(
            "送信者がいて、承認者が二人に満たない所属です。承認は自動では行われないため、代わりの承認者が必要です（SD-APR-2）。",
            "Those with a sender and fewer than two approvers. Nothing is ever released by itself, so that another "
                + "approver must be there (SD-APR-2)."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    struct Finding: Encodable {
        let party: Address
        let senders: [PersonAddress]
        let approvers: [PersonAddress]
    }

    func run() async throws {
        let console = common.console
        let directory = try await common.client().session { try await $0.refreshDirectory() }.directory
        let findings = Self.findings(in: directory)
        if output.json { return console.json(findings) }
        guard !findings.isEmpty else {
            return console.say("承認者が足りない所属はありません。", "Every party has approvers enough.")
        }
        let names = Names(directory)
        var table = Table(
            console.language == .japanese
                ? ["所属", "送信者", "承認者", "アドレス"] : ["PARTY", "SENDERS", "APPROVERS", "ADDRESS"])
        for finding in findings {
            table.add([
                names.short(finding.party), String(finding.senders.count), String(finding.approvers.count),
                finding.party.text,
            ])
        }
        console.table(table)
    }

    static let fewest = 2

    static func findings(in directory: Directory) -> [Finding] {
        let kinds = PackageKind.allCases.filter(\.carriesPersonalInformation)
        return directory.parties.values.sorted { $0.address < $1.address }.compactMap { party in
            guard kinds.contains(where: { $0.senders.contains(party.kind) }) else { return nil }
            let senders = directory.persons.values
                .filter { $0.address.party == party.address && $0.roles.contains(.sender) }.map(\.address).sorted()
            let approvers = directory.approvers(of: party.address)
            guard !senders.isEmpty, approvers.count < fewest else { return nil }
            return Finding(party: party.address, senders: senders, approvers: approvers)
        }
    }
}
