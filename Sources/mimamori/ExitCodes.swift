// The one place where an outcome becomes an exit code (design §9; the numbers are those of sysexits.h). Scripts rely on
// them, so that a case may be added and none may change.

import MimamoriClient
import MimamoriCore

enum ExitCodes: Int32, CaseIterable {
    case done = 0
    /// EX_USAGE: the command line is not right.
    case usage = 64
    /// EX_DATAERR: the form or the content is not right.
    case content = 65
    /// EX_NOINPUT: a file or package is not there.
    case noInput = 66
    /// EX_UNAVAILABLE: the relay cannot be reached; what was queued stays queued.
    case unreachable = 69
    /// EX_CANTCREAT: the disk refused.
    case disk = 73
    /// EX_TEMPFAIL: the same command may work later.
    case tryLater = 75
    /// EX_PROTOCOL: an answer, a signature or a file is not genuine.
    case protocolError = 76
    /// EX_NOPERM: refused by policy or rights.
    case refused = 77
    /// EX_CONFIG: this machine's settings, keys or certificates.
    case configuration = 78

    init(_ kind: ClientFailure.Kind) {
        self =
            switch kind {
            case .unreachable: .unreachable
            case .tryLater: .tryLater
            case .notGenuine: .protocolError
            case .configuration: .configuration
            case .missing: .noInput
            case .content: .content
            case .disk: .disk
            }
    }

    init(_ code: Refusal.Code) {
        self =
            switch code {
            case .manifestMalformed, .manifestFieldInvalid, .recipientsInvalid, .recipientUnknown, .partsInvalid,
                .directoryInvalid, .requestTooLarge, .personalIdentifier, .criterionMissing, .criterionOutdated,
                .requestIncomplete, .attachmentExecutable, .attachmentMetadata:
                .content
            case .manifestSignatureInvalid, .partUnexpected, .partDigestMismatch, .partNotSealed,
                .partSealedToOthers, .partsMissing, .approvalSignatureInvalid, .receiptInvalid, .cosignatureInvalid,
                .requestMalformed,
                .recordDisagrees, .acknowledgementInvalid, .relabellingInvalid:
                .protocolError
            case .notFound, .packageDisposed: .noInput
            case .busy, .callerPaused: .tryLater
            case .senderMismatch, .kindNotAllowed, .legalBasisMissing, .consentMissing, .consentIncomplete,
                .labelInvalid, .labelNotCarried, .recipientNotAllowed, .sealingIncomplete, .sealingExcessive,
                .approverIsSender, .approverNotAllowed, .idInUse, .stateConflict, .roleMissing,
                .certificateMissing, .certificateUntrusted, .certificateExpired, .certificateNotYetValid,
                .certificateRevoked, .certificateUsage, .certificateIdentity, .certificateNotEnrolled,
                .certificateOfOther, .certificateWeakKey, .windowNotAllowed, .rolesConflict, .addressTaken,
                .consentOutOfPlace, .screeningMissing, .requestMissing, .requestUnknown, .requestOfOthers,
                .requestNotInForce, .requestWithoutDocument, .decisionIncomplete, .concernUnknown, .labelLowered,
                .labelUnexplained, .forwardingForbidden, .keepUntilPassed, .retentionTooShort, .notInCouncil,
                .approverMissing, .dutyNotAcknowledged, .retentionNotEnded, .onLegalHold, .confirmerIsProposer,
                .proposalInvalid:
                .refused
            }
    }

    /// A policy's "no" outweighs the rest: it is what stays when everything else is corrected.
    init(_ refused: Refused) {
        let codes = refused.findings.map { ExitCodes($0.code) }
        self = codes.contains(.refused) ? .refused : codes.first ?? .refused
    }
}
