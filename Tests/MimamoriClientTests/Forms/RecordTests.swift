// What a form becomes: codes for the manifest, everything for the record, and a page to read. No word of a person goes
// to the manifest.

import Foundation
import MimamoriCore
import Testing

@testable import MimamoriClient

struct RecordTests {
    private static let sender = PersonAddress("aomori-police/hachinohe:officer")
    private static let council = Address("aomori/hachinohe-shi")
    private static let made = Timestamp("2026-11-24T09:00:00.000+09:00")

    private func manifest(of draft: PackageDraft) throws -> Manifest {
        let made = try #require(Self.made)
        return Manifest(
            id: PackageID(at: made, random: Array(repeating: 7, count: 10)), kind: draft.kind, created: made,
            sender: try #require(Self.sender), recipients: draft.recipients, legalBasis: draft.legalBasis,
            consent: draft.consent, label: draft.label, answers: draft.answers, concerns: draft.concerns,
            request: draft.request, decision: draft.decision, criterion: draft.criterion,
            retention: draft.retention, sealedTo: [], parts: [])
    }

    private func draft(_ text: String) throws -> PackageDraft {
        try FilledTemplate.read(text).get().draft(
            .init(recipients: [try #require(Self.council)], attachments: ["a.pdf"]))
    }

    @Test func referralGivesTheManifestItsCodes() throws {
        let draft = try draft(
            FilledTemplate.text(
                .referral,
                changes: [
                    "consent.state": #""obtained_from_other""#, "consent.method": #""written""#,
                    "package.retention": #""10fy""#,
                    "label.restrictions": #"["no_forward", "concerned_only"]"#,
                ]))
        #expect(draft.kind == .referral)
        #expect(draft.legalBasis == .councilRequest)
        #expect(draft.retention == .tenFiscalYears)
        #expect(draft.answers?.text == "01900000-0000-7000-8000-000000000001")
        #expect(
            draft.consent
                == Consent(
                    state: .obtainedFromOther, relation: .family, method: .written, activitiesExplained: true,
                    confidentialityExplained: true))
        #expect(
            draft.label
                == HandlingLabel(
                    confidentiality: 2, integrity: 2, availability: 1, restrictions: [.concernedOnly, .noForward],
                    keepUntil: CivilDate("2027-03-31")))
        #expect(draft.criterion?.text == "2025-04-01")
        #expect(draft.attachments == ["a.pdf"])
    }

    @Test func reasonWhyConsentWasNotObtainedIsACode() throws {
        let draft = try draft(FilledTemplate.text(.referral, changes: ["consent.state": #""not_obtained""#]))
        #expect(draft.consent == Consent(state: .notObtained, reason: .unreachable))
    }

    @Test(arguments: PackageKind.allCases)
    func everyFieldThatIsFilledInIsInTheRecordAndOnThePage(kind: PackageKind) throws {
        let form = try FilledTemplate.read(FilledTemplate.text(kind)).get()
        let record = try #require(Record.read(form.record.canonicalBytes()))
        #expect(record == form.record)
        let keys = record.sections.flatMap { section in section.fields.map { "\(section.key).\($0.key)" } }
        let filled = form.schema.fields.filter { $0.destination != .package && form.values[$0.key] != nil }.map(\.key)
        #expect(keys == filled)
        for language in Language.allCases {
            let page = RecordText(record, language).page
            for section in record.sections {
                #expect(page.contains("■ " + section.label[language]))
                for field in section.fields { #expect(page.contains(field.label[language])) }
            }
            for line in page.split(separator: "\n") { #expect(DisplayWidth.of(line) <= 80, "\(line)") }
        }
    }

    @Test func recordIsWhatJqPrints() throws {
        let bytes = try FilledTemplate.read(FilledTemplate.text(.notice)).get().record.canonicalBytes()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let sorted = try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
        #expect(Array(sorted) == bytes)
        #expect(object["format"] as? String == "mimamori-record/1")
    }

    @Test func recordTextIsAsReviewed() throws {
        let form = try FilledTemplate.read(FilledTemplate.text(.referral)).get()
        let draft = form.draft(.init(recipients: [try #require(Self.council)]))
        let label = try #require(draft.label)
        let council = Party(address: try #require(Self.council), kind: .council, name: "八戸市")
        let handling = Record.Section.handling(
            of: label, basis: draft.legalBasis, recipients: [council], guide: LabelGuide())
        let record = draft.record.adding([handling]).canonicalBytes()
        for language in Language.allCases {
            let text = RecordRendering.forms(language).document(record, of: try manifest(of: draft))
            #expect(text.hasPrefix(label.line[language] + "\n"))
            #expect(try Golden.matches(text, "referral.\(language.rawValue).txt"))
        }
        #expect(try Golden.matches(String(decoding: record, as: UTF8.self), "referral.record.json"))
    }

    /// Every field of words gets a canary: none is in the manifest, all are in the record.
    @Test(arguments: PackageKind.allCases)
    func noWordReachesTheManifest(kind: PackageKind) throws {
        let schema = FormSchema.of(kind)
        var changes: [String: String?] = [:]
        for (index, field) in schema.fields.enumerated() {
            guard case .required = field.requirement else { continue }
            switch field.type {
            case .line, .text: changes[field.key] = "\"カナリア\(index)号\""
            case .phone: changes[field.key] = #""090-1717-1717""#
            default: break
            }
        }
        let draft = try draft(FilledTemplate.text(kind, changes: changes))
        let manifest = String(decoding: try manifest(of: draft).canonicalBytes(), as: UTF8.self)
        #expect(!manifest.contains("カナリア") && !manifest.contains("1717"))
        let record = String(decoding: draft.record.canonicalBytes(), as: UTF8.self)
        #expect(record.count(of: "カナリア") == changes.values.count { $0?.contains("カナリア") == true })
        if schema.subjectField == nil { #expect(!draft.subject.contains("カナリア")) }
    }

    @Test func aForeignRecordCannotTouchTheTerminal() throws {
        let field = Record.Field(
            key: "name", label: Bilingual(ja: "氏\u{1B}[31m名", en: "Name"), value: .text("見守\u{1B}]0;x\u{07}\u{202E}花子"),
            meaning: nil)
        let record = Record(
            kind: .notice,
            sections: [.init(key: "s", label: Bilingual(ja: "区\r分", en: "s"), fields: [field])])
        let page = RecordText(record, .japanese).page
        #expect(!page.unicodeScalars.contains(where: PlainText.isControl))
        #expect(page.contains("花子"))
    }

    @Test func whatIsNoRecordIsNotRendered() throws {
        let draft = try draft(FilledTemplate.text(.notice))
        let manifest = try manifest(of: draft)
        let rendering = RecordRendering.forms(.japanese)
        let record = draft.record.canonicalBytes()
        #expect(rendering.text(record, manifest)?.contains("■ 連絡") == true)
        #expect(rendering.text(Array("{}".utf8), manifest) == nil)
        #expect(rendering.text(record + [0x20], manifest) == nil)
        let other = try self.manifest(of: try self.draft(FilledTemplate.text(.bulletin)))
        #expect(rendering.text(record, other) == nil)
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { components(separatedBy: part).count - 1 }
}
