// Request, decision and supply: the cases of RequestRules.swift (N4, N5, N14–N17, N20).

import Testing

@testable import MimamoriCore

extension PolicyCase {
    static func terms(
        _ validity: RequestTerms.Validity = .standing, from: String? = "2026-04-01", until: String? = "2027-03-31",
        onBehalfOf: Address? = nil, asks: Bool = true, namesPerson: Bool = false, scope: Bool = true,
        purpose: Bool = true, document: Bool = true
    ) -> RequestTerms {
        RequestTerms(
            validity: validity, validFrom: from.map(Sample.date), validUntil: until.map(Sample.date),
            onBehalfOf: onBehalfOf, asksPersonalInformation: asks, namesPerson: namesPerson, scopeStated: scope,
            purposeStated: purpose, document: document ? Sample.digest("d") : nil)
    }

    static let requests: [PolicyCase] = [
        .init("request-has-its-terms", "standing for a year") { $0.become(.request) },
        .init("request-has-its-terms", "for one case") {
            $0.become(.request)
            $0.request = terms(.oneCase, from: nil, until: nil)
        },
        .init("request-has-its-terms", "a referral has none") { _ in },
        .init("request-has-its-terms", "none", .requestIncomplete) {
            $0.become(.request)
            $0.request = nil
        },
        .init("request-has-its-terms", "in a referral", .requestIncomplete) { $0.request = terms() },
        .init("request-has-its-terms", "standing without a period", .requestIncomplete) {
            $0.become(.request)
            $0.request = terms(from: nil, until: nil)
        },
        .init("request-has-its-terms", "ends before it begins", .requestIncomplete) {
            $0.become(.request)
            $0.request = terms(from: "2027-04-01", until: "2027-03-31")
        },
        .init("request-has-its-terms", "over already", .requestIncomplete) {
            $0.become(.request)
            $0.request = terms(until: "2026-11-23")
        },
        .init("request-has-its-terms", "longer than three years", .requestIncomplete) {
            $0.become(.request)
            $0.request = terms(until: "2029-04-01")
        },
        .init("request-has-its-terms", "for one case, with a period", .requestIncomplete) {
            $0.become(.request)
            $0.request = terms(.oneCase)
        },
        .init("request-states-scope-and-purpose", "scope, purpose, document") { $0.become(.request) },
        .init("request-states-scope-and-purpose", "an opinion without any of them") {
            $0.become(.request)
            $0.request = terms(asks: false, scope: false, purpose: false, document: false)
        },
        .init("request-states-scope-and-purpose", "no scope", .requestIncomplete) {
            $0.become(.request)
            $0.request = terms(scope: false)
        },
        .init("request-states-scope-and-purpose", "no purpose", .requestIncomplete) {
            $0.become(.request)
            $0.request = terms(purpose: false)
        },
        .init("request-states-scope-and-purpose", "no document", .requestIncomplete) {
            $0.become(.request)
            $0.request = terms(document: false)
        },
        .init("request-is-for-a-member", "for itself") { $0.become(.request) },
        .init("request-is-for-a-member", "for its centre") {
            $0.become(.request)
            $0.request = terms(onBehalfOf: Sample.centre)
        },
        .init("request-is-for-a-member", "for one that does not sit there", .requestIncomplete) {
            $0.become(.request)
            $0.request = terms(onBehalfOf: Sample.headquarters)
        },
        .init("request-is-for-a-member", "for one whose seat has ended", .requestIncomplete) {
            $0.become(.request)
            $0.request = terms(onBehalfOf: Sample.centre)
            $0.memberships = [
                Sample.memberships[0],
                Membership(council: Sample.council, member: Sample.centre, state: .ended, since: "2026-11-24"),
            ]
        },
    ]

