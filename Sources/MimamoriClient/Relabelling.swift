// `mimamori relabel`: an approver of the party that sent a package lowers or raises its 機密性 (SD-CLS-3). The statement is
// signed over the very manifest that is stored; the package itself keeps the label that it was signed with.

package import MimamoriCore
import MimamoriWire

extension Session {
    /// `reason` stands in the signed statement, which the relay seals. Answers the level that it had so far. Whether the
    /// caller may decide is the relay's to judge.
    package func relabel(_ id: PackageID, to confidentiality: Int, reason: String) async throws -> Int {
        let words = reason.trimmed
        guard (1...Relabelling.longestReason).contains(words.count) else {
            throw ClientFailure(
                .content, message: Bilingual(ja: "理由がないか、長すぎます。", en: "The reason is missing or too long."),
                remedy: Bilingual(
                    ja: "格付を変える理由を、\(Relabelling.longestReason)字以内で書いてください。",
                    en: "Say in up to \(Relabelling.longestReason) characters why the label changes."))
        }
        let view = try await relay.package(id)
        let verified = try verify(view, id: id, needsApproval: false).manifest
        let present = view.relabelled ?? verified.manifest.label?.confidentiality ?? 0
        let statement = Relabelling(
            package: id, manifestSHA256: verified.digest, from: present, to: confidentiality, reason: words,
            decidedBy: home.settings.person, decidedAt: world.now())
        try await relay.submit(relabelling: client.sign(CanonicalJSON.encode(statement)), of: id)
        return present
    }
}
