// Request, decision and supply (N14–N17, N20): what a council asks for, that it is on record before personal information
// goes out, and that both findings stand behind an answer. Nothing here lets time alone decide (N14).

extension PolicyRule {
    // N20: a council may ask for information, opinions or cooperation; N16: a standing request has a period.
    static let requestHasItsTerms = PolicyRule("request-has-its-terms", "N20") { manifest, facts in
        guard manifest.kind == .request else {
            return manifest.request == nil
                ? nil : .requestIncomplete("N20", "依頼ではない送付に依頼の内容が付いています。", "terms of a request stand in another kind.")
        }
        guard let terms = manifest.request else {
            return .requestIncomplete("N20", "依頼の種類と期間がありません。", "its type and period are missing.")
        }
        guard terms.validity == .standing else {
            return terms.validFrom == nil && terms.validUntil == nil
                ? nil : .requestIncomplete("N16", "今回限りの依頼に期間が書かれています。", "a request for one case has no period.")
        }
        guard let from = terms.validFrom, let until = terms.validUntil, from <= until else {
            return .requestIncomplete(
                "N16", "継続の依頼の期間がないか、始めと終わりが逆です。", "its period is missing or ends before it begins.")
        }
        let days = Int64(facts.settings.standingDays)
        guard until.daysSinceEpoch - from.daysSinceEpoch < days, until >= facts.today else {
            return .requestIncomplete(
                "N16", "継続の依頼の期間が\(days)日を超えるか、もう終わっています。", "its period is longer than \(days) days, or over already.")
        }
        return nil
    }

    // N16: personal information needs a document of the council that states scope and purpose.
    static let requestStatesScopeAndPurpose = PolicyRule("request-states-scope-and-purpose", "N16") { manifest, _ in
        guard let terms = manifest.request, terms.asksPersonalInformation else { return nil }
        let missing = [
            terms.scopeStated ? nil : Bilingual(ja: "情報の範囲", en: "the scope"),
            terms.purposeStated ? nil : Bilingual(ja: "利用目的", en: "the purpose"),
            terms.document != nil ? nil : Bilingual(ja: "文書の添付", en: "the attached document"),
        ].compactMap { $0 }
        guard !missing.isEmpty else { return nil }
        return .requestIncomplete(
            "N16", "個人情報を求めていますが、\(missing.map(\.ja).joined(separator: "、"))がありません。",
            "it asks for personal information, but lacks \(missing.map(\.en).joined(separator: ", ")).")
    }

    // N20: the member on whose behalf the council asks is a member of it.
    static let requestIsForAMember = PolicyRule("request-is-for-a-member", "N20") { manifest, facts in
        guard let member = manifest.request?.onBehalfOf,
            !facts.directory.sits(member, in: manifest.sender.party, on: facts.today)
        else { return nil }
        return .requestIncomplete(
            "N20", "要請した構成員とされる \(member) は、名簿の上でこの協議会に参加していません。",
            "by the directory \(member), on whose behalf it asks, does not sit in this council.")
    }

    // N16, N17: a supply of personal information cites the request that it answers.
    static let supplyCitesItsRequest = PolicyRule("supply-cites-its-request", "N16") { manifest, facts in
        let needsRequest =
            switch manifest.kind {
            case .response: true
            case .referral: facts.settings.referralRequiresRequest
            default: false
            }
        guard needsRequest, manifest.answers == nil else { return nil }
        return Refusal(
            .requestMissing, rule: manifest.kind == .referral ? "N17" : "N16",
            message: Bilingual(
                ja: "どの情報提供依頼に応じるのかが書かれていません。個人情報の提供には、範囲と利用目的を書いた協議会の文書が必要です。",
                en:
                    "It does not cite the request that it answers. Personal information needs the council's document with "
                    + "scope and purpose."),
            remedy: Bilingual(
                ja: "応じる依頼の番号を package.answers に書いてください（mimamori inbox で分かります）。依頼がなければ、協議会に依頼を求めてください。",
                en:
                    "Put the request's id into package.answers (mimamori inbox lists it); without one, ask the council for it."
            ))
    }

