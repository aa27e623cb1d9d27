// The fields of a tar that TarReader decides by: one ustar header block, pax records, and what a path may be. Every
// field is read strictly, so that two readers cannot see two different archives.

import Foundation

/// One header block, checked.
struct TarHeader {
    let path: String
    let size: Int64
    let type: UInt8

    init(_ block: [UInt8]) throws(TarFlaw) {
        let magic = block[257..<265]
        guard magic.elementsEqual(Array("ustar\u{0}00".utf8)) else {
            throw magic.elementsEqual(Array("ustar  \u{0}".utf8)) ? .gnuExtension : .badHeader
        }
        guard try Self.octal(block[148..<156]) == Tar.checksum(of: block[...]) else { throw .badChecksum }
        type = block[156] == 0 ? UInt8(ascii: "0") : block[156]
        try Self.check(type)
        guard block[157..<257].allSatisfy({ $0 == 0 }) else { throw .link }
        size = try Self.octal(block[124..<136])
        let name = try Self.text(block[0..<100])
        let prefix = try Self.text(block[345..<500])
        path = prefix.isEmpty ? name : prefix + "/" + name
    }

    private static func check(_ type: UInt8) throws(TarFlaw) {
        switch type {
        case UInt8(ascii: "0"), UInt8(ascii: "5"), UInt8(ascii: "x"): return
        case UInt8(ascii: "1"), UInt8(ascii: "2"): throw .link
        case UInt8(ascii: "3"), UInt8(ascii: "4"): throw .device
        case UInt8(ascii: "6"): throw .fifo
        case UInt8(ascii: "g"): throw .globalHeader
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): throw .gnuExtension
        default: throw .unknownType
        }
    }

    /// Text up to the first NUL; only NULs after it.
    private static func text(_ field: ArraySlice<UInt8>) throws(TarFlaw) -> String {
        let bytes = field.prefix { $0 != 0 }
        guard field.dropFirst(bytes.count).allSatisfy({ $0 == 0 }) else { throw .badName }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    /// Octal digits, with spaces before and a space or NUL after; GNU's base-256 is refused.
    private static func octal(_ field: ArraySlice<UInt8>) throws(TarFlaw) -> Int64 {
        let digits = field.drop { $0 == 32 }.prefix { $0 != 32 && $0 != 0 }
        let rest = field.drop { $0 == 32 }.dropFirst(digits.count)
        guard digits.allSatisfy({ (48...55).contains($0) }), rest.allSatisfy({ $0 == 32 || $0 == 0 }) else {
            throw .badNumber
        }
        return digits.reduce(0) { $0 << 3 | Int64($1 - 48) }
    }
}

/// `<length> <key>=<value>\n`, again and again.
enum PaxRecords {
    /// Keys that say nothing about where and how large a file is; they are read over.
    private static let harmless: Set<String> = [
        "mtime", "atime", "ctime", "uid", "gid", "uname", "gname", "comment", "LIBARCHIVE.creationtime", "SCHILY.dev",
        "SCHILY.ino", "SCHILY.nlink",
    ]

    static func read(_ bytes: [UInt8]) throws(TarFlaw) -> [String: String] {
        var records: [String: String] = [:]
        var rest = bytes[...]
        while !rest.isEmpty {
            let digits = rest.prefix { (48...57).contains($0) }
            guard (1...6).contains(digits.count), let length = Int(String(decoding: digits, as: UTF8.self)),
                length > digits.count + 3, length <= rest.count
            else { throw .badPaxRecord }
            let record = rest.prefix(length)
            rest = rest.dropFirst(length)
            let body = record.dropFirst(digits.count)
            guard body.first == 32, body.last == 10, let equals = body.firstIndex(of: UInt8(ascii: "=")) else {
                throw .badPaxRecord
            }
            let value = body[(equals + 1)...].dropLast()
            guard let key = String(validating: body[..<equals].dropFirst(), as: UTF8.self) else { throw .badPaxRecord }
            if harmless.contains(key) { continue }
            guard key == "path" || key == "size" else {
                throw key.hasPrefix("GNU.") ? .gnuExtension : key == "linkpath" ? .link : .badPaxRecord
            }
            guard !value.isEmpty, records[key] == nil else { throw .badPaxRecord }
            guard !value.contains(0) else { throw .badName }
            guard let text = String(validating: value, as: UTF8.self) else { throw .notUTF8 }
            records[key] = text
        }
        // A pax header that says nothing of path or size is legal: it carried times only.
        return records
    }

    static func size(_ text: String) throws(TarFlaw) -> Int64 {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let size = Int64(text) else { throw .badNumber }
        return size
    }
}

/// What a path in a content tar may be.
enum ContentPath {
    static func entry(_ path: String) throws(TarFlaw) -> TarReader.Entry {
        if path.utf8.first == UInt8(ascii: "/") { throw .absolutePath }
        // Characters can swallow a slash or a backslash (one with a combining mark is another Character): bytes do not.
        let components = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        if components.contains("..") { throw .parentComponent }
        if components.contains(where: { $0.isEmpty || $0 == "." }) { throw .emptyComponent }
        if path == ContentName.record { return .record }
        guard components.count == 2, components[0] == ContentName.attachments.dropLast() else {
            throw path.utf8.contains(UInt8(ascii: "\\")) ? .badName : .notAllowed
        }
        let name = components[1].precomposedStringWithCanonicalMapping
        guard ContentName.flaw(of: name) == nil else { throw .badName }
        return .attachment(name)
    }

    /// Two names with one key would be one file on some file system: NFC, and no difference of case.
    static func key(_ entry: TarReader.Entry) -> String {
        switch entry {
        case .record: ContentName.record
        case .attachment(let name): ContentName.attachments + key(name)
        }
    }

    static func key(_ name: String) -> String {
        name.precomposedStringWithCanonicalMapping.lowercased().precomposedStringWithCanonicalMapping
    }
}
