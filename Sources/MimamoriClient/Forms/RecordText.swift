// A record as a page that a person reads or prints, section by section, and the heading that says what it is and from
// whom. The handling label's line stands above both (SD-CLS-2): RecordRendering.swift puts the three together. A record
// comes from outside, so nothing in it reaches a terminal unfiltered.

package import MimamoriCore

extension RecordRendering {
    /// The rendering of records that were made from our forms.
    package static func forms(_ language: Language) -> RecordRendering {
        RecordRendering(language: language) { bytes, manifest in
            guard let record = Record.read(bytes), record.kind == manifest.kind else { return nil }
            return RecordText(record, language).page
        }
    }
}

package struct RecordText {
    private let record: Record
    private let language: Language

    package init(_ record: Record, _ language: Language) {
        self.record = record
        self.language = language
    }

    /// What it is, from whom and to whom, out of the signed manifest.
    package static func heading(of manifest: Manifest, _ language: Language) -> [String] {
        [manifest.kind.name[language], ""]
            + [
                (Bilingual(ja: "番号", en: "Id"), manifest.id.text),
                (Bilingual(ja: "作成", en: "Made"), WrittenDate.moment(manifest.created, language)),
                (Bilingual(ja: "送信者", en: "Sender"), manifest.sender.text),
                (Bilingual(ja: "宛先", en: "Recipients"), manifest.recipients.map(\.text).joined(separator: ", ")),
            ].flatMap { pair($0[language], $1, language) }
    }

    /// Every section with its fields, in lines of at most 78 columns where the words allow it.
    package var page: String {
        var lines: [String] = []
        // The substance first; basis, label and handling, which every record has, at the end.
        let formal = Set(["package", "label", Record.Section.handlingKey])
        let ordered =
            record.sections.filter { !formal.contains($0.key) } + record.sections.filter { formal.contains($0.key) }
        for section in ordered {
            lines.append("■ " + section.label[language])
            for field in section.fields { lines += Self.pair(field.label[language], value(of: field), language) }
            lines.append("")
        }
        return lines.map(PlainText.safe).joined(separator: "\n")
    }

    private func value(of field: Record.Field) -> String {
        let meaning = field.meaning?.map { $0[language] }.joined(separator: language == .japanese ? "、" : ", ")
        switch field.value {
        case .text(let text):
            guard let meaning else { return text }
            // A day keeps its digits and shows the era; a code is replaced by what it means.
            return CivilDate(text) != nil ? "\(text)（\(meaning)）" : meaning
        case .number(let number): return Self.grouped(number)
        case .flag(let flag): return meaning ?? String(flag)
        case .list(let list): return meaning ?? list.joined(separator: ", ")
        }
    }

    /// `1,200,000`.
    private static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
        return (number < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }

    /// Room for the longest label of our forms, or nearly so.
    private static func labelColumns(_ language: Language) -> Int { language == .japanese ? 22 : 30 }

    /// `  label   value`, the value wrapped and hanging under itself.
    private static func pair(_ label: String, _ value: String, _ language: Language) -> [String] {
        let labelColumns = labelColumns(language)
        let name = "  " + PlainText.line(label)
        let body = DisplayWidth.wrap(PlainText.safe(value), columns: 78 - labelColumns)
        let fits = DisplayWidth.of(name) < labelColumns
        let first = fits ? [DisplayWidth.pad(name, to: labelColumns) + (body.first ?? "")] : [name]
        let rest = fits ? body.dropFirst() : body[...]
        return first + rest.map { $0.isEmpty ? "" : String(repeating: " ", count: labelColumns) + $0 }
    }
}
