// Words and codes: every code of a manifest that the record bears out passes, each one alone that it does not is found; the
// second person's client refuses such a package, the recipient's shows it.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope
import MimamoriWire
import Testing

@testable import MimamoriClient

struct RecordAgreementTests {
    private static let document = Digest.sha256([1])

    private func draft(_ demo: Demo, _ kind: PackageKind) throws -> PackageDraft {
        try demo.draft(
            kind, to: ["aomori/hachinohe-shi"], document: kind == .request ? Self.document : nil,
            changes: kind == .referral ? ["consent.state": #""obtained_from_other""#] : [:])
    }

    private func disagreements(
        _ manifest: Manifest, _ record: Record?, attachments: [ContentDigest] = [document]
    ) -> [Refusal] {
        RecordAgreement(manifest: manifest, record: record, attachments: attachments).disagreements
    }

    @Test(arguments: PackageKind.allCases)
    func whatTheFormMakesAgrees(kind: PackageKind) throws {
        let demo = try Demo()
        let draft = try draft(demo, kind)
        #expect(disagreements(draft.manifest(), draft.record).isEmpty)
        #expect(disagreements(draft.manifest(), nil).count == 1)
    }

    /// A lie in each code.
    struct Lie: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: PackageKind
        let rule: String
        let manifest: @Sendable (PackageDraft) -> Manifest
    }

    private static let other = PackageID("01900000-0000-7000-8000-0000000000ff")

    static let lies: [Lie] = [
        Lie(testDescription: "basis", kind: .notice, rule: "SD-APR-5") { $0.manifest(legalBasis: .watchActivity) },
        Lie(testDescription: "answers", kind: .referral, rule: "N16") { $0.manifest(answers: other) },
        Lie(testDescription: "retention", kind: .notice, rule: "N22") { $0.manifest(retention: .tenFiscalYears) },
        Lie(testDescription: "concerns", kind: .report, rule: "N4") { $0.manifest(concerns: other) },
        Lie(testDescription: "label", kind: .notice, rule: "SD-CLS-1") { draft in
            draft.manifest(
                label: HandlingLabel(
                    confidentiality: 2, integrity: 2, availability: 1, restrictions: draft.label?.restrictions ?? []))
        },
        Lie(testDescription: "restrictions", kind: .referral, rule: "SD-CLS-5") { draft in
            draft.manifest(label: HandlingLabel(confidentiality: 2, integrity: 2, availability: 1, restrictions: []))
        },
        Lie(testDescription: "consent", kind: .referral, rule: "N10") { draft in
            draft.manifest(
                consent: Consent(
                    state: .obtainedFromPerson, relation: .family, method: .oral, activitiesExplained: true,
                    confidentialityExplained: true))
        },
        Lie(testDescription: "relation", kind: .referral, rule: "N10") { draft in
            draft.manifest(
                consent: Consent(
                    state: .obtainedFromOther, relation: .guardian, method: .oral, activitiesExplained: true,
                    confidentialityExplained: true))
        },
        Lie(testDescription: "criterion", kind: .referral, rule: "N13") {
            $0.manifest(criterion: CivilDate("2026-04-01"))
        },
        Lie(testDescription: "decision", kind: .response, rule: "N15") { draft in
            draft.manifest(
                decision: Decision(
                    outcome: .decline, publicInterestExamined: true, necessityExamined: true,
                    decidedOn: draft.decision?.decidedOn))
        },
        Lie(testDescription: "finding", kind: .response, rule: "N15") { draft in
            draft.manifest(
                decision: Decision(
                    outcome: .provide, publicInterestExamined: true, necessityExamined: false,
                    decidedOn: draft.decision?.decidedOn))
        },
        Lie(testDescription: "names a person", kind: .request, rule: "N6") { draft in
            draft.manifest(
                request: draft.request.map { terms in
                    RequestTerms(
                        type: terms.type, validity: terms.validity, validFrom: terms.validFrom,
                        validUntil: terms.validUntil, asksPersonalInformation: true, namesPerson: true,
                        scopeStated: true,
                        purposeStated: true, document: terms.document)
                })
        },
        Lie(testDescription: "period", kind: .request, rule: "N16") { draft in
            draft.manifest(
                request: draft.request.map { terms in
                    RequestTerms(
                        type: terms.type, validity: terms.validity, validFrom: terms.validFrom,
                        validUntil: CivilDate("2030-03-31"), asksPersonalInformation: true, scopeStated: true,
                        purposeStated: true, document: terms.document)
                })
        },
    ]

    @Test(arguments: lies)
    func eachLieIsFoundUnderItsRule(_ lie: Lie) throws {
        let demo = try Demo()
        let draft = try draft(demo, lie.kind)
        let found = disagreements(lie.manifest(draft), draft.record)
        #expect(found.count == 1, "\(found.map(\.message.ja))")
        #expect(found.first?.rule == lie.rule && found.first?.code == .recordDisagrees)
    }

    @Test func theDocumentMustReallyBeAttached() throws {
        let demo = try Demo()
        let draft = try draft(demo, .request)
        #expect(disagreements(draft.manifest(), draft.record, attachments: []).map(\.rule) == ["N16"])
        #expect(disagreements(draft.manifest(), draft.record, attachments: [Digest.sha256([2])]).count == 1)
    }

    @Test func aRecordOfAnotherKindIsFound() throws {
        let demo = try Demo()
        let referral = try draft(demo, .referral)
        let notice = try draft(demo, .notice)
        #expect(disagreements(referral.manifest(), notice.record).count > 5)
    }

    /// A sender's software that signs another consent than it sealed.
    @Test func theSecondPersonRefusesAndTheRecipientIsWarned() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let truth = try officer.prepare(demo.referral())
        let part = try Disk.read(officer.box.partPath(truth.id, 0), limit: PackageLimits.partBytes)
        let manifest = try demo.referral().manifest(
            id: truth.id, created: truth.manifest.created, consent: Consent(state: .notObtained, reason: .refused),
            sealedTo: truth.manifest.sealedTo, parts: truth.manifest.parts)
        _ = try await relay.session(officer).relay.submit(officer.sign(manifest.canonicalBytes()) + part)
        let chief = try relay.session(demo.client(.chief))
        let examined = try await chief.examine(truth.id)
        #expect(examined.disagreements.map(\.rule) == ["N10"])
        await #expect { try await chief.approve(examined) } throws: {
            ($0 as? Refused)?.findings.map(\.code) == [.recordDisagrees]
        }
        // Somebody releases it with other software; the recipient gets it, with the warning.
        let signed = try Evidence.statement(relay.stored(truth.id)?.manifest ?? [])
        let countersigned = try demo.signer(.chief).countersign(signed)
        relay.change {
            $0.packages[truth.id]?.manifest = countersigned
            $0.packages[truth.id]?.state = .released
        }
        let received = try await relay.session(demo.client(.clerk)).receive(truth.id, into: demo.newFolder("into"))
        #expect(received.disagreements.map(\.rule) == ["N10"])
        #expect(Disk.isFolder(received.folder))
    }
}

