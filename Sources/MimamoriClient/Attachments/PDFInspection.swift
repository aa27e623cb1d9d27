// PDF (ISO 32000): the properties of the Info dictionary and of XMP, scripts and launched programs, files and comments inside.
// The whole file is searched for the names of the keys; object streams and packets that are compressed are decompressed and
// searched likewise. The cross-reference table is not followed: what an earlier version of the document said, and is still in
// the file, is found too.

extension AttachmentTraces {
    mutating func lookIntoPDF(_ bytes: AttachmentBytes) throws {
        var search = PDFSearch()
        var compressed: [PDFSearch.Compressed] = []
        try bytes.stream { piece in
            search.feed(piece, compressed: &compressed)
            for stream in compressed { try look(into: stream, of: bytes) }
            compressed = []
        }
        search.finish(compressed: &compressed)
        for stream in compressed { try look(into: stream, of: bytes) }
        take(search)
    }

    private mutating func look(into stream: PDFSearch.Compressed, of bytes: AttachmentBytes) throws {
        guard stream.isReadable else {
            isUnreadable = true
            return
        }
        var search = PDFSearch()
        var inner: [PDFSearch.Compressed] = []
        do {
            try Inflate.stream(bytes, from: stream.offset, to: bytes.count, hasZlibHeader: true) { piece in
                search.feed(piece, compressed: &inner)
                return true
            }
        } catch is UnreadableContent {
            // Encrypted, or not what it says it is.
            isUnreadable = true
        }
        search.finish(compressed: &inner)
        take(search)
    }

    private mutating func take(_ search: PDFSearch) {
        kinds.formUnion(search.kinds)
        if search.runsSomething { executable = .pdfScript }
        if search.isEncrypted { isUnreadable = true }
    }
}

/// The search for the keys, in the file or in one object stream.
private struct PDFSearch {
    typealias Kind = AttachmentInspection.MetadataKind

    /// A stream that holds objects or properties.
    struct Compressed {
        let offset: Int64
        /// Deflated without a predictor.
        let isReadable: Bool
    }

    private enum Meaning {
        /// A key of the Info dictionary; it counts when a text follows.
        case text(Kind)
        /// It counts when it stands there.
        case presence(Kind)
        case runs, encrypted
        /// Its stream is looked into.
        case stream
        /// An element of XMP.
        case element(Kind)
    }

    private(set) var kinds: Set<Kind> = []
    private(set) var runsSomething = false
    private(set) var isEncrypted = false
    private var search = StreamSearch(Self.words.map(\.word))

    private static let words: [(word: String, meaning: Meaning)] =
        [
            ("/Author", .text(.author)), ("/Title", .text(.title)), ("/Subject", .text(.title)),
            ("/Keywords", .text(.otherProperties)), ("/Company", .text(.organisation)),
            ("/Creator", .text(.producerOrTool)), ("/Producer", .text(.producerOrTool)),
            ("/EmbeddedFile", .presence(.embeddedFiles)), ("/Popup", .presence(.comments)),
            ("/JavaScript", .runs), ("/Launch", .runs), ("/Encrypt", .encrypted), ("/ObjStm", .stream),
            ("/Metadata", .stream),
        ] + MarkedProperties.xmp.map { ($0.word, .element($0.kind)) }

    mutating func feed(_ piece: ArraySlice<UInt8>, compressed: inout [Compressed]) {
        var hits: [StreamSearch.Hit] = []
        search.feed(piece) { hits.append($0) }
        for hit in hits { take(hit, &compressed) }
    }

    mutating func finish(compressed: inout [Compressed]) {
        var hits: [StreamSearch.Hit] = []
        search.finish { hits.append($0) }
        for hit in hits { take(hit, &compressed) }
    }

