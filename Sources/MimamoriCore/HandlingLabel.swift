// 格付 and 取扱制限 (SD-CLS-1): confidentiality, integrity, availability, and the handling restrictions from a closed
// vocabulary. SD-CLS-2 wants the mark where a reader of the content sees it, so the mark for screens, texts and file
// names is made here.

package struct HandlingLabel: Sendable, Hashable, Codable {
    /// 取扱制限 (SD-CLS-5).
    package enum Restriction: String, Sendable, Codable, CaseIterable, Comparable {
        case concernedOnly = "concerned_only"
        case noCopy = "no_copy"
        case noForward = "no_forward"
        case disposeAfterRetention = "dispose_after_retention"

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

        package var name: Bilingual {
            switch self {
            case .concernedOnly: Bilingual(ja: "関係者限り", en: "persons concerned only")
            case .noCopy: Bilingual(ja: "複製禁止", en: "no copies")
            case .noForward: Bilingual(ja: "転送禁止", en: "no forwarding")
            case .disposeAfterRetention: Bilingual(ja: "保存期間満了後廃棄", en: "dispose when retention ends")
            }
        }
    }

    /// 機密性 1–3; this relay carries 1 and 2 (SD-CLS-6).
    package let confidentiality: Int
    /// 完全性 1–2.
    package let integrity: Int
    /// 可用性 1–2.
    package let availability: Int
    /// Without repetition, in the vocabulary's order.
    package let restrictions: [Restriction]
    /// 保存期限: the last day on which recipients may fetch it (SD-CLS-5); the record itself is kept as N22 says.
    package let keepUntil: CivilDate?

    package init(
        confidentiality: Int, integrity: Int, availability: Int, restrictions: [Restriction],
        keepUntil: CivilDate? = nil
    ) {
        self.confidentiality = confidentiality
        self.integrity = integrity
        self.availability = availability
        self.restrictions = restrictions
        self.keepUntil = keepUntil
    }

    package enum CodingKeys: String, CodingKey {
        case confidentiality, integrity, availability, restrictions
        case keepUntil = "keep_until"
    }

    /// The prefix of file names: 【機２】.
    package var fileNamePrefix: String { "【機\(Self.fullWidth(confidentiality))】" }

    /// The line that stands first on a screen and in an exported text.
    package var line: Bilingual {
        let ja = (restrictions.map(\.name.ja) + (keepUntil.map { ["\($0.japanese)まで保存"] } ?? []))
            .joined(separator: "・")
        let en = (restrictions.map(\.name.en) + (keepUntil.map { ["keep until \($0)"] } ?? []))
            .joined(separator: ", ")
        return Bilingual(
            ja: "【機密性\(Self.fullWidth(confidentiality))・完全性\(Self.fullWidth(integrity))・"
                + "可用性\(Self.fullWidth(availability))】" + (ja.isEmpty ? "" : "取扱制限: " + ja),
            en: "[Confidentiality \(confidentiality), integrity \(integrity), availability \(availability)]"
                + (en.isEmpty ? "" : " Handling: " + en))
    }

    /// Total over every number: a label that the policy would refuse may still have to be shown.
    private static func fullWidth(_ grade: Int) -> String {
        let digits: [Character] = ["０", "１", "２", "３", "４", "５", "６", "７", "８", "９"]
        return String(String(grade).map { $0.wholeNumberValue.map { digits[$0] } ?? $0 })
    }
}
