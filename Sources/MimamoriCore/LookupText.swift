// How names are compared in a lookup: one folded form for every width and script of the same reading, the spellings by
// which one party can be named, and the distance between a typed text and a spelling. The search itself is in Lookup.swift.

import Foundation

enum LookupText {
    /// White space removed, compatibility forms unified (NFKC: full-width letters and digits, half-width kana), ASCII in
    /// lower case, hiragana as katakana, and ヶ as ケ, which official and everyday spellings of place names mix.
    static func folded(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        where !scalar.properties.isWhitespace {
            folded.append(katakana(of: scalar))
        }
        return String(folded)
    }

    private static func katakana(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "\u{30F6}", "\u{3096}": "\u{30B1}"
        // Hiragana ぁ–ゔ lie 0x60 below their katakana (Unicode, blocks 3040 and 30A0).
        case "\u{3041}"..."\u{3094}": Unicode.Scalar(scalar.value + 0x60) ?? scalar
        default: scalar
        }
    }

    /// 三戸郡階上町 → 階上町, 青森県三戸郡階上町 → 青森県階上町; `nil` without a county. Addresses are often written with the county, which no code
    /// list of municipalities carries.
    static func withoutCounty(_ text: String) -> String? {
        guard let county = text.lastIndex(of: "郡"), county != text.startIndex else { return nil }
        let rest = text[text.index(after: county)...]
        guard !rest.isEmpty else { return nil }
        let prefecture = Prefecture.all.first { text.hasPrefix($0.name) }?.name ?? ""
        return prefecture + rest
    }
}

/// Every folded text that names one party.
struct Spellings {
    /// Those that name it fully: names, readings, code, alias addresses, the label that others call the slug.
    private(set) var exact: Set<String> = []
    /// Those that leave out the kind of local government: 八戸, ハチノヘ, `hachinohe`.
    private(set) var short: Set<String> = []

    private static let nameSuffixes = ["都", "府", "県", "市", "区", "町", "村"]
    private static let kanaSuffixes = ["チョウ", "マチ", "ムラ", "ソン", "ケン", "シ", "ク", "フ", "ト"]
    private static let slugSuffixes = ["-shi", "-ku", "-cho", "-machi", "-mura", "-son", "-ken", "-fu", "-to"]

    init(_ party: Party) {
        let inRealm = party.address.text.dropFirst(party.address.realm.count + 1)
        exact.insert(String(inRealm))
        for alias in party.aliases {
            let aliasInRealm = (inRealm.split(separator: "/").dropLast() + [alias[...]]).joined(separator: "/")
            exact.formUnion([aliasInRealm, "\(party.address.realm)/\(aliasInRealm)"])
        }
        if let code = party.code { exact.insert(code.text) }
        for name in [party.name, party.qualifiedName, party.nameInNotice ?? "", party.kana] where !name.isEmpty {
            exact.insert(LookupText.folded(name))
        }
        guard party.kind == .council else { return }
        for name in [party.name, party.qualifiedName] {
            short.formUnion(Self.without(Self.nameSuffixes, LookupText.folded(name)))
        }
        short.formUnion(Self.without(Self.kanaSuffixes, LookupText.folded(party.kana)))
        for slug in party.aliases + [String(inRealm)] { short.formUnion(Self.without(Self.slugSuffixes, slug)) }
    }

    /// The text without the first suffix that fits, or nothing.
    private static func without(_ suffixes: [String], _ text: String) -> [String] {
        suffixes.first { text.hasSuffix($0) && text.count > $0.count }.map { [String(text.dropLast($0.count))] } ?? []
    }
}

package enum EditDistance {
    /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other (optimal string
    /// alignment, L. Boytsov, "Indexing methods for approximate dictionary searching", 2011, §2.2).
    package static func between<Element: Equatable>(_ left: [Element], _ right: [Element]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let equal = left[row] == right[column]
                var best = min(last[column + 1] + 1, current[column] + 1, last[column] + (equal ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
