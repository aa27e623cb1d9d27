// 同意の記録 of a referral (N8–N11): the state as a code for the manifest, and the words, names and days for the sealed
// record. Consent is not a condition of supply (N7); its record is.

import MimamoriCore

extension FormSchema {
    private static let obtained = Requirement.when(
        key: "consent.state",
        codes: [Consent.State.obtainedFromPerson.rawValue, Consent.State.obtainedFromOther.rawValue])
    private static let obtainedFromOther = Requirement.when(
        key: "consent.state", codes: [Consent.State.obtainedFromOther.rawValue])
    private static let notObtained = Requirement.when(
        key: "consent.state", codes: [Consent.State.notObtained.rawValue])

    static let consent = FormSection(
        "consent", "同意の状況", "Consent",
        explanation: Bilingual(
            ja: "同意がなくても提供できますが、得たこと又は得られなかった理由の記録が必要です（N7〜N11）。",
            en:
                "Supply is possible without consent; the record of it, or of why there is none, is not optional (N7–N11)."
        ),
        [
            FormField(
                "state", "同意の有無", "State", .required,
                .code([
                    FormChoice("obtained_from_person", "本人から得た", "obtained from the person"),
                    FormChoice("obtained_from_other", "家族等の適切な者から得た", "obtained from family or another"),
                    FormChoice("not_obtained", "得られなかった", "not obtained"),
                ]), to: .manifest, rule: "N8", example: #""obtained_from_person""#,
                "本人や家族等の適切な者から同意を得たかを選びます。",
                "Whether the person, or a suitable person such as family, consented."),
            FormField(
                "given_by", "同意した人", "Who consented", obtainedFromOther, .line(60), rule: "N8",
                example: #""見守 一子""#, "本人以外から得たときの、その人の氏名です。",
                "The name of the one who consented, when it was not the person."),
            FormField(
                "relation", "本人との関係", "Relation", obtainedFromOther,
                .code([
                    FormChoice("family", "家族", "family"), FormChoice("guardian", "成年後見人等", "legal guardian"),
                    FormChoice("caregiver", "介護・支援をする人", "caregiver"), FormChoice("other", "その他", "other"),
                ]), to: .manifest, rule: "N8", example: #""family""#,
                "同意した人と本人との関係を選びます。", "How the one who consented stands to the person."),
            FormField(
                "method", "同意の方法", "Written or oral", obtained,
                .code([FormChoice("written", "書面", "in writing"), FormChoice("oral", "口頭", "orally")]),
                to: .manifest, rule: "N10", example: #""oral""#,
                "書面か口頭かを選びます。", "How the consent was given."),
            FormField(
                "obtained_on", "同意を得た日", "Day of consent", obtained, .date(past: true), rule: "N10",
                example: #""2026-10-05""#, "西暦でも元号でも書けます。", "As 2026-10-05 or in a Japanese era."),
            FormField(
                "activities_explained", "活動内容の説明", "Activities explained", obtained, .boolean, to: .manifest,
                rule: "N9", example: "true", "同意を得る前に、協議会の活動内容を説明したか。したら true です。",
                "Were the council's activities explained before consent? true if so."),
            FormField(
                "confidentiality_explained", "秘密保持義務の説明", "Confidentiality explained", obtained, .boolean,
                to: .manifest, rule: "N9", example: "true",
                "同意を得る前に、協議会の秘密保持義務を説明したか。したら true です。",
                "Was the council's duty of confidentiality explained before consent? true if so."),
            FormField(
                "explained_by", "説明した人", "Explained by", obtained, .line(100), rule: "N9",
                example: #""生活安全課 送信 太郎""#, "説明した担当者の所属と氏名です。", "Section and name of the officer who explained."),
            FormField(
                "explained_on", "説明した日", "Explained on", obtained, .date(past: true), rule: "N9",
                example: #""2026-10-05""#, "西暦でも元号でも書けます。", "As 2026-10-05 or in a Japanese era."),
            FormField(
                "words", "本人等の言葉", "Their words", .optional, .text(1000), rule: "N10",
                example: #""また来られると怖いので、役所の人に見に来てもらえると助かる。""#,
                "同意したときの言葉や、付けた条件があれば書きます。", "What was said, and any condition."),
            FormField(
                "reason", "得られなかった理由", "Why not obtained", notObtained,
                .code([
                    FormChoice("unreachable", "連絡が取れない", "could not be reached"),
                    FormChoice("refused", "断られた", "refused"),
                    FormChoice("urgent", "急を要した", "there was no time"),
                    FormChoice("judgement_impaired", "判断能力が十分でない", "not able to judge"),
                    FormChoice("other", "その他", "other"),
                ]), to: .manifest, rule: "N11", example: #""unreachable""#,
                "同意を得られなかった理由に最も近いものを選びます。", "The reason that comes nearest."),
            FormField(
                "reason_in_words", "理由の説明", "The reason in words", notObtained, .text(1000), rule: "N11",
                example: #""三度訪問したが会えず、家族の連絡先も分からなかった。""#,
                "同意を得ようとした経過と、得られなかった理由を書きます。",
                "What was tried, and why consent could not be obtained."),
        ])
}
