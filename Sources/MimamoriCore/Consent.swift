// The consent state of a referral as codes (N8–N11). The words (who explained, when, what was said) are personal and
// travel in the sealed record; the manifest carries only what the policy must judge.

package struct Consent: Sendable, Hashable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case obtainedFromPerson = "obtained_from_person"
        case obtainedFromOther = "obtained_from_other"
        case notObtained = "not_obtained"
    }

    /// Who consented when it was not the watch subject (N8: 家族等の適切な者).
    package enum Relation: String, Sendable, Codable, CaseIterable {
        case family, guardian, caregiver, other
    }

    /// Why consent could not be obtained (N11).
    package enum Reason: String, Sendable, Codable, CaseIterable {
        case unreachable, refused, urgent
        case judgementImpaired = "judgement_impaired"
        case other
    }

    /// How consent was given; asked for by the councils' guideline, which wants it in writing or orally.
    package enum Method: String, Sendable, Codable, CaseIterable {
        case written, oral
    }

    package let state: State
    package let relation: Relation?
    package let reason: Reason?
    package let method: Method?
    /// 協議会の活動内容 was explained (N9).
    package let activitiesExplained: Bool?
    /// 秘密保持義務 was explained (N9).
    package let confidentialityExplained: Bool?

    package init(
        state: State, relation: Relation? = nil, reason: Reason? = nil, method: Method? = nil,
        activitiesExplained: Bool? = nil, confidentialityExplained: Bool? = nil
    ) {
        self.state = state
        self.relation = relation
        self.reason = reason
        self.method = method
        self.activitiesExplained = activitiesExplained
        self.confidentialityExplained = confidentialityExplained
    }

    package enum CodingKeys: String, CodingKey {
        case state, relation, reason, method
        case activitiesExplained = "activities_explained"
        case confidentialityExplained = "confidentiality_explained"
    }
}
