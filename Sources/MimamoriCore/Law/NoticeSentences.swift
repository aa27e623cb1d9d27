// 青森県警察本部 生活安全部長「消費者安全確保地域協議会との連携について」(生保第3001号, 令和7年12月24日), sentence by sentence.

extension Sentence {
    /// N1–N23, in their order.
    package static let notice: [Sentence] = [
        Sentence(
            "N1", "第2-1", .instruction, "管轄する地域の自治体に協議会が設置されている場合には、構成員として参加すること。",
            "Headquarters and each station join the council of every municipality of their area that has one."),
        Sentence(
            "N2", "第2-1", .instruction, "協議会が設置されるに当たり、当該自治体から要請があつた場合も同様に、構成員として参加すること。",
            "They join likewise when a municipality that sets one up asks."),
        Sentence(
            "N3", "第2-1", .ground, "消費者問題に関する相談を協議会のネットワーク等を通じて地域の消費生活センターに円滑につなげることは問題解決に効果的である。",
            "Consultations on consumer problems are passed smoothly to the local consumer centre through the network."),
        Sentence(
            "N4", "第2-2", .ground, "協議会の活動内容は、それぞれの協議会において判断されるものであって、警察にその責務の範囲を超える活動を求めるものではない。",
            "Each council decides its activities; nothing asks the police for more than their own duties."),
        Sentence(
            "N5", "第2-2", .dutyOfCare, "消費生活センターから提供を受けた資料を配布したりするなどの協力に努めること。",
            "The police endeavour to help, for instance by handing out a centre's material in ordinary work."),
        Sentence(
            "N6", "第2-3(1)", .instruction, "手口、被害者の類型、被害の発生場所等の情報について分析し、被害防止に資すると考えられる情報を積極的に協議会に提供すること。",
            "Methods, types of victims and places are analysed, and what helps prevention is supplied; about no individual."
        ),
        Sentence(
            "N7", "第2-3(2)", .ground, "法令に基づく情報提供（法第11条の4第3項）であり、必ずしも当該者の同意を得ることを要するものではない。",
            "It is supply by law (Art. 11-4(3)); the person's consent is not strictly required."),
        Sentence(
            "N8", "第2-3(2)", .dutyOfCare, "特段支障がない場合には、当該者本人や家族等の適切な者の同意を得た上で協議会に提供するよう努めること。",
            "Where nothing stands against it, endeavour to get the consent of the person or a suitable one such as family."
        ),
        Sentence(
            "N9", "第2-3(2)", .dutyOfCare, "同意を得るに当たっては、相手方に対し、協議会の活動内容や、協議会には秘密保持義務が課されていること等の説明を行うこと。",
            "Before consent, explain the council's activities and its duty of confidentiality."),
        Sentence(
            "N10", "第2-3(2)", .dutyOfCare, "同意を得たことについて記録化しておくこと。", "Record that consent was obtained."),
        Sentence(
            "N11", "第2-3(2)", .dutyOfCare, "同意を得ることができなかつた場合にも、その理由を記録化しておくことに配意すること。",
            "If it could not be obtained, record the reason."),
        Sentence(
            "N12", "第2-3(2)", .ground, "（同意に関する事項は、警察が見守り対象者に関する情報を提供する場合のものである。）",
            "What is said of consent binds the police in their referrals, and no other member."),
        Sentence(
            "N13", "第1-2", .ground, "「見守り対象者」に該当するか否かは、それぞれの協議会で決めることとなる。",
            "Each council decides who is a watch subject."),
        Sentence(
            "N14", "第2-4", .ground, "協議会の求めに応じて情報提供をすることは義務づけられておらず、構成員それぞれの判断に委ねられている。",
            "Answering a request is not obligatory; each member decides."),
        Sentence(
            "N15", "第2-4", .instruction, "公共性、必要性について検討の上、提供の要否を判断すること。",
            "Whether to supply is decided after examining public interest and necessity."),
        Sentence(
            "N16", "第2-4", .instruction, "個人情報を提供する際には、提供を求める情報の範囲や利用目的等を記載した文書を協議会から受理し、提供すること。",
            "Personal information is supplied on a document received from the council that states scope and purpose."),
        Sentence(
            "N17", "第2-4", .ground, "（警察が自ら行う提供にも文書を要するかは、書かれていない。設定 referral.requires_request による。）",
            "Whether that covers supply on one's own initiative is not said; the setting referral.requires_request decides."
        ),
        Sentence(
            "N18", "第2-4", .instruction, "情報セキュリティに関する訓令及び同訓令に定められた規定に基づき、情報セキュリティに配意した適宜の方法により、提供すること。",
            "Supply goes by a suitable method mindful of security, under the police's information-security directive."),
        Sentence(
            "N19", "第1-4", .instruction,
            "協議会の事務に従事する者又は協議会の事務に従事していた者は、協議会の事務に関して知り得た秘密を漏らしてはならない（法第11条の5、第53条第1項）。",
            "Whoever works or worked for the council must not leak what they learned (Art. 11-5, Art. 53(1))."),
        Sentence(
            "N20", "第1-3", .ground,
            "協議会は、必要があると認めるとき、又は他の構成員から要請があつた場合等は、構成員に対し、情報の提供、意見の表明その他の必要な協力を求めることができる（法第11条の4第3項）。",
            "A council may ask members for information, opinions or other cooperation, of itself or for another member."
        ),
        Sentence(
            "N21", "第2-6", .instruction, "連絡窓口については、警察本部にあっては生活保安課、警察署にあっては生活安全課又は刑事生活安全課とする。",
            "The contact window is 生活保安課 at headquarters, 生活安全課 or 刑事生活安全課 at a station."),
        Sentence(
            "N22", "題字", .instruction, "5年（令和13年3月末まで保存）", "Kept for five years, to the end of March 2031."),
        Sentence(
            "N23", "前文", .instruction, "「消費者安全確保地域協議会への対応について」（令和3年4月16日付け保安第15号ほか）は廃止する。",
            "It repeals Hoan No. 15 of 16 April 2021; texts cite Seiho No. 3001."),
    ]
}
