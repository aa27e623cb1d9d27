// Reads a filled-in form and reports every mistake at once: syntax, unknown fields, wrong types, unknown codes, what is
// missing, what is out of place. Whether the package may be sent is the policy's question, asked afterwards.

package import MimamoriCore
import TOMLKit

package enum FormReader {
    /// `today`, in Japan, is what "not in the future" is measured by. `given`: keys of fields that the command line fills,
    /// so that the form may leave them blank.
    package static func read(
        _ bytes: [UInt8], today: CivilDate, given: Set<String> = []
    ) -> Result<FilledForm, FormMistakes> {
        let syntax = FormSyntax.read(bytes)
        guard let table = syntax.table else { return .failure(FormMistakes(syntax.mistakes)) }
        switch schema(of: table, syntax) {
        case .failure(let mistake):
            // Without its kind nothing else of the form can be judged.
            return .failure(
                FormMistakes(
                    syntax.mistakes.isEmpty || !syntax.isUncertain ? syntax.mistakes + [mistake] : syntax.mistakes))
        case .success(let schema):
            return filled(Reading(schema: schema, table: table, syntax: syntax, today: today, given: given))
        }
    }

    /// A form that a command fills in itself, judged as if a person had written it.
    package static func fill(
        _ kind: PackageKind, _ values: [String: FormValue], today: CivilDate
    ) -> Result<FilledForm, FormMistakes> {
        let table = TOMLTable()
        for section in FormSchema.of(kind).sections {
            let content = TOMLTable()
            for field in section.fields {
                switch values[field.key] {
                case nil: break
                case .text(let text): content[field.name] = text
                case .date(let day): content[field.name] = day.text
                case .number(let number): content[field.name] = number
                case .flag(let flag): content[field.name] = flag
                case .list(let list): content[field.name] = TOMLArray(list)
                }
            }
            table[section.key] = content
        }
        let syntax = FormSyntax(table: table, keys: KeyLines(""), mistakes: [], unreadable: [], isUncertain: false)
        return filled(Reading(schema: .of(kind), table: table, syntax: syntax, today: today))
    }

    private static func filled(_ reading: Reading) -> Result<FilledForm, FormMistakes> {
        var reading = reading
        reading.readFields()
        reading.checkRequirements()
        reading.reportUnknownKeys()
        guard reading.mistakes.isEmpty else { return .failure(FormMistakes(reading.mistakes)) }
        return .success(FilledForm(schema: reading.schema, values: reading.values))
    }

    private static func schema(of table: TOMLTable, _ syntax: FormSyntax) -> Result<FormSchema, FormMistake> {
        guard table["form"]?.string == FormSchema.format else {
            return .failure(
                FormMistake(
                    line: syntax.keys["form"], key: "form",
                    what: Bilingual(
                        ja: "様式の版の行がないか、版が違います。", en: "The line with the form's version is missing or another."),
                    remedy: Bilingual(
                        ja: "mimamori template 種別 で様式を出し直すか、form = \"\(FormSchema.format)\" の行を戻してください。",
                        en: "Print the form again with mimamori template KIND, or restore the line "
                            + "form = \"\(FormSchema.format)\".")))
        }
        guard let kind = table["kind"]?.string.flatMap(PackageKind.init(rawValue:)) else {
            return .failure(
                FormMistake(
                    line: syntax.keys["kind"], key: "kind",
                    what: Bilingual(ja: "種別がないか、決められたもののどれでもありません。", en: "The kind is missing or not one of ours."),
                    remedy: Bilingual(
                        ja: "次のどれかを書いてください: "
                            + PackageKind.allCases.map { "\"\($0.rawValue)\"（\($0.name.ja)）" }.joined(separator: "、"),
                        en: "Write one of: " + PackageKind.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
                    )))
        }
        return .success(FormSchema.of(kind))
    }
}

/// One pass over one form.
private struct Reading {
    let schema: FormSchema
    let table: TOMLTable
    let syntax: FormSyntax
    let today: CivilDate
    var values: [String: FormValue] = [:]
    let given: Set<String>
    var mistakes: [FormMistake]
    /// Fields with a value that is wrong: not missing, and no ground for conditions.
    var wrong: Set<String>

    init(schema: FormSchema, table: TOMLTable, syntax: FormSyntax, today: CivilDate, given: Set<String> = []) {
        self.schema = schema
        self.table = table
        self.syntax = syntax
        self.today = today
        self.given = given
        mistakes = syntax.mistakes.map { mistake in
            guard let key = mistake.key, let field = schema.field(key) else { return mistake }
            return FormMistake(line: mistake.line, field: field, what: mistake.what, remedy: mistake.remedy)
        }
        wrong = syntax.unreadable
    }

