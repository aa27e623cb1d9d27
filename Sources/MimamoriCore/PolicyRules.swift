// The rules of law, notice and directive, one small value each; the first comment of a rule is the sentence it carries.
// Rules assume nothing of each other: each reads the manifest and the facts alone. Running them is Policy.swift's.

extension PolicyRule {
    /// In the order in which a person would ask: who, what, why, to whom, how protected, how much.
    package static let all: [PolicyRule] = [
        senderIsCaller, senderMaySend, kindOfSender, createdIsNotAhead, basisIsNamed, consentIsRecorded,
        consentIsComplete, labelIsComplete, labelIsCarried, recipientsAreListed, recipientsAreKnown,
        recipientsMayReceive, sealedToAllParties, sealedToNobodyElse, partsAreWithinLimits, approverIsAnother,
        approverMayApprove,
    ]

    // SD-AUT-3: each action belongs to the person who did it; nobody sends in another's name.
    static let senderIsCaller = PolicyRule("sender-is-caller", "SD-AUT-3", .submission) { manifest, facts in
        guard manifest.sender != facts.caller else { return nil }
        return Refusal(
            .senderMismatch, rule: "SD-AUT-3",
            message: Bilingual(
                ja: "送付状の送信者が、接続している人の証明書と一致しません。",
                en: "The manifest names another sender than the person whose certificate is connected."),
            remedy: Bilingual(
                ja: "自分の証明書で作った送付状を、自分の証明書で送ってください。",
                en: "Send a manifest that names you, with your own certificate."))
    }

    // SD-ACC-4: least privilege; only persons with the role send.
    static let senderMaySend = PolicyRule("sender-may-send", "SD-ACC-4", .submission) { _, facts in
        facts.callerRoles.contains(.sender) ? nil : .roleMissing(.sender)
    }

    // SD-ACC-2: rules per role and party kind, default deny.
    static let kindOfSender = PolicyRule("kind-of-sender", "SD-ACC-2", .submission) { manifest, facts in
        guard let party = facts.party(manifest.sender.party), manifest.kind.senders.contains(party.kind) else {
            return Refusal(
                .kindNotAllowed, rule: "SD-ACC-2",
                message: Bilingual(
                    ja: "あなたの所属からは「\(manifest.kind.name.ja)」を送れません。",
                    en: "Your party may not send a \(manifest.kind.name.en)."),
                remedy: Bilingual(
                    ja: "種別を確かめてください。送れる所属: \(names(manifest.kind.senders))",
                    en: "Check the kind. It may be sent by: \(names(manifest.kind.senders))"))
        }
        return nil
    }

    // SD-LOG-5: clocks agree; a manifest from the future has a wrong clock behind it.
    static let createdIsNotAhead = PolicyRule("created-is-not-ahead", "SD-LOG-5", .submission) { manifest, facts in
        let ahead = manifest.created.seconds(since: facts.now)
        guard ahead > facts.settings.clockToleranceSeconds else { return nil }
        return Refusal(
            .manifestFieldInvalid, rule: "SD-LOG-5",
            message: Bilingual(
                ja: "送付状の作成時刻が中継の時計より\(ahead)秒進んでいます。送信側の端末の時計が違っているようです。",
                en: "The manifest is dated \(ahead) seconds ahead of the relay: the sender's clock seems wrong."),
            remedy: Bilingual(
                ja: "端末の時計を合わせて（mimamori doctor で確認）、作り直してください。",
                en: "Set the clock (mimamori doctor shows it) and make the package anew."))
    }

