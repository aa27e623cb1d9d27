// Ids, digests, addresses and identities have one spelling each, and nothing else is taken for one.

import Testing

@testable import MimamoriCore

struct IdentifierTests {
    @Test func aNewIDIsAUUIDOfVersionSevenAndKeepsItsMoment() {
        // The example of RFC 9562 §A.6: 2022-02-22T19:22:22Z, random bits 0xCC3 and 0x18C4DC0C0C07398F.
        let random: [UInt8] = [0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F]
        let id = PackageID(at: Timestamp(milliseconds: 1_645_557_742_000), random: random)
        #expect(id.text == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(id.madeAt == Timestamp(milliseconds: 1_645_557_742_000))
        #expect(PackageID(id.text) == id)
    }

    @Test func laterIDsSortLater() {
        let early = PackageID(at: Sample.now, random: Array(repeating: 0xFF, count: 10))
        let late = PackageID(
            at: Timestamp(milliseconds: Sample.now.milliseconds + 1), random: Array(repeating: 0, count: 10))
        #expect(early < late)
    }

    @Test(arguments: [
        "", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
        "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f", "017f22e2-79b0-7cc3-78c4-dc0c0c07398f",
        "017f22e279b0-7cc3-98c4-dc0c0c07398f-", "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "../../../etc/passwd/aaaaaaaaaaaaaaaaa",
    ])
    func otherTextsAreNoIDs(_ text: String) {
        #expect(PackageID(text) == nil)
    }

    @Test(arguments: [
        "", "a", String(repeating: "a", count: 63), String(repeating: "A", count: 64),
        String(repeating: "g", count: 64),
    ])
    func digestsAndFingerprintsAreSixtyFourLowerCaseDigits(_ text: String) {
        #expect(ContentDigest(text) == nil && CertificateFingerprint(text) == nil)
    }

    @Test func hexadecimalRoundTripsAndRefusesTheRest() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
        #expect(ContentDigest(bytes: Array(bytes.prefix(32))).hexadecimal.hasPrefix("000102030405"))
        for text in ["0", "0g", "AA", "é0", " 00"] { #expect(Hexadecimal.decode(text) == nil) }
    }
}

struct AddressTests {
    @Test(arguments: ["aomori/hachinohe-shi", "aomori/hachinohe-shi/center", "a/b", "0/9", "a--b/c"])
    func addresses(_ text: String) throws {
        let address = try #require(Address(text))
        #expect(address.text == text && address.uri == "mimamori://\(text)")
        #expect(IdentityURI.party(address.uri) == address)
        #expect(String(address.realm) == text.split(separator: "/").first.map(String.init))
    }

    @Test(arguments: [
        "", "aomori", "a/b/c/d", "/a/b", "a/b/", "a//b", "A/b", "a/B", "a/-b", "a/b-", "a/b_c", "a/b.c", "a/..",
        "a/b c",
        "a/八戸市", "a/b\n", "a/b\0", "\u{301}a/b", "a/e\u{301}", "a/b:c", "a/" + String(repeating: "b", count: 64),
    ])
    func otherTextsAreNoAddresses(_ text: String) {
        #expect(Address(text) == nil)
        #expect(IdentityURI.party("mimamori://" + text) == nil)
    }

    @Test func personsAreWrittenWithAColonAndNamedByTheLastLabelOfTheirURI() throws {
        let person = try #require(PersonAddress("aomori/hachinohe-shi/center:counselor"))
        #expect(person == PersonAddress(party: Sample.centre, person: "counselor"))
        #expect(person.uri == "mimamori://aomori/hachinohe-shi/center/counselor")
        #expect(IdentityURI.person(person.uri) == person)
        // The same URI can be read both ways; the certificate's purpose decides (CA profile).
        #expect(IdentityURI.party("mimamori://a/b/c")?.text == "a/b/c")
        #expect(IdentityURI.person("mimamori://a/b/c")?.text == "a/b:c")
    }

    @Test(arguments: ["", "a/b", "a/b:", ":c", "a/b:c:d", "a:c", "a/b:C", "a/b:c/d", "a/b: c", "a/b/c/d:e"])
    func otherTextsAreNoPersons(_ text: String) {
        #expect(PersonAddress(text) == nil)
    }

    @Test(arguments: [
        "", "mimamori://", "mimamori://a", "mimamori://a/b", "mimamori:/a/b/c", "http://a/b/c", "MIMAMORI://a/b/c",
        "mimamori://a/b/c/", "mimamori://a/b/c?d", "mimamori://a/b/c/d/e", " mimamori://a/b/c",
        "mimamori://\u{301}a/b/c", "mimamori:/\u{2F}\u{301}a/b/c",
    ])
    func otherURIsNameNoPerson(_ uri: String) {
        #expect(IdentityURI.person(uri) == nil)
    }
}

struct CouncilCodeTests {
    @Test(arguments: ["020001", "022039", "131016", "472018", "000001"])
    func codes(_ text: String) {
        #expect(CouncilCode(text)?.text == text)
    }

    @Test(arguments: ["", "02203", "0220399", "022030", "0２2039", "02203a", " 22039", "022039\n", "-22039"])
    func otherTextsAreNoCodes(_ text: String) {
        #expect(CouncilCode(text) == nil)
    }
}
