// What is read out of a request before a use case sees it: query parameters, JSON bodies; and the date of an answer.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire
import Testing

@testable import MimamoriServer

struct RequestReadingTests {
    @Test func queryParametersAreTakenByName() throws {
        let query = try QueryParameters("after=12&wait=0")
        try query.allow("after", "wait")
        #expect(try query.number("after", standard: 7) == 12)
        #expect(try query.number("wait", standard: 7) == 0)
        #expect(try query.number("first", standard: 7) == 7)
        #expect(throws: RequestDefect.queryInvalid(name: "wait")) { try query.allow("after") }
    }

    @Test(arguments: ["after", "after=1&after=2", "=&="])
    func brokenQueriesAreRefused(_ text: String) {
        #expect(throws: RequestDefect.self) { try QueryParameters(text[...]) }
    }

    @Test(arguments: ["-1", "+1", "1.5", "", " 1", "1e3", "9223372036854775808", "１"])
    func brokenNumbersAreRefused(_ text: String) throws {
        let query = try QueryParameters("after=\(text)"[...])
        #expect(throws: RequestDefect.queryInvalid(name: "after")) { try query.number("after", standard: 0) }
    }

    private func context(_ body: String) throws -> RelayContext {
        let address = try #require(PersonAddress("aomori-relay/office:administrator"))
        let fingerprint = try #require(CertificateFingerprint(String(repeating: "a", count: 64)))
        let caller = Caller(
            person: Person(address: address, name: "管理 三郎", roles: [.administrator]), certificate: fingerprint,
            certificateNotAfter: Timestamp(milliseconds: 0), source: nil, request: RequestID("1"))
        return RelayContext(
            caller: caller, endpoint: .parties, method: .post, headers: [:], query: try QueryParameters(""),
            body: Array(body.utf8))
    }

    private static let party =
        #"{"address":"aomori/hachinohe-shi","kind":"council","name":"八戸市","kana":"","aliases":[]"#

    @Test func jsonIsReadInAnyKeyOrderAndSpacing() throws {
        let parties = try context("[ \(Self.party) , \"code\" : null } ]").json([Party].self)
        #expect(parties.map(\.address.text) == ["aomori/hachinohe-shi"])
        let change = #"{"revoke":[],"person":"aomori/hachinohe-shi:clerk","grant":["sender","recipient"]}"#
        #expect(try context(change).json(RoleChange.self).grant == [.sender, .recipient])
    }

    @Test(arguments: [
        ("", "(JSON)"), ("{", "(JSON)"), ("[\(party)},]x", "(JSON)"), ("[{}]", "0.address"),
        ("[\(party),\"windw\":{\"name\":\"生活安全課\"}}]", "0.windw"),
        ("[\(party),\"window\":{\"name\":\"生活安全課\",\"tel\":\"1\"}}]", "0.window.tel"),
        (#"[{"address":"Aomori/X","kind":"council","name":"x","kana":"","aliases":[]}]"#, "0.address"),
    ])
    func aWrongFieldIsNamed(_ body: String, _ field: String) throws {
        let context = try context(body)
        #expect(throws: RequestDefect.bodyInvalid(field: field)) { try context.json([Party].self) }
    }

    @Test(arguments: [
        (Int64(0), "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (1_709_251_199_999, "Thu, 29 Feb 2024 23:59:59 GMT"), (1_795_392_000_000, "Mon, 23 Nov 2026 00:00:00 GMT"),
    ])
    func datesAreInTheFormOfHTTP(_ milliseconds: Int64, _ text: String) {
        #expect(HTTPDate.text(of: Timestamp(milliseconds: milliseconds)) == text)
    }
}
