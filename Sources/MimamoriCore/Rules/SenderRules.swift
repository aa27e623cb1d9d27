// Who sends what: the person behind the certificate, their role, the kinds that their party may send, the clock.

extension PolicyRule {
    // SD-AUT-3: each action belongs to the person who did it; nobody sends in another's name.
    static let senderIsCaller = PolicyRule("sender-is-caller", "SD-AUT-3") { manifest, facts in
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
    static let senderMaySend = PolicyRule("sender-may-send", "SD-ACC-4") { _, facts in
        facts.callerRoles.contains(.sender) ? nil : .roleMissing(.sender)
    }

    // SD-ACC-2: rules per role and party kind, default deny.
    static let kindOfSender = PolicyRule("kind-of-sender", "SD-ACC-2") { manifest, facts in
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
    static let createdIsNotAhead = PolicyRule("created-is-not-ahead", "SD-LOG-5") { manifest, facts in
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
}
