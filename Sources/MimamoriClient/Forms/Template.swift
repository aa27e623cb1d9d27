// The blank form that `mimamori template KIND` prints: TOML with comments that say for each field what to write, with
// an example of an obviously made-up case, so that no manual is needed. Comments are wrapped to 80 columns.

package import MimamoriCore

package struct Template {
    private let schema: FormSchema
    private let language: Language

    package init(_ kind: PackageKind, _ language: Language) {
        schema = .of(kind)
        self.language = language
    }

    private func say(_ ja: String, _ en: String) -> String { language == .japanese ? ja : en }

    /// The text, ending with a line feed.
    package var text: String {
        var lines = [
            "# " + schema.kind.name[language],
            "#",
        ]
        for sentence in schema.introduction { lines += comment(sentence[language]) }
        lines += ["#", "# " + say("書き方", "How to fill it in")]
        for hint in hints { lines += comment(hint, bullet: "・") }
        lines += ["", "form = \"\(FormSchema.format)\"", "kind = \"\(schema.kind.rawValue)\"", ""]
        for section in schema.sections {
            lines += ["", rule(section.label[language]), "[\(section.key)]"]
            if let explanation = section.explanation { lines += comment(explanation[language]) }
            for field in section.fields { lines += [""] + entry(field) }
            lines.append("")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var hints: [String] {
        language == .japanese
            ? [
                "= の右側に記入します。【必須】の印がない項目は、空のままでかまいません。",
                "文字は \" と \" の間に書きます。文の中の引用には「」を使います。",
                "何行にもわたる文は、\"\"\" と \"\"\" の間に書きます。",
                "例はすべて架空のものです。（N8）等は、その項目の根拠となる規則の番号です。",
                "書き終えたら mimamori queue ファイル名 --dry-run で確かめられます。まだ何も送りません。",
            ]
            : [
                "Write to the right of =. What is not marked [required] may stay blank.",
                "Put text between \" and \"; use other quotation marks inside it.",
                "Put text of several lines between \"\"\" and \"\"\".",
                "All examples are made up. (N8) and the like name the rule behind a field.",
                "Check it with mimamori queue FILE --dry-run, which sends nothing.",
            ]
    }

    private func rule(_ title: String) -> String {
        let head = "# ── " + title + " "
        return head + String(repeating: "─", count: max(3, 78 - DisplayWidth.of(head)))
    }

    private func comment(_ text: String, bullet: String = "", indent: Int = 0) -> [String] {
        let margin = "# " + String(repeating: " ", count: indent)
        let hang = String(repeating: " ", count: DisplayWidth.of(bullet))
        return DisplayWidth.wrap(text, columns: 78 - DisplayWidth.of(margin + bullet)).enumerated().map { index, line in
            margin + (index == 0 ? bullet : hang) + line
        }
    }

    private func entry(_ field: FormField) -> [String] {
        let rule = field.rule.map { say("（\($0)）", " (\($0))") } ?? ""
        var lines = ["# " + field.label[language] + mark(field) + rule]
        lines += comment(field.explanation[language], indent: 2)
        if let condition = condition(of: field) { lines += comment(condition, indent: 2) }
        let columns = field.choices.map { DisplayWidth.of($0.code) + 2 }.max() ?? 0
        for choice in field.choices {
            let code = DisplayWidth.pad("\"\(choice.code)\"", to: columns) + "  "
            lines += comment(choice.name[language], bullet: code, indent: 4)
        }
        if field.choices.isEmpty, field.preset == nil {
            lines += comment(field.example, bullet: say("例: ", "Example: "), indent: 2)
        }
        return lines + ["\(field.name) = \(field.preset ?? blank(field))"]
    }

    private func mark(_ field: FormField) -> String {
        switch field.requirement {
        case .required: say("【必須】", " [required]")
        case .when, .whenTrue: say("【条件により必須】", " [required in some cases]")
        case .optional: ""
        }
    }

    private func condition(of field: FormField) -> String? {
        if case .whenTrue(let key) = field.requirement, let other = schema.field(key) {
            return say(
                "「\(other.label.ja)」が true のときは必ず書きます。",
                "To be filled in when \"\(other.label.en)\" is true.")
        }
        guard case .when(let key, let codes) = field.requirement, let other = schema.field(key) else { return nil }
        let names = other.choices.filter { codes.contains($0.code) }.map { $0.name[language] }
        return say(
            "「\(other.label.ja)」が" + names.map { "「\($0)」" }.joined(separator: "か") + "のときに書きます。",
            "When \"\(other.label.en)\" is " + names.map { "\"\($0)\"" }.joined(separator: " or ") + ".")
    }

    private func blank(_ field: FormField) -> String {
        switch field.type {
        case .text: "\"\"\"\n\"\"\""
        case .recipients, .files, .codes: "[]"
        default: "\"\""
        }
    }
}