extension PackageDraft {
    /// The manifest that it would get, with a change or two.
    func manifest(
        id: PackageID? = nil, created: Timestamp = Timestamp(milliseconds: 1_795_000_000_000),
        legalBasis: LegalBasis? = nil, consent: Consent? = nil, label: HandlingLabel? = nil, answers: PackageID? = nil,
        concerns: PackageID? = nil, request: RequestTerms? = nil, decision: Decision? = nil,
        criterion: CivilDate? = nil, retention: RetentionClass? = nil, sealedTo: [CertificateFingerprint] = [],
        parts: [Manifest.Part] = []
    ) -> Manifest {
        guard let sender = PersonAddress("aomori-police/hachinohe:officer") else { preconditionFailure("an address") }
        return Manifest(
            id: id ?? PackageID(at: created, random: Array(repeating: 7, count: 10)), kind: kind, created: created,
            sender: sender, recipients: recipients, legalBasis: legalBasis ?? self.legalBasis,
            consent: consent ?? self.consent, label: label ?? self.label, answers: answers ?? self.answers,
            concerns: concerns ?? self.concerns, request: request ?? self.request, decision: decision ?? self.decision,
            criterion: criterion ?? self.criterion, retention: retention ?? self.retention, sealedTo: sealedTo,
            parts: parts)
    }
}
