// Text that came from somebody else, made safe to show: nothing in it can move the cursor, change the terminal or turn
// the direction of writing so that a line reads otherwise than it is (Unicode Standard Annex #9, "Trojan Source").

package enum PlainText {
    /// Control characters other than tab and line feed, and the invisible ones that reorder text.
    package static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0x2028...0x2029: true
        default: false
        }
    }

    /// Every such character replaced by U+FFFD.
    package static func safe(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 })
        return String(scalars)
    }

    /// As `safe`, on one line.
    package static func line(_ text: String) -> String {
        safe(text).replacing("\n", with: " ").replacing("\t", with: " ")
    }
}

extension String {
    /// Without white space and line ends at either end, full-width spaces included.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
