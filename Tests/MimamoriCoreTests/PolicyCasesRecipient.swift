// To whom: the cases of RecipientRules.swift.

import Testing

@testable import MimamoriCore

extension PolicyCase {
    static let toWhom: [PolicyCase] = [
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
            $0.become(.notice)
            $0.recipients = [Sample.relay]
        },
        .init("parties-sit-together", "a station and the council it sits in") { _ in },
        .init("parties-sit-together", "headquarters and any council of its prefecture") {
            ($0.sender, $0.recipients) = (Sample.planner, [Sample.towada])
        },
        .init("parties-sit-together", "a station and the centre that sits there too") {
            $0.recipients = [Sample.centre]
        },
        .init("parties-sit-together", "headquarters and a centre of its prefecture") {
            ($0.sender, $0.recipients) = (Sample.planner, [Sample.centre])
        },
        .init("parties-sit-together", "a station and its headquarters") {
            $0.become(.notice)
            $0.recipients = [Sample.headquarters]
        },
        .init("parties-sit-together", "a council and its prefecture's") {
            $0.become(.notice)
            ($0.sender, $0.recipients) = (Sample.clerk, [Sample.prefecture])
        },
        .init("parties-sit-together", "a seat that ends tomorrow") {
            $0.memberships = [
                Membership(council: Sample.council, member: Sample.station, state: .ended, since: "2026-11-25")
            ]
        },
        .init("parties-sit-together", "a seat that was only asked for (N2)", .notInCouncil) {
            $0.recipients = [Sample.towada]
        },
        .init("parties-sit-together", "a seat from tomorrow", .notInCouncil) {
            $0.memberships = [
                Membership(council: Sample.council, member: Sample.station, state: .active, since: "2026-11-25")
            ]
        },
        .init("parties-sit-together", "a seat that has ended", .notInCouncil) {
            $0.memberships = [
                Membership(council: Sample.council, member: Sample.station, state: .ended, since: "2026-11-24")
            ]
        },
        .init("parties-sit-together", "headquarters and a council of another prefecture", .notInCouncil) {
            ($0.sender, $0.recipients) = (Sample.planner, [Sample.ward])
        },
        .init("parties-sit-together", "two councils of municipalities", .notInCouncil) {
            $0.become(.notice)
            ($0.sender, $0.recipients) = (Sample.clerk, [Sample.towada])
        },
        .init("parties-sit-together", "a centre and a council it does not sit in", .notInCouncil) {
            $0.become(.material)
            $0.recipients = [Sample.station, Sample.towada]
        },
        .init("parties-sit-together", "one of many", .notInCouncil) {
            $0.become(.bulletin)
            $0.recipients = [Sample.council, Sample.towada]
        },
    ]
}
