// The two short forms about a person or a case: 相談の取次ぎ to a 消費生活センター (N3), and the 活動報告 that comes back.

import MimamoriCore

extension FormSchema {
    static let consultation = FormSchema(
        kind: .consultation,
        introduction: [
            Bilingual(
                ja: "警察等に寄せられた消費者問題の相談を、消費生活センターに取り次ぐための様式です（生保第3001号 第2-1）。",
                en: "For handing a consumer problem brought to the police over to the centre (Seiho No. 3001, 2-1)."),
            Bilingual(
                ja: "送る前に、同じ所属の承認者の承認が必要です。", en: "A second person of your office must approve it."),
        ],
        sections: [
            .package(of: .consultation, basis: .memberExchange, concerns: true), .label(),
            FormSection(
                "consulter", "相談者", "Who asks for help",
                [
                    FormField(
                        "name", "氏名", "Name", .required, .line(60), example: #""相談 次郎""#, "相談した人の氏名です。",
                        "The name of the one who asked."),
                    FormField(
                        "phone", "電話番号", "Telephone", .required, .phone, example: #""0178-00-0002""#,
                        "折り返し連絡できる番号です。", "A number for calling back."),
                    FormField(
                        "address", "住所", "Address", .optional, .line(200), example: #""青森県八戸市みまもり町4丁目""#,
                        "分かるときだけ書きます。", "When known."),
                    FormField(
                        "agreed", "取次ぎへの了承", "Agreed to the hand-over", .required, .boolean, rule: "N3",
                        example: "true", "センターから連絡することを相談者が了承していれば true です。",
                        "true when the person agreed to be contacted by the centre."),
                ]),
            FormSection(
                "matter", "相談の内容", "The matter",
                [
                    FormField(
                        "received_on", "受け付けた日", "Received on", .required, .date(past: true),
                        example: #""2026-10-10""#, "西暦でも元号でも書けます。", "As 2026-10-10 or in a Japanese era."),
                    FormField(
                        "outline", "相談の概要", "Outline", .required, .text(4000),
                        example: #""通信販売で注文した健康食品が、定期購入になっていた。""#, "何に困っているか。", "What the trouble is."),
                    FormField(
                        "counterparty", "相手方", "Other side", .optional, .line(200), example: #""（株）みほん通販""#,
                        "事業者の名称等、分かるときだけ書きます。", "The business, when known."),
                    FormField(
                        "amount_yen", "金額（円）", "Amount (yen)", .optional, .integer(0...100_000_000_000),
                        example: "19800", "数字だけを書きます。", "Digits only."),
                    FormField(
                        "wish", "相談者の希望", "What is wanted", .optional, .text(1000), example: #""解約したい。""#,
                        "相談者がどうしたいか。", "What the person wants."),
                ]),
            .officeContact,
        ],
        subjectField: nil)

    static let report = FormSchema(
        kind: .report,
        introduction: [
            Bilingual(
                ja: "提供を受けた情報に基づく見守りや、資料の配布の結果を知らせるための様式です。",
                en: "For telling what was done: watching over a person, or handing out material."),
            Bilingual(
                ja: "送る前に、同じ所属の承認者の承認が必要です。", en: "A second person of your office must approve it."),
        ],
        sections: [
            .package(of: .report, basis: .memberExchange), .label(),
            FormSection(
                "report", "活動の報告", "What was done",
                [
                    FormField(
                        "type", "報告の種類", "What is reported", .required,
                        .code([
                            FormChoice("watched", "見守りを行った", "watched over the person"),
                            FormChoice("visited", "訪問した", "visited the person"),
                            FormChoice("handed_over", "引き継いだ", "handed the case over"),
                            FormChoice("closed", "見守りを終えた", "ended the watching"),
                            FormChoice("distributed", "資料を配布した", "handed out material"),
                            FormChoice("disposed", "廃棄した（廃棄報告）", "disposed of it (report of disposal)"),
                        ]), example: #""visited""#, "この報告が何についてのものかを選びます。", "What this report is about."),
                    FormField(
                        "concerning", "元の情報の番号", "Concerning", .optional, .packageID, to: .manifest, rule: "N4",
                        example: "\"01900000-0000-7000-8000-000000000002\"", "もとになった見守り対象者の情報や資料の番号です。",
                        "The id of the referral or material that this is about."),
                    FormField(
                        "done_on", "実施した日", "Done on", .required, .date(past: true), example: #""2026-11-01""#,
                        "続けて行ったときは、最後の日です。", "The last day, if it went on."),
                    FormField(
                        "activity", "実施した内容", "Activity", .required, .text(4000), example: #""二回訪問し、契約書を確認した。""#,
                        "見守り、相談への対応、資料の配布等。", "Visits, counselling, handing out material."),
                    FormField(
                        "result", "結果", "Result", .required, .text(4000), example: #""新たな被害は見られなかった。""#,
                        "分かったこと、残った課題。", "What was found and what is left."),
                    FormField(
                        "handed_out", "配布した部数", "Copies handed out", distributed, .integer(0...1_000_000),
                        rule: "N5", example: "120", "配布した数です。", "How many were handed out."),
                    FormField(
                        "next", "今後の予定", "Next", .optional, .text(1000), example: #""来月も訪問する。""#,
                        "決まっていれば書きます。", "If it is decided."),
                ]),
            .officeContact,
        ],
        subjectField: nil)

    private static let distributed = Requirement.when(key: "report.type", codes: ["distributed"])
}
