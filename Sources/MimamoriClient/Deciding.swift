// `mimamori decide`: the answer to a request (N14–N16). The findings on 公共性 and 必要性, who decided and what is supplied or
// withheld become a filled-in response form, so that a decision made here and one written by hand are the same thing. What
// the request says is shown from what this machine received; judging and sealing are Preparing.swift's.

package import MimamoriCore

/// What a decision says, in words.
package struct DecisionWords: Sendable {
    package let outcome: Decision.Outcome
    package let publicInterest: String
    package let necessity: String
    package let decidedBy: String
    package let decidedOn: CivilDate
    /// What is supplied; `nil` when it is declined.
    package let content: String?
    /// What is withheld and why; `nil` when everything is supplied.
    package let withheld: String?
    package let phone: String

    package init(
        outcome: Decision.Outcome, publicInterest: String, necessity: String, decidedBy: String,
        decidedOn: CivilDate, content: String?, withheld: String?, phone: String
    ) {
        self.outcome = outcome
        self.publicInterest = publicInterest
        self.necessity = necessity
        self.decidedBy = decidedBy
        self.decidedOn = decidedOn
        self.content = content
        self.withheld = withheld
        self.phone = phone
    }
}

extension Client {
    /// The response to `request`, filled in: to the council that asked and the member on whose behalf it did, under a
    /// label no lower than the request's (SD-CLS-3), with the office's window as contact (N21).
    package func response(
        to request: CitedPackage, saying words: DecisionWords, attachments: [String]
    ) throws -> Result<PackageDraft, FormMistakes> {
        let known = try knownDirectory()
        let person = home.settings.person
        let party = known.directory.parties[person.party]
        let office = [party?.name, party?.window?.name].compactMap { $0 }.joined(separator: " ")
        var values: [String: FormValue] = [
            "package.basis": .text(LegalBasis.councilRequest.rawValue),
            "package.answers": .text(request.manifest.id.text),
            "package.retention": .text(Self.retention(atLeast: known.policy.shortestRetention(of: .response)).text),
            "label.confidentiality": .number(max(2, request.confidentiality)),
            "label.integrity": .number(2), "label.availability": .number(1),
            "label.restrictions": .list(
                [HandlingLabel.Restriction.concernedOnly, .noForward].map(\.rawValue)),
            "decision.result": .text(words.outcome.rawValue),
            "decision.public_interest": .text(words.publicInterest), "decision.necessity": .text(words.necessity),
            "decision.decided_by": .text(words.decidedBy), "decision.decided_on": .date(words.decidedOn),
            "contact.office": .text(office.isEmpty ? person.party.text : office), "contact.phone": .text(words.phone),
        ]
        values["answer.content"] = words.content.map { .text($0) }
        values["answer.withheld"] = words.withheld.map { .text($0) }
        values["contact.person"] = known.directory.persons[person].map { .text($0.name) }
        let recipients = [request.manifest.sender.party, request.manifest.request?.onBehalfOf].compactMap { $0 }
        return FormReader.fill(.response, values, today: world.now().dateInJapan).map {
            $0.draft(FilledForm.Findings(recipients: recipients, attachments: attachments))
        }
    }

    /// The shortest class of the form that is long enough.
    private static func retention(atLeast shortest: RetentionClass) -> RetentionClass {
        let offered = FormSchema.of(.response).field("package.retention")?.choices.compactMap {
            RetentionClass($0.code)
        }
        return offered?.first { $0 >= shortest } ?? shortest
    }
}