    // SD-APR-5: no use or supply beyond purpose except on a legal basis; N7: 法第11条の4第3項. No basis, no send.
    static let basisIsNamed = PolicyRule("basis-is-named", "SD-APR-5", .submission) { manifest, _ in
        guard manifest.legalBasis == nil else { return nil }
        return Refusal(
            .legalBasisMissing, rule: "SD-APR-5",
            message: Bilingual(ja: "提供の法的根拠が書かれていません。", en: "No legal basis for the supply is named."),
            remedy: Bilingual(
                ja:
                    "法的根拠を選んでください: \(LegalBasis.allCases.map { "\($0.rawValue)（\($0.citation.ja)）" }.joined(separator: "、"))",
                en:
                    "Choose a legal basis: \(LegalBasis.allCases.map { "\($0.rawValue) (\($0.citation.en))" }.joined(separator: ", "))"
            ))
    }

    // N8: the consent state of a referral is one of three; a blank one is refused. N12: it binds the police only, and
    // only the police send referrals.
    static let consentIsRecorded = PolicyRule("consent-is-recorded", "N8", .submission) { manifest, _ in
        guard manifest.kind == .referral, manifest.consent == nil else { return nil }
        return Refusal(
            .consentMissing, rule: "N8",
            message: Bilingual(
                ja: "同意の状況が書かれていません。同意がなくても提供できますが、記録は必要です。",
                en: "The consent state is blank. A referral can go without consent, but not without the record."),
            remedy: Bilingual(
                ja: "同意の状況を「本人から得た」「家族等から得た」「得られなかった（理由）」のいずれかで書いてください。",
                en:
                    "State the consent: obtained from the person, from family or another, or not obtained (with the reason)."
            ))
    }

    // N9: before consent, explain the council's activities and its confidentiality duty. N11: if it could not be
    // obtained, record the reason. N8: from another, with the relation.
    static let consentIsComplete = PolicyRule("consent-is-complete", "N9", .submission) { manifest, _ in
        guard let consent = manifest.consent else { return nil }
        func incomplete(_ rule: String, _ ja: String, _ en: String) -> Refusal {
            Refusal(
                .consentIncomplete, rule: rule,
                message: Bilingual(ja: "同意の記録に不足があります: \(ja)", en: "The consent record is incomplete: \(en)"),
                remedy: Bilingual(ja: "様式の該当欄を記入してください。", en: "Fill in the field of the form."))
        }
        switch consent.state {
        case .notObtained:
            return consent.reason == nil
                ? incomplete("N11", "得られなかった理由がありません。", "the reason why it was not obtained is missing.") : nil
        case .obtainedFromOther where consent.relation == nil:
            return incomplete("N8", "同意した人と本人との関係がありません。", "the relation of the one who consented is missing.")
        case .obtainedFromPerson, .obtainedFromOther:
            guard consent.activitiesExplained == true, consent.confidentialityExplained == true else {
                return incomplete(
                    "N9", "協議会の活動内容と秘密保持義務の両方の説明が必要です。",
                    "both the council's activities and its confidentiality duty must have been explained.")
            }
            return nil
        }
    }

    // SD-CLS-1: 格付 and 取扱制限 are decided when information is created.
    static let labelIsComplete = PolicyRule("label-is-complete", "SD-CLS-1", .submission) { manifest, _ in
        let restrictions = manifest.label?.restrictions ?? []
        if let label = manifest.label, (1...3).contains(label.confidentiality), (1...2).contains(label.integrity),
            (1...2).contains(label.availability), Set(restrictions).count == restrictions.count
        {
            return nil
        }
        return Refusal(
            .labelInvalid, rule: "SD-CLS-1",
            message: Bilingual(
                ja: "格付（機密性・完全性・可用性）がないか、値が正しくありません。",
                en: "The handling label (confidentiality, integrity, availability) is missing or has a wrong value."),
            remedy: Bilingual(
                ja: "機密性は1か2、完全性と可用性は1か2で書いてください。",
                en: "Give confidentiality 1 or 2, integrity and availability 1 or 2."))
    }

