// The eight kinds of package (design §5) and the facts about each kind that rules ask for. The rules themselves are in
// PolicyRules.swift; what a form of a kind looks like is the client's business.

package enum PackageKind: String, Sendable, Codable, CaseIterable {
    /// 一般的な被害情報 (N6): about no individual.
    case bulletin
    /// 見守り対象者に関する情報 (N7–N13).
    case referral
    /// 相談の取次ぎ (N3).
    case consultation
    /// 情報提供依頼 (N16, N20).
    case request
    /// The answer to a request (N14–N16).
    case response
    /// 資料 of a 消費生活センター (N5).
    case material
    /// A council's note back on what was done.
    case report
    /// Free text without personal information.
    case notice

    package var name: Bilingual {
        switch self {
        case .bulletin: Bilingual(ja: "一般的な被害情報", en: "bulletin")
        case .referral: Bilingual(ja: "見守り対象者に関する情報", en: "watch-subject referral")
        case .consultation: Bilingual(ja: "相談の取次ぎ", en: "consultation referral")
        case .request: Bilingual(ja: "情報提供依頼", en: "request")
        case .response: Bilingual(ja: "回答", en: "response")
        case .material: Bilingual(ja: "資料", en: "material")
        case .report: Bilingual(ja: "活動報告", en: "report")
        case .notice: Bilingual(ja: "連絡", en: "notice")
        }
    }

    /// Whether packages of this kind can carry personal information of a watch subject, and so need a second
    /// person's release (SD-APR-1).
    package var carriesPersonalInformation: Bool {
        switch self {
        case .referral, .consultation, .response, .report: true
        case .bulletin, .request, .material, .notice: false
        }
    }

    /// The kinds of party that may send this kind; every other sender is refused (default deny).
    package var senders: Set<PartyKind> {
        switch self {
        case .bulletin: [.policeHeadquarters, .policeStation]
        case .referral: [.policeHeadquarters, .policeStation]
        case .consultation: [.policeHeadquarters, .policeStation, .council]
        case .request: [.council]
        case .response: [.policeHeadquarters, .policeStation, .memberBody]
        case .material: [.council, .memberBody]
        case .report: [.council, .memberBody, .policeHeadquarters, .policeStation]
        case .notice: [.council, .memberBody, .policeHeadquarters, .policeStation]
        }
    }

    /// The kinds of party that may receive this kind; every other recipient is refused (default deny).
    package var recipients: Set<PartyKind> {
        switch self {
        case .bulletin, .referral: [.council, .memberBody]
        case .consultation: [.memberBody, .council]
        case .request: [.policeHeadquarters, .policeStation, .memberBody]
        case .response: [.council, .memberBody]
        case .material: [.policeHeadquarters, .policeStation, .council, .memberBody]
        case .report, .notice: [.council, .memberBody, .policeHeadquarters, .policeStation]
        }
    }
}
