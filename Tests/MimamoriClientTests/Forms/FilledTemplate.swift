// A template filled in the way a person does it: the printed form with the values of some fields replaced. What each
// test expects of it is in the test.

import MimamoriCore

@testable import MimamoriClient

enum FilledTemplate {
    static let today = CivilDate(year: 2026, month: 11, day: 24)

    /// The template with every field filled by its example, except those whose condition the examples do not meet;
    /// `changes` are TOML literals by key, and `nil` takes the whole line out.
    static func text(
        _ kind: PackageKind, changes: [String: String?] = [:], language: Language = .japanese
    ) -> String {
        let schema = FormSchema.of(kind)
        var values: [String: String?] = [:]
        for field in schema.fields where applies(field, in: schema, changes) { values[field.key] = field.example }
        values.merge(changes) { _, new in new }
        return replacing(values, in: Template(kind, language).text)
    }

    static func replacing(_ values: [String: String?], in template: String) -> String {
        var lines = template.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for statement in KeyLines(template).statements.reversed() {
            guard let value = values[statement.key] else { continue }
            let name = statement.key.split(separator: ".").last ?? ""
            let range = statement.lines.lowerBound - 1..<statement.lines.upperBound
            lines.replaceSubrange(range, with: value.map { ["\(name) = \($0)"] } ?? [])
        }
        return lines.joined(separator: "\n")
    }

    private static func applies(_ field: FormField, in schema: FormSchema, _ changes: [String: String?]) -> Bool {
        guard case .when(let key, let codes) = field.requirement else { return true }
        let controlling = changes[key] ?? schema.field(key)?.example
        return codes.contains { "\"\($0)\"" == controlling }
    }

    static func read(_ text: String) -> Result<FilledForm, FormMistakes> {
        FormReader.read(Array(text.utf8), today: today ?? CivilDate(daysSinceEpoch: 0))
    }

    static func mistakes(in text: String) -> [FormMistake] {
        switch read(text) {
        case .success: []
        case .failure(let failure): failure.mistakes
        }
    }
}
