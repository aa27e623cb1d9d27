// Looks into a file before it is attached: whether it is or carries a program (SD-MAL-2), and which information stands in it
// beside what a reader sees (SD-CLS-8: names of authors, properties, edit history, positions). It judges by content, never
// by the name, names kinds and never values, and needs little memory whatever the file weighs. How each format is read is
// in Attachments/. Whether a finding refuses, and who may override it, is decided elsewhere; nothing is cleaned here.
//
// LIMIT: Programs that are plain text without #! (.bat, .vbs, .ps1) look like any text. What an image shows, black bars over
// text that is still there, and the thumbnail inside a photograph are not judged.

package struct AttachmentInspection: Sendable {
    package enum Finding: Sendable, Hashable {
        /// It is a program, or holds one that runs when it is opened.
        case executable(ExecutableKind)
        /// Information beside what a reader sees; at least one kind, in the order of `MetadataKind.allCases`.
        case metadata(kinds: [MetadataKind])
        case macros
        /// It may hold either, and cannot be looked into: archives, encrypted files, old Office files, unknown formats.
        case cannotBeRead
    }

    package enum ExecutableKind: String, Sendable, CaseIterable {
        case elf, windows
        case machO = "mach_o"
        case java, script, shortcut, installer
        case pdfScript = "pdf_script"
        case pageScript = "page_script"
    }

    package enum MetadataKind: String, Sendable, CaseIterable {
        case author, organisation, title, comments
        case editHistory = "edit_history"
        case position, device
        case embeddedFiles = "embedded_files"
        case bookmarks
        case otherProperties = "other_properties"
        case producerOrTool = "producer_or_tool"

        /// Can lead to a person, unlike the name of the program that wrote the file, which nearly every file carries.
        package var isPersonal: Bool {
            switch self {
            case .producerOrTool, .bookmarks, .title: false
            default: true
            }
        }
    }

    /// What stands in the file at `path`; empty for a file without any. Throws `ClientFailure` when it cannot be read from
    /// disk.
    package static func findings(path: String) throws -> [Finding] {
        let file = try FileReader(path)
        return try withoutActuallyEscaping({ try file.read(at: $0, upTo: $1) }) { read in
            try findings(in: AttachmentBytes(count: file.bytes, read: read))
        }
    }

    /// The same for bytes that are not in a file.
    package static func findings(bytes: [UInt8]) throws -> [Finding] {
        try findings(in: AttachmentBytes(bytes))
    }

    private static func findings(in bytes: AttachmentBytes) throws -> [Finding] {
        var traces = AttachmentTraces()
        do {
            try traces.look(into: bytes)
        } catch is UnreadableContent {
            traces.isUnreadable = true
        }
        return traces.findings
    }
}

/// The content breaks the rules of its own format, or uses a part of it that is not read here.
struct UnreadableContent: Error {}

/// A file's bytes by place.
struct AttachmentBytes {
    let count: Int64
    private let reading: (_ offset: Int64, _ count: Int) throws -> [UInt8]

    init(count: Int64, read: @escaping (_ offset: Int64, _ count: Int) throws -> [UInt8]) {
        self.count = count
        reading = read
    }

    init(_ bytes: [UInt8]) {
        self.init(count: Int64(bytes.count)) { offset, count in
            let start = min(max(0, Int(offset)), bytes.count)
            return Array(bytes[start..<min(bytes.count, start + count)])
        }
    }

    /// At most `count` bytes; fewer at the end.
    func read(at offset: Int64, upTo count: Int) throws -> [UInt8] {
        guard offset >= 0, offset < self.count, count > 0 else { return [] }
        return try reading(offset, Int(min(Int64(count), self.count - offset)))
    }

    /// Exactly `count` bytes.
    func read(at offset: Int64, exactly count: Int) throws -> [UInt8] {
        let bytes = try read(at: offset, upTo: count)
        guard bytes.count == count else { throw UnreadableContent() }
        return bytes
    }

    /// From `offset` on, with places counted from there.
    func suffix(from offset: Int64) -> AttachmentBytes {
        AttachmentBytes(count: max(0, count - offset)) { try read(at: offset + $0, upTo: $1) }
    }

    /// Hands everything on in pieces of at most 256 KiB.
    func stream(_ piece: (ArraySlice<UInt8>) throws -> Void) throws {
        var offset: Int64 = 0
        while offset < count {
            let bytes = try read(at: offset, upTo: 256 * 1024)
            guard !bytes.isEmpty else { throw UnreadableContent() }
            try piece(bytes[...])
            offset += Int64(bytes.count)
        }
    }
}

/// What was seen so far.
struct AttachmentTraces {
    var executable: AttachmentInspection.ExecutableKind?
    var hasMacros = false
    var isUnreadable = false
    var kinds: Set<AttachmentInspection.MetadataKind> = []

    var findings: [AttachmentInspection.Finding] {
        var findings: [AttachmentInspection.Finding] = []
        if let executable { findings.append(.executable(executable)) }
        if hasMacros { findings.append(.macros) }
        if !kinds.isEmpty {
            findings.append(.metadata(kinds: AttachmentInspection.MetadataKind.allCases.filter(kinds.contains)))
        }
        if isUnreadable { findings.append(.cannotBeRead) }
        return findings
    }

    mutating func look(into bytes: AttachmentBytes) throws {
        switch try FileFormat(bytes) {
        case .empty, .text, .bitmap: break
        case .program(let kind): executable = kind
        case .markup: try lookIntoMarkup(bytes)
        case .pdf: try lookIntoPDF(bytes)
        case .zip: try lookIntoZip(bytes)
        case .compoundFile: try lookIntoCompoundFile(bytes)
        case .richText: try lookIntoRichText(bytes)
        case .jpeg: try lookIntoJPEG(bytes)
        case .png: try lookIntoPNG(bytes)
        case .tiff: try lookIntoTIFF(bytes)
        case .webP: try lookIntoWebP(bytes)
        case .mediaContainer: try lookIntoMediaContainer(bytes)
        case .unknown: isUnreadable = true
        }
    }
}
