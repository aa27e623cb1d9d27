// Before the relay hands out parts to a person: the duty of confidentiality acknowledged (N19), the label's day not past
// (SD-CLS-5). The header, which is the manifest, may be read without either.

extension PolicyRule {
    // N19: whoever works for the council must not leak what they learned; without an acknowledgement on record the relay
    // hands out no personal information. It is asked again for a new text and after a period.
    static let dutyIsAcknowledged = PolicyRule("duty-is-acknowledged", "N19", [.handout]) { manifest, facts in
        guard manifest.carriesPersonalInformation, facts.duty?.isCurrent(at: facts.now) != true else { return nil }
        return .dutyNotAcknowledged
    }

    // SD-CLS-5: 保存期限. Afterwards recipients are given no parts; the sender's party keeps its record.
    static let keepingHasNotPassed = PolicyRule("keeping-has-not-passed", "SD-CLS-5", [.handout]) { manifest, facts in
        guard let day = manifest.label?.keepUntil, day < facts.today, facts.caller.party != manifest.sender.party else {
            return nil
        }
        return Refusal(
            .keepUntilPassed, rule: "SD-CLS-5",
            message: Bilingual(
                ja: "送り手の定めた保存期限（\(day.japanese)）が過ぎたため、内容を渡せません。",
                en: "The day until which the sender allows it to be kept (\(day)) has passed."),
            remedy: Bilingual(
                ja: "必要なら、送った所属に相談してください。すでに受け取ったものは廃棄してください。",
                en: "Ask the party that sent it if you need it; dispose of copies received before."), retry: .never)
    }
}

extension Refusal {
    package static let dutyNotAcknowledged = Refusal(
        .dutyNotAcknowledged, rule: "N19",
        message: Bilingual(
            ja: "個人情報を開く前に、協議会の秘密保持義務の確認が必要です（初めて、文面の改定後、又は一定の期間ごと）。",
            en: "Before personal information is opened, the council's duty of confidentiality must be acknowledged "
                + "(the first time, when its text changes, and after a period)."),
        remedy: Bilingual(
            ja: "mimamori acknowledge-duty で文面を読み、確認してください。",
            en: "Read and acknowledge it with mimamori acknowledge-duty."))
}
