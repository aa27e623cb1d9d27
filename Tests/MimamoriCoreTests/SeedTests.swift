// seeds/councils.csv against the notice's own figures, and the reader of that file against files that are not right.

import TestSupport
import Testing

@testable import MimamoriCore

private let csv = Result { try Repository.text("seeds/councils.csv") }

private func councils() throws -> [Party] { try CouncilSeed.parties(inCSV: csv.get()) }

struct SeedTests {
    @Test func theTotalsAreTheNotices() throws {
        let parties = try councils()
        #expect(parties.count == 565)
        #expect(Set(parties.map(\.address)).count == 565 && Set(parties.map(\.code)).count == 565)
        #expect(parties.filter { party in Prefecture.all.contains { $0.name == party.name } }.count == 30)
        #expect(parties == parties.sorted { ($0.code?.text ?? "") < ($1.code?.text ?? "") })
        #expect(parties.allSatisfy { $0.kind == .council && $0.refusal() == nil })
    }

    @Test func aomoriHasTwentyNineAndAomoriCityIsNoneOfThem() throws {
        let parties = try CouncilSeed.parties(inCSV: csv.get(), of: Prefecture.named("aomori"))
        #expect(parties.count == 29 && parties.first?.name == "青森県")
        #expect(!parties.contains { $0.name == "青森市" } && parties.allSatisfy { $0.address.realm == "aomori" })
    }

    /// councils-by-prefecture.csv was counted from the notice; the rows must give the same.
    @Test func everyPrefectureHasAsManyAsTheNoticeLists() throws {
        let rows = try Repository.text("seeds/councils-by-prefecture.csv").split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        #expect(rows.map { $0[1] } == Prefecture.all.map(\.name))
        let parties = try councils()
        for row in rows {
            let own = parties.filter { $0.address.prefecture?.name == row[1] }
            let prefecture = own.filter { $0.name == row[1] }
            #expect(String(own.count) == row[2] && String(own.count - prefecture.count) == row[3], "\(row[1])")
            #expect((prefecture.isEmpty ? "no" : "yes") == row[4], "\(row[1])")
            #expect(CouncilCode(row[0])?.prefecture?.name == row[1])
        }
        #expect(rows.compactMap { Int($0[2]) }.reduce(0, +) == 565)
    }

    @Test func theNoticesTableAddsUp() throws {
        let rows = try Repository.text("seeds/establishment.csv").split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",").map(String.init) }
        let established = rows.compactMap { Int($0[2]) }
        let total = rows.compactMap { Int($0[3]) }
        #expect(established == [565, 30, 234, 301] && total == [1788, 47, 517, 1224])
        #expect(established.dropFirst().reduce(0, +) == established[0] && total.dropFirst().reduce(0, +) == total[0])
    }

    /// The check digit finds every single mistyped digit but those that turn the remainder 10 into 0 or back.
    @Test func mistypedCodesAreFound() throws {
        var found = 0
        var missed = 0
        for code in try councils().compactMap(\.code?.text) {
            let digits = Array(code)
            for (place, digit) in digits.enumerated() {
                for other in "0123456789" where other != digit {
                    var changed = digits
                    changed[place] = other
                    if CouncilCode(String(changed)) == nil { found += 1 } else { missed += 1 }
                    #expect(CouncilCode(String(changed)) == nil || digits[5] == "1" && place < 5, "\(String(changed))")
                }
            }
        }
        #expect(found == 30_067 && missed == 443)
    }

    @Test(arguments: [
        ("塩谷町", "塙谷町"), ("長瀞町", "長瀬町"), ("多摩市", "多摩区"), ("稲沢市", "稻沢市"), ("隠岐の島町", "隱岐の島町"),
        ("壱岐市", "壱岐市波佐見町"), ("波佐見町", "壱岐市波佐見町"), ("小値賀町", "小值賀町"),
    ])
    func correctedNamesKeepTheNoticesSpelling(_ name: String, _ printed: String) throws {
        #expect(try councils().filter { $0.nameInNotice == printed }.map(\.name).contains(name))
        #expect(try Repository.text("seeds/PROVENANCE.md").contains("| \(printed) |"))
    }

    @Test func nothingElseWasCorrected() throws {
        #expect(try councils().filter { $0.nameInNotice != nil }.count == 8)
    }
}

struct CouncilSeedTests {
    private static let aomori = "020001,青森県,青森県,アオモリケン,prefecture,,,aomori,aomori-ken,"
    private static let hachinohe = "022039,青森県,八戸市,ハチノヘシ,city,,>=50000,aomori,hachinohe-shi,"
    private static let nambu = "024457,青森県,南部町,ナンブチョウ,town,,<50000,aomori,nambu-cho,nanbu-cho"

