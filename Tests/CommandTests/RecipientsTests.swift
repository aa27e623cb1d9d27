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

    // Groups

    private static let now = Timestamp(milliseconds: 1_795_000_000_000)

    /// 青森県 with three councils, of which one has a certificate less, and a council elsewhere; the station sits in one.
    private func prefecture(without: Set<String> = []) throws -> Directory {
        let councils = try ["aomori/aomori-ken", "aomori/hachinohe-shi", "aomori/towada-shi", "akita/odate-shi"].map {
            Party(address: try #require(Address($0)), kind: .council, name: $0)
        }
        let station = Party(
            address: try #require(Address("aomori-police/hachinohe")), kind: .policeStation, name: "八戸警察署",
            window: ContactWindow(name: "生活安全課"))
        let center = Party(
            address: try #require(Address("aomori/hachinohe-shi/center")), kind: .memberBody, name: "センター")
        let certificates = councils.enumerated().filter { !without.contains($1.address.text) }.compactMap {
            place, council in
            CertificateFingerprint(String(repeating: "0\(place)", count: 32)).map {
                EnrolledCertificate(
                    fingerprint: $0, purpose: .encryption, party: council.address, person: nil,
                    notBefore: Self.now.advanced(bySeconds: -10), notAfter: Self.now.advanced(bySeconds: 10), der: [])
            }
        }
        return Directory(
            parties: councils + [station, center], certificates: certificates,
            memberships: [
                Membership(
                    council: councils[1].address, member: station.address, state: .active, since: "2020-04-01"),
                Membership(
                    council: councils[2].address, member: station.address, state: .requested, since: "2020-04-01"),
            ])
    }

    private func reach(
        _ typed: [String], except: [String] = [], kind: PackageKind = .bulletin,
        from sender: String = "aomori-police/hachinohe", without: Set<String> = []
    ) throws -> [String] {
        try Recipients(
            directory: prefecture(without: without), sender: #require(Address(sender)), kind: kind, now: Self.now
        ).find(typed, except: except).map(\.text)
    }

    @Test(arguments: ["aomori/*", "青森県/*", "青森/*", "青森県の全協議会", "02/*"])
    func everyCouncilOfThePrefecture(typed: String) throws {
        #expect(try reach([typed]) == ["aomori/aomori-ken", "aomori/hachinohe-shi", "aomori/towada-shi"])
    }

    @Test(arguments: ["@seats", "参加協議会"])
    func everyCouncilThatOneSitsIn(typed: String) throws {
        #expect(try reach([typed]) == ["aomori/hachinohe-shi"])
        // Headquarters belongs to all of its prefecture; a council is none of its own recipients.
        #expect(try reach(["aomori/*"], kind: .notice, from: "aomori/hachinohe-shi").count == 2)
    }

    @Test func someAreLeftOutAndNobodyIsNamedTwice() throws {
        #expect(try reach(["aomori/*"], except: ["aomori/towada-shi"]).count == 2)
        #expect(try reach(["aomori/towada-shi", "aomori/*"]).count == 3)
        #expect(throws: Refused.self) { try reach(["aomori/*"], except: ["nowhere/at-all"]) }
    }

    /// SD-ACC-4: what is about a person goes to those who need to know it.
    @Test(arguments: PackageKind.allCases)
    func onlyWhatIsAboutNobodyGoesToGroups(kind: PackageKind) throws {
        guard ![.bulletin, .notice, .material].contains(kind) else {
            #expect(try reach(["aomori/*"], kind: kind).count == 3)
            return
        }
        for typed in ["aomori/*", "@seats"] {
            let refused = try #require(throws: Refused.self) { try reach([typed], kind: kind) }
            #expect(refused.findings.map(\.code) == [.recipientsInvalid])
            #expect(refused.findings.map(\.rule) == ["SD-ACC-4"])
        }
    }

    @Test(arguments: ["mihama/*", "どこかの全協議会", "okinawa/*"])
    func aGroupOfNobodyIsRefused(typed: String) throws {
        let refused = try #require(throws: Refused.self) { try reach([typed]) }
        #expect(refused.findings.map(\.code) == [.recipientUnknown])
    }

    @Test func everyCouncilWithoutACertificateIsNamedAtOnce() throws {
        let without: Set = ["aomori/towada-shi", "aomori/aomori-ken"]
        let refused = try #require(throws: Refused.self) { try reach(["aomori/*"], without: without) }
        #expect(refused.findings.map(\.code) == [.sealingIncomplete])
        for council in without { #expect(refused.findings[0].message.en.contains(council)) }
        #expect(refused.findings[0].remedy.en.contains("--except"))
        #expect(
            try reach(["aomori/*"], except: Array(without), without: without) == ["aomori/hachinohe-shi"])
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
