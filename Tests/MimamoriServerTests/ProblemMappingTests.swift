// Every "no" and every failure has its status and its body: a table over all codes, and what may and may not be in a
// problem.

import Foundation
import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriStore
import MimamoriWire
import Testing

@testable import MimamoriServer

struct ProblemMappingTests {
    private static let request = RequestID("0123456789abcdef")

    /// Status by status, written out, so that a change of one is seen.
    private static let table: [Int: [Refusal.Code]] = [
        400: [.requestMalformed],
        403: [
            .senderMismatch, .approverIsSender, .approverNotAllowed, .roleMissing, .certificateMissing,
            .certificateUntrusted, .certificateExpired, .certificateNotYetValid, .certificateRevoked,
            .certificateUsage, .certificateIdentity, .certificateNotEnrolled, .certificateOfOther,
            .certificateWeakKey, .dutyNotAcknowledged, .confirmerIsProposer, .keepUntilPassed,
        ],
        404: [.notFound],
        409: [.partsMissing, .idInUse, .stateConflict, .addressTaken, .retentionNotEnded, .onLegalHold],
        410: [.packageDisposed],
        413: [.requestTooLarge],
        422: [
            .manifestMalformed, .manifestFieldInvalid, .manifestSignatureInvalid, .kindNotAllowed,
            .legalBasisMissing, .consentMissing, .consentIncomplete, .labelInvalid, .labelNotCarried,
            .recipientsInvalid, .recipientUnknown, .recipientNotAllowed, .sealingIncomplete, .sealingExcessive,
            .partsInvalid, .partUnexpected, .partDigestMismatch, .partNotSealed, .partSealedToOthers,
            .approvalSignatureInvalid, .receiptInvalid, .directoryInvalid, .windowNotAllowed,
            .rolesConflict, .consentOutOfPlace, .criterionMissing, .criterionOutdated, .screeningMissing,
            .personalIdentifier, .requestIncomplete, .requestMissing, .requestUnknown, .requestOfOthers,
            .requestNotInForce, .requestWithoutDocument, .decisionIncomplete, .concernUnknown, .labelLowered,
            .labelUnexplained, .forwardingForbidden, .retentionTooShort, .notInCouncil, .attachmentExecutable,
            .attachmentMetadata, .recordDisagrees, .approverMissing, .acknowledgementInvalid, .proposalInvalid,
            .relabellingInvalid, .cosignatureInvalid,
        ],
        429: [.callerPaused],
        503: [.busy],
    ]

    @Test(arguments: Refusal.Code.allCases)
    func everyCodeHasItsStatus(_ code: Refusal.Code) throws {
        let expected = try #require(Self.table.first { $0.value.contains(code) }?.key)
        let refusal = Refusal(
            code, rule: "N8", message: Bilingual(ja: "理由", en: "reason"), remedy: Bilingual(ja: "対処", en: "remedy"))
        let answer = ProblemMapping.answer(to: refusal, request: Self.request)
        #expect(answer.status.code == expected)
        #expect(answer.problem.status == expected)
        #expect(answer.problem.code == code.rawValue)
        #expect(answer.problem.type == "urn:mimamori:problem:\(code.rawValue)")
        #expect(answer.problem.request == Self.request.text)
        #expect(answer.problem.findings == nil)
        #expect(answer.cause == nil)
        #expect((answer.headers[.retryAfter] != nil) == (expected == 503))
    }

    @Test(arguments: [
        (StoreFailure.Kind.busy, 503, "1" as String?), (.full, 503, "30"), (.unavailable, 503, "30"),
        (.corrupt, 500, nil),
        (.schema, 500, nil),
    ])
    func aFailureOfTheStoreHidesItsCause(_ kind: StoreFailure.Kind, _ status: Int, _ retryAfter: String?) throws {
        let failure = StoreFailure(
            kind, message: Bilingual(ja: "使えません", en: "cannot be used"), cause: "SQLITE_IOERR in /secret/place")
        let answer = ProblemMapping.answer(to: failure, request: Self.request)
        #expect(answer.status.code == status)
        #expect(answer.headers[.retryAfter] == retryAfter)
        #expect(answer.problem.code == (status == 503 ? "unavailable" : "internal-error"))
        #expect(answer.problem.message == failure.message)
        #expect(answer.cause == "SQLITE_IOERR in /secret/place")
        let body = String(decoding: Answer.problem(answer).body, as: UTF8.self)
        #expect(!body.contains("secret") && !body.contains("SQLITE"))
    }

    @Test func anUnknownErrorSaysNothingOfItself() {
        struct Surprise: Error, CustomStringConvertible { let description = "password=hunter2" }
        let answer = ProblemMapping.answer(to: Surprise(), request: Self.request)
        #expect(answer.status == .internalServerError)
        #expect(answer.problem.retry == .later)
        #expect(answer.cause == "password=hunter2")
        #expect(!String(decoding: Answer.problem(answer).body, as: UTF8.self).contains("hunter2"))
    }

    @Test func aProblemIsReadBackByTheWireMessage() throws {
        let answer = ProblemMapping.answer(to: Refusal.notFound, request: Self.request)
        let read = try JSONDecoder().decode(Problem.self, from: Data(Answer.problem(answer).body))
        #expect(read.message == Refusal.notFound.message)
        #expect(read.remedy == Refusal.notFound.remedy)
        #expect(read.retry == .never)
        #expect(Answer.problem(answer).headers[.contentType] == "application/problem+json")
    }

    @Test(arguments: [
        (RequestDefect.unknownPath, 404, Refusal.Code.notFound),
        (.methodNotAllowed([.get, .put]), 405, .requestMalformed),
        (.bodyTooLarge(limitBytes: 10), 413, .requestTooLarge), (.bodyNotExpected, 400, .requestMalformed),
        (.uploadTooSlow(seconds: 5), 408, .requestMalformed), (.rangeNotSatisfiable(bytes: 7), 416, .requestMalformed),
        (.queryInvalid(name: "wait"), 400, .requestMalformed), (.bodyInvalid(field: "roles"), 400, .requestMalformed),
        (.framingInvalid, 400, .requestMalformed), (.bodyIncomplete, 400, .requestMalformed),
    ])
    func everyDefectHasItsStatus(_ defect: RequestDefect, _ status: Int, _ code: Refusal.Code) {
        let answer = ProblemMapping.answer(to: defect, request: Self.request)
        #expect(answer.status.code == status)
        #expect(answer.problem.code == code.rawValue)
        #expect(answer.headers[.allow] == (status == 405 ? "GET, PUT" : nil))
        #expect(answer.headers[.contentRange] == (status == 416 ? "bytes */7" : nil))
    }
}
