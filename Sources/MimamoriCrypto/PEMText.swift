// Splits a PEM text (RFC 7468) into its blocks, because OpenSSL's readers stop silently at the first block they do not
// understand and a trust store must not lose a root that way. Decoding a block is left to OpenSSL.

enum PEMText {
    /// Each block with this label, its BEGIN and END lines included; text between blocks is skipped.
    static func blocks(of text: String, labelled label: String) -> [String] {
        var blocks: [String] = []
        var lines: [Substring]?
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("-----BEGIN \(label)-----") { lines = [] }
            lines?.append(line)
            if line.hasPrefix("-----END \(label)-----"), let whole = lines {
                blocks.append(whole.joined(separator: "\n") + "\n")
                lines = nil
            }
        }
        return blocks
    }
}