    mutating func readFields() {
        for section in schema.sections {
            guard let node = table[section.key] else { continue }
            guard let content = node.table else {
                mistakes.append(
                    FormMistake(
                        line: syntax.keys[section.key], key: section.key, label: section.label,
                        what: Bilingual(
                            ja: "区分の見出しのところに値が書かれています。", en: "A value stands where a section's heading should be."),
                        remedy: Bilingual(ja: "[\(section.key)] という行にしてください。", en: "Make it the line [\(section.key)].")
                    ))
                wrong.formUnion(section.fields.map(\.key))
                continue
            }
            for field in section.fields {
                guard let node = content[field.name] else { continue }
                switch FieldReading(field: field, today: today).read(node) {
                case .blank: break
                case .value(let value): values[field.key] = value
                case .wrong(let what, let remedy):
                    wrong.insert(field.key)
                    mistakes.append(FormMistake(line: syntax.keys[field.key], field: field, what: what, remedy: remedy))
                }
            }
        }
    }

    mutating func checkRequirements() {
        guard !syntax.isUncertain else { return }
        for field in schema.fields where !wrong.contains(field.key) {
            switch field.requirement {
            case .optional: break
            case .required:
                if values[field.key] == nil, !given.contains(field.key) { reportMissing(field) }
            case .whenTrue(let key):
                if values[key] == .flag(true), values[field.key] == nil { reportMissing(field) }
            case .when(let key, let codes):
                guard let controlling = schema.field(key), let code = values[key]?.text else { continue }
                if codes.contains(code) {
                    if values[field.key] == nil { reportMissing(field) }
                } else if values[field.key] != nil {
                    reportOutOfPlace(field, because: controlling, is: code)
                }
            }
        }
    }

    private mutating func reportMissing(_ field: FormField) {
        let section = String(field.key.prefix { $0 != "." })
        let line = syntax.keys[field.key]
        let isMissing = line == nil
        let remedy = FieldReading.remedy(for: field)
        mistakes.append(
            FormMistake(
                line: line ?? syntax.keys[section], field: field,
                what: Bilingual(
                    ja: isMissing ? "必須の項目ですが、行がありません。" : "必須の項目ですが、記入されていません。",
                    en: isMissing ? "Required, but the line is not there." : "Required, but not filled in."),
                remedy: isMissing
                    ? Bilingual(
                        ja: "[\(section)] の下に \(field.name) = の行を足してください。\(remedy.ja)",
                        en: "Add a line \(field.name) = under [\(section)]. \(remedy.en)") : remedy))
    }

    private mutating func reportOutOfPlace(_ field: FormField, because other: FormField, is code: String) {
        let choice = other.choices.first { $0.code == code }?.name ?? Bilingual(ja: code, en: code)
        mistakes.append(
            FormMistake(
                line: syntax.keys[field.key], field: field,
                what: Bilingual(
                    ja: "「\(other.label.ja)」が「\(choice.ja)」のときは書かない項目です。",
                    en: "Not to be filled in when \"\(other.label.en)\" is \"\(choice.en)\"."),
                remedy: Bilingual(
                    ja: "空（\"\"）に戻すか、「\(other.label.ja)」を直してください。",
                    en: "Make it \"\" again, or correct \"\(other.label.en)\".")))
    }

    mutating func reportUnknownKeys() {
        let sections = schema.sections.map(\.key)
        for key in table.keys where !["form", "kind"].contains(key) {
            guard let section = schema.sections.first(where: { $0.key == key }) else {
                reportUnknown([key], known: sections, isTable: table[key]?.table != nil)
                continue
            }
            for name in table[key]?.table?.keys ?? [] where !section.fields.contains(where: { $0.name == name }) {
                reportUnknown([key, name], known: section.fields.map(\.name), isTable: false)
            }
        }
    }

    private mutating func reportUnknown(_ path: [String], known: [String], isTable: Bool) {
        let key = path.joined(separator: ".")
        let name = path[path.count - 1]
        // A key in quotation marks could be anything, a person's name too: it is not repeated.
        let isPlain =
            name.utf8.count <= 40 && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
        let nearest = known.map { ($0, EditDistance.between(Array(name), Array($0))) }.min { $0.1 < $1.1 }
        let about = schema.kind == .bulletin || schema.kind == .notice
        let remedy =
            if let nearest, isPlain, nearest.1 <= max(2, name.count / 3) {
                Bilingual(ja: "\(nearest.0) の誤りではありませんか。", en: "Did you mean \(nearest.0)?")
            } else if about {
                Bilingual(
                    ja: "この様式に個人についての欄はありません（N6）。行を消してください。",
                    en: "This form has no field for a person (N6). Delete the line.")
            } else {
                Bilingual(ja: "行を消すか、様式にある項目に移してください。", en: "Delete the line, or move it to a field of the form.")
            }
        mistakes.append(
            FormMistake(
                line: syntax.keys[key], key: isPlain ? key : nil,
                what: Bilingual(
                    ja: isTable ? "この様式にない区分です。" : "この様式にない項目です。",
                    en: isTable ? "This form has no such section." : "This form has no such field."),
                remedy: remedy))
    }
}