    static let supplies: [PolicyCase] = [
        .init("supply-cites-its-request", "a referral on a request") { _ in },
        .init("supply-cites-its-request", "of one's own accord, where the setting allows it (N17)") {
            $0.answers = nil
            $0.settings.referralRequiresRequest = false
        },
        .init("supply-cites-its-request", "a bulletin, of one's own accord (N6)") { $0.become(.bulletin) },
        .init("supply-cites-its-request", "a referral without one", .requestMissing) { $0.answers = nil },
        .init("supply-cites-its-request", "a response without one, whatever the setting", .requestMissing) {
            $0.become(.response)
            $0.answers = nil
            $0.settings.referralRequiresRequest = false
        },
        .init("request-is-on-record", "released") { _ in },
        .init("request-is-on-record", "an id that is nobody's", .requestUnknown) { $0.cited = [:] },
        .init("request-is-on-record", "withdrawn since", .requestUnknown) {
            $0.cited = [Sample.requestID: Sample.request(state: .cancelled)]
        },
        .init("request-is-on-record", "a package of another kind", .requestUnknown) {
            $0.cited = [
                Sample.requestID: CitedPackage(
                    manifest: Sample.manifest(Sample.requestID, .notice, by: Sample.clerk, to: [Sample.station]),
                    state: .released)
            ]
        },
        .init("request-is-between-these", "the council asked this station") { _ in },
        .init("request-is-between-these", "also to the member that it asked for") {
            $0.cited = [Sample.requestID: Sample.request(terms(onBehalfOf: Sample.centre))]
            $0.recipients = [Sample.council, Sample.centre]
        },
        .init("request-is-between-these", "another office was asked", .requestOfOthers) {
            $0.cited = [Sample.requestID: Sample.request(to: [Sample.headquarters])]
        },
        .init("request-is-between-these", "another council asked", .requestOfOthers) {
            $0.cited = [
                Sample.requestID: Sample.request(by: Sample.person(Sample.towada, "clerk"))
            ]
        },
        .init("request-is-between-these", "and to a member that nobody asked for", .requestOfOthers) {
            $0.recipients = [Sample.council, Sample.centre]
        },
        .init("request-is-in-force", "within its period") { _ in },
        .init("request-is-in-force", "on its last day") {
            $0.cited = [Sample.requestID: Sample.request(terms(until: "2026-11-24"))]
        },
        .init("request-is-in-force", "for one case, unanswered") { $0.cited = [Sample.requestID: oneCase()] },
        .init("request-is-in-force", "for one case: a decision, then the referral") {
            $0.cited = [Sample.requestID: oneCase([answer(.response, .provide)])]
        },
        .init("request-is-in-force", "another member declined") {
            $0.cited = [
                Sample.requestID: Sample.request(answers: [answer(.response, .decline, by: Sample.centre)])
            ]
        },
        .init("request-is-in-force", "the answer is this very package, at its release") {
            $0.cited = [Sample.requestID: oneCase([answer(.referral, nil, id: Sample.id)])]
        },
        .init("request-is-in-force", "the day after", .requestNotInForce) {
            $0.cited = [Sample.requestID: Sample.request(terms(until: "2026-11-23"))]
        },
        .init("request-is-in-force", "the day before", .requestNotInForce) {
            $0.cited = [Sample.requestID: Sample.request(terms(from: "2026-11-25"))]
        },
        .init("request-is-in-force", "declined before (N14)", .requestNotInForce) {
            $0.cited = [Sample.requestID: Sample.request(answers: [answer(.response, .decline)])]
        },
        .init("request-is-in-force", "for one case, answered", .requestNotInForce) {
            $0.cited = [Sample.requestID: oneCase([answer(.referral, nil)])]
        },
        .init("request-is-in-force", "for one case, more than a year ago", .requestNotInForce) {
            $0.cited = [Sample.requestID: oneCase()]
            $0.now = Sample.now.advanced(bySeconds: 367 * 86_400)
        },
        .init("request-asks-for-this", "personal information, with its document") { _ in },
        .init("request-asks-for-this", "an opinion was asked for", .requestWithoutDocument) {
            $0.cited = [Sample.requestID: Sample.request(terms(asks: false, document: false))]
        },
        .init("decision-has-its-findings", "both findings") { $0.become(.response) },
        .init("decision-has-its-findings", "declined, with both findings (N14)") {
            $0.become(.response)
            $0.decision = decision(.decline)
        },
        .init("decision-has-its-findings", "a referral has none") { _ in },
        .init("decision-has-its-findings", "none", .decisionIncomplete) {
            $0.become(.response)
            $0.decision = nil
        },
        .init("decision-has-its-findings", "no public interest", .decisionIncomplete) {
            $0.become(.response)
            $0.decision = decision(publicInterest: false)
        },
        .init("decision-has-its-findings", "no necessity", .decisionIncomplete) {
            $0.become(.response)
            $0.decision = decision(necessity: false)
        },
        .init("decision-has-its-findings", "no day", .decisionIncomplete) {
            $0.become(.response)
            $0.decision = decision(on: nil)
        },
        .init("decision-has-its-findings", "decided tomorrow", .decisionIncomplete) {
            $0.become(.response)
            $0.decision = decision(on: "2026-11-25")
        },
        .init("decision-has-its-findings", "in a notice", .decisionIncomplete) {
            $0.become(.notice)
            $0.decision = decision()
        },
        .init("concern-is-shared", "a report on the station's referral") {
            $0.become(.report)
            $0.cite(referral())
        },
        .init("concern-is-shared", "a report on nothing in particular") { $0.become(.report) },
        .init("concern-is-shared", "a referral that went elsewhere", .concernUnknown) {
            $0.become(.report)
            $0.cite(referral(to: [Sample.towada]))
        },
        .init("concern-is-shared", "an id that is nobody's", .concernUnknown) {
            $0.become(.report)
            $0.concerns = Sample.referralID
        },
        .init("concern-is-shared", "one that was withdrawn", .concernUnknown) {
            $0.become(.report)
            $0.cite(referral(state: .cancelled))
        },
        .init("material-is-for-handing-out", "a leaflet") { $0.become(.material) },
        .init("material-is-for-handing-out", "a bulletin of 2 is no leaflet") {
            $0.become(.bulletin)
            $0.label = label(2, 2, 1, [.concernedOnly])
        },
        .init("material-is-for-handing-out", "of confidentiality 2", .labelInvalid) {
            $0.become(.material)
            $0.label = label(2, 2, 1)
        },
        .init("material-is-for-handing-out", "not to be forwarded", .labelInvalid) {
            $0.become(.material)
            $0.label = label(1, 2, 1, [.noForward])
        },
    ]

