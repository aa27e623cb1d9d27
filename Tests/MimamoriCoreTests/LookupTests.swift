// Every way of naming a party finds it; what fits several lists them; what fits none lists the nearest, always the same.

import TestSupport
import Testing

@testable import MimamoriCore

private let seed = Result { try CouncilSeed.parties(inCSV: Repository.text("seeds/councils.csv")) }

struct LookupTests {
    private func lookup() throws -> Lookup {
        let others = Sample.parties.filter { $0.kind != .council }
        // 広島県府中市 has no council in the notice; with it, 府中市 is two cities.
        let fuchu = Party(
            address: Sample.address("hiroshima/fuchu-shi"), kind: .council, name: "府中市", kana: "フチュウシ",
            code: CouncilCode("342084"))
        return Lookup(try seed.get() + others + [fuchu])
    }

    @Test(arguments: [
        "aomori/hachinohe-shi", "AOMORI/Hachinohe-shi", "hachinohe-shi", "022039", "０２２０３９", "八戸市", "青森県八戸市", "青森県 八戸市",
        "八戸", "青森県八戸", " 八戸市　", "ハチノヘシ", "はちのへし", "ﾊﾁﾉﾍｼ", "ハチノヘ", "はちのへ",
    ])
    func hachinoheByAllItsNames(_ text: String) throws {
        guard case .found(let party) = try lookup().find(text) else {
            Issue.record("\(text) was not found")
            return
        }
        #expect(party.address == Sample.council)
    }

    @Test(arguments: [
        ("aomori/nanbu-cho", "aomori/nambu-cho"), ("nanbu-cho", "aomori/nambu-cho"), ("nanbu", "aomori/nambu-cho"),
        ("塙谷町", "tochigi/shioya-machi"), ("塩谷町", "tochigi/shioya-machi"), ("稻沢市", "aichi/inazawa-shi"),
        ("ギンザ", nil), ("六ケ所村", "aomori/rokkasho-mura"), ("六ヶ所村", "aomori/rokkasho-mura"),
        ("三戸郡階上町", "aomori/hashikami-cho"), ("青森県三戸郡階上町", "aomori/hashikami-cho"),
        ("大和郡山市", "nara/yamatokoriyama-shi"), ("蒲郡", "aichi/gamagori-shi"), ("北海道", "hokkaido/hokkaido"),
        ("青森", "aomori/aomori-ken"),
        ("aomori", "aomori/aomori-ken"), ("愛知県美浜町", "aichi/mihama-cho"), ("アオモリケン", "aomori/aomori-ken"),
        ("八戸警察署", "aomori-police/hachinohe"), ("青森県八戸警察署", "aomori-police/hachinohe"),
        ("aomori-police/hq", "aomori-police/hq"), ("hq", "aomori-police/hq"),
        ("八戸市消費生活センター", "aomori/hachinohe-shi/center"), ("hachinohe-shi/center", "aomori/hachinohe-shi/center"),
        ("がいがいがい", nil), ("", nil), ("郡", nil),
    ])
    func others(_ text: String, _ address: String?) throws {
        let result = try lookup().find(text)
        if case .found(let party) = result {
            #expect(party.address.text == address)
            #expect(result.refusal(for: text) == nil)
        } else {
            #expect(address == nil, "\(text): \(result)")
        }
    }

