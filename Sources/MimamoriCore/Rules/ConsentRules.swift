// On what grounds: the legal basis, and the consent record of a referral (N7–N12). Consent is no condition of supply; its
// record is.

extension PolicyRule {
    // SD-APR-5: no use or supply beyond purpose except on a legal basis; N7: 法第11条の4第3項. No basis, no send.
    static let basisIsNamed = PolicyRule("basis-is-named", "SD-APR-5") { manifest, _ in
        guard manifest.legalBasis == nil else { return nil }
        return Refusal(
            .legalBasisMissing, rule: "SD-APR-5",
            message: Bilingual(ja: "提供の法的根拠が書かれていません。", en: "No legal basis for the supply is named."),
            remedy: Bilingual(
                ja:
                    "法的根拠を選んでください: \(LegalBasis.allCases.map { "\($0.rawValue)（\($0.citation.ja)）" }.joined(separator: "、"))",
                en:
                    "Choose a legal basis: \(LegalBasis.allCases.map { "\($0.rawValue) (\($0.citation.en))" }.joined(separator: ", "))"
            ))
    }

    // N8: the consent state of a referral is one of three; a blank one is refused. N12: it binds the police only, and
    // only the police send referrals.
    static let consentIsRecorded = PolicyRule("consent-is-recorded", "N8") { manifest, _ in
        guard manifest.kind == .referral, manifest.consent == nil else { return nil }
        return Refusal(
            .consentMissing, rule: "N8",
            message: Bilingual(
                ja: "同意の状況が書かれていません。同意がなくても提供できますが、記録は必要です。",
                en: "The consent state is blank. A referral can go without consent, but not without the record."),
            remedy: Bilingual(
                ja: "同意の状況を「本人から得た」「家族等から得た」「得られなかった（理由）」のいずれかで書いてください。",
                en:
                    "State the consent: obtained from the person, from family or another, or not obtained (with the reason)."
            ))
    }

    // N8: consent of another goes with the relation (家族等の適切な者).
    static let consentNamesTheRelation = PolicyRule("consent-names-the-relation", "N8") { manifest, _ in
        guard manifest.consent?.state == .obtainedFromOther, manifest.consent?.relation == nil else { return nil }
        return .consentIncomplete("N8", "同意した人と本人との関係がありません。", "the relation of the one who consented is missing.")
    }

    // N9: before consent, explain the council's activities and its confidentiality duty.
    static let consentWasExplained = PolicyRule("consent-was-explained", "N9") { manifest, _ in
        guard let consent = manifest.consent, consent.state != .notObtained,
            consent.activitiesExplained != true || consent.confidentialityExplained != true
        else { return nil }
        return .consentIncomplete(
            "N9", "協議会の活動内容と秘密保持義務の両方の説明が必要です。",
            "both the council's activities and its confidentiality duty must have been explained.")
    }

    // N10: record that consent was obtained; the councils' guideline wants it in writing or orally.
    static let consentHasItsForm = PolicyRule("consent-has-its-form", "N10") { manifest, _ in
        guard let consent = manifest.consent, consent.state != .notObtained, consent.method == nil else { return nil }
        return .consentIncomplete("N10", "同意が書面か口頭かの記録がありません。", "whether it was in writing or oral is missing.")
    }

    // N11: if it could not be obtained, record the reason.
    static let consentLacksWithReason = PolicyRule("consent-lacks-with-reason", "N11") { manifest, _ in
        guard manifest.consent?.state == .notObtained, manifest.consent?.reason == nil else { return nil }
        return .consentIncomplete("N11", "得られなかった理由がありません。", "the reason why it was not obtained is missing.")
    }

    // N12: N8–N11 bind the police and their referrals; another member's package carries no consent record, lest one be
    // thought to be asked for.
    static let consentIsOfAReferral = PolicyRule("consent-is-of-a-referral", "N12") { manifest, _ in
        guard manifest.kind != .referral, manifest.consent != nil else { return nil }
        return Refusal(
            .consentOutOfPlace, rule: "N12",
            message: Bilingual(
                ja: "「\(manifest.kind.name.ja)」に同意の記録は付きません。",
                en: "A \(manifest.kind.name.en) carries no consent record."),
            remedy: Bilingual(
                ja: "同意の記録は、警察が送る見守り対象者に関する情報にだけ付けてください。",
                en: "Only a referral by the police carries one."))
    }

    // N13: each council decides the criterion of a watch subject; it has a version, and a referral cites it.
    static let criterionIsCited = PolicyRule("criterion-is-cited", "N13") { manifest, facts in
        guard manifest.kind == .referral else { return nil }
        guard let cited = manifest.criterion else {
            return Refusal(
                .criterionMissing, rule: "N13",
                message: Bilingual(
                    ja: "提供先の協議会の見守り対象者の基準（施行日）が書かれていません。",
                    en: "The council's criterion of a watch subject (the day from which it holds) is not cited."),
                remedy: Bilingual(
                    ja: "協議会に基準の施行日を確かめて、様式に書いてください（mimamori lookup でも表示されます）。",
                    en: "Ask the council from which day its criterion holds (mimamori lookup shows it), and fill it in."
                ))
        }
        for recipient in manifest.recipients {
            guard let current = facts.party(recipient)?.criterion, current != cited else { continue }
            return Refusal(
                .criterionOutdated, rule: "N13",
                message: Bilingual(
                    ja: "\(recipient) の見守り対象者の基準は \(current.japanese) 施行のものですが、\(cited.japanese) とされています。",
                    en: "The criterion of \(recipient) is the one of \(current); \(cited) is cited."),
                remedy: Bilingual(
                    ja: "今の基準に当たるかを確かめて、施行日を直してください。",
                    en: "See whether the person meets the present criterion, and correct the day."))
        }
        return nil
    }
}

extension Refusal {
    static func consentIncomplete(_ rule: String, _ ja: String, _ en: String) -> Refusal {
        Refusal(
            .consentIncomplete, rule: rule,
            message: Bilingual(ja: "同意の記録に不足があります: \(ja)", en: "The consent record is incomplete: \(en)"),
            remedy: Bilingual(ja: "様式の該当欄を記入してください。", en: "Fill in the field of the form."))
    }
}
