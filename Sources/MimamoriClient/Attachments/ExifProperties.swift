// Exif (CIPA DC-008) as it stands in photographs of every format: a small TIFF of its own. Which tags are there and are not
// empty says whether a position, a device or a person is told; no value is kept.

struct ExifProperties {
    typealias Kind = AttachmentInspection.MetadataKind

    private let bytes: AttachmentBytes
    private let isBigEndian: Bool
    private var kinds: Set<Kind> = []
    /// IFDs that were looked at, so that a chain that bites its tail ends.
    private var seen: Set<Int64> = []

    /// A photograph has five; more is no photograph.
    private static let directoryLimit = 64

    /// The kinds told by the TIFF that begins at the first byte.
    static func kinds(in bytes: AttachmentBytes) throws -> Set<Kind> {
        var properties = try ExifProperties(bytes)
        try properties.look(at: Int64(try properties.number(at: 4, bytes: 4)), as: .main)
        return properties.kinds
    }

    private enum Directory { case main, exif, position }

    private struct Field {
        let tag: Int
        let type: Int
        let count: Int64
        /// The place of the value, inside the field or elsewhere.
        let place: Int64
    }

    private init(_ bytes: AttachmentBytes) throws {
        self.bytes = bytes
        switch try bytes.read(at: 0, upTo: 4) {
        case Array("II*\0".utf8): isBigEndian = false
        case Array("MM\0*".utf8): isBigEndian = true
        default: throw UnreadableContent()
        }
    }

    private mutating func look(at offset: Int64, as directory: Directory) throws {
        guard offset > 0, seen.insert(offset).inserted else { return }
        guard seen.count <= Self.directoryLimit else { throw UnreadableContent() }
        let count = try number(at: offset, bytes: 2)
        for index in 0..<Int64(count) { try take(try field(at: offset + 2 + index * 12), in: directory) }
        // The other directories of the chain are further pictures: thumbnails, pages.
        let next = try bytes.read(at: offset + 2 + Int64(count) * 12, upTo: 4)
        if directory == .main, next.count == 4 { try look(at: Int64(value(next)), as: .main) }
    }

    private mutating func take(_ field: Field, in directory: Directory) throws {
        switch (directory, field.tag) {
        case (.main, 0x8769): try look(at: Int64(try number(at: field.place, bytes: 4)), as: .exif)
        case (.main, 0x8825): try look(at: Int64(try number(at: field.place, bytes: 4)), as: .position)
        case (.position, 0): break  // The version of the standard alone is no position.
        case (.position, _): kinds.insert(.position)
        case (.main, 0x02BC):
            let packet = try bytes.read(at: field.place, upTo: Int(min(field.count, 1024 * 1024)))
            kinds.formUnion(MarkedProperties.kinds(in: packet[...], MarkedProperties.xmp))
        default:
            if let kind = Self.tags[field.tag], try hasText(field) { kinds.insert(kind) }
        }
    }

    private func field(at offset: Int64) throws -> Field {
        let type = Int(try number(at: offset + 2, bytes: 2))
        let count = Int64(try number(at: offset + 4, bytes: 4))
        let length = count * Int64(Self.sizes[type] ?? 1)
        let place = length <= 4 ? offset + 8 : Int64(try number(at: offset + 8, bytes: 4))
        return Field(tag: Int(try number(at: offset, bytes: 2)), type: type, count: count, place: place)
    }

    /// Whether anything but spaces and zeros stands there; a comment begins with the name of its encoding.
    private func hasText(_ field: Field) throws -> Bool {
        let length = min(field.count * Int64(Self.sizes[field.type] ?? 1), 4096)
        let text = try bytes.read(at: field.place, upTo: Int(length))
        let content = field.tag == 0x9286 ? text.dropFirst(8) : text[...]
        return content.contains { $0 > 0x20 }
    }

    private func number(at offset: Int64, bytes count: Int) throws -> UInt32 {
        value(try bytes.read(at: offset, exactly: count))
    }

    private func value(_ bytes: [UInt8]) -> UInt32 {
        (isBigEndian ? bytes : bytes.reversed()).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// TIFF 6.0, the bytes of one value of each type.
    private static let sizes = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8]

    private static let tags: [Int: Kind] = [
        0x013B: .author, 0x8298: .author, 0x9C9D: .author, 0xA430: .author, 0x010E: .title, 0x9C9B: .title,
        0x9C9C: .comments, 0x9286: .comments, 0x9C9E: .otherProperties, 0x9C9F: .title, 0x010F: .device,
        0x0110: .device, 0xA431: .device, 0xA435: .device, 0xC62F: .device, 0x927C: .device,
        0x013C: .device, 0x0131: .producerOrTool,
    ]
}