    @Test(arguments: [
        ("府中市", ["tokyo/fuchu-shi", "hiroshima/fuchu-shi"]), ("美浜町", ["aichi/mihama-cho", "wakayama/mihama-cho"]),
        ("ミハマチョウ", ["aichi/mihama-cho", "wakayama/mihama-cho"]),
        ("tsushima-shi", ["aichi/tsushima-shi", "nagasaki/tsushima-shi"]),
        ("みよしし", ["aichi/miyoshi-shi", "tokushima/miyoshi-shi"]),
        ("福島", ["fukushima/fukushima-ken", "fukushima/fukushima-shi"]),
        ("壱岐市波佐見町", ["nagasaki/iki-shi", "nagasaki/hasami-cho"]),
    ])
    func whatFitsSeveralListsThem(_ text: String, _ addresses: [String]) throws {
        let result = try lookup().find(text)
        guard case .ambiguous(let candidates) = result else {
            Issue.record("\(text): \(result)")
            return
        }
        #expect(candidates.map(\.address.text) == addresses)
        let refusal = try #require(result.refusal(for: text))
        for party in candidates {
            #expect(refusal.message.ja.contains("\(party.qualifiedName) (\(party.address))"))
            #expect(refusal.message.en.contains(party.address.text))
        }
    }

    @Test(arguments: [
        ("八戸氏", "aomori/hachinohe-shi"), ("hachinoe-shi", "aomori/hachinohe-shi"), ("ハチノエシ", "aomori/hachinohe-shi"),
        ("ahcinohe-shi", "aomori/hachinohe-shi"), ("十和田", "aomori/towada-shi"), ("とわだ市", nil),
        ("aomori/hachinohe", "aomori/hachinohe-shi"), ("八戸市役所", "aomori/hachinohe-shi"),
    ])
    func whatFitsNoneListsTheNearest(_ text: String, _ nearest: String?) throws {
        let result = try lookup().find(text)
        if case .found(let party) = result {
            #expect(party.address.text == nearest)
            return
        }
        guard case .unknown(.notListed, let parties) = result else {
            Issue.record("\(text): \(result)")
            return
        }
        #expect(parties.count <= 5)
        if let nearest {
            #expect(parties.first?.address.text == nearest, "\(parties.map(\.address.text))")
            #expect(result.refusal(for: text)?.remedy.ja.contains(nearest) == true)
        }
    }

    @Test func aCodeWithAWrongCheckDigitSaysSo() throws {
        let result = try lookup().find("022093")
        guard case .unknown(.wrongCheckDigit, let nearest) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(nearest.first?.address == Sample.council, "two neighbouring digits were swapped")
        #expect(result.refusal(for: "022093")?.message.ja.contains("検査数字") == true)
        // A right code that no party has is just not listed: 青森市 has no council.
        #expect(CouncilCode("022012") != nil)
        guard case .unknown(.notListed, _) = try lookup().find("022012") else {
            Issue.record("022012 was found")
            return
        }
    }

    @Test func nonsenseHasNoNearest() throws {
        let result = try lookup().find("xxxxxxxxxxxxxxxxxxxx")
        #expect(result == .unknown(.notListed, nearest: []))
        #expect(result.refusal(for: "xxxxxxxxxxxxxxxxxxxx")?.remedy.en.contains("without a council") == true)
    }

    @Test func theOrderOfThePartiesDoesNotMatter() throws {
        var numbers = SeededNumbers(seed: 565)
        let parties = try seed.get()
        let lookup = Lookup(parties)
        for text in ["美浜町", "八戸氏", "miyoshi", "022093", "町"] {
            #expect(Lookup(parties.shuffled(using: &numbers)).find(text) == lookup.find(text))
        }
        #expect(Lookup(Directory(parties: parties)).find("八戸市") == lookup.find("八戸市"))
    }

    /// A party is found by its address, its code and its name with the prefecture, whoever else there is.
    @Test func everyCouncilIsFoundByItsOwnNames() throws {
        let lookup = try lookup()
        for party in try seed.get() {
            for text in [party.address.text, party.code?.text ?? "", party.qualifiedName] {
                #expect(lookup.find(text) == .found(party), "\(text)")
            }
        }
    }

    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("ab", "ba", 1), ("abcd", "acbd", 1),
        ("八戸市", "八戸市", 0), ("ca", "abc", 3),
    ])
    func distances(_ left: String, _ right: String, _ distance: Int) {
        #expect(EditDistance.between(Array(left), Array(right)) == distance)
        #expect(EditDistance.between(Array(right), Array(left)) == distance)
    }
}
