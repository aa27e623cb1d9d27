// Finds the party that a person means by what they type: address, alias, slug, six-digit code, Japanese name or kana
// (design §4). Nothing is guessed: a text that fits several parties lists them, one that fits none lists the nearest, so
// that a package goes to the organisation that was meant (SD-APR-10). How texts are folded is in LookupText.swift.

/// An index over parties; build it once and ask often.
package struct Lookup: Sendable {
    private let parties: [Party]
    /// Folded spellings to places in `parties`; a text is looked for in the first, then in the second …
    private let tiers: [[String: [Int]]]
    private let spellings: [[String]]

    package init(_ directory: Directory) { self.init(Array(directory.parties.values)) }

    /// Takes the parties in any order; answers are in the order of code and address.
    package init(_ parties: [Party]) {
        self.parties = parties.sorted { left, right in
            (left.code?.text ?? "~", left.address) < (right.code?.text ?? "~", right.address)
        }
        var exact: [String: [Int]] = [:]
        var short: [String: [Int]] = [:]
        var spellings: [[String]] = []
        for (place, party) in self.parties.enumerated() {
            let spelling = Spellings(party)
            for text in spelling.exact { exact[text, default: []].append(place) }
            for text in spelling.short { short[text, default: []].append(place) }
            spellings.append((spelling.exact.union(spelling.short)).sorted())
        }
        tiers = [
            Dictionary(uniqueKeysWithValues: self.parties.enumerated().map { ($1.address.text, [$0]) }), exact, short,
        ]
        self.spellings = spellings
    }

    package func find(_ typed: String) -> LookupResult {
        let text = LookupText.folded(typed)
        if let wrong = wrongCode(text) { return wrong }
        for tier in tiers {
            if let places = tier[text] ?? LookupText.withoutCounty(text).flatMap({ tier[$0] }) {
                return places.count == 1 ? .found(parties[places[0]]) : .ambiguous(places.map { parties[$0] })
            }
        }
        return .unknown(.notListed, nearest: nearest(to: text))
    }

    /// A text of six digits is a code and nothing else.
    private func wrongCode(_ text: String) -> LookupResult? {
        guard text.utf8.count == 6, text.utf8.allSatisfy((UInt8(48)...57).contains), CouncilCode(text) == nil else {
            return nil
        }
        return .unknown(.wrongCheckDigit, nearest: nearest(to: text))
    }

    /// At most five parties, nearest first: those with a spelling of which less than half had to be changed.
    private func nearest(to text: String) -> [Party] {
        let typed = Array(text.unicodeScalars)
        let ranked = spellings.enumerated().compactMap { place, spellings -> (share: Double, place: Int)? in
            let share = spellings.map { spelling in
                let scalars = Array(spelling.unicodeScalars)
                return Double(EditDistance.between(typed, scalars)) / Double(max(typed.count, scalars.count, 1))
            }.min()
            return share.flatMap { $0 <= 0.5 ? ($0, place) : nil }
        }
        return ranked.sorted { ($0.share, $0.place) < ($1.share, $1.place) }.prefix(5).map { parties[$0.place] }
    }
}

package enum LookupResult: Sendable, Hashable {
    package enum Cause: Sendable, Hashable {
        case notListed
        /// Six digits whose last one does not check the others: surely mistyped.
        case wrongCheckDigit
    }

    case found(Party)
    /// Two or more, in the order of code and address.
    case ambiguous([Party])
    /// At most five, nearest first.
    case unknown(Cause, nearest: [Party])

    /// What to tell the person who typed `text`; `nil` when the party was found.
    package func refusal(for text: String) -> Refusal? {
        switch self {
        case .found:
            return nil
        case .ambiguous(let candidates):
            return Refusal(
                .recipientUnknown, rule: "SD-APR-10",
                message: Bilingual(
                    ja: "「\(text)」に当てはまる相手が\(candidates.count)か所あります: \(list(candidates))",
                    en: "\"\(text)\" fits \(candidates.count) parties: \(list(candidates))"),
                remedy: Bilingual(
                    ja: "括弧内の宛先か、都道府県名を付けた名称で指定してください。",
                    en: "Name one by the address in brackets, or put the prefecture before the name."))
        case .unknown(let cause, let nearest):
            return Refusal(
                .recipientUnknown, rule: "SD-APR-10",
                message: cause == .wrongCheckDigit
                    ? Bilingual(
                        ja: "団体コード \(text) は検査数字が合いません。打ち間違いと思われます。",
                        en: "The check digit of the code \(text) is wrong; it seems mistyped.")
                    : Bilingual(ja: "「\(text)」は名簿にありません。", en: "\"\(text)\" is not in the directory."),
                remedy: nearest.isEmpty
                    ? Bilingual(
                        ja: "正式な名称、読み、団体コードのいずれかで探してください。協議会のない自治体は名簿にありません。",
                        en:
                            "Search by official name, reading or code. Local governments without a council are not listed."
                    )
                    : Bilingual(ja: "近いもの: \(list(nearest))", en: "Nearest: \(list(nearest))"))
        }
    }

    private func list(_ parties: [Party]) -> String {
        parties.map { "\($0.qualifiedName) (\($0.address))" }.joined(separator: ", ")
    }
}
