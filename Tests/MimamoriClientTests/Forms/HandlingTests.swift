// What every record says of its own handling (SD-CLS-4): the definition, the reader's own scheme, what each restriction asks.

import Foundation
import MimamoriCore
import Testing

@testable import MimamoriClient

struct HandlingTests {
    private func party(_ text: String, _ kind: PartyKind) throws -> Party {
        Party(address: try #require(Address(text)), kind: kind, name: text)
    }

    private func section(
        _ parties: [Party], guide: LabelGuide = LabelGuide(),
        restrictions: [HandlingLabel.Restriction] = HandlingLabel.Restriction.allCases, until: CivilDate? = nil
    ) -> Record.Section {
        .handling(
            of: HandlingLabel(
                confidentiality: 2, integrity: 2, availability: 1, restrictions: restrictions, keepUntil: until),
            basis: .councilRequest, recipients: parties, guide: guide)
    }

    @Test(arguments: Language.allCases)
    func theReaderIsToldEverything(language: Language) throws {
        let section = section(
            [try party("aomori/hachinohe-shi", .council)], until: CivilDate("2027-03-31"))
        let page = RecordText(Record(kind: .referral, sections: [section]), language).page.replacing("\n", with: "")
            .replacing(" ", with: "")
        func holds(_ text: Bilingual) -> Bool { page.contains(text[language].replacing(" ", with: "")) }
        #expect(holds(LabelGuide.definition(of: 2)))
        #expect(holds(LabelGuide.standardEquivalents[1].text))
        for restriction in HandlingLabel.Restriction.allCases { #expect(holds(restriction.instruction)) }
        #expect(page.contains(language == .japanese ? "令和9年3月31日" : "2027-03-31"))
        #expect(holds(LegalBasis.councilRequest.citation))
    }

    @Test func eachSchemeIsNamedWhereTheyDiffer() throws {
        let guide = LabelGuide(equivalents: [
            .init(realm: "*", confidentiality: 2, text: Bilingual(ja: "共通", en: "common")),
            .init(realm: "iwate", confidentiality: 2, text: Bilingual(ja: "部外秘", en: "internal")),
        ])
        let aomori = try party("aomori/hachinohe-shi", .council)
        let iwate = try party("iwate/morioka-shi", .council)
        func equivalents(_ parties: [Party]) -> [String] {
            section(parties, guide: guide).fields.filter { $0.key == "equivalent" }.compactMap { $0.meaning?.first?.ja }
        }
        #expect(equivalents([aomori]) == ["共通"])
        #expect(equivalents([aomori, try party("aomori/towada-shi", .council)]) == ["共通"])
        #expect(equivalents([aomori, iwate]) == ["aomori: 共通", "iwate: 部外秘"])
        #expect(equivalents([try party("aomori-police/hachinohe", .policeStation)]).isEmpty)
    }

    @Test func itStandsLast() throws {
        let demo = try Demo()
        let relayed = try demo.referral()
        let entry = try demo.client(.officer).prepare(relayed)
        #expect(entry.manifest.label == relayed.label)
        let record = relayed.record.adding([section([])])
        #expect(record.sections.last?.key == "handling")
        let page = RecordText(record, .japanese).page
        let heading = try #require(page.range(of: "■ 取扱い上の留意事項"))
        #expect(!page[heading.upperBound...].contains("■"))
    }
}
