// A record as a page that a person reads or prints: what it is and from whom, then section by section. The handling
// label's line stands above everything (SD-CLS-2); whoever shows the page puts it there, from the signed manifest. A
// record comes from outside, so nothing in it reaches a terminal unfiltered.

package import MimamoriCore

extension RecordRendering {
    /// The rendering of records that were made from our forms.
    package static func forms(_ language: Language) -> RecordRendering {
        RecordRendering { bytes, manifest in
            guard let record = Record.read(bytes), record.kind == manifest.kind else { return nil }
            return RecordText(record, language, columns: 78).page(heading: manifest)
        }
    }
}

package struct RecordText {
    private let record: Record
    private let language: Language
    private let columns: Int

    package init(_ record: Record, _ language: Language, columns: Int) {
        self.record = record
        self.language = language
        self.columns = columns
    }

    /// The whole text with the label's line first, as `record.txt` holds it.
    package func file(label: HandlingLabel, heading manifest: Manifest?) -> String {
        label.line[language] + "\n\n" + page(heading: manifest)
    }

    package func page(heading manifest: Manifest?) -> String {
        var lines = [record.kindName[language], ""]
        if let manifest {
            lines += pair(Bilingual(ja: "番号", en: "Id"), manifest.id.text)
            lines += pair(Bilingual(ja: "作成", en: "Made"), WrittenDate.moment(manifest.created))
            lines += pair(Bilingual(ja: "送信者", en: "Sender"), manifest.sender.text)
            lines += pair(
                Bilingual(ja: "宛先", en: "Recipients"), manifest.recipients.map(\.text).joined(separator: ", "))
            lines.append("")
        }
        // The substance first; basis and label, which every form begins with, at the end.
        let formal = Set(["package", "label"])
        let ordered =
            record.sections.filter { !formal.contains($0.key) } + record.sections.filter { formal.contains($0.key) }
        for section in ordered {
            lines.append("■ " + section.label[language])
            for field in section.fields { lines += pair(field.label, value(of: field)) }
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

    private static let labelColumns = 22

    /// `  label   value`, the value wrapped and hanging under itself.
    private func pair(_ label: Bilingual, _ value: String) -> [String] {
        let name = "  " + PlainText.line(label[language])
        let body = DisplayWidth.wrap(PlainText.safe(value), columns: columns - Self.labelColumns)
        let fits = DisplayWidth.of(name) < Self.labelColumns
        let first = fits ? [DisplayWidth.pad(name, to: Self.labelColumns) + (body.first ?? "")] : [name]
        let rest = fits ? body.dropFirst() : body[...]
        return first + rest.map { $0.isEmpty ? "" : String(repeating: " ", count: Self.labelColumns) + $0 }
    }
}