    // SD-CLS-6: 機密性3 is not carried.
    static let labelIsCarried = PolicyRule("label-is-carried", "SD-CLS-6", .submission) { manifest, facts in
        guard let label = manifest.label, label.confidentiality > facts.settings.highestConfidentiality else {
            return nil
        }
        return Refusal(
            .labelNotCarried, rule: "SD-CLS-6",
            message: Bilingual(
                ja: "機密性\(label.confidentiality)の情報はこの中継では送れません。",
                en: "Information of confidentiality \(label.confidentiality) is not carried by this relay."),
            remedy: Bilingual(
                ja: "格付を決めた人に相談し、定められた別の方法で扱ってください。",
                en: "Ask whoever decided the label and use the way prescribed for it."), retry: .never)
    }

    // SD-APR-10: the recipient is the organisation that was meant; a list names each once, and never the sender.
    static let recipientsAreListed = PolicyRule("recipients-are-listed", "SD-APR-10", .submission) { manifest, _ in
        let recipients = manifest.recipients
        guard
            recipients.isEmpty || recipients.count > PackageLimits.recipientCount
                || Set(recipients).count != recipients.count || recipients.contains(manifest.sender.party)
        else { return nil }
        return Refusal(
            .recipientsInvalid, rule: "SD-APR-10",
            message: Bilingual(
                ja: "宛先がないか、重複しているか、多すぎるか、自分の所属が含まれています。",
                en: "The recipients are none, repeated, too many, or include the sender's own party."),
            remedy: Bilingual(
                ja: "宛先を1か所以上\(PackageLimits.recipientCount)か所以下で、重複なく書いてください。",
                en: "Name 1 to \(PackageLimits.recipientCount) recipients, each once."))
    }

    // SD-APR-10: an address that the directory does not know is nobody.
    static let recipientsAreKnown = PolicyRule("recipients-are-known", "SD-APR-10", .submission) { manifest, facts in
        guard let unknown = manifest.recipients.first(where: { facts.party($0) == nil }) else { return nil }
        return Refusal(
            .recipientUnknown, rule: "SD-APR-10",
            message: Bilingual(ja: "宛先 \(unknown) は名簿にありません。", en: "The recipient \(unknown) is not in the directory."),
            remedy: Bilingual(
                ja: "mimamori lookup で宛先を確かめてください。", en: "Look the recipient up with mimamori lookup."))
    }

    // SD-ACC-2: default deny; watch-subject information goes to those who watch over.
    static let recipientsMayReceive = PolicyRule("recipients-may-receive", "SD-ACC-2", .submission) { manifest, facts in
        let denied = manifest.recipients.first { address in
            facts.party(address).map { !manifest.kind.recipients.contains($0.kind) } ?? false
        }
        guard let denied else { return nil }
        return Refusal(
            .recipientNotAllowed, rule: "SD-ACC-2",
            message: Bilingual(
                ja: "「\(manifest.kind.name.ja)」は \(denied) には送れません。",
                en: "A \(manifest.kind.name.en) cannot be sent to \(denied)."),
            remedy: Bilingual(
                ja: "受け取れる相手: \(names(manifest.kind.recipients))",
                en: "It may go to: \(names(manifest.kind.recipients))"))
    }

    // SD-APR-7: the content is encrypted to its readers: every recipient, and the sender's own office, so that the
    // second person can read what is released.
    static let sealedToAllParties = PolicyRule("sealed-to-all-parties", "SD-APR-7", .submission) { manifest, facts in
        let readers = manifest.recipients + [manifest.sender.party]
        let sealedParties = Set(manifest.sealedTo.compactMap { facts.directory.certificates[$0]?.party })
        guard let left = readers.first(where: { !sealedParties.contains($0) }) else { return nil }
        let hasNone = facts.directory.encryptionCertificates(of: left, at: facts.now).isEmpty
        return Refusal(
            .sealingIncomplete, rule: "SD-APR-7",
            message: Bilingual(
                ja: hasNone
                    ? "\(left) には有効な暗号化用の証明書が登録されていません。" : "\(left) の証明書で封印されていません。",
                en: hasNone
                    ? "\(left) has no encryption certificate in force." : "The package is not sealed to \(left)."),
            remedy: Bilingual(
                ja: hasNone ? "管理者に、\(left) の証明書の登録を依頼してください。" : "名簿を取り直して（mimamori doctor）、作り直してください。",
                en: hasNone
                    ? "Ask an administrator to enrol a certificate for \(left)."
                    : "Fetch the directory again (mimamori doctor) and make the package anew."))
    }

