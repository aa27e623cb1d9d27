// What a form becomes in the manifest, kind by kind: request, decision, criterion, what it concerns, how long it is kept. Codes
// only; that no word gets there is RecordTests.swift's.

import MimamoriCore
import Testing

@testable import MimamoriClient

struct ManifestCodesTests {
    private func form(_ kind: PackageKind, _ changes: [String: String?] = [:]) throws -> FilledForm {
        try FilledTemplate.read(FilledTemplate.text(kind, changes: changes)).get()
    }

    private func draft(
        _ kind: PackageKind, _ changes: [String: String?] = [:], document: ContentDigest? = nil
    ) throws -> PackageDraft {
        try form(kind, changes).draft(
            .init(
                recipients: [try #require(Address("aomori/hachinohe-shi"))],
                onBehalfOf: Address("aomori/hachinohe-shi/center"), document: document))
    }

    @Test func aStandingRequestCarriesItsTerms() throws {
        let document = ContentDigest(bytes: Array(repeating: 7, count: 32))
        let form = try form(.request)
        #expect(form.document == "情報提供依頼書.pdf")
        #expect(form.onBehalfOf == "八戸市消費生活センター")
        let terms = try #require(try draft(.request, document: document).request)
        #expect(
            terms
                == RequestTerms(
                    type: .information, validity: .standing, validFrom: CivilDate("2026-04-01"),
                    validUntil: CivilDate("2027-03-31"), onBehalfOf: Address("aomori/hachinohe-shi/center"),
                    asksPersonalInformation: true, namesPerson: false, scopeStated: true, purposeStated: true,
                    document: document))
    }

    @Test func aRequestForOneCaseHasNoPeriod() throws {
        let terms = try #require(
            try draft(
                .request,
                [
                    "request.validity": #""one_case""#, "request.type": #""opinion""#,
                    "request.asks_personal_information": "false", "request.names_person": "true",
                    "request.document": #""""#,
                ]
            ).request)
        #expect(terms.validity == .oneCase && terms.validFrom == nil && terms.validUntil == nil)
        #expect(terms.type == .opinion && !terms.asksPersonalInformation && terms.namesPerson)
    }

    /// N16: asking for personal information needs the document; otherwise it may be there.
    @Test(arguments: [("true", #""""#, 1), ("false", #""""#, 0), ("false", #""a.pdf""#, 0), ("true", #""a.pdf""#, 0)])
    func theDocumentIsNeededForPersonalInformation(asks: String, document: String, mistakes: Int) {
        let found = FilledTemplate.mistakes(
            in: FilledTemplate.text(
                .request,
                changes: ["request.asks_personal_information": asks, "request.document": document]))
        #expect(found.count == mistakes)
        #expect(found.allSatisfy { $0.key == "request.document" && $0.rule == "N16" })
    }

    @Test(arguments: Decision.Outcome.allCases)
    func aResponseCarriesItsDecision(outcome: Decision.Outcome) throws {
        let withheld = outcome == .provide ? #""""# : #""捜査に支障があるため。""#
        let content = outcome == .decline ? #""""# : #""該当なし。""#
        let draft = try draft(
            .response,
            [
                "decision.result": "\"\(outcome.rawValue)\"", "answer.withheld": withheld, "answer.content": content,
            ])
        #expect(
            draft.decision
                == Decision(
                    outcome: outcome, publicInterestExamined: true, necessityExamined: true,
                    decidedOn: CivilDate("2026-10-20")))
        #expect(draft.answers != nil)
    }

    @Test func whatAPackageConcerns() throws {
        let id = "01900000-0000-7000-8000-000000000002"
        #expect(try draft(.report).concerns?.text == id)
        for kind in [PackageKind.consultation, .notice, .material] {
            #expect(try draft(kind).concerns?.text == id)
            #expect(try draft(kind, ["package.concerns": #""""#]).concerns == nil)
        }
        for kind in [PackageKind.bulletin, .referral, .request, .response] {
            #expect(try draft(kind).concerns == nil)
        }
    }

    @Test func copiesBelongToMaterialThatWasHandedOut() throws {
        #expect(try form(.report, ["report.type": #""distributed""#, "report.handed_out": "120"]).values.count > 5)
        let kinds = ["watched", "visited", "handed_over", "closed", "disposed"]
        for type in kinds {
            #expect(try form(.report, ["report.type": "\"\(type)\""]).values["report.type"] == .text(type))
            let mistakes = FilledTemplate.mistakes(
                in: FilledTemplate.text(.report, changes: ["report.type": "\"\(type)\"", "report.handed_out": "3"]))
            #expect(mistakes.map(\.key) == ["report.handed_out"])
        }
    }

    /// N22: the template proposes what the policy wants at least.
    @Test(arguments: PackageKind.allCases)
    func theProposedRetentionIsLongEnough(kind: PackageKind) throws {
        let preset = try #require(FormSchema.of(kind).field("package.retention")?.preset)
        #expect(preset == "\"\(PolicySettings().shortestRetention(of: kind).text)\"")
        #expect(try draft(kind).retention == PolicySettings().shortestRetention(of: kind))
    }

    @Test(arguments: ["1fy", "2fy", "3fy", "5fy", "7fy", "10fy", "20fy", "30fy"])
    func everyRetentionThatIsOfferedIsAClass(code: String) throws {
        #expect(try draft(.notice, ["package.retention": "\"\(code)\""]).retention.text == code)
    }

    @Test func theLabelsLastDay() throws {
        #expect(try draft(.referral).label?.keepUntil == CivilDate("2027-03-31"))
        #expect(try draft(.referral, ["label.keep_until": #""令和9年4月1日""#]).label?.keepUntil == CivilDate("2027-04-01"))
        #expect(try draft(.referral, ["label.keep_until": #""""#]).label?.keepUntil == nil)
    }

    /// `queue --attach` fills the field as well as the form does.
    @Test func whatTheCommandLineGivesIsNotMissing() throws {
        let text = FilledTemplate.text(.material, changes: ["package.attachments": "[]"])
        let today = try #require(FilledTemplate.today)
        #expect(FilledTemplate.mistakes(in: text).map(\.key) == ["package.attachments"])
        _ = try FormReader.read(Array(text.utf8), today: today, given: ["package.attachments"]).get()
    }

    /// A form that a command fills in is judged like a written one.
    @Test func aFormCanBeFilledWithoutText() throws {
        let today = try #require(FilledTemplate.today)
        let written = try form(.response)
        let filled = try FormReader.fill(.response, written.values, today: today).get()
        #expect(filled.record == written.record)
        var values = written.values
        values["decision.necessity"] = nil
        values["decision.decided_on"] = .date(CivilDate(daysSinceEpoch: today.daysSinceEpoch + 1))
        guard case .failure(let failure) = FormReader.fill(.response, values, today: today) else {
            Issue.record("a decision without a finding was taken")
            return
        }
        #expect(Set(failure.mistakes.compactMap(\.key)) == ["decision.necessity", "decision.decided_on"])
        #expect(failure.mistakes.allSatisfy { $0.rule == "N15" })
    }
}
