// What is wrong with a form, said so that the person who filled it in can put it right: the line, the field, what is
// wrong and what to write. No value of a form is ever in a mistake, because a value may be personal information.

package import MimamoriCore

package struct FormMistake: Error, Sendable, Hashable {
    /// From 1; `nil` when the field is not in the form at all.
    package let line: Int?
    /// The dotted key; `nil` when the mistake is of the form as a whole.
    package let key: String?
    package let label: Bilingual?
    package let what: Bilingual
    package let remedy: Bilingual
    /// The rule that asks for the field, where one does.
    package let rule: String?

    init(
        line: Int?, key: String? = nil, label: Bilingual? = nil, what: Bilingual, remedy: Bilingual,
        rule: String? = nil
    ) {
        self.line = line
        self.key = key
        self.label = label
        self.what = what
        self.remedy = remedy
        self.rule = rule
    }

    init(line: Int?, field: FormField, what: Bilingual, remedy: Bilingual) {
        self.init(
            line: line, key: field.key, label: field.label, what: what, remedy: remedy, rule: field.rule)
    }
}

/// Every mistake of one form, in the order of its lines.
package struct FormMistakes: Error, Sendable {
    package let mistakes: [FormMistake]

    init(_ mistakes: [FormMistake]) {
        precondition(!mistakes.isEmpty, "a form without a mistake is not refused")
        self.mistakes = mistakes.enumerated()
            .sorted { ($0.element.line ?? .max, $0.offset) < ($1.element.line ?? .max, $1.offset) }
            .map(\.element)
    }
}