    // SD-APR-4, SD-APR-7: nobody but the declared readers can open a part, by certificates in force today.
    static let sealedToNobodyElse = PolicyRule("sealed-to-nobody-else", "SD-APR-7", .submission) { manifest, facts in
        let readers = Set(manifest.recipients + [manifest.sender.party])
        let sound = manifest.sealedTo.allSatisfy { fingerprint in
            guard let certificate = facts.directory.certificates[fingerprint] else { return false }
            return certificate.purpose == .encryption && readers.contains(certificate.party)
                && certificate.isInDate(at: facts.now)
        }
        guard !sound || manifest.sealedTo != Set(manifest.sealedTo).sorted() else { return nil }
        return Refusal(
            .sealingExcessive, rule: "SD-APR-7",
            message: Bilingual(
                ja: "宛先と自所属のもの以外の、または有効でない証明書で封印されています。",
                en:
                    "The package is sealed to a certificate that is not in force, or not of a recipient or the sender's office."
            ),
            remedy: Bilingual(
                ja: "名簿を取り直して（mimamori doctor）、作り直してください。",
                en: "Fetch the directory again (mimamori doctor) and make the package anew."))
    }

    // SD-NET-2: limits are on the whole package, before any byte of a part moves.
    static let partsAreWithinLimits = PolicyRule("parts-are-within-limits", "SD-NET-2", .submission) { manifest, _ in
        let parts = manifest.parts
        guard
            parts.isEmpty || parts.count > PackageLimits.partCount
                || parts.contains(where: { !(1...PackageLimits.partBytes).contains($0.bytes) })
        else { return nil }
        return Refusal(
            .partsInvalid, rule: "SD-NET-2",
            message: Bilingual(
                ja: "部分（part）の数か大きさが範囲を超えています。", en: "The number or the size of the parts is out of range."),
            remedy: Bilingual(
                ja: "部分は1〜\(PackageLimits.partCount)個、1個あたり\(PackageLimits.partBytes)バイト以下にしてください。",
                en: "Use 1 to \(PackageLimits.partCount) parts of at most \(PackageLimits.partBytes) bytes each."))
    }

    // SD-APR-1: applicant and approver must not be the same person (兼務禁止).
    static let approverIsAnother = PolicyRule("approver-is-another", "SD-APR-1", .release) { manifest, facts in
        guard manifest.sender == facts.caller else { return nil }
        return Refusal(
            .approverIsSender, rule: "SD-APR-1",
            message: Bilingual(
                ja: "自分が送る情報を自分で承認することはできません。", en: "You cannot approve what you send yourself."),
            remedy: Bilingual(
                ja: "同じ所属の、承認者の役割を持つ別の人に承認を依頼してください。",
                en: "Ask another person of your party who has the approver role."))
    }

    // SD-APR-1, SD-ACC-4: the release is by an approver of the sender's own party.
    static let approverMayApprove = PolicyRule("approver-may-approve", "SD-APR-1", .release) { manifest, facts in
        guard manifest.sender.party != facts.caller.party || !facts.callerRoles.contains(.approver) else { return nil }
        return Refusal(
            .approverNotAllowed, rule: "SD-APR-1",
            message: Bilingual(
                ja: "承認できるのは、送信者と同じ所属で、承認者の役割を持つ人だけです。",
                en: "Only a person of the sender's party who has the approver role can approve."),
            remedy: Bilingual(
                ja: "承認者の役割を持つ人に依頼するか、管理者に役割の割当てを依頼してください。",
                en: "Ask such a person, or ask an administrator to grant the role."))
    }

    private static func names(_ kinds: Set<PartyKind>) -> String {
        kinds.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
