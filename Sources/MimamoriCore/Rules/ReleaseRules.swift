// The second person (SD-APR-1, SD-APR-2): another than the sender, of the sender's party, with the role; and somebody must be
// there who can be asked. Nothing is ever released without them (N14).

extension PolicyRule {
    // SD-APR-2: where the approver is the applicant, another is asked: there must be one, or the package would wait for
    // ever. The fallback is every other approver of the party; none is ever skipped by time.
    static let approverExists = PolicyRule("approver-exists", "SD-APR-2") { manifest, facts in
        guard manifest.needsApproval,
            !facts.directory.approvers(of: manifest.sender.party).contains(where: { $0 != manifest.sender })
        else { return nil }
        return Refusal(
            .approverMissing, rule: "SD-APR-2",
            message: Bilingual(
                ja: "この送付には承認が必要ですが、あなたの所属には、あなたのほかに承認者がいません。",
                en: "This needs a second person's release, but your party has no approver beside you."),
            remedy: Bilingual(
                ja: "管理者に、同じ所属の別の人（上司等）への承認者の役割の割当てを依頼してください。",
                en:
                    "Ask an administrator to give the approver role to another person of your party, such as a superior."
            ))
    }

    // SD-APR-1: applicant and approver must not be the same person (兼務禁止).
    package static let approverIsAnother = PolicyRule("approver-is-another", "SD-APR-1", [.release]) {
        manifest, facts in
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
    package static let approverMayApprove = PolicyRule("approver-may-approve", "SD-APR-1", [.release]) {
        manifest, facts in
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
}
