// How long the record is kept (N22), and when it may be destroyed: retention over, no hold, two persons (SD-DEL-1,
// SD-ACC-6). The arithmetic is RetentionRule.swift's.

extension PolicyRule {
    // N22: referral, consent, request and decision records are kept for five fiscal years; each kind's class is
    // configuration, and none is kept shorter.
    static let retentionIsLongEnough = PolicyRule("retention-is-long-enough", "N22") { manifest, facts in
        let shortest = facts.settings.shortestRetention(of: manifest.kind)
        guard manifest.retention < shortest else { return nil }
        return Refusal(
            .retentionTooShort, rule: "N22",
            message: Bilingual(
                ja: "保存期間が\(manifest.retention.name.ja)とされていますが、「\(manifest.kind.name.ja)」は\(shortest.name.ja)以上です。",
                en:
                    "It is to be kept for \(manifest.retention.name.en), but a \(manifest.kind.name.en) is kept for at least "
                    + "\(shortest.name.en)."),
            remedy: Bilingual(
                ja: "保存期間（package.retention）を \(shortest) 以上にしてください。",
                en: "Make package.retention \(shortest) or longer."))
    }

    // SD-DEL-1: erase when no longer needed, but never what the rules on records keep.
    package static let retentionHasEnded = PolicyRule("retention-has-ended", "SD-DEL-1", [.disposal]) { _, facts in
        guard let keeping = facts.keeping, facts.today <= keeping.retainedUntil else { return nil }
        return Refusal(
            .retentionNotEnded, rule: "SD-DEL-1",
            message: Bilingual(
                ja: "保存期間が \(keeping.retainedUntil.japanese) まで続いています。",
                en: "It is retained until \(keeping.retainedUntil)."),
            remedy: Bilingual(ja: "翌日から廃棄できます。", en: "It can be disposed of from the day after."))
    }

    // SD-DEL-1: what is on hold is not erased.
    package static let nothingHoldsIt = PolicyRule("nothing-holds-it", "SD-DEL-1", [.disposal]) { _, facts in
        guard facts.keeping?.isOnHold == true else { return nil }
        return Refusal(
            .onLegalHold, rule: "SD-DEL-1",
            message: Bilingual(ja: "廃棄が停止されています。", en: "It is on legal hold."),
            remedy: Bilingual(
                ja: "停止を解くには、二人で mimamori operate release-hold を行います。",
                en: "Two persons can end the hold with mimamori operate release-hold."))
    }

    // SD-ACC-6: against misuse from inside, strong cases take two persons.
    static let twoPersonsDispose = PolicyRule("two-persons-dispose", "SD-ACC-6", [.disposal]) { _, facts in
        guard let keeping = facts.keeping, keeping.proposedBy == facts.caller else { return nil }
        return .confirmerIsProposer
    }
}

extension Refusal {
    package static let confirmerIsProposer = Refusal(
        .confirmerIsProposer, rule: "SD-ACC-6",
        message: Bilingual(ja: "自分の提案を自分で確認することはできません。", en: "You cannot confirm what you proposed yourself."),
        remedy: Bilingual(ja: "別の運用担当者か管理者に確認を依頼してください。", en: "Ask another operator or administrator to confirm it."))
}
