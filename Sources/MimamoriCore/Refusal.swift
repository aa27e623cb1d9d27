// A Refusal is an expected "no": the law, the policy or the state of things does not allow what was asked. It is a value
// with a stable code, the rule it rests on, a sentence saying what happened and whose fault it is, what to do next, and
// whether asking again helps. It is never used for a broken world (a Failure) nor for a bug (`preconditionFailure`).
// Turning a code into an HTTP status or an exit code is left to ProblemMapping.swift and ExitCodes.swift.

package struct Refusal: Error, Sendable, Hashable {
    /// Stable for ever: programs compare it. Adding one is fine, renaming one is not.
    package enum Code: String, Sendable, Codable, CaseIterable {
        // the manifest
        case manifestMalformed = "manifest-malformed"
        case manifestFieldInvalid = "manifest-field-invalid"
        case manifestSignatureInvalid = "manifest-signature-invalid"
        case senderMismatch = "sender-mismatch"
        case kindNotAllowed = "kind-not-allowed"
        case legalBasisMissing = "legal-basis-missing"
        case consentMissing = "consent-missing"
        case consentIncomplete = "consent-incomplete"
        case consentOutOfPlace = "consent-out-of-place"
        case criterionMissing = "criterion-missing"
        case criterionOutdated = "criterion-outdated"
        case screeningMissing = "screening-missing"
        case personalIdentifier = "personal-identifier"
        case requestIncomplete = "request-incomplete"
        case requestMissing = "request-missing"
        case requestUnknown = "request-unknown"
        case requestOfOthers = "request-of-others"
        case requestNotInForce = "request-not-in-force"
        case requestWithoutDocument = "request-without-document"
        case decisionIncomplete = "decision-incomplete"
        case concernUnknown = "concern-unknown"
        case labelInvalid = "label-invalid"
        case labelNotCarried = "label-not-carried"
        case labelLowered = "label-lowered"
        case labelUnexplained = "label-unexplained"
        case forwardingForbidden = "forwarding-forbidden"
        case keepUntilPassed = "keep-until-passed"
        case retentionTooShort = "retention-too-short"
        case recipientsInvalid = "recipients-invalid"
        case recipientUnknown = "recipient-unknown"
        case recipientNotAllowed = "recipient-not-allowed"
        case notInCouncil = "not-in-council"
        case sealingIncomplete = "sealing-incomplete"
        case sealingExcessive = "sealing-excessive"
        case partsInvalid = "parts-invalid"
        // the content, which only a client can read
        case attachmentExecutable = "attachment-executable"
        case attachmentMetadata = "attachment-metadata"
        case recordDisagrees = "record-disagrees"
        // the parts
        case partUnexpected = "part-unexpected"
        case partDigestMismatch = "part-digest-mismatch"
        case partNotSealed = "part-not-sealed"
        case partSealedToOthers = "part-sealed-to-others"
        case partsMissing = "parts-missing"
        // two persons
        case approverIsSender = "approver-is-sender"
        case approverNotAllowed = "approver-not-allowed"
        case approverMissing = "approver-missing"
        case approvalSignatureInvalid = "approval-signature-invalid"
        // the duty of confidentiality
        case dutyNotAcknowledged = "duty-not-acknowledged"
        case acknowledgementInvalid = "acknowledgement-invalid"
        // retention and disposal
        case retentionNotEnded = "retention-not-ended"
        case onLegalHold = "on-legal-hold"
        case confirmerIsProposer = "confirmer-is-proposer"
        case proposalInvalid = "proposal-invalid"
        case packageDisposed = "package-disposed"
        case relabellingInvalid = "relabelling-invalid"
        // state
        case idInUse = "id-in-use"
        case stateConflict = "state-conflict"
        case notFound = "not-found"
        case receiptInvalid = "receipt-invalid"
        // the access log
        case cosignatureInvalid = "cosignature-invalid"
        // the caller
        case roleMissing = "role-missing"
        case certificateMissing = "certificate-missing"
        case certificateUntrusted = "certificate-untrusted"
        case certificateExpired = "certificate-expired"
        case certificateNotYetValid = "certificate-not-yet-valid"
        case certificateRevoked = "certificate-revoked"
        case certificateUsage = "certificate-usage"
        case certificateIdentity = "certificate-identity"
        case certificateNotEnrolled = "certificate-not-enrolled"
        case certificateOfOther = "certificate-of-other"
        case certificateWeakKey = "certificate-weak-key"
        case callerPaused = "caller-paused"
        // the directory
        case directoryInvalid = "directory-invalid"
        case windowNotAllowed = "window-not-allowed"
        case rolesConflict = "roles-conflict"
        case addressTaken = "address-taken"
        // the request
        case requestMalformed = "request-malformed"
        case requestTooLarge = "request-too-large"
        case busy
    }

    /// Whether asking again can help.
    package enum Retry: String, Sendable, Codable {
        /// The same request will be refused again.
        case never
        /// Something that the remedy names must be changed first.
        case afterCorrection = "after-correction"
        /// The same request may go through later.
        case later
    }

    package let code: Code
    /// `N8`, `SD-APR-1`, `RFC 5652` …: where the "no" comes from.
    package let rule: String
    package let message: Bilingual
    package let remedy: Bilingual
    package let retry: Retry

    package init(
        _ code: Code, rule: String, message: Bilingual, remedy: Bilingual, retry: Retry = .afterCorrection
    ) {
        self.code = code
        self.rule = rule
        self.message = message
        self.remedy = remedy
        self.retry = retry
    }
}

extension Refusal {
    /// The answer for an id that does not exist and for one that the caller may not see: the same, so that nobody
    /// learns which ids exist (SD-ACC-4).
    package static let notFound = Refusal(
        .notFound, rule: "SD-ACC-4",
        message: Bilingual(
            ja: "その番号のものは、あなたから見える範囲にありません。", en: "There is nothing with this id that you may see."),
        remedy: Bilingual(
            ja: "番号を確かめてください。見えるはずのものであれば、運用担当者に番号を伝えてください。",
            en: "Check the id. If you should see it, give the id to the relay's operator."),
        retry: .never)

    package static func roleMissing(_ role: Role) -> Refusal {
        Refusal(
            .roleMissing, rule: "SD-ACC-4",
            message: Bilingual(
                ja: "この操作には「\(role.rawValue)」の役割が必要ですが、あなたの証明書には割り当てられていません。",
                en: "This needs the role \"\(role.rawValue)\", which your certificate's person does not hold."),
            remedy: Bilingual(
                ja: "役割が必要なら管理者に依頼してください。", en: "Ask an administrator for the role if you need it."))
    }

    package static func directoryInvalid(_ message: Bilingual) -> Refusal {
        Refusal(
            .directoryInvalid, rule: "SD-AUT-3", message: message,
            remedy: Bilingual(ja: "内容を直して、もう一度登録してください。", en: "Correct it and enter it again."))
    }

    package static func requestMalformed(_ detail: Bilingual) -> Refusal {
        Refusal(
            .requestMalformed, rule: "RFC 9110", message: detail,
            remedy: Bilingual(
                ja: "送信側のソフトウェアの不具合です。docs/openapi.yaml と照らしてください。",
                en: "The sending software is at fault; compare the request with docs/openapi.yaml."))
    }
}
