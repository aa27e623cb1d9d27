// 提供の要否の判断 (N14, N15) in codes: the outcome, and that both 公共性 and 必要性 were examined. The findings in words and
// who decided are in the sealed record of the response.

package struct Decision: Sendable, Hashable, Codable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        case provide
        case provideInPart = "provide_in_part"
        /// An ordinary end (N14).
        case decline

        package var name: Bilingual {
            switch self {
            case .provide: Bilingual(ja: "提供する", en: "provide")
            case .provideInPart: Bilingual(ja: "一部を提供する", en: "provide in part")
            case .decline: Bilingual(ja: "提供しない", en: "decline")
            }
        }
    }

    package let outcome: Outcome
    package let publicInterestExamined: Bool
    package let necessityExamined: Bool
    package let decidedOn: CivilDate?

    package init(
        outcome: Outcome, publicInterestExamined: Bool, necessityExamined: Bool, decidedOn: CivilDate?
    ) {
        self.outcome = outcome
        self.publicInterestExamined = publicInterestExamined
        self.necessityExamined = necessityExamined
        self.decidedOn = decidedOn
    }

    package enum CodingKeys: String, CodingKey {
        case outcome
        case publicInterestExamined = "public_interest_examined"
        case necessityExamined = "necessity_examined"
        case decidedOn = "decided_on"
    }
}
