// Writes the content of a package as a tar: `record.json` first, then `attachments/NAME`. POSIX.1-1988 ustar headers,
// with a POSIX.1-2001 pax record where a name is long or not ASCII or a size needs it; stock `tar` reads it. The writer
// makes headers and padding only, the bytes of a file go by it, so that memory stays flat. Reading is TarReader.swift's,
// where the content goes is the caller's.

package import MimamoriCore

/// The names in a content tar, and what they may be.
package enum ContentName {
    package static let record = "record.json"
    package static let attachments = "attachments/"

    /// Why `name` cannot be an attachment's name, if it cannot. `name` is one path component in NFC.
    ///
    /// Refused are empty names, `.` and `..`, slashes and backslashes, control characters, invisible characters that
    /// turn the direction of text (a name must show what it is), and names longer than
    /// `ContentLimits.attachmentNameBytes`.
    package static func flaw(of name: String) -> Bilingual? {
        if name.isEmpty || name == "." || name == ".." {
            return Bilingual(ja: "名前が空か「.」「..」です。", en: "the name is empty, \".\" or \"..\".")
        }
        if name.utf8.count > ContentLimits.attachmentNameBytes {
            return Bilingual(
                ja: "名前が長すぎます（UTF-8 で\(ContentLimits.attachmentNameBytes)バイトまで）。",
                en: "the name is too long (at most \(ContentLimits.attachmentNameBytes) bytes of UTF-8).")
        }
        if name.utf8.contains(UInt8(ascii: "/")) || name.utf8.contains(UInt8(ascii: "\\")) {
            return Bilingual(ja: "名前に「/」か「\\」があります。", en: "the name holds \"/\" or \"\\\".")
        }
        let hidden = name.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
            default: false
            }
        }
        return hidden
            ? Bilingual(
                ja: "名前に制御文字や見えない文字があります。", en: "the name holds control characters or invisible characters.") : nil
    }
}

package enum Tar {
    static let blockBytes = 512
    /// Two blocks of zeros end an archive.
    package static let end = [UInt8](repeating: 0, count: 2 * blockBytes)
    /// What eleven octal digits hold.
    private static let largestOctal: Int64 = 0o777_7777_7777

    /// The header blocks of one regular file: a pax record first where it is needed.
    package static func header(name: String, bytes: Int64, modified: Timestamp) -> [UInt8] {
        var records: [UInt8] = []
        let plain = name.utf8.count <= 100 && name.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        if !plain { records += paxRecord("path", name) }
        if bytes > largestOctal { records += paxRecord("size", String(bytes)) }
        let seconds = max(0, modified.milliseconds / 1000)
        guard !records.isEmpty else {
            return block(name: Array(name.utf8), bytes: bytes, seconds: seconds, type: UInt8(ascii: "0"))
        }
        let size = Int64(records.count)
        return block(name: Array("PaxHeaders/entry".utf8), bytes: size, seconds: seconds, type: UInt8(ascii: "x"))
            + records + padding(after: size)
            + block(
                name: plain ? Array(name.utf8) : Array("entry".utf8), bytes: min(bytes, largestOctal), seconds: seconds,
                type: UInt8(ascii: "0"))
    }

    /// Zeros from the end of a file's bytes to the next block.
    package static func padding(after bytes: Int64) -> [UInt8] {
        [UInt8](repeating: 0, count: paddingCount(after: bytes))
    }

    static func paddingCount(after bytes: Int64) -> Int {
        let rest = Int(bytes % Int64(blockBytes))
        return rest == 0 ? 0 : blockBytes - rest
    }

    /// How long the whole tar of these files will be.
    package static func length(of files: [(name: String, bytes: Int64)], modified: Timestamp) -> Int64 {
        files.reduce(Int64(end.count)) { sum, file in
            sum + Int64(header(name: file.name, bytes: file.bytes, modified: modified).count) + file.bytes
                + Int64(paddingCount(after: file.bytes))
        }
    }

    /// `<length> <key>=<value>\n`, the length counting itself.
    private static func paxRecord(_ key: String, _ value: String) -> [UInt8] {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count
        while length != rest.utf8.count + String(length).utf8.count {
            length = rest.utf8.count + String(length).utf8.count
        }
        return Array("\(length)\(rest)".utf8)
    }

    /// One ustar header: owner and group 0 and mode 0600, so that nothing of the sender's machine travels.
    private static func block(name: [UInt8], bytes: Int64, seconds: Int64, type: UInt8) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockBytes)
        func put(_ text: some Collection<UInt8>, at offset: Int) {
            block.replaceSubrange(offset..<offset + text.count, with: text)
        }
        put(name, at: 0)
        put(octal(0o600, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(octal(bytes, digits: 11), at: 124)
        put(octal(seconds, digits: 11), at: 136)
        block[156] = type
        put(Array("ustar\u{0}00".utf8), at: 257)
        put(octal(checksum(of: block[...]), digits: 6), at: 148)
        block[155] = UInt8(ascii: " ")
        return block
    }

    private static func octal(_ value: Int64, digits: Int) -> [UInt8] {
        let text = String(value, radix: 8)
        return Array((String(repeating: "0", count: digits - text.utf8.count) + text).utf8)
    }

    /// The sum of a header's bytes with its own checksum field read as spaces.
    static func checksum(of block: ArraySlice<UInt8>) -> Int64 {
        var sum: Int64 = 0
        for (offset, byte) in block.enumerated() { sum += (148..<156).contains(offset) ? 32 : Int64(byte) }
        return sum
    }
}
