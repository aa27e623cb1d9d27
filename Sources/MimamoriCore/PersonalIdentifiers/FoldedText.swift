// One form for every width and spelling of the same character, so that each pattern is written once: full-width and
// mathematical letters and digits as ASCII, every hyphen as one, half-width kana as full-width, radicals that a PDF gives
// for 生 and 日 as the ideographs. Each folded scalar remembers which character of the original it came from.

import Foundation

struct FoldedText {
    /// One for each visible character of the original.
    private(set) var scalars: [Unicode.Scalar] = []
    /// The place, in characters, of each scalar; as many as `scalars`, ascending.
    private var origins: [Int] = []

    init(_ text: String) {
        scalars.reserveCapacity(text.utf8.count / 2)
        var place = 0
        for character in text {
            if let scalar = Self.folded(character) {
                scalars.append(scalar)
                origins.append(place)
            }
            place += 1
        }
    }

    /// The characters of the original that a range of folded scalars came from.
    func original(_ range: Range<Int>) -> Range<Int> {
        guard let first = range.first, let last = range.last else { return 0..<0 }
        return origins[first]..<origins[last] + 1
    }

    /// `nil` for a character that nobody sees, such as a zero-width space between two digits.
    static func folded(_ character: Character) -> Unicode.Scalar? {
        if let ascii = character.asciiValue { return Unicode.Scalar(ascii) }
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return nil }
        let base = folded(first)
        // か and a combining voice mark are one character and read が.
        if first.isKanaBase, let mark = scalars.dropFirst().first {
            let shift: UInt32 =
                switch mark {
                case "\u{3099}", "\u{FF9E}": 1
                case "\u{309A}", "\u{FF9F}": 2
                default: 0
                }
            return base.flatMap { Unicode.Scalar($0.value + shift) }
        }
        return base
    }

    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x3040...0x30FA, 0x30FC...0x30FF, 0x4E00...0x9FFF, 0x3400...0x4DBF: return scalar
        case 0x2010...0x2015, 0x2043, 0x2212, 0x2500, 0x2501, 0xFE58, 0xFE63, 0xFF0D: return "-"
        case 0x301C, 0x223C, 0x223E, 0xFF5E: return "~"
        case 0xFF01...0xFF5D: return Unicode.Scalar(scalar.value - 0xFEE0)
        case 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return " "
        case 0x2028, 0x2029, 0x85: return "\n"
        // Half-width kana, letters in mathematical fonts, radicals and compatibility ideographs.
        case 0xFF61...0xFF9F, 0x1D400...0x1D7FF, 0x2E80...0x2FDF, 0xF900...0xFAFF:
            return String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars.first
        default: return scalar.properties.isDefaultIgnorableCodePoint ? nil : scalar
        }
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { value >= 0x30 && value <= 0x39 }
    /// A to Z in either case.
    var isLetter: Bool { (value | 0x20) >= 0x61 && (value | 0x20) <= 0x7A }
    var isCapital: Bool { value >= 0x41 && value <= 0x5A }
    /// An ideograph, with 々 and the ヶ of place names left to the caller.
    var isKanji: Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3005, 0x20000...0x3FFFF: true
        default: false
        }
    }
    var isHiragana: Bool { value >= 0x3041 && value <= 0x309F }
    /// With the long vowel mark.
    var isKatakana: Bool { (value >= 0x30A1 && value <= 0x30FA) || value == 0x30FC }
    /// Between two figures the long vowel mark is a hyphen that was typed in kana mode.
    var isHyphen: Bool { self == "-" || self == "\u{30FC}" }
    /// A letter of a place name or a person's name, as offices write them.
    var isWordLetter: Bool { isKanji || isKatakana || isHiragana }

    fileprivate var isKanaBase: Bool {
        (value >= 0x304B && value <= 0x307B) || (value >= 0x30AB && value <= 0x30DB)
            || (value >= 0xFF76 && value <= 0xFF8E)
    }
}
