// The closed list of legal bases for supplying information (SD-APR-5): a package that names none is not sent. New
// bases are added here with their citation and nowhere else.

package enum LegalBasis: String, Sendable, Codable, CaseIterable {
    /// 消費者安全法 第11条の4第3項: the council asks a member for information or other cooperation (N7, N20).
    case councilRequest = "consumer_safety_act_11_4_3"
    /// 消費者安全法 第11条の4第1項: members exchange the information they need (N20).
    case memberExchange = "consumer_safety_act_11_4_1"
    /// 消費者安全法 第11条の4第2項: keeping suitable contact with and watching over the consumer.
    case watchActivity = "consumer_safety_act_11_4_2"

    package var citation: Bilingual {
        switch self {
        case .councilRequest:
            Bilingual(ja: "消費者安全法第11条の4第3項", en: "Consumer Safety Act, Article 11-4, paragraph 3")
        case .memberExchange:
            Bilingual(ja: "消費者安全法第11条の4第1項", en: "Consumer Safety Act, Article 11-4, paragraph 1")
        case .watchActivity:
            Bilingual(ja: "消費者安全法第11条の4第2項", en: "Consumer Safety Act, Article 11-4, paragraph 2")
        }
    }
}
