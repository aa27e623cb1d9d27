// The central directory of a ZIP archive (APPNOTE 6.3), with the parts of ZIP64 that large archives need, and the content
// of single entries. Only the directory says what an archive holds; what lies between its entries is not looked at.

struct ZipDirectory {
    struct Entry {
        let name: String
        let isEncrypted: Bool
        let method: Int
        let compressedBytes: Int64
        let headerOffset: Int64
    }

    let entries: [Entry]
    private let archive: AttachmentBytes

    /// A directory beyond this is not an Office document's.
    private static let directoryLimit: Int64 = 16 * 1024 * 1024
    private static let endBytes = 22
    private static let endSignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]

    init(_ archive: AttachmentBytes) throws {
        self.archive = archive
        let (offset, length) = try Self.place(in: archive)
        guard length <= Self.directoryLimit else { throw UnreadableContent() }
        let bytes = try archive.read(at: offset, exactly: Int(length))
        var fields = LittleEndian(bytes)
        var entries: [Entry] = []
        while fields.rest > 0 { entries.append(try Self.entry(&fields)) }
        self.entries = entries
    }

    /// The content of an entry, decompressed, until `piece` says false.
    func stream(_ entry: Entry, _ piece: (ArraySlice<UInt8>) throws -> Bool) throws {
        guard !entry.isEncrypted else { throw UnreadableContent() }
        var header = LittleEndian(try archive.read(at: entry.headerOffset, exactly: 30))
        guard try header.number(4) == 0x0403_4B50 else { throw UnreadableContent() }
        try header.skip(22)
        let start = entry.headerOffset + 30 + (try header.number(2)) + (try header.number(2))
        let end = start + entry.compressedBytes
        guard start >= 0, end >= start, end <= archive.count else { throw UnreadableContent() }
        switch entry.method {
        case 0:
            var place = start
            while place < end {
                let bytes = try archive.read(at: place, upTo: Int(min(64 * 1024, end - place)))
                guard !bytes.isEmpty, try piece(bytes[...]) else { return }
                place += Int64(bytes.count)
            }
        case 8: try Inflate.stream(archive, from: start, to: end, piece)
        default: throw UnreadableContent()
        }
    }

    /// The first bytes of an entry's content.
    func prefix(_ entry: Entry, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try stream(entry) { piece in
            bytes += piece.prefix(limit - bytes.count)
            return bytes.count < limit
        }
        return bytes
    }

    /// Where the directory is, by the record at the archive's end (4.3.16, 4.3.14, 4.3.15).
    private static func place(in archive: AttachmentBytes) throws -> (offset: Int64, length: Int64) {
        let tailStart = max(0, archive.count - Int64(endBytes + 0xFFFF))
        let tail = try archive.read(at: tailStart, upTo: endBytes + 0xFFFF)
        let last = tail.indices.last { index in
            index + endBytes <= tail.count && tail[index...].starts(with: endSignature)
        }
        guard let last else { throw UnreadableContent() }
        var end = LittleEndian(Array(tail[last...]))
        try end.skip(12)
        let (length, offset) = (try end.number(4), try end.number(4))
        guard length == 0xFFFF_FFFF || offset == 0xFFFF_FFFF else { return (offset, length) }
        var locator = LittleEndian(try archive.read(at: tailStart + Int64(last) - 20, exactly: 20))
        guard try locator.number(4) == 0x0706_4B50 else { throw UnreadableContent() }
        try locator.skip(4)
        var end64 = LittleEndian(try archive.read(at: try locator.number(8), exactly: 56))
        guard try end64.number(4) == 0x0606_4B50 else { throw UnreadableContent() }
        try end64.skip(36)
        let length64 = try end64.number(8)
        return (try end64.number(8), length64)
    }

    /// 4.3.12.
    private static func entry(_ fields: inout LittleEndian) throws -> Entry {
        guard try fields.number(4) == 0x0201_4B50 else { throw UnreadableContent() }
        try fields.skip(4)
        let flags = try fields.number(2)
        let method = Int(try fields.number(2))
        try fields.skip(8)
        var compressed = try fields.number(4)
        let uncompressed = try fields.number(4)
        let (nameLength, extraLength, commentLength) = (
            Int(try fields.number(2)), Int(try fields.number(2)), Int(try fields.number(2))
        )
        try fields.skip(8)
        var offset = try fields.number(4)
        let name = String(decoding: try fields.bytes(nameLength), as: UTF8.self)
        var extra = LittleEndian(try fields.bytes(extraLength))
        try fields.skip(commentLength)
        while extra.rest >= 4 {
            let (id, length) = (try extra.number(2), Int(try extra.number(2)))
            var field = LittleEndian(try extra.bytes(min(length, extra.rest)))
            guard id == 1 else { continue }
            // 4.5.3: only the fields that did not fit stand here, in this order.
            if uncompressed == 0xFFFF_FFFF { try field.skip(8) }
            if compressed == 0xFFFF_FFFF { compressed = try field.number(8) }
            if offset == 0xFFFF_FFFF { offset = try field.number(8) }
        }
        return Entry(
            name: name, isEncrypted: flags & 1 == 1, method: method, compressedBytes: compressed, headerOffset: offset)
    }
}

/// Numbers of a binary structure, one after the other, the lowest byte first.
struct LittleEndian {
    private let content: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { content = bytes }

    var rest: Int { content.count - index }

    mutating func bytes(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= rest else { throw UnreadableContent() }
        defer { index += count }
        return Array(content[index..<index + count])
    }

    mutating func skip(_ count: Int) throws { _ = try bytes(count) }

    /// Of at most eight bytes; one that no file's size could reach is no number.
    mutating func number(_ count: Int) throws -> Int64 {
        let value = try bytes(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard value < 1 << 60 else { throw UnreadableContent() }
        return Int64(value)
    }
}
