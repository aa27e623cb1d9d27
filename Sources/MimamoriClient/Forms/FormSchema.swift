// What a form is made of. One schema per kind says everything that is known about its fields: the template that a
// person fills in, the reader that checks it, the record that is sealed and the text that is read in ten years are all
// made from it, so that they cannot disagree. The schemas themselves are in the files named after the kinds.

package import MimamoriCore

/// The form of one kind of package.
package struct FormSchema: Sendable {
    /// Written into every form; a form of another format is refused by name.
    package static let format = "mimamori-form/1"

    package let kind: PackageKind
    /// What this form is for, at the head of the template.
    package let introduction: [Bilingual]
    package let sections: [FormSection]
    /// The field whose words serve as the sender's own one-line reminder; never a field of personal information.
    package let subjectField: String?

    package var fields: [FormField] { sections.flatMap(\.fields) }

    package func field(_ key: String) -> FormField? { fields.first { $0.key == key } }
}

/// A TOML table of the form.
package struct FormSection: Sendable {
    package let key: String
    package let label: Bilingual
    /// What to mind when this section is filled in.
    package let explanation: Bilingual?
    package let fields: [FormField]

    init(_ key: String, _ ja: String, _ en: String, explanation: Bilingual? = nil, _ fields: [FormField]) {
        self.key = key
        label = Bilingual(ja: ja, en: en)
        self.explanation = explanation
        self.fields = fields.map { $0.placed(in: key) }
    }
}

/// One value of a closed list.
package struct FormChoice: Sendable, Hashable {
    package let code: String
    package let name: Bilingual

    init(_ code: String, _ ja: String, _ en: String) {
        self.code = code
        name = Bilingual(ja: ja, en: en)
    }

    init(_ code: String, _ name: Bilingual) {
        self.code = code
        self.name = name
    }
}

/// What a person writes into a field.
package enum FieldType: Sendable, Hashable {
    /// One line of at most so many characters.
    case line(Int)
    /// Several lines of at most so many characters.
    case text(Int)
    /// A day of the calendar; `past` when it cannot lie ahead.
    case date(past: Bool)
    case phone
    case code([FormChoice])
    case codes([FormChoice])
    /// A choice among numbers: the grades of a label.
    case grade([Int])
    case integer(ClosedRange<Int>)
    case boolean
    /// Parties as `mimamori lookup` takes them.
    case recipients
    /// One party, as `mimamori lookup` takes it.
    case party
    /// Paths of files.
    case files
    /// The path of one file.
    case file
    case packageID
}

/// When a field must be filled in.
package enum Requirement: Sendable, Hashable {
    case required
    case optional
    /// Required when the field `key` has one of these codes, and out of place otherwise.
    case when(key: String, codes: Set<String>)
    /// Required when the flag `key` is true, optional otherwise.
    case whenTrue(key: String)
}

/// Where a value goes.
package enum Destination: Sendable, Hashable {
    /// A code of the signed manifest, readable by the relay, and the record as well.
    case manifest
    /// The sealed record only.
    case record
    /// Recipients and attachments: they steer the package and are not part of the record.
    case package
}

/// One key of the form.
package struct FormField: Sendable {
    /// Dotted: `subject.name`.
    package let key: String
    package let label: Bilingual
    package let explanation: Bilingual
    package let requirement: Requirement
    package let type: FieldType
    package let destination: Destination
    /// `N8`, `SD-CLS-1`: why the field exists.
    package let rule: String?
    /// A TOML literal of an obviously made-up case, valid for the field.
    package let example: String
    /// A TOML literal that the template already carries; `nil` leaves the field blank.
    package let preset: String?

    init(
        _ key: String, _ ja: String, _ en: String, _ requirement: Requirement, _ type: FieldType,
        to destination: Destination = .record, rule: String? = nil, example: String, preset: String? = nil,
        _ explanationJa: String, _ explanationEn: String
    ) {
        self.init(
            key: key, label: Bilingual(ja: ja, en: en), explanation: Bilingual(ja: explanationJa, en: explanationEn),
            requirement: requirement, type: type, destination: destination, rule: rule, example: example,
            preset: preset)
    }

    private init(
        key: String, label: Bilingual, explanation: Bilingual, requirement: Requirement, type: FieldType,
        destination: Destination, rule: String?, example: String, preset: String?
    ) {
        self.key = key
        self.label = label
        self.explanation = explanation
        self.requirement = requirement
        self.type = type
        self.destination = destination
        self.rule = rule
        self.example = example
        self.preset = preset
    }

    fileprivate func placed(in section: String) -> FormField {
        FormField(
            key: "\(section).\(key)", label: label, explanation: explanation, requirement: requirement, type: type,
            destination: destination, rule: rule, example: example, preset: preset)
    }

    /// The last part of the key, as it stands under its table.
    package var name: String { String(key.drop { $0 != "." }.dropFirst()) }

    package var choices: [FormChoice] {
        switch type {
        case .code(let choices), .codes(let choices): choices
        default: []
        }
    }
}
