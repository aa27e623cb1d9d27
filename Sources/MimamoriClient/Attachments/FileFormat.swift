// What kind of file it is, by its first bytes and never by its name. A file that is neither a known format nor text is
// unknown, and what is unknown is not let through unseen.

enum FileFormat: Equatable {
    case empty, text, markup, pdf, zip
    /// OLE: Office before 2007, .msg, .msi, and encrypted Office files.
    case compoundFile
    case richText, jpeg, png, tiff
    case webP
    /// HEIC, MP4, MOV.
    case mediaContainer
    /// Formats that have no place for anything but the picture: BMP.
    case bitmap
    case program(AttachmentInspection.ExecutableKind)
    case unknown

    private static let headBytes = 4096

    init(_ bytes: AttachmentBytes) throws {
        let head = try bytes.read(at: 0, upTo: Self.headBytes)
        self =
            if head.isEmpty {
                .empty
            } else if let kind = try Self.program(head, of: bytes) {
                .program(kind)
            } else if let known = Self.known(head) {
                known
            } else {
                Self.isText(head) ? (Self.isMarkup(head) ? .markup : .text) : .unknown
            }
    }

    private static func program(
        _ head: [UInt8], of bytes: AttachmentBytes
    ) throws -> AttachmentInspection.ExecutableKind? {
        if head.starts(with: [0x7F, 0x45, 0x4C, 0x46]) { return .elf }
        if machO.contains(where: { head.starts(with: $0) }) { return .machO }
        if head.starts(with: [0xCA, 0xFE, 0xBA, 0xBE]) {
            // The same four bytes begin a Java class, whose version (45 and up) follows, and a Mach-O for several machines,
            // which says for how many.
            return head.count >= 8 && head[4] == 0 && head[5] == 0 && head[6] == 0 && head[7] < 45 ? .machO : .java
        }
        if head.starts(with: shortcut) { return .shortcut }
        let script = head.starts(with: utf8Mark) ? head.dropFirst(3) : head[...]
        if script.starts(with: Array("#!".utf8)) { return .script }
        if head.starts(with: Array("MZ".utf8)) { return try isWindows(head, bytes) ? .windows : nil }
        return nil
    }

    /// MZ, and either a newer header where the old one says, or bytes that no text has.
    private static func isWindows(_ head: [UInt8], _ bytes: AttachmentBytes) throws -> Bool {
        guard head.count >= 64 else { return !isText(head) }
        let offset = Int64(head[60]) | Int64(head[61]) << 8 | Int64(head[62]) << 16 | Int64(head[63]) << 24
        let newer = try bytes.read(at: offset, upTo: 2)
        return ["PE", "NE", "LE", "LX"].contains { newer == Array($0.utf8) } || !isText(head)
    }

    private static func known(_ head: [UInt8]) -> FileFormat? {
        if let match = magics.first(where: { head.starts(with: $0.magic) }) { return match.format }
        // Readers take a PDF whose header stands within the first kilobyte.
        if head.prefix(1024).firstRange(of: Array("%PDF-".utf8)) != nil { return .pdf }
        if head.starts(with: Array("RIFF".utf8)), head.dropFirst(8).starts(with: Array("WEBP".utf8)) { return .webP }
        if head.dropFirst(4).starts(with: Array("ftyp".utf8)) { return .mediaContainer }
        if head.starts(with: Array("BM".utf8)), head.dropFirst(6).starts(with: [0, 0, 0, 0]) { return .bitmap }
        return nil
    }

    /// No control characters but those of texts, in any encoding that Japanese offices use.
    private static func isText(_ head: [UInt8]) -> Bool {
        if head.starts(with: [0xFF, 0xFE]) { return isUTF16(head, highByte: 1) }
        if head.starts(with: [0xFE, 0xFF]) { return isUTF16(head, highByte: 0) }
        return head.allSatisfy { $0 >= 0x20 || textControls.contains($0) }
    }

    private static func isUTF16(_ head: [UInt8], highByte: Int) -> Bool {
        stride(from: 2, to: head.count - 1, by: 2).allSatisfy { index in
            head[index + highByte] != 0 || head[index + 1 - highByte] >= 0x20
                || textControls.contains(head[index + 1 - highByte])
        }
    }

    private static func isMarkup(_ head: [UInt8]) -> Bool {
        let text = head.starts(with: utf8Mark) ? head.dropFirst(3) : head[...]
        return text.first { !textControls.contains($0) && $0 != 0x20 } == UInt8(ascii: "<")
    }

    private static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    /// Tab, line feed, form feed, carriage return, and ESC of ISO-2022-JP.
    private static let textControls: Set<UInt8> = [0x09, 0x0A, 0x0C, 0x0D, 0x1B]
    private static let machO: [[UInt8]] = [
        [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE],
    ]
    /// [MS-SHLLINK] 2.1: the size of the header and the class of shell links.
    private static let shortcut: [UInt8] = [
        0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46,
    ]
    private static let magics: [(magic: [UInt8], format: FileFormat)] = [
        ([0x50, 0x4B, 0x03, 0x04], .zip), ([0x50, 0x4B, 0x05, 0x06], .zip),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .compoundFile), (Array("{\\rtf".utf8), .richText),
        ([0xFF, 0xD8, 0xFF], .jpeg), ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
        (Array("II*\0".utf8), .tiff), (Array("MM\0*".utf8), .tiff),
    ]
}
