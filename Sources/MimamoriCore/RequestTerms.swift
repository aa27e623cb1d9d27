// What a request says of itself in codes (N16, N20), so that the relay can judge whether a supply rests on it. The words
// of scope and purpose, and the document itself, are in the sealed parts; the recipient's client compares them with these
// codes when it opens the request.

package struct RequestTerms: Sendable, Hashable, Codable {
    /// 情報の提供、意見の表明、その他の必要な協力 (法第11条の4第3項, N20).
    package enum Sort: String, Sendable, Codable, CaseIterable {
        case information, opinion, cooperation
    }

    package enum Validity: String, Sendable, Codable, CaseIterable {
        case oneCase = "one_case"
        case standing
    }

    package let type: Sort
    package let validity: Validity
    /// First and last day, in Japan, of a standing request.
    package let validFrom: CivilDate?
    package let validUntil: CivilDate?
    /// The member at whose instance the council asks (N20: 他の構成員から要請があつた場合).
    package let onBehalfOf: Address?
    /// Personal information is asked for; then scope, purpose and document must be there (N16).
    package let asksPersonalInformation: Bool
    /// The sealed words name a person, so that the request itself is personal information.
    package let namesPerson: Bool
    package let scopeStated: Bool
    package let purposeStated: Bool
    /// SHA-256 of the attached document of the council.
    package let document: ContentDigest?

    package init(
        type: Sort = .information, validity: Validity, validFrom: CivilDate? = nil, validUntil: CivilDate? = nil,
        onBehalfOf: Address? = nil, asksPersonalInformation: Bool, namesPerson: Bool = false,
        scopeStated: Bool, purposeStated: Bool, document: ContentDigest?
    ) {
        self.type = type
        self.validity = validity
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.onBehalfOf = onBehalfOf
        self.asksPersonalInformation = asksPersonalInformation
        self.namesPerson = namesPerson
        self.scopeStated = scopeStated
        self.purposeStated = purposeStated
        self.document = document
    }

    package enum CodingKeys: String, CodingKey {
        case type, validity, document
        case validFrom = "valid_from"
        case validUntil = "valid_until"
        case onBehalfOf = "on_behalf_of"
        case asksPersonalInformation = "asks_personal_information"
        case namesPerson = "names_person"
        case scopeStated = "scope_stated"
        case purposeStated = "purpose_stated"
    }

    /// Whether it can still be answered on a day: a standing one within its period, one for a single case for so many
    /// days after it was made.
    package func isInForce(on day: CivilDate, made: CivilDate, oneCaseDays: Int) -> Bool {
        switch validity {
        case .standing:
            guard let validFrom, let validUntil else { return false }
            return validFrom <= day && day <= validUntil
        case .oneCase:
            return day.daysSinceEpoch - made.daysSinceEpoch <= Int64(oneCaseDays)
        }
    }
}
