// 見守り対象者に関する情報: what the police tell a council about a person who needs watching over (N7–N13). The consent
// section is in ReferralConsent.swift. Everything about the person goes to the sealed record; the manifest gets codes.

import MimamoriCore

extension FormSchema {
    static let referral = FormSchema(
        kind: .referral,
        introduction: [
            Bilingual(
                ja: "犯罪捜査や相談業務等で把握した見守り対象者の情報を、協議会に提供するための様式です"
                    + "（消費者安全法第11条の4第3項、生保第3001号 第2-3(2)）。",
                en: "For supplying a council with information on a person who needs watching over, learned in "
                    + "investigation or counselling (Consumer Safety Act, Art. 11-4(3); Seiho No. 3001, 2-3(2))."),
            Bilingual(
                ja: "送る前に、同じ所属の承認者の承認が必要です。協議会の活動に必要なことだけを書いてください。",
                en: "A second person of your office must approve it. Write only what the council needs."),
        ],
        sections: [
            .package(of: .referral, basis: .councilRequest),
            .label(restrictions: [.concernedOnly, .noCopy, .noForward]),
            subject, care, circumstances, consent, watch, .policeContact,
        ],
        subjectField: nil)

    private static let subject = FormSection(
        "subject", "見守り対象者", "Person to watch over",
        [
            FormField(
                "name", "氏名", "Name", .required, .line(60), example: #""見守 花子""#,
                "本人の氏名です。", "The person's name."),
            FormField(
                "kana", "氏名のふりがな", "Reading of the name", .required, .line(120), example: #""みまもり はなこ""#,
                "ひらがな又はカタカナで書きます。", "In hiragana or katakana."),
            FormField(
                "birth_date", "生年月日", "Date of birth", .optional, .date(past: true), example: #""昭和15年4月1日""#,
                "西暦（1940-04-01）でも元号でも書けます。分からなければ空のままにします。",
                "As 1940-04-01 or in a Japanese era. Leave it empty when unknown."),
            FormField(
                "sex", "性別", "Sex", .optional,
                .code([
                    FormChoice("female", "女", "female"), FormChoice("male", "男", "male"),
                    FormChoice("other", "その他・回答なし", "other, or not stated"),
                ]), example: #""female""#,
                "訪問するときに必要な場合だけ書きます。", "Only when it matters for visits."),
            FormField(
                "address", "住所", "Address", .required, .line(200), example: #""青森県八戸市みまもり町1丁目2番3号""#,
                "現に住んでいる場所です。", "Where the person lives now."),
            FormField(
                "phone", "電話番号", "Telephone", .optional, .phone, example: #""0178-00-0001""#,
                "分かるときだけ書きます。", "When known."),
            FormField(
                "living", "暮らしの状況", "Living situation", .required,
                .code([
                    FormChoice("alone", "一人暮らし", "alone"),
                    FormChoice("couple", "夫婦のみ", "with a spouse only"),
                    FormChoice("with_family", "家族と同居", "with family"),
                    FormChoice("facility", "施設等に入居", "in a facility"),
                    FormChoice("unknown", "不明", "not known"),
                ]), example: #""alone""#,
                "だれと暮らしているかを選びます。", "Whom the person lives with."),
            FormField(
                "living_note", "暮らしの補足", "More on the living situation", .optional, .text(1000),
                example: #""別居の長女が月に一度訪ねている。""#,
                "家族の訪問、介護や福祉サービスの利用等、見守りに役立つこと。",
                "Visits of family, care services and the like, as far as it helps."),
        ])

    private static let care = FormSection(
        "care", "特に配慮を要する理由", "Why special care is needed",
        [
            FormField(
                "criterion", "該当する基準", "Criterion met", .required, .line(200), rule: "N13",
                example: #""見守り対象者の基準 第2号（過去に消費者被害を受けた高齢者）""#,
                "提供先の協議会が定めた見守り対象者の基準のうち、当たるものです。",
                "Which of the receiving council's own criteria the person meets."),
            FormField(
                "criterion_version", "基準の施行日", "Criterion in force since", .required, .date(past: true),
                to: .manifest, rule: "N13", example: #""令和7年4月1日""#,
                "その基準の施行日（改正があれば、最後の改正の施行日）です。mimamori lookup で確かめられます。",
                "The day from which that criterion, as last amended, holds; mimamori lookup shows it."),
            FormField(
                "reason", "理由", "Reason", .required, .text(2000),
                example: #""短い期間に二度被害に遭い、電話の相手を信じやすい様子がみられる。""#,
                "なぜ消費生活上特に配慮を要すると考えるかを、具体的に書きます。",
                "Why the person needs special care as a consumer, in concrete terms."),
        ])

    private static let circumstances = FormSection(
        "circumstances", "把握した状況", "What is known",
        [
            FormField(
                "learned_by", "把握したきっかけ", "How it was learned", .required,
                .code([
                    FormChoice("investigation", "犯罪捜査", "a criminal investigation"),
                    FormChoice("consultation", "相談業務", "a consultation"),
                    FormChoice("patrol", "巡回連絡等の通常活動", "ordinary work such as home visits"),
                    FormChoice("other", "その他", "otherwise"),
                ]), rule: "N7", example: #""consultation""#,
                "警察がどのように把握したかを選びます。", "How the police came to know."),
            FormField(
                "learned_on", "把握した日", "Day it was learned", .required, .date(past: true),
                example: #""2026-10-01""#, "西暦でも元号でも書けます。", "As 2026-10-01 or in a Japanese era."),
            FormField(
                "method", "被害の手口", "Method", .required, .text(2000),
                example: #""屋根の点検を装って訪問し、不要な工事の契約をさせた。""#,
                "どのような手口で何が起きたか。捜査に支障のあることは書きません。",
                "What happened, and how. Nothing that would hinder the investigation."),
            FormField(
                "damage_yen", "被害額（円）", "Damage (yen)", .optional, .integer(0...100_000_000_000),
                example: "1200000", "数字だけを書きます（1200000）。被害がまだなければ 0、不明なら空のままにします。",
                "Digits only (1200000); 0 when nothing was lost yet, empty when unknown."),
            FormField(
                "period", "被害の時期", "When it happened", .required, .line(200), example: #""令和8年9月下旬に二回""#,
                "いつ、何回あったかが分かるように書きます。", "When, and how often."),
            FormField(
                "further_signs", "今後の被害の兆し", "Signs of further harm", .optional, .text(2000),
                example: #""同じ業者を名のる電話が今も続いている。""#,
                "続く連絡、名簿への掲載のおそれ等、次の被害につながるもの。",
                "Calls that go on, a name on a list, or whatever points to the next harm."),
        ])

    private static let watch = FormSection(
        "watch", "見守りの依頼", "What is asked of the council",
        [
            FormField(
                "asked", "依頼する見守り", "Watching asked for", .required, .text(2000),
                example: #""月に二度程度の訪問と、不審な契約がないかの確認。""#,
                "協議会にしてほしいことを、具体的に書きます。", "What the council is asked to do, in concrete terms."),
            FormField(
                "cautions", "接するときの注意", "Cautions", .optional, .text(1000),
                example: #""耳が遠いため、ゆっくり大きな声で話す。""#,
                "訪問や電話のときに気を付けること。", "What to mind on visits and calls."),
        ])
}
