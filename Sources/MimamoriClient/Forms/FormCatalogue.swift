// Which schema belongs to which kind, and the two sections that every form begins with: where the package goes and how
// it must be handled. What is particular to a kind is in the file named after it.

package import MimamoriCore

extension FormSchema {
    package static func of(_ kind: PackageKind) -> FormSchema {
        switch kind {
        case .bulletin: bulletin
        case .referral: referral
        case .consultation: consultation
        case .request: request
        case .response: response
        case .material: material
        case .report: report
        case .notice: notice
        }
    }
}

extension FormSection {
    /// 宛先と根拠. `basis` and the kind's usual retention are what the template proposes; with `concerns` there is a field
    /// for the package that this one goes back to.
    static func package(
        of kind: PackageKind, basis: LegalBasis, answers: Requirement = .optional,
        attachments: Requirement = .optional, concerns: Bool = false
    ) -> FormSection {
        let retention = "\"\(PolicySettings().shortestRetention(of: kind).text)\""
        return FormSection(
            "package", "宛先と根拠", "Recipients and legal basis",
            [
                FormField(
                    "to", "宛先", "Recipients", .optional, .recipients, to: .package, rule: "SD-APR-10",
                    example: #"["八戸市"]"#,
                    "送り先を書きます。名称、アドレス（aomori/hachinohe-shi）、6桁の団体コードのどれでもかまいません。"
                        + "queue の --to で指定するときは空のままにします。",
                    "Whom it goes to: a name, an address (aomori/hachinohe-shi) or a six-digit code. "
                        + "Leave it empty when you name the recipients with queue --to."),
                FormField(
                    "basis", "法的根拠", "Legal basis", .required,
                    .code(LegalBasis.allCases.map { FormChoice($0.rawValue, $0.citation) }), to: .manifest,
                    rule: "SD-APR-5", example: "\"\(basis.rawValue)\"", preset: "\"\(basis.rawValue)\"",
                    "提供の根拠となる規定です。この種別で通常使うものを記入してあります。",
                    "The provision on which this is supplied. The usual one for this kind is filled in."),
                FormField(
                    "answers", "回答する依頼の番号", "Request answered", answers, .packageID, to: .manifest, rule: "N16",
                    example: "\"01900000-0000-7000-8000-000000000001\"",
                    "協議会からの情報提供依頼に応じて送るときは、その依頼の番号を書きます。",
                    "When this answers a request of a council, the id of that request."),
                FormField(
                    "retention", "保存期間", "Retention", .required,
                    .code(
                        [1, 2, 3, 5, 7, 10, 20, 30].compactMap { RetentionClass("\($0)fy") }
                            .map { FormChoice($0.text, $0.name) }), to: .manifest, rule: "N22", example: retention,
                    preset: retention, "記録を保存する期間です。作成した年度の翌年度の4月1日から数えます。",
                    "How long the record is kept, counted from 1 April of the next fiscal year."),
                FormField(
                    "attachments", "添付ファイル", "Attachments", attachments, .files, to: .package,
                    example: #"["resources/leaflet.pdf"]"#,
                    "添付するファイルの場所を書きます。queue の --attach でも追加できます。ファイル名に個人名を入れないでください。",
                    "Paths of the files to attach; queue --attach adds more. Put no person's name in a file name."),
            ] + (concerns ? [self.concerns] : []))
    }

    private static let concerns = FormField(
        "concerns", "もとになった送付の番号", "Concerning", .optional, .packageID, to: .manifest, rule: "SD-CLS-3",
        example: "\"01900000-0000-7000-8000-000000000002\"",
        "届いたものをもとに送るときは、その番号を書きます。格付はもとのものより低くできません。",
        "When this goes back to a package that was received, its id; the label cannot be lower than that one's.")

