// Information about no individual (N6): bulletins, notices and requests that name nobody are searched for personal
// identifiers by the client, which alone can read them; the relay wants its signed word.

extension PackageKind {
    /// Kinds whose text must hold no personal identifier.
    package var isAboutNobody: Bool { self == .bulletin || self == .notice || self == .request }
}

extension PolicyRule {
    // N6: general information on methods, types of victims and places; about no individual.
    static let nobodyIsIdentified = PolicyRule("nobody-is-identified", "N6") { manifest, _ in
        guard manifest.kind.isAboutNobody, manifest.request?.namesPerson != true else { return nil }
        func refusal(_ ja: String, _ en: String) -> Refusal {
            Refusal(
                .screeningMissing, rule: "N6",
                message: Bilingual(
                    ja: "個人が分かる記載の有無が確かめられていません: \(ja)", en: "Whether it identifies a person is not settled: \(en)"),
                remedy: Bilingual(
                    ja: "mimamori queue で作り直してください。個人の情報は「見守り対象者に関する情報」で送ります。",
                    en: "Make it anew with mimamori queue. What is about a person goes as a referral."))
        }
        guard let screening = manifest.screening else {
            return refusal("確かめた結果がありません。", "the result of the search is missing.")
        }
        guard screening.places >= 0, (screening.places == 0) == (screening.outcome == .clean) else {
            return refusal("結果と件数が合いません。", "its outcome and its count do not agree.")
        }
        return nil
    }
}
