// How many columns a text takes on a terminal: full-width characters take two (Unicode Standard Annex #11, wide and
// full-width; ambiguous ones count as two where Japanese terminals show them so). Templates, records and tables wrap
// and align by it. The table is the blocks that Japanese office text uses, not the whole of the annex.

package enum DisplayWidth {
    package static func of(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: 0
        case 0x300...0x36F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0x3099...0x309A, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            2
        // Ambiguous: circled digits, ※, ○, ●, → and their kin are drawn full-width in Japanese fonts.
        case 0x203B, 0x2190...0x2193, 0x2460...0x24FF, 0x25A0...0x25FF, 0x2605...0x2606: 2
        default: 1
        }
    }

    /// Pads with spaces to `columns`; a longer text stays as it is.
    package static func pad(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - of(text)))
    }

    /// Cuts to `columns`, with … where something was left out.
    package static func cut(_ text: String, to columns: Int) -> String {
        guard of(text) > columns else { return text }
        var kept = ""
        for character in text {
            guard of(kept) + of(String(character)) <= columns - 1 else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// Breaks into lines of at most `columns`: between words where there are spaces, anywhere between full-width
    /// characters, but not before 。、）」 and the like, which may hang over by one (行頭禁則).
    package static func wrap(_ text: String, columns: Int) -> [String] {
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            for unit in units(of: paragraph) {
                let fits = of(line) + of(unit.trimmingTrailingSpaces) <= columns
                if fits || line.isEmpty || unit.first.map(neverFirst.contains) == true {
                    line += unit
                } else {
                    lines.append(line.trimmingTrailingSpaces)
                    line = unit.first == " " ? String(unit.drop { $0 == " " }) : unit
                }
            }
            lines.append(line.trimmingTrailingSpaces)
        }
        return lines
    }

    private static let neverFirst: Set<Character> = [
        "。", "、", "）", "」", "』", "】", "，", "．", "・", "ー", "々", "？", "！", ")", "〜", "っ", "ゃ", "ゅ", "ょ", "ッ", "ャ", "ュ",
        "ョ",
    ]
    private static let neverLast: Set<Character> = ["（", "「", "『", "【", "("]

    /// The pieces between which a line may break.
    private static func units(of text: Substring) -> [String] {
        var units: [String] = []
        for character in text {
            let isWide = of(String(character)) == 2
            guard let last = units.last?.last else {
                units.append(String(character))
                continue
            }
            let breaks = isWide || of(String(last)) == 2 || (last == " " && character != " ")
            if breaks && !neverLast.contains(last) {
                units.append(String(character))
            } else {
                units[units.count - 1].append(character)
            }
        }
        return units
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}
