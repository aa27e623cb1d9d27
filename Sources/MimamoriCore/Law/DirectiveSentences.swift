// The controls of the security directive that rules carry, after the published model that prefectural police standards
// follow: U7 is 政府機関等の対策基準策定のためのガイドライン（令和7年度版）, APPI the act on personal information. All controls with what
// the house does for each stand in docs/security-directive.md once it is written.

extension Sentence {
    package static let directive: [Sentence] = [
        Sentence(
            "SD-ACC-2", "U7 7.1.2(1)-1", .instruction, "属性に基づくアクセス制御を行う（定めのないものは拒む）。",
            "Access is controlled by attributes; what is not allowed is denied."),
        Sentence(
            "SD-ACC-4", "U7 7.1.3(1)(a)", .instruction, "必要最小限の権限だけを与える。", "Least privilege; need to know."),
        Sentence(
            "SD-ACC-6", "U7 7.1.3(1)(b)", .instruction, "内部からの不正操作や誤操作を防ぐ（二人による確認等）。",
            "Limit misuse and mistakes from inside: in strong cases by two persons."),
        Sentence(
            "SD-APR-1", "U7 2.1.1(8)(a)(ア)", .instruction, "申請する者と許可する者は、同じ人であってはならない（兼務の禁止）。",
            "Applicant and approver must not be the same person."),
        Sentence(
            "SD-APR-2", "U7 2.1.1(8)(b)", .instruction, "許可する者が不適当なときは、その上司に申請する。",
            "Where the approver is the applicant or unsuitable, go to the superior."),
        Sentence(
            "SD-APR-5", "個人情報保護法 第69条", .instruction, "法令に基づく場合等を除き、利用目的以外の目的に利用し、又は提供してはならない。",
            "No use or supply beyond the purpose except on a legal basis, consent and the like."),
        Sentence(
            "SD-APR-7", "U7 3.1.1(6)(b)", .instruction, "要保護情報を送るときは、暗号化等の安全な手段を選ぶ。",
            "For information to be protected choose a safe means: encrypt the content."),
        Sentence(
            "SD-APR-10", "U7 8.1.1(5)(f)(イ)", .instruction, "相手が意図した組織であることを確かめる。",
            "The recipient is confirmed to be the organisation that was meant."),
        Sentence(
            "SD-AUT-3", "U7 7.1.1(2)-6", .instruction, "識別コードは個人ごとに付与する。", "Ids are individual; each act is a person's."
        ),
        Sentence(
            "SD-CLS-1", "U7 3.1.1(3)(a)", .instruction, "情報の作成又は入手時に、格付及び取扱制限を決定し、明示する。",
            "Label and handling restrictions are decided and marked when information is created or received."),
        Sentence(
            "SD-CLS-3", "U7 3.1.1(3)(b)(c)", .instruction, "参照した情報の格付等を継承し、変更は決定者（又はその上司）が行う。",
            "Derived information inherits the label; only the decider or a superior changes it."),
        Sentence(
            "SD-CLS-4", "U7 3.1.1(5)(b)", .instruction, "外部に提供するときは、格付の定義と取扱い上の留意事項を伝える。",
            "Those outside are told the definition of the label and how to handle the information."),
        Sentence(
            "SD-CLS-5", "U7 1.2(2) 参考4", .instruction, "取扱制限（転送禁止、保存期限等）を守る。",
            "Handling restrictions such as no forwarding and the day of keeping are observed."),
        Sentence(
            "SD-CLS-6", "U7 3.1.1(4)(b)", .instruction, "機密性3の情報は、許可なく要管理対策区域の外に出さない。",
            "Confidentiality 3 does not leave the controlled area; no route of the notice carries it."),
        Sentence(
            "SD-CLS-7", "U7 3.1.1(5)(a)", .instruction, "公表するときは、機密性1であることを確かめる。",
            "What is made public is confirmed to be confidentiality 1."),
        Sentence(
            "SD-CLS-8", "U7 3.1.1(5)(d)", .instruction, "提供する電磁的記録から、作成者名等の意図しない情報が漏れないようにする。",
            "Unintended information in supplied files, such as an author's name, is prevented."),
        Sentence(
            "SD-DEL-1", "U7 3.1.1(7)(a)", .instruction, "不要になった情報は速やかに消去する。ただし、保存期間の定めに従う。",
            "Erase what is no longer needed, but never what the rules on records keep."),
        Sentence(
            "SD-DEL-3", "U7 3.1.1(7)(b)", .instruction, "抹消の記録を残す。", "Keep a record or certificate of erasure."),
        Sentence(
            "SD-LOG-5", "U7 7.1.4(1)-1", .instruction, "システムの時刻を基準に同期し、ログに時刻を記録する。",
            "Clocks are synchronised to a reference, and logs carry the time."),
        Sentence(
            "SD-MAL-2", "U7 6.6.1(2)-3", .instruction, "実行プログラムの形で情報を提供しない。", "Do not supply executables."),
        Sentence(
            "SD-NET-2", "U7 7.2.3", .instruction, "サービス不能攻撃等に備え、受け付ける量に限りを設ける。",
            "Against overload, what is accepted has limits."),
    ]
}