    static func referral(
        to recipients: [Address] = [Sample.council], state: PackageState = .released, confidentiality: Int = 2,
        restrictions: [HandlingLabel.Restriction] = [], relabelled: Int? = nil
    ) -> CitedPackage {
        CitedPackage(
            manifest: Sample.manifest(
                Sample.referralID, .referral, by: Sample.officer, to: recipients, confidentiality: confidentiality,
                restrictions: restrictions), state: state, relabelled: relabelled)
    }

    private static func oneCase(_ answers: [CitedPackage.Answer] = []) -> CitedPackage {
        Sample.request(terms(.oneCase, from: nil, until: nil), answers: answers)
    }

    private static func answer(
        _ kind: PackageKind, _ outcome: Decision.Outcome?, by sender: Address = Sample.station,
        id: PackageID = Sample.referralID
    ) -> CitedPackage.Answer {
        CitedPackage.Answer(id: id, kind: kind, sender: sender, outcome: outcome)
    }

    private static func decision(
        _ outcome: Decision.Outcome = .provide, publicInterest: Bool = true, necessity: Bool = true,
        on day: String? = "2026-11-24"
    ) -> Decision {
        Decision(
            outcome: outcome, publicInterestExamined: publicInterest, necessityExamined: necessity,
            decidedOn: day.map(Sample.date))
    }
}

extension World {
    /// Makes it concern a package on record.
    mutating func cite(_ package: CitedPackage) {
        concerns = package.manifest.id
        cited[package.manifest.id] = package
    }
}