    private func findings(_ lines: [String], header: String = CouncilSeed.header, end: String = "\n") -> [String] {
        do {
            _ = try CouncilSeed.parties(inCSV: ([header] + lines).joined(separator: "\n") + end)
            return []
        } catch {
            #expect(error.findings.allSatisfy { $0.message.ja != $0.message.en && !$0.message.ja.isEmpty })
            return error.findings.map { "\($0.line): \($0.message.en)" }
        }
    }

    @Test func soundLinesBecomeParties() throws {
        let parties = try CouncilSeed.parties(
            inCSV: [CouncilSeed.header, Self.aomori, Self.hachinohe, Self.nambu, ""].joined(separator: "\n"))
        #expect(parties.map(\.address.text) == ["aomori/aomori-ken", "aomori/hachinohe-shi", "aomori/nambu-cho"])
        #expect(parties.map(\.aliases) == [[], [], ["nanbu-cho"]])
        #expect(parties[1].kana == "ハチノヘシ" && parties[1].code?.text == "022039" && parties[1].nameInNotice == nil)
    }

    @Test(arguments: [
        ("022030,青森県,八戸市,ハチノヘシ,city,,>=50000,aomori,hachinohe-shi,", "check digit"),
        ("022039,岩手県,八戸市,ハチノヘシ,city,,>=50000,iwate,hachinohe-shi,", "does not belong to the prefecture"),
        ("022039,青森県,八戸市,ハチノヘシ,city,,>=50000,iwate,hachinohe-shi,", "does not belong to the prefecture"),
        ("022039,青森県,八戸市,ハチノヘシ,town,,>=50000,aomori,hachinohe-shi,", "kind town"),
        ("022039,青森県,八戸市,ハチノヘシ,burg,,>=50000,aomori,hachinohe-shi,", "kind burg"),
        ("022039,青森県,,ハチノヘシ,city,,>=50000,aomori,hachinohe-shi,", "kind city"),
        ("022039,青森県,八戸市,はちのへし,city,,>=50000,aomori,hachinohe-shi,", "katakana"),
        ("022039,青森県,八戸市,ﾊﾁﾉﾍｼ,city,,>=50000,aomori,hachinohe-shi,", "katakana"),
        ("022039,青森県,八戸市,,city,,>=50000,aomori,hachinohe-shi,", "katakana"),
        ("022039,青森県,八戸市,ハチノヘシ,city,,large,aomori,hachinohe-shi,", "population band"),
        ("022039,青森県,八戸市,ハチノヘシ,city,,>=50000,aomori,Hachinohe-shi,", "slug"),
        ("022039,青森県,八戸市,ハチノヘシ,city,,>=50000,aomori,,", "slug"),
        ("022039,青森県,八戸市,ハチノヘシ,city,,>=50000,aomori,hachinohe-shi,八戸", "slug"),
        ("022039,青森県,八戸市,ハチノヘシ,city,,>=50000,aomori,hachinohe-shi", "9 fields"),
        ("022039,青森県,八戸市,ハチノヘシ,city,,>=50000,aomori,hachinohe-shi,,", "11 fields"),
        ("022039,青森県,\"八戸市\",ハチノヘシ,city,,>=50000,aomori,hachinohe-shi,", "quotes"),
        ("022039,青森県,八戸市,ハチノヘシ,city,,>=50000,aomori,hachinohe-shi,\r", "carriage returns"),
        ("", "1 fields"),
    ])
    func aBadLineIsRefusedWithItsNumber(_ line: String, _ reason: String) {
        let found = findings([Self.aomori, line, Self.nambu])
        #expect(found.count == 1 && found[0].hasPrefix("3: ") && found[0].contains(reason), "\(found)")
    }

    @Test func linesThatContradictEachOtherAreRefused() {
        #expect(findings([Self.hachinohe, Self.hachinohe]).map { $0.prefix(2) } == ["3:", "3:"])
        let impostor = "022063,青森県,十和田市,トワダシ,city,,>=50000,aomori,towada-shi,hachinohe-shi"
        #expect(findings([Self.hachinohe, impostor]) == ["3: the alias is the slug of line 2"])
    }

    @Test func everyMistakeIsToldAtOnce() {
        let found = findings(["x", Self.hachinohe, "022030" + Self.hachinohe.dropFirst(6)], header: "code", end: "")
        #expect(found.map { $0.prefix(2) } == ["1:", "2:", "4:", "4:"])
    }

    @Test(arguments: ["", "\u{FEFF}" + CouncilSeed.header + "\n", CouncilSeed.header])
    func filesThatAreCutOrMarkedAreRefused(_ text: String) {
        #expect(throws: CouncilSeed.Invalid.self) { try CouncilSeed.parties(inCSV: text) }
    }
}
