// On what grounds: the cases of ConsentRules.swift and ScreeningRules.swift.

import Testing

@testable import MimamoriCore

extension PolicyCase {
    static let why: [PolicyCase] = [
        .init("basis-is-named", "on the council's request") { _ in },
        .init("basis-is-named", "as a watch activity") { $0.legalBasis = .watchActivity },
        .init("basis-is-named", "blank", .legalBasisMissing) { $0.legalBasis = nil },
        .init("basis-is-named", "blank in a bulletin", .legalBasisMissing) {
            $0.become(.bulletin)
            $0.legalBasis = nil
        },
        .init("consent-is-recorded", "obtained") { _ in },
        .init("consent-is-recorded", "not obtained, but recorded (N7)") {
            $0.consent = Consent(state: .notObtained, reason: .urgent)
        },
        .init("consent-is-recorded", "blank in a bulletin, which is about nobody") { $0.become(.bulletin) },
        .init("consent-is-recorded", "blank", .consentMissing) { $0.consent = nil },
        .init("consent-names-the-relation", "from the person") { _ in },
        .init("consent-names-the-relation", "from family") { $0.consent = fromOther() },
        .init("consent-names-the-relation", "blank is another rule's finding") { $0.consent = nil },
        .init("consent-names-the-relation", "from another, no relation", .consentIncomplete) {
            $0.consent = fromOther(relation: nil)
        },
        .init("consent-was-explained", "both explained to the person") { _ in },
        .init("consent-was-explained", "both explained to family") { $0.consent = fromOther() },
        .init("consent-was-explained", "not obtained: nothing to explain") {
            $0.consent = Consent(state: .notObtained, reason: .refused)
        },
        .init("consent-was-explained", "activities not explained", .consentIncomplete) {
            $0.consent = Consent(
                state: .obtainedFromPerson, method: .oral, activitiesExplained: false, confidentialityExplained: true)
        },
        .init("consent-was-explained", "secrecy not said to be explained", .consentIncomplete) {
            $0.consent = Consent(state: .obtainedFromPerson, method: .oral, activitiesExplained: true)
        },
        .init("consent-was-explained", "nothing explained to family", .consentIncomplete) {
            $0.consent = Consent(state: .obtainedFromOther, relation: .family, method: .written)
        },
        .init("consent-has-its-form", "oral") { _ in },
        .init("consent-has-its-form", "not obtained: no form") {
            $0.consent = Consent(state: .notObtained, reason: .refused)
        },
        .init("consent-has-its-form", "neither written nor oral", .consentIncomplete) {
            $0.consent = Consent(
                state: .obtainedFromPerson, activitiesExplained: true, confidentialityExplained: true)
        },
        .init("consent-lacks-with-reason", "not obtained, with the reason") {
            $0.consent = Consent(state: .notObtained, reason: .refused)
        },
        .init("consent-lacks-with-reason", "obtained") { _ in },
        .init("consent-lacks-with-reason", "not obtained, no reason", .consentIncomplete) {
            $0.consent = Consent(state: .notObtained)
        },
        .init("consent-is-of-a-referral", "a referral's") { _ in },
        .init("consent-is-of-a-referral", "a council's report has none (N12)") { $0.become(.report) },
        .init("consent-is-of-a-referral", "a council's consultation with one", .consentOutOfPlace) {
            $0.become(.consultation)
            $0.consent = Consent(state: .notObtained, reason: .other)
        },
    ]

    static let criterion: [PolicyCase] = [
        .init("criterion-is-cited", "the one in force") { _ in },
        .init("criterion-is-cited", "of a council that has published none") {
            $0.recipients = [Sample.towada]
            $0.criterion = Sample.date("2024-04-01")
        },
        .init("criterion-is-cited", "a report cites none") { $0.become(.report) },
        .init("criterion-is-cited", "blank", .criterionMissing) { $0.criterion = nil },
        .init("criterion-is-cited", "an earlier one", .criterionOutdated) {
            $0.criterion = Sample.date("2024-04-01")
        },
    ]

    static let nobody: [PolicyCase] = [
        .init("nobody-is-identified", "a bulletin that was searched") { $0.become(.bulletin) },
        .init("nobody-is-identified", "a false alarm, for a second person") {
            $0.become(.bulletin)
            $0.screening = Screening(outcome: .falseAlarm, places: 2)
        },
        .init("nobody-is-identified", "a referral is about somebody") { _ in },
        .init("nobody-is-identified", "a request that names a person") {
            $0.become(.request)
            $0.screening = nil
            $0.request = terms(namesPerson: true)
        },
        .init("nobody-is-identified", "a bulletin that nobody searched", .screeningMissing) {
            $0.become(.bulletin)
            $0.screening = nil
        },
        .init("nobody-is-identified", "a notice that nobody searched", .screeningMissing) {
            $0.become(.notice)
            $0.screening = nil
        },
        .init("nobody-is-identified", "a request that nobody searched", .screeningMissing) {
            $0.become(.request)
            $0.screening = nil
        },
        .init("nobody-is-identified", "clean, but with a place", .screeningMissing) {
            $0.become(.bulletin)
            $0.screening = Screening(outcome: .clean, places: 1)
        },
        .init("nobody-is-identified", "a false alarm about nothing", .screeningMissing) {
            $0.become(.bulletin)
            $0.screening = Screening(outcome: .falseAlarm, places: 0)
        },
    ]

    private static func fromOther(relation: Consent.Relation? = .family) -> Consent {
        Consent(
            state: .obtainedFromOther, relation: relation, method: .written, activitiesExplained: true,
            confidentialityExplained: true)
    }
}
