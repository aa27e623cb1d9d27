// 情報提供依頼 and its 回答: what a council asks for (N16, N20), and the decision with both of its findings (N14, N15).

import MimamoriCore

extension FormSchema {
    static let request = FormSchema(
        kind: .request,
        introduction: [
            Bilingual(
                ja: "協議会が、構成員に情報の提供等の協力を求めるための様式です（消費者安全法第11条の4第3項）。"
                    + "応じるかどうかは、相手がそれぞれ判断します。",
                en: "A council asks a member for information or other cooperation (Consumer Safety Act, Art. 11-4(3)). "
                    + "Whether to comply is the member's own decision."),
            Bilingual(
                ja: "個人情報の提供を求めるときは、公文書を添付してください（N16）。"
                    + "個人名は、求める情報を特定するのに必要なときだけ書きます。",
                en: "When personal information is asked for, attach the official document (N16). "
                    + "Name a person only when the information cannot be told otherwise."),
        ],
        sections: [
            .package(of: .request, basis: .councilRequest), .label(),
            FormSection(
                "request", "依頼", "Request",
                [
                    FormField(
                        "type", "依頼の種類", "Type", .required,
                        .code([
                            FormChoice("information", "情報の提供", "information"),
                            FormChoice("opinion", "意見の表明", "opinion"),
                            FormChoice("cooperation", "その他の協力", "other cooperation"),
                        ]), to: .manifest, rule: "N20", example: #""information""#, "求めるものを選びます。",
                        "What is asked for."),
                    FormField(
                        "asks_personal_information", "個人情報の提供", "Personal information asked for", .required,
                        .boolean, to: .manifest, rule: "N16", example: "true",
                        "個人情報の提供を求めるなら true です。その場合は、公文書が必要です。",
                        "true when personal information is asked for; then the official document is needed."),
                    FormField(
                        "names_person", "個人名の記載", "Names a person", .required, .boolean, to: .manifest,
                        rule: "N6", example: "false",
                        "この依頼に個人名など個人が分かる記載があるなら true です。その場合は、送る前に承認が必要です。",
                        "true when this request itself names a person; then a second person must approve it."),
                    FormField(
                        "document", "公文書のファイル", "Official document",
                        .whenTrue(key: "request.asks_personal_information"), .file, to: .package, rule: "N16",
                        example: #""情報提供依頼書.pdf""#,
                        "範囲と利用目的を書いた、協議会の公文書です。自動的に添付されます。",
                        "The council's document that states scope and purpose; it is attached by itself."),
                    FormField(
                        "scope", "求める情報の範囲", "Scope", .required, .text(4000), rule: "N16",
                        example: #""市内に住み、今年度に消費者被害に遭った高齢者の氏名、住所及び被害の概要。""#,
                        "どの範囲の情報を求めるか。", "What information is asked for."),
                    FormField(
                        "purpose", "利用目的", "Purpose", .required, .text(4000), rule: "N16",
                        example: #""見守り訪問の対象者を決め、再び被害に遭うことを防ぐため。""#,
                        "何のために使うか。", "What it will be used for."),
                    FormField(
                        "on_behalf_of", "要請した構成員", "On behalf of", .optional, .party, to: .manifest, rule: "N20",
                        example: #""八戸市消費生活センター""#, "他の構成員の要請によるときは、その名称又はアドレスです。",
                        "The member that asked for it, if one did: its name or address."),
                    FormField(
                        "validity", "依頼の期間", "Validity", .required,
                        .code([
                            FormChoice("one_case", "今回限り", "this case only"),
                            FormChoice("standing", "継続（期間を定める）", "standing, for a period"),
                        ]), to: .manifest, rule: "N16", example: #""standing""#, "継続のときは、下の期間も書きます。",
                        "For a standing request, give the period below."),
                    FormField(
                        "valid_from", "期間の始め", "From", standing, .date(past: false), to: .manifest,
                        rule: "N16", example: #""2026-04-01""#, "西暦でも元号でも書けます。", "As 2026-04-01 or in a Japanese era."),
                    FormField(
                        "valid_until", "期間の終わり", "Until", standing, .date(past: false), to: .manifest,
                        rule: "N16", example: #""2027-03-31""#, "西暦でも元号でも書けます。", "As 2027-03-31 or in a Japanese era."),
                ]),
            .officeContact,
        ],
        subjectField: nil)

    static let response = FormSchema(
        kind: .response,
        introduction: [
            Bilingual(
                ja: "情報提供依頼に回答するための様式です。公共性と必要性を検討した結果を、それぞれ書きます"
                    + "（生保第3001号 第2-4）。提供しないという回答も、通常の回答です。",
                en: "The answer to a request, with findings on public interest and necessity (Seiho No. 3001, 2-4). "
                    + "To decline is an ordinary answer.")
        ],
        sections: [
            .package(of: .response, basis: .councilRequest, answers: .required), .label(),
            FormSection(
                "decision", "提供の要否の判断", "Decision",
                [
                    FormField(
                        "result", "判断", "Result", .required,
                        .code([
                            FormChoice("provide", "提供する", "provide"),
                            FormChoice("provide_in_part", "一部を提供する", "provide in part"),
                            FormChoice("decline", "提供しない", "decline"),
                        ]), to: .manifest, rule: "N14", example: #""provide""#, "結論を選びます。", "The outcome."),
                    FormField(
                        "public_interest", "公共性の検討", "Public interest", .required, .text(2000), rule: "N15",
                        example: #""地域の高齢者の被害を防ぐ取組であり、公共性が認められる。""#,
                        "公共性について検討した結果。", "The finding on public interest."),
                    FormField(
                        "necessity", "必要性の検討", "Necessity", .required, .text(2000), rule: "N15",
                        example: #""見守り訪問の対象を決めるため、氏名と住所が必要と認められる。""#,
                        "必要性について検討した結果。", "The finding on necessity."),
                    FormField(
                        "decided_by", "判断した人", "Decided by", .required, .line(100), rule: "N15",
                        example: #""生活安全課長 承認 一郎""#, "職名と氏名です。", "Title and name."),
                    FormField(
                        "decided_on", "判断した日", "Decided on", .required, .date(past: true), to: .manifest,
                        rule: "N15", example: #""2026-10-20""#, "西暦でも元号でも書けます。", "As 2026-10-20 or in a Japanese era."),
                ]),
            FormSection(
                "answer", "回答の内容", "Answer",
                [
                    FormField(
                        "content", "提供する情報", "Information", provided, .text(20_000), rule: "N16",
                        example: #""該当する方は1名です。見守 花子、八戸市みまもり町1丁目2番3号。""#,
                        "依頼された範囲の情報だけを書きます。", "Only what was asked for."),
                    FormField(
                        "withheld", "提供しない理由", "Why withheld", withheld, .text(2000), rule: "N14",
                        example: #""捜査に支障があるため。""#, "提供しない部分とその理由です。", "What is withheld, and why."),
                ]),
            .officeContact,
        ],
        subjectField: nil)

    private static let standing = Requirement.when(key: "request.validity", codes: ["standing"])
    private static let provided = Requirement.when(key: "decision.result", codes: ["provide", "provide_in_part"])
    private static let withheld = Requirement.when(key: "decision.result", codes: ["provide_in_part", "decline"])
}
