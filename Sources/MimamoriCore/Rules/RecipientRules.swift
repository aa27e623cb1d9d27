// To whom: each named once, known, of a kind that may receive this, and of a council that the sender belongs to.

extension PolicyRule {
    // SD-APR-10: the recipient is the organisation that was meant; a list names each once, and never the sender.
    static let recipientsAreListed = PolicyRule("recipients-are-listed", "SD-APR-10") { manifest, _ in
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
    static let recipientsAreKnown = PolicyRule("recipients-are-known", "SD-APR-10") { manifest, facts in
        guard let unknown = manifest.recipients.first(where: { facts.party($0) == nil }) else { return nil }
        return Refusal(
            .recipientUnknown, rule: "SD-APR-10",
            message: Bilingual(ja: "宛先 \(unknown) は名簿にありません。", en: "The recipient \(unknown) is not in the directory."),
            remedy: Bilingual(
                ja: "mimamori lookup で宛先を確かめてください。", en: "Look the recipient up with mimamori lookup."))
    }

    // SD-ACC-2: default deny; watch-subject information goes to those who watch over.
    static let recipientsMayReceive = PolicyRule("recipients-may-receive", "SD-ACC-2") { manifest, facts in
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

    // N23: what a person reads cites 生保第3001号 and not the notice that it repeals.
    // N1: headquarters and stations join the councils of their area; SD-ACC-2: default deny. Information goes between
    // those who sit in one council, and between the police of a prefecture. N2: a seat that was only asked for is none.
    static let partiesSitTogether = PolicyRule("parties-sit-together", "N1", [.submission, .release]) {
        manifest, facts in
        let sender = manifest.sender.party
        let apart = manifest.recipients.filter { recipient in
            facts.party(recipient) != nil && facts.party(sender) != nil
                && !facts.directory.mayExchange(sender, recipient, on: facts.today)
        }
        guard let first = apart.first else { return nil }
        let more = apart.count - 1
        return Refusal(
            .notInCouncil, rule: "N1",
            message: Bilingual(
                ja: "\(sender) と \(first)\(more > 0 ? " ほか\(more)か所" : "") は、名簿の上で同じ協議会に参加していません。",
                en: "By the directory \(sender) and \(first)\(more > 0 ? " (and \(more) more)" : "") "
                    + "do not sit in one council."),
            remedy: Bilingual(
                ja: "参加しているなら、管理者に構成員の登録（mimamori admin membership set）を依頼してください。"
                    + "まだなら、先に協議会への参加の手続をしてください（生保第3001号 第2-1）。",
                en: "If they do, ask an administrator to record the seat (mimamori admin membership set). "
                    + "If not, join the council first (Seiho No. 3001, 2-1)."))
    }

    static func names(_ kinds: Set<PartyKind>) -> String {
        kinds.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
