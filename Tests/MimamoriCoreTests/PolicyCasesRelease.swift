// The second person, the handing out and the end: the cases of ReleaseRules, HandoutRules and RetentionRules.swift.

import Testing

@testable import MimamoriCore

extension PolicyCase {
    static let second: [PolicyCase] = [
        .init("approver-exists", "the chief and the deputy") { _ in },
        .init("approver-exists", "a notice needs none") {
            $0.become(.notice)
            $0.persons = Sample.persons.filter { !$0.roles.contains(.approver) }
        },
        .init("approver-exists", "the sender is one of two") {
            ($0.sender, $0.caller) = (Sample.deputy, Sample.deputy)
        },
        .init("approver-exists", "nobody in the party", .approverMissing) {
            $0.persons = Sample.persons.filter { !$0.roles.contains(.approver) || $0.address.party != Sample.station }
        },
        .init("approver-exists", "the sender alone", .approverMissing) {
            ($0.sender, $0.caller) = (Sample.deputy, Sample.deputy)
            $0.persons = Sample.persons.filter { $0.address != Sample.chief }
        },
        .init("approver-exists", "nobody for a false alarm", .approverMissing) {
            $0.become(.bulletin)
            $0.screening = Screening(outcome: .falseAlarm, places: 1)
            $0.persons = Sample.persons.filter { !$0.roles.contains(.approver) }
        },
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

    static let keeping: [PolicyCase] = [
        .init("retention-is-long-enough", "five fiscal years") { _ in },
        .init("retention-is-long-enough", "ten") { $0.retention = .tenFiscalYears },
        .init("retention-is-long-enough", "a bulletin for one") {
            $0.become(.bulletin)
            $0.retention = .oneFiscalYear
        },
        .init("retention-is-long-enough", "three, where that is configured") {
            $0.retention = .threeFiscalYears
            $0.settings.retention[.referral] = .threeFiscalYears
        },
        .init("retention-is-long-enough", "a referral for three", .retentionTooShort) {
            $0.retention = .threeFiscalYears
        },
        .init("retention-is-long-enough", "a request for one", .retentionTooShort) {
            $0.become(.request)
            $0.retention = .oneFiscalYear
        },
        .init("retention-is-long-enough", "a bulletin for one, where three are configured", .retentionTooShort) {
            $0.become(.bulletin)
            $0.retention = .oneFiscalYear
            $0.settings.retention[.bulletin] = .threeFiscalYears
        },
    ]

    static let handout: [PolicyCase] = [
        .init("duty-is-acknowledged", "yesterday") { $0.caller = Sample.clerk },
        .init("duty-is-acknowledged", "long ago, where it is never asked again") {
            $0.duty = acknowledged("2025-06-01", daysAgo: 5000, renewal: 0)
        },
        .init("duty-is-acknowledged", "a notice is read without it") {
            $0.become(.notice)
            $0.duty = nil
        },
        .init("duty-is-acknowledged", "a declined request is read without it") {
            $0.become(.response)
            $0.decision = Decision(
                outcome: .decline, publicInterestExamined: true, necessityExamined: true,
                decidedOn: Sample.date("2026-11-20"))
            $0.duty = nil
        },
        .init("duty-is-acknowledged", "never", .dutyNotAcknowledged) {
            $0.duty = DutyFacts(currentVersion: "2025-06-01", acknowledged: nil, renewalDays: 366)
        },
        .init("duty-is-acknowledged", "an earlier text", .dutyNotAcknowledged) {
            $0.duty = acknowledged("2009-06-05", daysAgo: 1)
        },
        .init("duty-is-acknowledged", "more than a year ago", .dutyNotAcknowledged) {
            $0.duty = acknowledged("2025-06-01", daysAgo: 366)
        },
        .init("duty-is-acknowledged", "a request that names a person", .dutyNotAcknowledged) {
            $0.become(.request)
            $0.request = terms(namesPerson: true)
            $0.duty = nil
        },
        .init("keeping-has-not-passed", "until today") {
            $0.label = label(2, 2, 1, keepUntil: "2026-11-24")
            $0.caller = Sample.clerk
        },
        .init("keeping-has-not-passed", "until yesterday, for the sender's own office") {
            $0.label = label(2, 2, 1, keepUntil: "2026-11-23")
        },
        .init("keeping-has-not-passed", "until yesterday", .keepUntilPassed) {
            $0.label = label(2, 2, 1, keepUntil: "2026-11-23")
            $0.caller = Sample.clerk
        },
    ]

    static let disposal: [PolicyCase] = [
        .init("retention-has-ended", "long ago") { _ in },
        .init("retention-has-ended", "yesterday") { $0.keeping = kept(until: "2026-11-23") },
        .init("retention-has-ended", "today is the last day", .retentionNotEnded) {
            $0.keeping = kept(until: "2026-11-24")
        },
        .init("nothing-holds-it", "no hold") { _ in },
        .init("nothing-holds-it", "on hold", .onLegalHold) { $0.keeping = kept(isOnHold: true) },
        .init("two-persons-dispose", "proposed by another") { _ in },
        .init("two-persons-dispose", "proposed by oneself", .confirmerIsProposer) { $0.caller = Sample.deputy },
    ]

    private static func acknowledged(_ version: String, daysAgo days: Int64, renewal: Int = 366) -> DutyFacts {
        DutyFacts(
            currentVersion: "2025-06-01",
            acknowledged: DutyAcknowledgement(
                person: Sample.clerk, version: version, acknowledgedAt: Sample.now.advanced(bySeconds: -days * 86_400)),
            renewalDays: renewal)
    }

    private static func kept(until day: String = "2026-03-31", isOnHold: Bool = false) -> KeepingFacts {
        KeepingFacts(retainedUntil: Sample.date(day), isOnHold: isOnHold, proposedBy: Sample.deputy)
    }
}
