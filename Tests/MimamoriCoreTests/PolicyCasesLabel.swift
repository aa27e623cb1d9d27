// 格付と取扱制限: the cases of LabelRules.swift.

import Testing

@testable import MimamoriCore

extension PolicyCase {
    static let labels: [PolicyCase] = [
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
            $0.settings.highestConfidentiality = 1
        },
        .init("label-is-inherited", "as its source") {
            $0.become(.report)
            $0.cite(referral())
        },
        .init("label-is-inherited", "lower, after a decider lowered the source") {
            $0.become(.report)
            $0.cite(referral(relabelled: 1))
            $0.label = label(1, 2, 1)
        },
        .init("label-is-inherited", "higher than its source") {
            $0.become(.report)
            $0.cite(referral(confidentiality: 1))
        },
        .init("label-is-inherited", "lower than its source", .labelLowered) {
            $0.become(.report)
            $0.cite(referral())
            $0.label = label(1, 2, 1)
        },
        .init("label-is-inherited", "lower than the request it answers", .labelLowered) {
            $0.become(.response)
            $0.label = label(1, 2, 1)
        },
        .init("label-is-inherited", "lower than a source that was raised", .labelLowered) {
            $0.become(.report)
            $0.cite(referral(confidentiality: 1, relabelled: 2))
            $0.label = label(1, 2, 1)
        },
        .init("label-is-explained", "by the equivalent of every realm") { _ in },
        .init("label-is-explained", "by that of the realm") {
            $0.settings.labelGuide = guide("aomori", 2)
        },
        .init("label-is-explained", "to the police, in whose scheme it is") {
            $0.become(.report)
            $0.settings.labelGuide = LabelGuide(equivalents: [])
        },
        .init("label-is-explained", "no equivalent for anybody", .labelUnexplained) {
            $0.settings.labelGuide = LabelGuide(equivalents: [])
        },
        .init("label-is-explained", "for another realm only", .labelUnexplained) {
            $0.settings.labelGuide = guide("tokyo", 2)
        },
        .init("label-is-explained", "for another level only", .labelUnexplained) {
            $0.settings.labelGuide = guide("*", 1)
        },
        .init("bulletin-is-for-members", "public") {
            $0.become(.bulletin)
            $0.label = label(1, 2, 1)
        },
        .init("bulletin-is-for-members", "2, for those concerned") { $0.become(.bulletin) },
        .init("bulletin-is-for-members", "2, for anybody", .labelInvalid) {
            $0.become(.bulletin)
            $0.label = label(2, 2, 1)
        },
        .init("source-is-not-forwarded", "back to where it came from") {
            $0.become(.report)
            $0.cite(referral(restrictions: [.noForward]))
        },
        .init("source-is-not-forwarded", "elsewhere, where that is allowed") {
            $0.become(.report)
            $0.cite(referral())
            $0.recipients = [Sample.station, Sample.centre]
        },
        .init("source-is-not-forwarded", "to one who does not have it", .forwardingForbidden) {
            $0.become(.report)
            $0.cite(referral(restrictions: [.noForward]))
            $0.recipients = [Sample.station, Sample.centre]
        },
        .init("keeping-is-ahead", "until today") { $0.label = label(2, 2, 1, keepUntil: "2026-11-24") },
        .init("keeping-is-ahead", "for ever") { _ in },
        .init("keeping-is-ahead", "until yesterday", .keepUntilPassed) {
            $0.label = label(2, 2, 1, keepUntil: "2026-11-23")
        },
    ]

    private static func guide(_ realm: String, _ confidentiality: Int) -> LabelGuide {
        LabelGuide(equivalents: [
            LabelGuide.Equivalent(
                realm: realm, confidentiality: confidentiality, text: Bilingual(ja: "部外秘", en: "internal"))
        ])
    }
}
