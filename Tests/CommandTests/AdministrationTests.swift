// What administrators see and change: approvers that are missing (SD-APR-2), and attributes of a party that stay when others
// are changed.

import ArgumentParser
import MimamoriClient
import MimamoriCore
import Testing

@testable import mimamori

struct AdministrationTests {
    private func person(_ text: String, _ roles: Set<Role>) throws -> Person {
        Person(address: try #require(PersonAddress(text)), name: "送信 太郎", roles: roles)
    }

    @Test func partiesWithTooFewApproversAreListed() throws {
        let kinds: [(String, PartyKind)] = [
            ("aomori-police/hachinohe", .policeStation), ("aomori-police/hq", .policeHeadquarters),
            ("aomori/hachinohe-shi", .council), ("aomori/towada-shi", .council),
            ("aomori-relay/office", .relayOffice),
        ]
        let parties = try kinds.map { Party(address: try #require(Address($0.0)), kind: $0.1, name: $0.0) }
        let persons = [
            try person("aomori-police/hachinohe:officer", [.sender]),
            try person("aomori-police/hachinohe:chief", [.approver]),
            try person("aomori-police/hachinohe:deputy", [.sender, .approver]),
            try person("aomori-police/hq:planner", [.sender]), try person("aomori-police/hq:head", [.approver]),
            try person("aomori/hachinohe-shi:clerk", [.sender, .recipient]),
            try person("aomori/towada-shi:clerk", [.recipient]),
            try person("aomori-relay/office:operator", [.operator]),
        ]
        let findings = AdminReview.findings(in: Directory(parties: parties, persons: persons))
        #expect(findings.map(\.party.text) == ["aomori-police/hq", "aomori/hachinohe-shi"])
        #expect(findings.map(\.approvers.count) == [1, 0])
        #expect(findings.map(\.senders.count) == [1, 1])
    }

    @Test func onlyWhatIsNamedChanges() throws {
        let address = try #require(Address("aomori/hachinohe-shi"))
        let old = Party(
            address: address, kind: .council, name: "八戸市", kana: "ハチノヘシ", code: CouncilCode("022039"),
            aliases: ["hachinohe"], nameInNotice: "八戸", criterion: CivilDate("2024-04-01"))
        func party(_ arguments: [String], old: Party?) throws -> Party {
            let attributes = try AdminParty.Attributes.parse(arguments)
            return try attributes.party(address, kind: .council, name: old?.name ?? "八戸市", old: old)
        }
        #expect(try party([], old: old) == old)
        let changed = try party(["--criterion", "令和7年4月1日"], old: old)
        #expect(changed.criterion == CivilDate("2025-04-01"))
        #expect(changed.kana == old.kana && changed.code == old.code && changed.aliases == old.aliases)
        #expect(changed.nameInNotice == old.nameInNotice)
        #expect(try party([], old: nil).criterion == nil)
        #expect(try party(["--code", "022039"], old: nil).code == CouncilCode("022039"))
    }

    @Test(
        arguments: [
            (["--area", "022039,022063"], ["022039", "022063"]),
            (["--area", "022039", "022063"], ["022039", "022063"]),
            (["--area", "022039", "--area", "022063"], ["022039", "022063"]), ([], nil),
        ] as [([String], [String]?)])
    func areasAreWrittenInAnyWay(arguments: [String], codes: [String]?) throws {
        #expect(try AdminParty.Attributes.parse(arguments).areaCodes()?.map(\.text) == codes)
    }

    @Test func aWrongCodeIsWrongUse() throws {
        let attributes = try AdminParty.Attributes.parse(["--area", "022039,022038"])
        let failure = try #require(throws: CommandFailure.self) { try attributes.areaCodes() }
        #expect(failure.code == .usage)
    }

    /// N21: the window stands wherever a party is listed, and so does a council's criterion (N13).
    @Test(arguments: Language.allCases)
    func aListShowsWindowAndCriterion(language: Language) throws {
        let parties = [
            Party(
                address: try #require(Address("aomori-police/hachinohe")), kind: .policeStation, name: "八戸警察署",
                kana: "ハチノヘケイサツショ", window: ContactWindow(name: "刑事生活安全課")),
            Party(
                address: try #require(Address("aomori/hachinohe-shi")), kind: .council, name: "八戸市",
                kana: "ハチノヘシ", code: CouncilCode("022039"), criterion: CivilDate("2025-04-01")),
        ]
        let lines = PartyTable.table(parties, language).lines(columns: 80)
        #expect(lines.contains { $0.contains("刑事生活安全課") })
        #expect(lines.contains { $0.contains(language == .japanese ? "令和7年4月1日" : "2025-04-01") })
    }
}
