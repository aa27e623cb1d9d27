// The forms that are about no individual: 一般的な被害情報 (N6), 連絡 and 資料 (N5). They have no field for a person, and
// what they carry needs no second person's release.

import MimamoriCore

extension FormSchema {
    static let bulletin = FormSchema(
        kind: .bulletin,
        introduction: [
            Bilingual(
                ja: "手口、被害者の類型、発生場所等を分析した一般的な被害情報を、協議会に提供するための様式です"
                    + "（生保第3001号 第2-3(1)）。",
                en: "For analysed, general information on methods, victims and places (Seiho No. 3001, 2-3(1))."),
            Bilingual(
                ja: "個人が分かることは書けません。個人の情報は「見守り対象者に関する情報」（template referral）で送ります。",
                en: "Nothing that identifies a person. For that there is the referral (template referral)."),
        ],
        sections: [
            .package(of: .bulletin, basis: .memberExchange),
            .label(confidentiality: 1, restrictions: []),
            FormSection(
                "bulletin", "被害情報", "Information on harm",
                [
                    FormField(
                        "title", "件名", "Title", .required, .line(100), example: #""屋根の点検を装う訪問の増加について""#,
                        "一行で書きます。", "One line."),
                    FormField(
                        "method", "手口", "Method", .required, .text(4000), rule: "N6",
                        example: #""「近所で工事をしている」と訪ね、屋根の点検を勧めて不要な契約をさせる。""#,
                        "どのような手口か。", "How it is done."),
                    FormField(
                        "victim_type", "被害者の類型", "Type of victim", .required, .line(200), rule: "N6",
                        example: #""一戸建てに住む高齢者""#, "どのような人が被害に遭いやすいか。", "Who is prone to it."),
                    FormField(
                        "place", "発生場所", "Place", .required, .line(200), rule: "N6", example: #""八戸市内の住宅地""#,
                        "地域が分かる程度に書きます。番地は書きません。", "The area; no house number."),
                    FormField(
                        "period_from", "期間の始め", "From", .required, .date(past: true), rule: "N6",
                        example: #""2026-09-01""#, "この情報の元になった期間です。", "The period that this rests on."),
                    FormField(
                        "period_to", "期間の終わり", "To", .required, .date(past: true), rule: "N6",
                        example: #""2026-10-31""#, "同じ日でもかまいません。", "May be the same day."),
                    FormField(
                        "analysis", "分析", "Analysis", .required, .text(8000), rule: "N6",
                        example: #""雨の後に集中しており、次の降雨の後も注意を要する。""#,
                        "件数の推移や傾向等、分析した結果。", "Trends and findings."),
                    FormField(
                        "prevention", "防止のための注意点", "Advice", .optional, .text(4000),
                        example: #""その場で契約せず、家族や消費生活センターに相談する。""#,
                        "住民に伝えてほしいこと。", "What residents should be told."),
                ]),
            .policeContact,
        ],
        subjectField: "bulletin.title")

    static let notice = FormSchema(
        kind: .notice,
        introduction: [
            Bilingual(
                ja: "会議の日程等、構成員どうしの連絡に使う様式です。個人が分かることは書けません。",
                en: "For messages between members, such as a meeting's date. Nothing that identifies a person.")
        ],
        sections: [
            .package(of: .notice, basis: .memberExchange, concerns: true),
            .label(confidentiality: 1, restrictions: []),
            FormSection(
                "notice", "連絡", "Message",
                [
                    FormField(
                        "title", "件名", "Title", .required, .line(100), example: #""第2回協議会の開催について""#,
                        "一行で書きます。", "One line."),
                    FormField(
                        "body", "本文", "Text", .required, .text(20_000),
                        example: #""12月10日10時から、市役所で開きます。""#, "連絡の内容です。", "The message."),
                ]),
        ],
        subjectField: "notice.title")

    static let material = FormSchema(
        kind: .material,
        introduction: [
            Bilingual(
                ja: "消費生活センター等の資料を、巡回連絡等で配布してもらうために送る様式です（生保第3001号 第2-2）。",
                en: "For sending a centre's material to be handed out in ordinary work (Seiho No. 3001, 2-2).")
        ],
        sections: [
            .package(of: .material, basis: .watchActivity, attachments: .required, concerns: true),
            .label(confidentiality: 1, restrictions: []),
            FormSection(
                "material", "資料", "Material",
                [
                    FormField(
                        "title", "資料の名称", "Title", .required, .line(100), rule: "N5",
                        example: #""点検商法に注意（ちらし）""#, "一行で書きます。", "One line."),
                    FormField(
                        "description", "内容と使い方", "Content and use", .required, .text(4000), rule: "N5",
                        example: #""高齢者のいる世帯に手渡し、相談先の電話番号を案内する。""#,
                        "だれに、どのように配ってほしいか。", "To whom and how it should be given."),
                    FormField(
                        "copies", "部数", "Copies", .optional, .integer(1...1_000_000), example: "300",
                        "紙で届けるときの部数です。", "When paper copies follow."),
                    FormField(
                        "distribute_until", "配布の期限", "Distribute until", .optional, .date(past: false),
                        example: #""2027-03-31""#, "期限があるときだけ書きます。", "When there is a limit."),
                ]),
            .officeContact,
        ],
        subjectField: "material.title")
}
