// 格付と取扱制限 (SD-CLS-1–8): complete, of a level that is carried, never below that of its source, explained to those
// outside, and its restrictions kept where software can.

extension PolicyRule {
    // SD-CLS-1: 格付 and 取扱制限 are decided when information is created.
    static let labelIsComplete = PolicyRule("label-is-complete", "SD-CLS-1") { manifest, _ in
        let restrictions = manifest.label?.restrictions ?? []
        if let label = manifest.label, (1...3).contains(label.confidentiality), (1...2).contains(label.integrity),
            (1...2).contains(label.availability), Set(restrictions).count == restrictions.count
        {
            return nil
        }
        return Refusal(
            .labelInvalid, rule: "SD-CLS-1",
            message: Bilingual(
                ja: "格付（機密性・完全性・可用性）がないか、値が正しくありません。",
                en: "The handling label (confidentiality, integrity, availability) is missing or has a wrong value."),
            remedy: Bilingual(
                ja: "機密性は1か2、完全性と可用性は1か2で書いてください。",
                en: "Give confidentiality 1 or 2, integrity and availability 1 or 2."))
    }

    // SD-CLS-6: 機密性3 is not carried.
    static let labelIsCarried = PolicyRule("label-is-carried", "SD-CLS-6", [.submission, .release]) { manifest, facts in
        guard let label = manifest.label, label.confidentiality > facts.settings.highestConfidentiality else {
            return nil
        }
        return Refusal(
            .labelNotCarried, rule: "SD-CLS-6",
            message: Bilingual(
                ja: "機密性\(label.confidentiality)の情報はこの中継では送れません。",
                en: "Information of confidentiality \(label.confidentiality) is not carried by this relay."),
            remedy: Bilingual(
                ja: "格付を決めた人に相談し、定められた別の方法で扱ってください。",
                en: "Ask whoever decided the label and use the way prescribed for it."), retry: .never)
    }

    // SD-CLS-3: derived information inherits the confidentiality of its source; only the decider may change it.
    static let labelIsInherited = PolicyRule("label-is-inherited", "SD-CLS-3") { manifest, facts in
        let floor = manifest.cited.compactMap { facts.cited[$0]?.confidentiality }.max() ?? 0
        guard let label = manifest.label, label.confidentiality < floor else { return nil }
        return Refusal(
            .labelLowered, rule: "SD-CLS-3",
            message: Bilingual(
                ja: "もとになった情報は機密性\(floor)ですが、機密性\(label.confidentiality)とされています。",
                en: "Its source has confidentiality \(floor), but it says \(label.confidentiality)."),
            remedy: Bilingual(
                ja: "機密性\(floor)にしてください。下げるには、もとの情報を送った所属の承認者が mimamori relabel で変更します。",
                en:
                    "Make it \(floor). Only an approver of the party that sent the source can lower it (mimamori relabel)."
            ))
    }

    // SD-CLS-4: those outside are told what the label means, by its definition and its equivalent in their own scheme.
    static let labelIsExplained = PolicyRule("label-is-explained", "SD-CLS-4") { manifest, facts in
        guard let confidentiality = manifest.label?.confidentiality,
            confidentiality <= facts.settings.highestConfidentiality
        else { return nil }
        let unexplained = manifest.recipients.first { recipient in
            guard let party = facts.party(recipient), !party.kind.isPolice else { return false }
            return facts.settings.labelGuide.equivalent(of: confidentiality, at: recipient) == nil
        }
        guard let unexplained else { return nil }
        return Refusal(
            .labelUnexplained, rule: "SD-CLS-4",
            message: Bilingual(
                ja: "機密性\(confidentiality)が \(unexplained) の格付で何に当たるかが、中継に設定されていません。",
                en: "The relay is not told what confidentiality \(confidentiality) corresponds to at \(unexplained)."),
            remedy: Bilingual(
                ja: "中継の運用担当者に、labels.equivalents の設定を依頼してください。",
                en: "Ask the relay's operator to set labels.equivalents."))
    }

    // SD-CLS-7: what goes to everybody is confidentiality 1, or expressly for those concerned only.
    static let bulletinIsForMembers = PolicyRule("bulletin-is-for-members", "SD-CLS-7") { manifest, _ in
        guard manifest.kind == .bulletin, let label = manifest.label, label.confidentiality > 1,
            !label.restrictions.contains(.concernedOnly)
        else { return nil }
        return Refusal(
            .labelInvalid, rule: "SD-CLS-7",
            message: Bilingual(
                ja: "機密性2の一般的な被害情報ですが、「関係者限り」の取扱制限がありません。",
                en: "A bulletin of confidentiality 2 is not restricted to the persons concerned."),
            remedy: Bilingual(
                ja: "公表できる内容なら機密性1に、そうでなければ取扱制限に concerned_only を加えてください。",
                en: "Make it confidentiality 1 if it may be public, or add the restriction concerned_only."))
    }

    // SD-CLS-5: 転送禁止. What concerns such a package goes to nobody but those who have it.
    static let sourceIsNotForwarded = PolicyRule("source-is-not-forwarded", "SD-CLS-5") { manifest, facts in
        guard let source = manifest.concerns.flatMap({ facts.cited[$0] }),
            source.manifest.label?.restrictions.contains(.noForward) == true,
            let outsider = manifest.recipients.first(where: { !source.holders.contains($0) })
        else { return nil }
        return Refusal(
            .forwardingForbidden, rule: "SD-CLS-5",
            message: Bilingual(
                ja: "もとの情報は転送禁止ですが、それを受け取っていない \(outsider) が宛先にあります。",
                en: "Its source must not be forwarded, but \(outsider), who does not have it, is a recipient."),
            remedy: Bilingual(
                ja: "宛先を外すか、もとの情報を送った所属に相談してください。",
                en: "Leave that recipient out, or ask the party that sent the source."))
    }

    // SD-CLS-5: 保存期限. One that has passed already cannot be kept.
    static let keepingIsAhead = PolicyRule("keeping-is-ahead", "SD-CLS-5", [.submission, .release]) {
        manifest, facts in
        guard let day = manifest.label?.keepUntil, day < facts.today else { return nil }
        return Refusal(
            .keepUntilPassed, rule: "SD-CLS-5",
            message: Bilingual(
                ja: "保存期限（\(day.japanese)）が過ぎています。", en: "The day until which it may be kept (\(day)) has passed."),
            remedy: Bilingual(ja: "保存期限を確かめてください。", en: "Check the label's keep_until."))
    }
}
