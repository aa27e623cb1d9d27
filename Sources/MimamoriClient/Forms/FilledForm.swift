// A form without mistakes, and what it becomes: the codes of a manifest, the record that is sealed, and the draft that
// the client seals and signs. Words never go to the manifest, because the relay can read it (design §5).

package import MimamoriCore

package struct FilledForm: Sendable {
    package let schema: FormSchema
    /// By dotted key; a field left blank is not here.
    package let values: [String: FormValue]

    /// What a form names and only the outside knows: addresses of the directory, files of the disk.
    package struct Findings: Sendable {
        package let recipients: [Address]
        /// Paths, the document among them.
        package let attachments: [String]
        package let onBehalfOf: Address?
        /// SHA-256 of the document that a request attaches.
        package let document: ContentDigest?

        package init(
            recipients: [Address], attachments: [String] = [], onBehalfOf: Address? = nil,
            document: ContentDigest? = nil
        ) {
            self.recipients = recipients
            self.attachments = attachments
            self.onBehalfOf = onBehalfOf
            self.document = document
        }
    }

    package var kind: PackageKind { schema.kind }

    /// As the person wrote them; `mimamori lookup` makes addresses of them.
    package var recipients: [String] { list("package.to") }
    /// Paths as written: relative ones start at the form's folder.
    package var attachments: [String] { list("package.attachments") }
    /// The path of a request's document, as written.
    package var document: String? { values["request.document"]?.text }
    /// The member at whose instance a council asks, as written.
    package var onBehalfOf: String? { values["request.on_behalf_of"]?.text }

    package func draft(_ found: Findings) -> PackageDraft {
        PackageDraft(
            kind: kind, recipients: found.recipients,
            legalBasis: code("package.basis").flatMap(LegalBasis.init(rawValue:)), consent: consent, label: label,
            answers: code("package.answers").flatMap { PackageID($0) },
            concerns: (code("report.concerning") ?? code("package.concerns")).flatMap { PackageID($0) },
            request: request(found), decision: decision, criterion: date("care.criterion_version"),
            retention: code("package.retention").flatMap { RetentionClass($0) } ?? .fiveFiscalYears,
            subject: subject, record: record, attachments: found.attachments)
    }

    /// The kind's name and, where the form has a title that is no personal information, the title.
    package var subject: String {
        let title = schema.subjectField.flatMap { values[$0]?.text }
        return [kind.name.ja, title].compactMap { $0 }.joined(separator: ": ")
    }

    package var label: HandlingLabel? {
        guard let confidentiality = number("label.confidentiality"), let integrity = number("label.integrity"),
            let availability = number("label.availability")
        else { return nil }
        return HandlingLabel(
            confidentiality: confidentiality, integrity: integrity, availability: availability,
            restrictions: list("label.restrictions").compactMap(HandlingLabel.Restriction.init(rawValue:)).sorted(),
            keepUntil: date("label.keep_until"))
    }

    package var consent: Consent? {
        guard let state = code("consent.state").flatMap(Consent.State.init(rawValue:)) else { return nil }
        return Consent(
            state: state, relation: code("consent.relation").flatMap(Consent.Relation.init(rawValue:)),
            reason: code("consent.reason").flatMap(Consent.Reason.init(rawValue:)),
            method: code("consent.method").flatMap(Consent.Method.init(rawValue:)),
            activitiesExplained: flag("consent.activities_explained"),
            confidentialityExplained: flag("consent.confidentiality_explained"))
    }

    package var decision: Decision? {
        code("decision.result").flatMap(Decision.Outcome.init(rawValue:)).map {
            Decision(
                outcome: $0, publicInterestExamined: values["decision.public_interest"] != nil,
                necessityExamined: values["decision.necessity"] != nil, decidedOn: date("decision.decided_on"))
        }
    }

    private func request(_ found: Findings) -> RequestTerms? {
        guard let type = code("request.type").flatMap(RequestTerms.Sort.init(rawValue:)),
            let validity = code("request.validity").flatMap(RequestTerms.Validity.init(rawValue:))
        else { return nil }
        return RequestTerms(
            type: type, validity: validity, validFrom: date("request.valid_from"),
            validUntil: date("request.valid_until"), onBehalfOf: found.onBehalfOf,
            asksPersonalInformation: flag("request.asks_personal_information") ?? false,
            namesPerson: flag("request.names_person") ?? false, scopeStated: values["request.scope"] != nil,
            purposeStated: values["request.purpose"] != nil, document: found.document)
    }

    /// What is sealed. It holds the manifest's codes too, so that it can be read alone.
    package var record: Record {
        Record(
            kind: kind,
            sections: schema.sections.compactMap { section in
                let fields = section.fields.filter { $0.destination != .package }.compactMap { field in
                    values[field.key].map { Record.Field(field, $0) }
                }
                return fields.isEmpty ? nil : Record.Section(key: section.key, label: section.label, fields: fields)
            })
    }

    private func code(_ key: String) -> String? { values[key]?.text }

    private func list(_ key: String) -> [String] {
        if case .list(let list) = values[key] { list } else { [] }
    }

    private func number(_ key: String) -> Int? {
        if case .number(let number) = values[key] { number } else { nil }
    }

    private func flag(_ key: String) -> Bool? {
        if case .flag(let flag) = values[key] { flag } else { nil }
    }

    private func date(_ key: String) -> CivilDate? {
        if case .date(let date) = values[key] { date } else { nil }
    }
}
