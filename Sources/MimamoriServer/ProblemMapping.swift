// The one place where a "no" or a failure becomes an HTTP status and a problem body (RFC 9457). What a stranger may
// read is in the body; the cause of a failure is returned beside it for the log and never leaves the machine.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

/// An error, ready to be answered.
struct ProblemAnswer: Sendable {
    let status: HTTPResponse.Status
    let problem: Problem
    var headers: HTTPFields = [:]
    /// The caller itself was refused: the connection is of no further use.
    var closes = false
    /// For the log only; `nil` where nothing is broken.
    var cause: String?
}

enum ProblemMapping {
    static func answer(to error: any Error, request: RequestID) -> ProblemAnswer {
        switch error {
        case let refusal as Refusal: answer([refusal], request)
        case let refusals as Refusals where !refusals.all.isEmpty: answer(refusals.all, request)
        case let defect as RequestDefect:
            ProblemAnswer(
                status: defect.status, problem: problem([defect.refusal], defect.status, request),
                headers: defect.headers)
        case let failure as any Failure: answer(failure, request)
        default: internalError(cause: String(describing: error), request)
        }
    }

    /// The status of each code. Exhaustive on purpose: a new code does not compile without one.
    static func status(of code: Refusal.Code) -> HTTPResponse.Status {
        switch code {
        case .requestMalformed: .badRequest
        case .requestTooLarge: .contentTooLarge
        case .notFound: .notFound
        case .busy: .serviceUnavailable
        case .callerPaused: .tooManyRequests
        // Who asks may not ask this.
        case .certificateMissing, .certificateUntrusted, .certificateExpired, .certificateNotYetValid,
            .certificateRevoked, .certificateUsage, .certificateIdentity, .certificateNotEnrolled, .certificateOfOther,
            .certificateWeakKey, .roleMissing, .senderMismatch, .approverIsSender, .approverNotAllowed,
            .dutyNotAcknowledged, .confirmerIsProposer, .keepUntilPassed:
            .forbidden
        // What is asked does not fit the state of things.
        case .idInUse, .stateConflict, .partsMissing, .addressTaken, .retentionNotEnded, .onLegalHold: .conflict
        // It was there, and is destroyed.
        case .packageDisposed: .gone
        // Understood, and refused by a rule.
        case .manifestMalformed, .manifestFieldInvalid, .manifestSignatureInvalid, .kindNotAllowed, .legalBasisMissing,
            .consentMissing, .consentIncomplete, .labelInvalid, .labelNotCarried, .recipientsInvalid,
            .recipientUnknown, .recipientNotAllowed, .sealingIncomplete, .sealingExcessive, .partsInvalid,
            .partUnexpected, .partDigestMismatch, .partNotSealed, .partSealedToOthers, .approvalSignatureInvalid,
            .receiptInvalid, .cosignatureInvalid, .directoryInvalid, .windowNotAllowed, .rolesConflict,
            .consentOutOfPlace,
            .criterionMissing,
            .criterionOutdated, .screeningMissing, .personalIdentifier, .requestIncomplete, .requestMissing,
            .requestUnknown, .requestOfOthers, .requestNotInForce, .requestWithoutDocument, .decisionIncomplete,
            .concernUnknown, .labelLowered, .labelUnexplained, .forwardingForbidden, .retentionTooShort, .notInCouncil,
            .attachmentExecutable, .attachmentMetadata, .recordDisagrees, .approverMissing, .acknowledgementInvalid,
            .proposalInvalid, .relabellingInvalid:
            .unprocessableContent
        }
    }

    private static func answer(_ refusals: [Refusal], _ request: RequestID) -> ProblemAnswer {
        let status = status(of: refusals[0].code)
        var answer = ProblemAnswer(status: status, problem: problem(refusals, status, request))
        if status == .serviceUnavailable { answer.headers[.retryAfter] = "1" }
        return answer
    }

    private static func problem(
        _ refusals: [Refusal], _ status: HTTPResponse.Status, _ request: RequestID
    ) -> Problem {
        let first = refusals[0]
        return Problem(
            status: status.code, code: first.code.rawValue, rule: first.rule, message: first.message,
            remedy: first.remedy, retry: first.retry,
            findings: refusals.count > 1 ? refusals.map(Problem.Finding.init) : nil, request: request.text)
    }

    private static func answer(_ failure: any Failure, _ request: RequestID) -> ProblemAnswer {
        guard let seconds = failure.retryAfterSeconds else {
            return internalError(message: failure.message, cause: failure.cause, request)
        }
        let problem = Problem(
            status: HTTPResponse.Status.serviceUnavailable.code, code: "unavailable", rule: "RFC 9110 §15.6.4",
            message: failure.message,
            remedy: Bilingual(
                ja: "何も失われていません。しばらくしてから同じ要求をもう一度送ってください。続くときは、要求番号を運用担当者に伝えてください。",
                en:
                    "Nothing is lost. Send the same request again later; if it goes on, give the operator the request id."
            ), retry: .later, request: request.text)
        return ProblemAnswer(
            status: .serviceUnavailable, problem: problem, headers: [.retryAfter: String(seconds)],
            cause: failure.cause)
    }

    private static func internalError(
        message: Bilingual = Bilingual(
            ja: "中継内部の障害のため、処理できませんでした。", en: "The relay failed and could not do this."),
        cause: String, _ request: RequestID
    ) -> ProblemAnswer {
        let problem = Problem(
            status: HTTPResponse.Status.internalServerError.code, code: "internal-error", rule: "RFC 9110 §15.6.1",
            message: message,
            remedy: Bilingual(
                ja: "要求番号を運用担当者に伝えてください。同じ要求を後で送り直しても二重にはなりません。",
                en: "Give the operator the request id. Sending the same request again later does no harm."),
            retry: .later, request: request.text)
        return ProblemAnswer(status: .internalServerError, problem: problem, cause: cause)
    }
}