    private mutating func take(_ hit: StreamSearch.Hit, _ compressed: inout [Compressed]) {
        let meaning = Self.words[hit.pattern].meaning
        if case .element(let kind) = meaning {
            if MarkedProperties.saysSomething(hit) { kinds.insert(kind) }
            return
        }
        // A longer name, such as /CreatorInfo, is another key; /EmbeddedFiles is not.
        let isPlural = hit.after.first == UInt8(ascii: "s")
        guard Self.endsName(hit.after.first) || isPlural else { return }
        switch meaning {
        case .text(let kind):
            guard !isPlural, Self.hasText(hit.after) else { return }
            let isBookmark = kind == .title && Self.isInOutline(hit)
            kinds.insert(isBookmark ? .bookmarks : kind)
        case .presence(let kind): kinds.insert(kind)
        case .runs: if !isPlural { runsSomething = true }
        case .encrypted: if !isPlural { isEncrypted = true }
        case .stream: if !isPlural, let stream = Self.compressed(at: hit) { compressed.append(stream) }
        case .element: break
        }
    }

    private static func endsName(_ byte: UInt8?) -> Bool {
        guard let byte else { return true }
        return byte <= 0x20 || "/()<>[]{}%".utf8.contains(byte)
    }

    /// Whether a string with anything in it, or a reference to one, follows a key.
    private static func hasText(_ after: ArraySlice<UInt8>) -> Bool {
        let value = after.drop { $0 <= 0x20 }
        guard let first = value.first else { return false }
        var content = value.dropFirst()
        switch first {
        case UInt8(ascii: "("):
            // The mark of UTF-16 alone, as it is or escaped in octal, is an empty string.
            for mark in [[0xFE, 0xFF], Array("\\376\\377".utf8)] where content.starts(with: mark) {
                content = content.dropFirst(mark.count)
            }
            return content.first != UInt8(ascii: ")") && content.first != nil
        case UInt8(ascii: "<"):
            guard content.first != UInt8(ascii: "<") else { return false }
            let digits = content.prefix { $0 != UInt8(ascii: ">") }.filter { $0 > 0x20 }
            return !digits.isEmpty && String(decoding: digits, as: UTF8.self).lowercased() != "feff"
        case 0x30...0x39:
            let words = value.prefix(32).split { $0 <= 0x20 }
            return words.count > 2 && words[2].first == UInt8(ascii: "R")
        default: return false
        }
    }

    /// Whether the dictionary around a /Title has a /Parent, as the items of an outline have.
    private static func isInOutline(_ hit: StreamSearch.Hit) -> Bool {
        let parent = Array("/Parent".utf8)
        let before = hit.before.suffix(1024)
        // The dictionary begins after the last object, or after the dictionary before it in an object stream.
        let start = max(
            before.lastRange(of: Array("obj".utf8))?.upperBound ?? before.startIndex,
            before.lastRange(of: Array(">>".utf8))?.upperBound ?? before.startIndex)
        let end = hit.after.firstRange(of: Array(">>".utf8))?.lowerBound ?? hit.after.endIndex
        return before[start...].firstRange(of: parent) != nil || hit.after[..<end].firstRange(of: parent) != nil
    }

    /// The stream of the object that a key stands in, when it is compressed.
    private static func compressed(at hit: StreamSearch.Hit) -> Compressed? {
        guard let keyword = hit.after.firstRange(of: Array("stream".utf8)) else { return nil }
        let between = hit.after[..<keyword.lowerBound]
        guard between.firstRange(of: Array("endobj".utf8)) == nil else { return nil }
        var dictionary = Array(hit.before.suffix(1024))
        if let start = dictionary.lastRange(of: Array(" obj".utf8)) { dictionary.removeFirst(start.upperBound) }
        dictionary += between
        guard dictionary.firstRange(of: Array("/Filter".utf8)) != nil else { return nil }
        var data = keyword.upperBound
        if hit.after[data...].first == 0x0D { data += 1 }
        if hit.after[data...].first == 0x0A { data += 1 }
        // The key itself is as long as its name; the places of `after` follow those of `before`.
        let offset = hit.offset + Int64(data - hit.before.endIndex)
        let isReadable =
            dictionary.firstRange(of: Array("/FlateDecode".utf8)) != nil
            && dictionary.firstRange(of: Array("/Predictor".utf8)) == nil
        return Compressed(offset: offset, isReadable: isReadable)
    }
}

extension Collection where Element: Equatable {
    /// The last place where `other` stands.
    fileprivate func lastRange(of other: [Element]) -> Range<Index>? {
        var found: Range<Index>?
        var rest = self[...]
        while let range = rest.firstRange(of: other) {
            found = range
            rest = rest[range.upperBound...]
        }
        return found
    }
}