    // N16: the document was received: the relay has the request, released, and the sender may see it.
    static let requestIsOnRecord = PolicyRule("request-is-on-record", "N16", [.submission, .release]) {
        manifest, facts in
        guard manifest.answers != nil else { return nil }
        if let request = facts.request(answeredBy: manifest), request.manifest.kind == .request,
            request.state == .released
        {
            return nil
        }
        return Refusal(
            .requestUnknown, rule: "N16",
            message: Bilingual(
                ja: "引用された情報提供依頼が、あなたの所属に届いた依頼の中にありません。",
                en: "The request cited is not among those that your party has received."),
            remedy: Bilingual(
                ja: "番号を確かめてください。届いていれば、一度 mimamori receive で受け取ってから作り直してください。",
                en: "Check the id. If it has arrived, receive it once (mimamori receive) and make the package anew."))
    }

    // N16: from that council, to that party: a supply goes to whoever asked, by whoever was asked.
    static let requestIsBetweenThese = PolicyRule("request-is-between-these", "N16") { manifest, facts in
        guard let request = facts.request(answeredBy: manifest), request.manifest.kind == .request else { return nil }
        let askers = [request.manifest.sender.party, request.manifest.request?.onBehalfOf]
        guard
            !request.manifest.recipients.contains(manifest.sender.party)
                || !manifest.recipients.allSatisfy({ askers.contains($0) })
        else { return nil }
        return Refusal(
            .requestOfOthers, rule: "N16",
            message: Bilingual(
                ja: "引用された依頼は、この宛先からあなたの所属へのものではありません。",
                en: "The request cited is not one by these recipients to your party."),
            remedy: Bilingual(
                ja: "宛先を、依頼した協議会（と、依頼に書かれた構成員）だけにしてください。",
                en: "Send it only to the council that asked, and to the member that the request names."))
    }

    // N16: a request is for one case or stands for a period; outside of it there is none. N14: what was declined is not
    // supplied.
    static let requestIsInForce = PolicyRule("request-is-in-force", "N16", [.submission, .release]) {
        manifest, facts in
        guard let request = facts.request(answeredBy: manifest), let terms = request.manifest.request else {
            return nil
        }
        let made = request.manifest.created.dateInJapan
        guard terms.isInForce(on: facts.today, made: made, oneCaseDays: facts.settings.oneCaseDays) else {
            return .requestNotInForce("期間の外です。", "today is outside its period.")
        }
        let own = request.answers.filter { $0.sender == manifest.sender.party && $0.id != manifest.id }
        if manifest.kind != .response, own.contains(where: { $0.outcome == .decline }) {
            return .requestNotInForce("提供しないと回答しています。", "it has been declined.")
        }
        if terms.validity == .oneCase, own.contains(where: { $0.kind == manifest.kind }) {
            return .requestAnswered
        }
        return nil
    }

    // N16: a request that did not ask for personal information, with its document, carries none.
    static let requestAsksForThis = PolicyRule("request-asks-for-this", "N16") { manifest, facts in
        guard manifest.kind == .referral, let terms = facts.request(answeredBy: manifest)?.manifest.request,
            !terms.asksPersonalInformation
        else { return nil }
        return Refusal(
            .requestWithoutDocument, rule: "N16",
            message: Bilingual(
                ja: "引用された依頼は個人情報を求めておらず、範囲と利用目的を書いた文書がありません。",
                en:
                    "The request cited does not ask for personal information and has no document with scope and purpose."
            ),
            remedy: Bilingual(
                ja: "協議会に、範囲と利用目的を書いた文書を添えた依頼を送ってもらってください。",
                en: "Ask the council for a request with its document, stating scope and purpose."))
    }

