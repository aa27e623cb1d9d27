// 取扱い上の留意事項 (SD-CLS-4): the last section of every record. A level's name means something else in every office, so
// a reader outside is told its definition, what it corresponds to in their own scheme, and what each restriction asks of
// them. Made when the package is made, from the label and from what the relay's configuration says of the recipients.

package import MimamoriCore

extension Record.Section {
    package static let handlingKey = "handling"

    /// `recipients` as the directory knows them; the police need no translation of their own scheme.
    package static func handling(
        of label: HandlingLabel, basis: LegalBasis?, recipients: [Party], guide: LabelGuide
    ) -> Record.Section {
        var fields = [
            Record.Field(
                key: "definition", label: Bilingual(ja: "機密性の定義", en: "Definition"),
                value: .text("confidentiality_\(label.confidentiality)"),
                meaning: [LabelGuide.definition(of: label.confidentiality)])
        ]
        fields += equivalents(of: label, recipients: recipients, guide: guide)
        fields += label.restrictions.map {
            Record.Field(key: $0.rawValue, label: $0.name, value: .text($0.rawValue), meaning: [$0.instruction])
        }
        if let day = label.keepUntil {
            fields.append(
                Record.Field(
                    key: "keep_until", label: Bilingual(ja: "保存期限", en: "Keep until"), value: .text("keep_until"),
                    meaning: [
                        Bilingual(
                            ja: "\(day.japanese)を過ぎたら廃棄し、廃棄を報告する。",
                            en: "Dispose of it after \(day), and report that.")
                    ]))
        }
        if let basis {
            fields.append(
                Record.Field(
                    key: "legal_basis", label: Bilingual(ja: "提供の根拠", en: "Supplied under"),
                    value: .text(basis.rawValue), meaning: [basis.citation]))
        }
        return Record.Section(
            key: handlingKey, label: Bilingual(ja: "取扱い上の留意事項", en: "How to handle this"), fields: fields)
    }

    /// One field where every recipient has the same scheme, else one for each realm.
    private static func equivalents(
        of label: HandlingLabel, recipients: [Party], guide: LabelGuide
    ) -> [Record.Field] {
        let outside = recipients.filter { !$0.kind.isPolice }
        var realms: [String] = []
        var textOfRealm: [String: Bilingual] = [:]
        for party in outside {
            let realm = String(party.address.realm)
            guard textOfRealm[realm] == nil,
                let text = guide.equivalent(of: label.confidentiality, at: party.address)
            else { continue }
            textOfRealm[realm] = text
            realms.append(realm)
        }
        let isOne = Set(textOfRealm.values).count <= 1
        return realms.prefix(isOne ? 1 : realms.count).compactMap { realm in
            textOfRealm[realm].map { text in
                Record.Field(
                    key: "equivalent", label: Bilingual(ja: "受け手での区分", en: "At the recipient"),
                    value: .text(isOne ? "equivalent" : realm),
                    meaning: [isOne ? text : Bilingual(ja: "\(realm): \(text.ja)", en: "\(realm): \(text.en)")])
            }
        }
    }
}
