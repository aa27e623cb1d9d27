// Who sends what, and how it is protected: the cases of SenderRules.swift and SealingRules.swift.

import Testing

@testable import MimamoriCore

extension PolicyCase {
    static let who: [PolicyCase] = [
        .init("sender-is-caller", "own certificate") { _ in },
        .init("sender-is-caller", "a colleague's certificate", .senderMismatch) { $0.caller = Sample.deputy },
        .init("sender-is-caller", "a namesake of another party", .senderMismatch) {
            $0.caller = Sample.person(Sample.headquarters, "officer")
        },
        .init("sender-may-send", "has the role") { _ in },
        .init("sender-may-send", "is only an approver", .roleMissing) { $0.caller = Sample.chief },
        .init("sender-may-send", "is not in the directory", .roleMissing) {
            $0.caller = Sample.person(Sample.station, "nobody")
        },
        .init("kind-of-sender", "a station refers") { _ in },
        .init("kind-of-sender", "a council requests") {
            $0.become(.request)
        },
        .init("kind-of-sender", "a council refers", .kindNotAllowed) { $0.sender = Sample.clerk },
        .init("kind-of-sender", "a station requests", .kindNotAllowed) { $0.kind = .request },
        .init("kind-of-sender", "the relay's office sends a notice", .kindNotAllowed) {
            $0.kind = .notice
            $0.sender = Sample.person(Sample.relay, "operator")
        },
        .init("kind-of-sender", "an unknown party", .kindNotAllowed) {
            $0.sender = Sample.person(Sample.address("aomori-police/nowhere"), "officer")
        },
    ]

    static let what: [PolicyCase] = [
        .init("created-is-not-ahead", "now") { _ in },
        .init("created-is-not-ahead", "ten minutes ahead") { $0.created = Sample.now.advanced(bySeconds: 600) },
        .init("created-is-not-ahead", "a year ago, from the outbox") {
            $0.created = Sample.now.advanced(bySeconds: -365 * 86400)
        },
        .init("created-is-not-ahead", "a second more than ten minutes ahead", .manifestFieldInvalid) {
            $0.created = Sample.now.advanced(bySeconds: 601)
        },
        .init("parts-are-within-limits", "one part") { _ in },
        .init("parts-are-within-limits", "as many and as large as can be") {
            $0.parts = parts(PackageLimits.partCount, of: PackageLimits.partBytes)
        },
        .init("parts-are-within-limits", "none", .partsInvalid) { $0.parts = [] },
        .init("parts-are-within-limits", "one too many", .partsInvalid) {
            $0.parts = parts(PackageLimits.partCount + 1, of: 1)
        },
        .init("parts-are-within-limits", "an empty one", .partsInvalid) { $0.parts = parts(1, of: 0) },
        .init("parts-are-within-limits", "one of less than nothing", .partsInvalid) { $0.parts = parts(1, of: -1) },
        .init("parts-are-within-limits", "one a byte too large", .partsInvalid) {
            $0.parts = parts(1, of: PackageLimits.partBytes + 1)
        },
        .init("parts-are-within-limits", "sizes whose sum is no number", .partsInvalid) {
            $0.parts = parts(2, of: .max)
        },
    ]

    static let sealed: [PolicyCase] = [
        .init("sealed-to-all-parties", "recipient and own office") { _ in },
        .init("sealed-to-all-parties", "two recipients and own office") {
            $0.recipients = [Sample.council, Sample.centre]
            $0.sealedTo = ["1", "2", "3"]
        },
        .init("sealed-to-all-parties", "without the recipient (N18)", .sealingIncomplete) { $0.sealedTo = ["1"] },
        .init("sealed-to-all-parties", "without the own office", .sealingIncomplete) { $0.sealedTo = ["2"] },
        .init("sealed-to-all-parties", "without the second recipient", .sealingIncomplete) {
            $0.recipients = [Sample.council, Sample.centre]
        },
        .init("sealed-to-all-parties", "a recipient that has no certificate", .sealingIncomplete) {
            $0.recipients = [Sample.towada]
        },
        .init("sealed-to-nobody-else", "recipient and own office") { _ in },
        .init("sealed-to-nobody-else", "a third party", .sealingExcessive) { $0.sealedTo = ["1", "2", "3"] },
        .init("sealed-to-nobody-else", "an unknown certificate", .sealingExcessive) { $0.sealedTo = ["1", "2", "f"] },
        .init("sealed-to-nobody-else", "a person's certificate", .sealingExcessive) { $0.sealedTo = ["1", "2", "9"] },
        .init("sealed-to-nobody-else", "an expired certificate", .sealingExcessive) { $0.expired = [Sample.council] },
        .init("sealed-to-nobody-else", "one twice", .sealingExcessive) { $0.sealedTo = ["1", "2", "2"] },
        .init("sealed-to-nobody-else", "not in ascending order", .sealingExcessive) { $0.sealedTo = ["2", "1"] },
    ]
}
