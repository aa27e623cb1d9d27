// The answer to a request (N14–N16): made through the same form as one written by hand, to whoever asked, under a label no
// lower than the request's; and the policy has nothing against it.

import Foundation
import MimamoriCore
import Testing

@testable import MimamoriClient

struct DecidingTests {
    private func words(
        _ outcome: Decision.Outcome, on day: CivilDate, publicInterest: String = "公共性が認められる。",
        content: String? = "該当する方は1名です。", withheld: String? = "捜査に支障があるため。"
    ) -> DecisionWords {
        DecisionWords(
            outcome: outcome, publicInterest: publicInterest, necessity: "必要と認められる。",
            decidedBy: "生活安全課長 承認 一郎", decidedOn: day, content: outcome == .decline ? nil : content,
            withheld: outcome == .provide ? nil : withheld, phone: "0178-00-0000")
    }

    private func request(_ demo: Demo, _ client: Client) throws -> CitedPackage {
        try #require(try client.citedPackages([Demo.requestID])[Demo.requestID])
    }

    @Test(arguments: Decision.Outcome.allCases)
    func everyOutcomeIsAnOrdinaryAnswer(outcome: Decision.Outcome) throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let draft = try client.response(
            to: request(demo, client), saying: words(outcome, on: demo.now.dateInJapan), attachments: []
        ).get()
        let run = try client.dryRun(draft)
        #expect(run.findings.isEmpty, "\(run.findings.map(\.message.ja))")
        #expect(run.needsApproval)
        #expect(draft.answers == Demo.requestID)
        #expect(draft.recipients.map(\.text) == ["aomori/hachinohe-shi"])
        #expect(draft.decision?.outcome == outcome && draft.decision?.decidedOn == demo.now.dateInJapan)
        #expect(draft.label?.confidentiality == 2)
        #expect(draft.record.value("contact.office") == .text("八戸警察署 生活安全課"))
        #expect(draft.record.value("contact.person") == .text("送信 太郎"))
        #expect((draft.record.value("answer.content") == nil) == (outcome == .decline))
        #expect((draft.record.value("answer.withheld") == nil) == (outcome == .provide))
    }

    @Test func theMemberOnWhoseBehalfItWasAskedGetsItToo() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let asked = demo.request()
        let terms = try #require(asked.request)
        let center = try #require(Address("aomori/hachinohe-shi/center"))
        let behalf = Manifest(
            id: asked.id, kind: .request, created: asked.created, sender: asked.sender, recipients: asked.recipients,
            legalBasis: asked.legalBasis, consent: nil, label: asked.label,
            request: RequestTerms(
                validity: terms.validity, validFrom: terms.validFrom, validUntil: terms.validUntil,
                onBehalfOf: center, asksPersonalInformation: true, scopeStated: true, purposeStated: true,
                document: terms.document), retention: asked.retention, sealedTo: [], parts: asked.parts)
        let draft = try client.response(
            to: CitedPackage(manifest: behalf, state: .released),
            saying: words(.provide, on: demo.now.dateInJapan), attachments: []
        ).get()
        #expect(draft.recipients == [asked.sender.party, center])
    }

    @Test func aBlankFindingIsAMistakeOfItsField() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let cases: [(DecisionWords, String)] = [
            (words(.provide, on: demo.now.dateInJapan, publicInterest: "  "), "decision.public_interest"),
            (words(.provide, on: demo.now.dateInJapan, content: ""), "answer.content"),
            (words(.decline, on: demo.now.dateInJapan, withheld: nil), "answer.withheld"),
            (
                words(.provide, on: CivilDate(daysSinceEpoch: demo.now.dateInJapan.daysSinceEpoch + 1)),
                "decision.decided_on"
            ),
        ]
        for (words, key) in cases {
            guard
                case .failure(let failure) = try client.response(
                    to: request(demo, client), saying: words, attachments: [])
            else {
                Issue.record("\(key) was taken")
                continue
            }
            #expect(failure.mistakes.map(\.key) == [key])
            #expect(failure.mistakes.allSatisfy { $0.rule != nil })
        }
    }

    /// The whole way: sent, released by another, received, and in the thread of the request.
    @Test func aDecisionReachesTheCouncil() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(
            officer.response(
                to: request(demo, officer), saying: words(.provideInPart, on: demo.now.dateInJapan), attachments: []
            ).get())
        _ = try await relay.session(officer).send()
        let chief = try relay.session(demo.client(.chief))
        let examined = try await chief.examine(entry.id)
        #expect(examined.disagreements.isEmpty, "\(examined.disagreements.map(\.message.ja))")
        try await chief.approve(examined)
        let clerk = try relay.session(demo.client(.clerk))
        let received = try await clerk.receive(entry.id, into: demo.newFolder("into"))
        #expect(received.manifest.decision?.outcome == .provideInPart && received.disagreements.isEmpty)
        let thread = try await clerk.thread(of: Demo.requestID)
        #expect(thread.entries.map(\.id) == [Demo.requestID, entry.id])
        #expect(thread.entries.map(\.depth) == [0, 1])
        #expect(thread.entries.last?.decision?.outcome == .provideInPart)
    }
}