    // N15: the decision examines 公共性 and 必要性; a response with neither is refused.
    static let decisionHasItsFindings = PolicyRule("decision-has-its-findings", "N15") { manifest, facts in
        func incomplete(_ ja: String, _ en: String) -> Refusal {
            Refusal(
                .decisionIncomplete, rule: "N15",
                message: Bilingual(ja: "提供の要否の判断に不足があります: \(ja)", en: "The decision is incomplete: \(en)"),
                remedy: Bilingual(
                    ja: "公共性と必要性を検討した結果、判断した人と日を書いてください（mimamori decide が尋ねます）。",
                    en:
                        "Give the findings on public interest and necessity, who decided and when (mimamori decide asks)."
                ))
        }
        guard manifest.kind == .response else {
            return manifest.decision == nil ? nil : incomplete("回答ではない送付に判断が付いています。", "it stands in another kind.")
        }
        guard let decision = manifest.decision else { return incomplete("判断がありません。", "there is none.") }
        guard decision.publicInterestExamined, decision.necessityExamined else {
            return incomplete("公共性と必要性の両方の検討が必要です。", "both public interest and necessity must have been examined.")
        }
        guard let day = decision.decidedOn, day <= facts.today else {
            return incomplete("判断した日がないか、これから先の日です。", "the day is missing or still to come.")
        }
        return nil
    }

    // N4: each council decides what it does; a report tells of what both sides have, and gives nobody a task.
    static let concernIsShared = PolicyRule("concern-is-shared", "N4") { manifest, facts in
        guard let id = manifest.concerns else { return nil }
        if let source = facts.cited[id], source.state == .released,
            source.holders.contains(manifest.sender.party)
        {
            return nil
        }
        return Refusal(
            .concernUnknown, rule: "N4",
            message: Bilingual(
                ja: "もとになったとされる送付が、あなたの所属の送受信の中にありません。",
                en: "The package that this concerns is not among those of your party."),
            remedy: Bilingual(
                ja: "番号を確かめてください。届いていれば、一度 mimamori receive で受け取ってから作り直してください。",
                en: "Check the id. If it has arrived, receive it once (mimamori receive) and make the package anew."))
    }

    // N5: material of a centre is handed out in ordinary work: it comes with something to hand out to everybody, so it
    // is not restricted to the persons concerned.
    static let materialIsForHandingOut = PolicyRule("material-is-for-handing-out", "N5") { manifest, _ in
        guard manifest.kind == .material, let label = manifest.label,
            label.confidentiality > 1 || !label.restrictions.isDisjoint(with: [.concernedOnly, .noForward])
        else { return nil }
        return Refusal(
            .labelInvalid, rule: "N5",
            message: Bilingual(
                ja: "配布する資料に、配布できない格付か取扱制限が付いています。",
                en: "The material is to be handed out, but its label does not allow that."),
            remedy: Bilingual(
                ja: "機密性1とし、関係者限り・転送禁止を外してください。配布できないものは「連絡」で送ってください。",
                en:
                    "Make it confidentiality 1 without concerned_only and no_forward; send what cannot be handed out as a "
                    + "notice."))
    }
}

extension Array where Element: Hashable {
    fileprivate func isDisjoint(with others: Set<Element>) -> Bool { others.isDisjoint(with: self) }
}

extension Refusal {
    package static let requestAnswered = requestNotInForce(
        "今回限りの依頼に、すでに応じています。", "it was for one case, and has been answered.")

    fileprivate static func requestNotInForce(_ ja: String, _ en: String) -> Refusal {
        Refusal(
            .requestNotInForce, rule: "N16",
            message: Bilingual(ja: "引用された依頼には応じられません: \(ja)", en: "The request cited cannot be answered: \(en)"),
            remedy: Bilingual(ja: "協議会に、新しい依頼を送ってもらってください。", en: "Ask the council to send a new request."))
    }

    fileprivate static func requestIncomplete(_ rule: String, _ ja: String, _ en: String) -> Refusal {
        Refusal(
            .requestIncomplete, rule: rule,
            message: Bilingual(ja: "情報提供依頼に不足があります: \(ja)", en: "The request is incomplete: \(en)"),
            remedy: Bilingual(ja: "様式の該当欄を直してください。", en: "Correct the field of the form."))
    }
}