    /// 格付と取扱制限 (SD-CLS-1). 機密性3 is not carried (SD-CLS-6), so it is not offered.
    static func label(
        confidentiality: Int = 2, restrictions: [HandlingLabel.Restriction] = [.concernedOnly, .noForward]
    ) -> FormSection {
        let proposed = "[" + restrictions.map { "\"\($0.rawValue)\"" }.joined(separator: ", ") + "]"
        return FormSection(
            "label", "格付と取扱制限", "Handling label",
            explanation: Bilingual(
                ja: "この種別で通常使う値を記入してあります。内容に応じて直してください。機密性3の情報は送れません。",
                en: "The usual values of this kind are filled in; change them to fit the content. "
                    + "Information of confidentiality 3 is not carried."),
            [
                FormField(
                    "confidentiality", "機密性", "Confidentiality", .required, .grade([1, 2]), to: .manifest,
                    rule: "SD-CLS-1", example: "\(confidentiality)", preset: "\(confidentiality)",
                    "2 は漏れると業務や個人の権利に支障があるもの、1 はそれ以外です。",
                    "2: a leak would harm the work or a person's rights. 1: anything else."),
                FormField(
                    "integrity", "完全性", "Integrity", .required, .grade([1, 2]), to: .manifest, rule: "SD-CLS-1",
                    example: "2", preset: "2", "2 は書き換えられると支障があるもの、1 はそれ以外です。",
                    "2: alteration would do harm. 1: anything else."),
                FormField(
                    "availability", "可用性", "Availability", .required, .grade([1, 2]), to: .manifest,
                    rule: "SD-CLS-1", example: "1", preset: "1", "2 は使えなくなると支障があるもの、1 はそれ以外です。",
                    "2: loss would do harm. 1: anything else."),
                FormField(
                    "restrictions", "取扱制限", "Restrictions", .optional,
                    .codes(HandlingLabel.Restriction.allCases.map { FormChoice($0.rawValue, $0.name) }),
                    to: .manifest, rule: "SD-CLS-5", example: proposed, preset: proposed,
                    "受け取った人に守ってもらう取扱いです。いくつでも書けます。なければ [] とします。",
                    "What the reader must observe; any number of these, or []."),
                FormField(
                    "keep_until", "保存期限", "Keep until", .optional, .date(past: false), to: .manifest,
                    rule: "SD-CLS-5", example: #""2027-03-31""#,
                    "受け取った人が取得し、保存できる最後の日です。定めるときだけ書きます。",
                    "The last day on which recipients may fetch and keep it, if there is one."),
            ])
    }

    /// 警察の連絡窓口 (N21): the sections that the notice prescribes and no others.
    static let policeContact = FormSection(
        "contact", "警察の連絡窓口", "Police contact",
        [
            FormField(
                "window", "窓口", "Section", .required,
                .code([
                    FormChoice("生活保安課", "警察本部の生活保安課", "生活保安課, at police headquarters"),
                    FormChoice("生活安全課", "警察署の生活安全課", "生活安全課, at a police station"),
                    FormChoice("刑事生活安全課", "警察署の刑事生活安全課", "刑事生活安全課, at a police station"),
                ]), rule: "N21", example: #""生活安全課""#,
                "問合せを受ける課です。", "The section that answers questions."),
            FormField(
                "phone", "電話番号", "Telephone", .required, .phone, rule: "N21", example: #""0178-00-0000""#,
                "市外局番から書きます。内線は「内線 123」のように続けます。",
                "With the area code; an extension follows, as in \"ext. 123\"."),
            FormField(
                "person", "担当者", "Officer in charge", .optional, .line(60), example: #""送信 太郎""#,
                "問合せの相手となる人です。", "Whom to ask for."),
        ])

    /// The office of a council or of another member.
    static let officeContact = FormSection(
        "contact", "連絡先", "Contact",
        [
            FormField(
                "office", "担当部署", "Office", .required, .line(100), example: #""見守り課 見守り係""#,
                "問合せを受ける部署です。", "The office that answers questions."),
            FormField(
                "phone", "電話番号", "Telephone", .required, .phone, example: #""0178-00-0000""#,
                "市外局番から書きます。", "With the area code."),
            FormField(
                "person", "担当者", "Person in charge", .optional, .line(60), example: #""受信 花子""#,
                "問合せの相手となる人です。", "Whom to ask for."),
        ])
}
