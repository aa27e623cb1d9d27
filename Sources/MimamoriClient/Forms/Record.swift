// The record of a package (record.json): what was written into the form, with the words of its labels and the meaning
// of its codes, so that it can be read in ten years with no software of ours. Canonical JSON, one format, versioned.

package import MimamoriCore

package struct Record: Sendable, Hashable, Codable {
    package static let format = "mimamori-record/1"

    package struct Section: Sendable, Hashable, Codable {
        package let key: String
        package let label: Bilingual
        package let fields: [Field]
    }

    package struct Field: Sendable, Hashable, Codable {
        package let key: String
        package let label: Bilingual
        package let value: Value
        /// What the codes of `value` mean, in their order.
        package let meaning: [Bilingual]?
    }

    /// A JSON string, number, boolean or list of strings.
    package enum Value: Sendable, Hashable {
        case text(String)
        case number(Int)
        case flag(Bool)
        case list([String])
    }

    package let format: String
    package let kind: PackageKind
    package let kindName: Bilingual
    package let sections: [Section]

    package init(kind: PackageKind, sections: [Section]) {
        format = Self.format
        self.kind = kind
        kindName = kind.name
        self.sections = sections
    }

    /// With more sections at its end.
    package func adding(_ more: [Section]) -> Record { Record(kind: kind, sections: sections + more) }

    /// A field by its dotted key, as a form has it.
    package func value(_ key: String) -> Value? {
        let names = key.split(separator: ".", maxSplits: 1)
        guard names.count == 2, let section = sections.first(where: { $0.key == names[0] }) else { return nil }
        return section.fields.first { $0.key == names[1] }?.value
    }

    package enum CodingKeys: String, CodingKey {
        case format, kind, sections
        case kindName = "kind_name"
    }

    package func canonicalBytes() -> [UInt8] { CanonicalJSON.encode(self) }

    /// `nil` when the bytes are not a record of this format.
    package static func read(_ bytes: [UInt8]) -> Record? {
        guard case .success(let record) = CanonicalJSON.decode(Record.self, from: bytes), record.format == format else {
            return nil
        }
        return record
    }
}

extension Record.Field {
    init(_ field: FormField, _ value: FormValue) {
        key = field.name
        label = field.label
        let names = Dictionary(field.choices.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        switch value {
        case .text(let text):
            self.value = .text(text)
            meaning = names[text].map { [$0] }
        case .date(let date):
            self.value = .text(WrittenDate.iso(date))
            meaning = WrittenDate.inEra(date).map { [Bilingual(ja: $0, en: $0)] }
        case .number(let number):
            self.value = .number(number)
            meaning = nil
        case .flag(let flag):
            self.value = .flag(flag)
            meaning = [flag ? Bilingual(ja: "はい", en: "yes") : Bilingual(ja: "いいえ", en: "no")]
        case .list(let list):
            self.value = .list(list)
            let known = list.compactMap { names[$0] }
            meaning = !list.isEmpty && known.count == list.count ? known : nil
        }
    }
}

extension Record.Value: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try container.decode([String].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let list): try container.encode(list)
        }
    }
}
