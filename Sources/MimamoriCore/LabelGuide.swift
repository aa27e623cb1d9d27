// What a handling label means to those outside the office that gave it (SD-CLS-4): the level's name alone is not enough,
// so each package to another body carries the definition, the equivalent in that body's own scheme and what to do. The
// texts are configuration, because every prefecture and municipality has its own scheme; the defaults follow the
// government's unified standard and are for the operator to confirm with each council.

package struct LabelGuide: Sendable, Hashable, Codable {
    /// What a level of 機密性 corresponds to at the recipients of a realm.
    package struct Equivalent: Sendable, Hashable, Codable {
        /// `aomori`, or `*` for every realm that has none of its own.
        package let realm: String
        package let confidentiality: Int
        package let text: Bilingual

        package init(realm: String, confidentiality: Int, text: Bilingual) {
            self.realm = realm
            self.confidentiality = confidentiality
            self.text = text
        }
    }

    package var equivalents: [Equivalent]

    package init(equivalents: [Equivalent] = LabelGuide.standardEquivalents) {
        self.equivalents = equivalents
    }

    package static let standardEquivalents = [
        Equivalent(
            realm: "*", confidentiality: 1,
            text: Bilingual(
                ja: "自治体の情報セキュリティポリシーの機密性1に相当", en: "corresponds to confidentiality 1 of a municipality's policy")),
        Equivalent(
            realm: "*", confidentiality: 2,
            text: Bilingual(
                ja: "自治体の情報セキュリティポリシーの機密性2以上（個人情報を含むものは個人情報としての区分）に相当",
                en: "corresponds to confidentiality 2 or higher of a municipality's policy; with personal information, "
                    + "to its class for personal information")),
    ]

    /// The equivalent at a recipient, by its own realm or else by `*`.
    package func equivalent(of confidentiality: Int, at recipient: Address) -> Bilingual? {
        let fitting = equivalents.filter { $0.confidentiality == confidentiality }
        return (fitting.first { $0.realm == recipient.realm } ?? fitting.first { $0.realm == "*" })?.text
    }

    /// The definition of a level, after 政府機関等の対策基準策定のためのガイドライン 3.1.1.
    package static func definition(of confidentiality: Int) -> Bilingual {
        switch confidentiality {
        case 1:
            Bilingual(ja: "機密性1: 公表しても差し支えない情報", en: "Confidentiality 1: may be made public")
        case 2:
            Bilingual(
                ja: "機密性2: 漏えいにより、国民の権利が侵害され、又は業務の遂行に支障を及ぼすおそれがある情報",
                en: "Confidentiality 2: a leak could infringe people's rights or hinder the work")
        default:
            Bilingual(
                ja: "機密性\(confidentiality): この中継では扱わない情報",
                en: "Confidentiality \(confidentiality): not carried by this relay")
        }
    }
}

extension HandlingLabel.Restriction {
    /// What the reader must do, in a sentence.
    package var instruction: Bilingual {
        switch self {
        case .concernedOnly:
            Bilingual(ja: "見守りに携わる人以外に見せない。", en: "Show it to nobody who does not take part in the watching.")
        case .noCopy:
            Bilingual(ja: "複製しない。印刷したものも複製しない。", en: "Make no copies, on paper neither.")
        case .noForward:
            Bilingual(ja: "他の機関や人に転送しない。", en: "Forward it to no other body or person.")
        case .disposeAfterRetention:
            Bilingual(ja: "保存期間が過ぎたら廃棄し、廃棄を報告する。", en: "Dispose of it when its retention ends, and report that.")
        }
    }
}
