// Makes tar archives by hand, right ones and every kind of wrong one, for the tests of the reader.

import Foundation

/// One entry with every field open to lies.
struct RawEntry {
    var name: [UInt8]
    var type: UInt8 = UInt8(ascii: "0")
    var content: [UInt8] = []
    var size: String?
    var linkName = ""
    var prefix = ""
    var magic = Array("ustar\u{0}00".utf8)
    var checksumOffset = 0

    init(_ name: String, _ content: String = "x", type: Character = "0") {
        self.name = Array(name.utf8)
        self.content = Array(content.utf8)
        self.type = type.asciiValue ?? 0
    }

    static func with(_ name: String, _ content: String = "x", _ change: (inout RawEntry) -> Void) -> RawEntry {
        var entry = RawEntry(name, content)
        change(&entry)
        return entry
    }

    /// A pax header with these records, each `key=value`.
    static func pax(_ records: [String]) -> RawEntry {
        var entry = RawEntry("PaxHeaders/x", "", type: "x")
        entry.content = records.flatMap { record -> [UInt8] in
            var length = record.utf8.count + 3
            while "\(length) \(record)\n".utf8.count != length { length += 1 }
            return Array("\(length) \(record)\n".utf8)
        }
        return entry
    }

    var bytes: [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: [UInt8], _ offset: Int) { block.replaceSubrange(offset..<offset + text.count, with: text) }
        put(name, 0)
        put(Array("0000600\u{0}0000000\u{0}0000000\u{0}".utf8), 100)
        let octal = String(content.count, radix: 8)
        put(Array((size ?? String(repeating: "0", count: 11 - octal.count) + octal).utf8), 124)
        put(Array("00000000000".utf8), 136)
        block[156] = type
        put(Array(linkName.utf8), 157)
        put(magic, 257)
        put(Array(prefix.utf8), 345)
        put(Array("        ".utf8), 148)
        let sum = block.reduce(checksumOffset) { $0 + Int($1) }
        let digits = String(sum, radix: 8)
        put(Array((String(repeating: "0", count: 6 - digits.count) + digits + "\u{0} ").utf8), 148)
        return block + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }
}

enum RawTar {
    static let end = [UInt8](repeating: 0, count: 1024)

    static func archive(_ entries: [RawEntry]) -> [UInt8] { entries.flatMap(\.bytes) + end }
}
