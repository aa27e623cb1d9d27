// Every kind's template: it parses, is refused as unfilled with each required field named, passes once it is filled
// with its own examples, and keeps to the width of a terminal. The referral's is a golden file.

import Foundation
import MimamoriCore
import Testing

@testable import MimamoriClient

struct TemplateTests {
    static let cases = PackageKind.allCases.flatMap { kind in Language.allCases.map { (kind, $0) } }

    @Test(arguments: cases)
    func unfilledNamesEveryRequiredFieldAndNothingElse(kind: PackageKind, language: Language) throws {
        let text = Template(kind, language).text
        let mistakes = FilledTemplate.mistakes(in: text)
        let required = FormSchema.of(kind).fields.filter { $0.requirement == .required && $0.preset == nil }
        #expect(!required.isEmpty)
        #expect(Set(mistakes.compactMap(\.key)) == Set(required.map(\.key)))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for mistake in mistakes {
            let line = try #require(mistake.line)
            let name = try #require(mistake.key?.split(separator: ".").last)
            #expect(lines[line - 1].hasPrefix("\(name) = "))
        }
    }

    @Test(arguments: cases)
    func examplesFillTheForm(kind: PackageKind, language: Language) throws {
        let form = try FilledTemplate.read(FilledTemplate.text(kind, language: language)).get()
        #expect(form.kind == kind)
        #expect(form.recipients == ["八戸市"])
        #expect(form.label != nil)
        let required = FormSchema.of(kind).fields.filter { $0.requirement == .required }
        #expect(required.allSatisfy { form.values[$0.key] != nil })
    }

    @Test(arguments: cases)
    func linesFitATerminal(kind: PackageKind, language: Language) {
        for line in Template(kind, language).text.split(separator: "\n") {
            #expect(DisplayWidth.of(line) <= 80, "\(line)")
        }
    }

    @Test(arguments: cases)
    func everyFieldIsExplained(kind: PackageKind, language: Language) {
        let text = Template(kind, language).text
        for field in FormSchema.of(kind).fields {
            #expect(text.contains("# " + field.label[language]))
            #expect(!field.explanation[language].isEmpty)
            for choice in field.choices { #expect(text.contains("\"\(choice.code)\"")) }
        }
    }

    @Test(arguments: PackageKind.allCases)
    func keysAreUniqueAndConditionsPointAtChoices(kind: PackageKind) throws {
        let schema = FormSchema.of(kind)
        #expect(Set(schema.fields.map(\.key)).count == schema.fields.count)
        for field in schema.fields {
            if case .whenTrue(let key) = field.requirement { #expect(schema.field(key)?.type == .boolean) }
            guard case .when(let key, let codes) = field.requirement else { continue }
            let known = Set(try #require(schema.field(key)).choices.map(\.code))
            #expect(codes.isSubset(of: known) && !codes.isEmpty)
        }
    }

    /// N6: what is about no individual has no field for one.
    @Test(arguments: [PackageKind.bulletin, .notice])
    func generalInformationHasNoPlaceForAPerson(kind: PackageKind) {
        let keys = FormSchema.of(kind).fields.map(\.key).filter { !$0.hasPrefix("contact.") }
        for word in ["name", "kana", "address", "phone", "birth", "subject"] {
            #expect(!keys.contains { $0.split(separator: ".").last?.contains(word) == true })
        }
    }

    @Test(arguments: Language.allCases)
    func referralIsAsReviewed(language: Language) throws {
        let text = Template(.referral, language).text
        #expect(try Golden.matches(text, "referral.\(language.rawValue).toml"))
    }
}
