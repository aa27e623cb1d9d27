// What each rule of the policy lets pass and what it refuses, one line a case. PolicyTests.swift runs them and fails when
// a rule has no case of either sort.

import Testing

@testable import MimamoriCore

struct PolicyCase: Sendable, CustomTestStringConvertible {
    let rule: String
    let title: String
    /// `nil` when the rule must have nothing against it.
    let code: Refusal.Code?
    let spoil: @Sendable (inout World) -> Void

    init(
        _ rule: String, _ title: String, _ code: Refusal.Code? = nil, spoil: @escaping @Sendable (inout World) -> Void
    ) {
        self.rule = rule
        self.title = title
        self.code = code
        self.spoil = spoil
    }

    var testDescription: String { "\(rule): \(title)" }

    var world: World {
        var world = World()
        spoil(&world)
        return world
    }

    static let all = who + what + why + toWhom + sealed + release

    private static let who: [PolicyCase] = [
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
            $0.kind = .request
            $0.sender = Sample.clerk
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

    private static let what: [PolicyCase] = [
        .init("created-is-not-ahead", "now") { _ in },
        .init("created-is-not-ahead", "ten minutes ahead") { $0.created = Sample.now.advanced(bySeconds: 600) },
        .init("created-is-not-ahead", "a year ago, from the outbox") {
            $0.created = Sample.now.advanced(bySeconds: -365 * 86400)
        },
        .init("created-is-not-ahead", "a second more than ten minutes ahead", .manifestFieldInvalid) {
            $0.created = Sample.now.advanced(bySeconds: 601)
        },
        .init("label-is-complete", "2, 2, 1") { _ in },
        .init("label-is-complete", "none", .labelInvalid) { $0.label = nil },
        .init("label-is-complete", "confidentiality 0", .labelInvalid) { $0.label = label(0, 1, 1) },
        .init("label-is-complete", "confidentiality 4", .labelInvalid) { $0.label = label(4, 1, 1) },
        .init("label-is-complete", "integrity 3", .labelInvalid) { $0.label = label(2, 3, 1) },
        .init("label-is-complete", "availability 0", .labelInvalid) { $0.label = label(2, 1, 0) },
        .init("label-is-complete", "a restriction twice", .labelInvalid) {
            $0.label = label(2, 1, 1, [.noCopy, .noCopy])
        },
        .init("label-is-carried", "confidentiality 2") { _ in },
        .init("label-is-carried", "confidentiality 1") { $0.label = label(1, 1, 1) },
        .init("label-is-carried", "confidentiality 3", .labelNotCarried) { $0.label = label(3, 2, 2) },
        .init("label-is-carried", "2 where only 1 is carried", .labelNotCarried) {
            $0.settings = PolicySettings(highestConfidentiality: 1)
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

    private static let why: [PolicyCase] = [
        .init("basis-is-named", "on the council's request") { _ in },
        .init("basis-is-named", "as a watch activity") { $0.legalBasis = .watchActivity },
        .init("basis-is-named", "blank", .legalBasisMissing) { $0.legalBasis = nil },
        .init("basis-is-named", "blank in a bulletin", .legalBasisMissing) {
            $0.kind = .bulletin
            $0.legalBasis = nil
        },
        .init("consent-is-recorded", "obtained") { _ in },
        .init("consent-is-recorded", "not obtained, but recorded") {
            $0.consent = Consent(state: .notObtained, reason: .urgent)
        },
        .init("consent-is-recorded", "blank in a bulletin, which is about nobody") {
            $0.kind = .bulletin
            $0.consent = nil
        },
        .init("consent-is-recorded", "blank", .consentMissing) { $0.consent = nil },
        .init("consent-is-complete", "from the person, both explained") { _ in },
        .init("consent-is-complete", "from family, both explained") {
            $0.consent = Consent(
                state: .obtainedFromOther, relation: .family, activitiesExplained: true, confidentialityExplained: true)
        },
        .init("consent-is-complete", "not obtained, with the reason") {
            $0.consent = Consent(state: .notObtained, reason: .refused)
        },
        .init("consent-is-complete", "blank is another rule's finding") { $0.consent = nil },
        .init("consent-is-complete", "not obtained, no reason", .consentIncomplete) {
            $0.consent = Consent(state: .notObtained)
        },
        .init("consent-is-complete", "from another, no relation", .consentIncomplete) {
            $0.consent = Consent(state: .obtainedFromOther, activitiesExplained: true, confidentialityExplained: true)
        },
        .init("consent-is-complete", "activities not explained", .consentIncomplete) {
            $0.consent = Consent(state: .obtainedFromPerson, activitiesExplained: false, confidentialityExplained: true)
        },
        .init("consent-is-complete", "secrecy not said to be explained", .consentIncomplete) {
            $0.consent = Consent(state: .obtainedFromPerson, activitiesExplained: true)
        },
        .init("consent-is-complete", "from family, nothing explained", .consentIncomplete) {
            $0.consent = Consent(state: .obtainedFromOther, relation: .family)
        },
    ]

    private static let toWhom: [PolicyCase] = [
        .init("recipients-are-listed", "one") { _ in },
        .init("recipients-are-listed", "as many as can be") { $0.recipients = many(PackageLimits.recipientCount) },
        .init("recipients-are-listed", "none", .recipientsInvalid) { $0.recipients = [] },
        .init("recipients-are-listed", "one too many", .recipientsInvalid) {
            $0.recipients = many(PackageLimits.recipientCount + 1)
        },
        .init("recipients-are-listed", "one twice", .recipientsInvalid) {
            $0.recipients = [Sample.council, Sample.centre, Sample.council]
        },
        .init("recipients-are-listed", "the sender's own party", .recipientsInvalid) {
            $0.recipients = [Sample.council, Sample.station]
        },
        .init("recipients-are-known", "a council of the directory") { _ in },
        .init("recipients-are-known", "an address that is nobody's", .recipientUnknown) {
            $0.recipients = [Sample.council, Sample.address("aomori/aomori-shi")]
        },
        .init("recipients-may-receive", "a council") { _ in },
        .init("recipients-may-receive", "a centre") { $0.recipients = [Sample.centre] },
        .init("recipients-may-receive", "an unknown one is another rule's finding") {
            $0.recipients = [Sample.address("aomori/aomori-shi")]
        },
        .init("recipients-may-receive", "a referral to the police", .recipientNotAllowed) {
            $0.recipients = [Sample.headquarters]
        },
        .init("recipients-may-receive", "anything to the relay's office", .recipientNotAllowed) {
            $0.kind = .notice
            $0.recipients = [Sample.relay]
        },
    ]

    private static let sealed: [PolicyCase] = [
        .init("sealed-to-all-parties", "recipient and own office") { _ in },
        .init("sealed-to-all-parties", "two recipients and own office") {
            $0.recipients = [Sample.council, Sample.centre]
            $0.sealedTo = ["1", "2", "3"]
        },
        .init("sealed-to-all-parties", "without the recipient", .sealingIncomplete) { $0.sealedTo = ["1"] },
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

    private static let release: [PolicyCase] = [
        .init("approver-is-another", "the chief releases the officer's") { $0.caller = Sample.chief },
        .init("approver-is-another", "the sender, who is no approver", .approverIsSender) { _ in },
        .init("approver-is-another", "the sender, though an approver too", .approverIsSender) {
            $0.sender = Sample.deputy
            $0.caller = Sample.deputy
        },
        .init("approver-may-approve", "the chief") { $0.caller = Sample.chief },
        .init("approver-may-approve", "a deputy who sends other packages") { $0.caller = Sample.deputy },
        .init("approver-may-approve", "a colleague without the role", .approverNotAllowed) {
            $0.sender = Sample.deputy
            $0.caller = Sample.officer
        },
        .init("approver-may-approve", "an approver of another party", .approverNotAllowed) {
            $0.caller = Sample.councilApprover
        },
    ]

    private static func label(
        _ confidentiality: Int, _ integrity: Int, _ availability: Int, _ restrictions: [HandlingLabel.Restriction] = []
    ) -> HandlingLabel {
        HandlingLabel(
            confidentiality: confidentiality, integrity: integrity, availability: availability,
            restrictions: restrictions)
    }

    private static func parts(_ count: Int, of bytes: Int) -> [Manifest.Part] {
        Array(repeating: Manifest.Part(bytes: bytes, sha256: Sample.digest("a")), count: count)
    }

    private static func many(_ count: Int) -> [Address] {
        (0..<count).map { Sample.address("aomori/council-\($0)") }
    }
}
