// Builds small files of many formats by hand, with and without what the inspection looks for. Names are made up.

import Foundation
import TestSupport

enum RawZip {
    /// An archive of these entries; a deflated one is compressed by stock gzip.
    static func archive(_ entries: [(name: String, content: String)], isDeflated: Bool = false) throws -> [UInt8] {
        try archive(entries.map { ($0.name, Array($0.content.utf8)) }, isDeflated: isDeflated)
    }

    static func archive(
        _ entries: [(name: String, content: [UInt8])], isDeflated: Bool = false, flags: Int = 0
    ) throws -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in entries {
            let data = isDeflated ? try RawDeflate.gzip(content) : content
            let common = joined(
                little(20, 2), little(flags, 2), little(isDeflated ? 8 : 0, 2), zeros(8), little(data.count, 4),
                little(content.count, 4), little(name.utf8.count, 2))
            directory += joined(
                little(0x0201_4B50, 4), little(20, 2), common, zeros(12), little(archive.count, 4), Array(name.utf8))
            archive += joined(little(0x0403_4B50, 4), common, zeros(2), Array(name.utf8), data)
        }
        let end = joined(
            little(0x0605_4B50, 4), zeros(4), little(entries.count, 2), little(entries.count, 2),
            little(directory.count, 4), little(archive.count, 4), zeros(2))
        return archive + directory + end
    }

    /// A Word document with these parts beside its list of types.
    static func word(_ parts: [(name: String, content: String)], isDeflated: Bool = false) throws -> [UInt8] {
        try archive([("[Content_Types].xml", "<Types/>")] + parts, isDeflated: isDeflated)
    }
}

func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
func big(_ value: Int, _ count: Int) -> [UInt8] { little(value, count).reversed() }
func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

/// One after the other; the compiler is slow at long sums of arrays.
func joined(_ parts: [UInt8]...) -> [UInt8] { Array(parts.joined()) }

enum RawDeflate {
    /// Raw DEFLATE, as gzip makes it, without its ten bytes of header and eight of trailer.
    static func gzip(_ content: [UInt8], level: Int = 9) throws -> [UInt8] {
        Array(try ForeignTool("gzip").run(["-n", "-c", "-\(level)"], input: content).dropFirst(10).dropLast(8))
    }

    /// With the two bytes that zlib puts before it.
    static func zlib(_ content: [UInt8]) throws -> [UInt8] { [0x78, 0x9C] + (try gzip(content)) + [0, 0, 0, 0] }
}

enum RawPicture {
    /// A TIFF of one directory. A value of more than four bytes stands behind it; GPS becomes a directory of its own.
    static func tiff(_ texts: [(tag: Int, text: String)], position: [Int] = [], isBigEndian: Bool = false) -> [UInt8] {
        let number = isBigEndian ? big : little
        let count = texts.count + (position.isEmpty ? 0 : 1)
        let place = 8 + 2 + count * 12 + 4
        var fields: [UInt8] = []
        var values: [UInt8] = []
        for (tag, text) in texts {
            let bytes = Array(text.utf8) + [0]
            let isInside = bytes.count <= 4
            let value = isInside ? bytes + zeros(4 - bytes.count) : number(place + values.count, 4)
            fields += joined(number(tag, 2), number(2, 2), number(bytes.count, 4), value)
            if !isInside { values += bytes }
        }
        if !position.isEmpty {
            fields += joined(number(0x8825, 2), number(4, 2), number(1, 4), number(place + values.count, 4))
            values += number(position.count, 2)
            for tag in position { values += joined(number(tag, 2), number(1, 2), number(4, 4), [2, 3, 0, 0]) }
            values += zeros(4)
        }
        let mark = Array((isBigEndian ? "MM\0*" : "II*\0").utf8)
        return joined(mark, number(8, 4), number(count, 2), fields, zeros(4), values)
    }

    static func jpeg(_ segments: [(marker: UInt8, content: [UInt8])] = []) -> [UInt8] {
        var bytes = joined([0xFF, 0xD8, 0xFF, 0xE0], big(16, 2), Array("JFIF\0".utf8), zeros(9))
        for (marker, content) in segments { bytes += joined([0xFF, marker], big(content.count + 2, 2), content) }
        return bytes + [0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]
    }

    static func jpeg(exif tiff: [UInt8]) -> [UInt8] { jpeg([(0xE1, Array("Exif\0\0".utf8) + tiff)]) }

    static func jpeg(xmp: String) -> [UInt8] { jpeg([(0xE1, Array("http://ns.adobe.com/xap/1.0/\0\(xmp)".utf8))]) }

    static func png(_ chunks: [(type: String, content: [UInt8])] = []) -> [UInt8] {
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        for (type, content) in [("IHDR", zeros(13))] + chunks + [("IDAT", [1, 2, 3]), ("IEND", [])] {
            bytes += joined(big(content.count, 4), Array(type.utf8), content, zeros(4))
        }
        return bytes
    }

    static func webP(_ chunks: [(type: String, content: [UInt8])]) -> [UInt8] {
        var body: [UInt8] = []
        for (type, content) in chunks {
            body += joined(Array(type.utf8), little(content.count, 4), content, zeros(content.count % 2))
        }
        return joined(Array("RIFF".utf8), little(body.count + 4, 4), Array("WEBP".utf8), body)
    }
}

enum RawPDF {
    /// A document of these objects, each the text between `obj` and `endobj`.
    static func document(_ objects: [String]) -> [UInt8] { document(objects.map { Array($0.utf8) }) }

    static func document(_ objects: [[UInt8]]) -> [UInt8] {
        let tree = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"]
        var bytes = Array("%PDF-1.7\n".utf8)
        for (index, object) in (tree.map { Array($0.utf8) } + objects).enumerated() {
            bytes += joined(Array("\(index + 1) 0 obj\n".utf8), object, Array("\nendobj\n".utf8))
        }
        return bytes + Array("trailer << /Root 1 0 R >>\n%%EOF\n".utf8)
    }

    /// An object whose stream is compressed.
    static func stream(_ dictionary: String, _ content: String) throws -> [UInt8] {
        let data = try RawDeflate.zlib(Array(content.utf8))
        let head = "<< \(dictionary) /Filter /FlateDecode /Length \(data.count) >>\nstream\r\n"
        return joined(Array(head.utf8), data, Array("\nendstream".utf8))
    }
}
