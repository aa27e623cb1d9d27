// Recipients as typed: found, or refused all at once with their candidates.

import MimamoriClient
import MimamoriCore
import Testing

@testable import mimamori

struct RecipientsTests {
    private func directory() throws -> Directory {
        let parties = try [
            ("aomori/hachinohe-shi", "八戸市"), ("aichi/mihama-cho", "美浜町"), ("wakayama/mihama-cho", "美浜町"),
        ].map { Party(address: try #require(Address($0.0)), kind: .council, name: $0.1) }
        return Directory(parties: parties)
    }

    private func find(_ typed: [String]) throws -> [Address] {
        try Recipients(
            directory: directory(), sender: #require(Address("aomori-police/hachinohe")), kind: .referral,
            now: Timestamp(milliseconds: 1_795_000_000_000)
        ).find(typed)
    }

    @Test func namesAndAddressesAreFoundOnce() throws {
        let found = try find(["八戸市", "aomori/hachinohe-shi"])
        #expect(found.map(\.text) == ["aomori/hachinohe-shi"])
    }

    @Test func everyDoubtIsReported() throws {
        let refused = try #require(throws: Refused.self) { try find(["美浜町", "八戸市", "どこか遠い町"]) }
        #expect(refused.findings.count == 2)
        #expect(refused.findings[0].message.ja.contains("aichi/mihama-cho"))
        #expect(refused.findings[0].message.ja.contains("wakayama/mihama-cho"))
        #expect(ExitCodes(refused) == .content)
    }

    @Test func noneIsWrongUse() throws {
        let failure = try #require(throws: CommandFailure.self) { try find([]) }
        #expect(failure.code == .usage)
    }

    @Test func namesOfPersonsAreShownWhereTheyAreKnown() throws {
        let officer = try #require(PersonAddress("aomori/hachinohe-shi:clerk"))
        let other = try #require(PersonAddress("aichi/mihama-cho:clerk"))
        let base = try directory()
        let names = Names(
            Directory(
                parties: Array(base.parties.values),
                persons: [Person(address: officer, name: "受信 花子", roles: [.recipient])]))
        #expect(names.person(officer) == "青森県八戸市 受信 花子 (clerk)")
        #expect(names.person(other) == "愛知県美浜町 aichi/mihama-cho:clerk")
    }
}
