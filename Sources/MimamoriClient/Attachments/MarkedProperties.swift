// Properties that stand in a text as elements or attributes: XMP packets (ISO 16684-1) in photographs and PDFs, and the
// property files inside Office documents. An element counts only when something stands in it, so that a cleaned document
// is clean.

/// Which words of a text say which kind. A word that begins a tag, such as `<w:ins `, counts wherever it stands.
struct MarkedProperties {
    typealias Kind = AttachmentInspection.MetadataKind

    private let words: [(word: String, kind: Kind)]
    private var search: StreamSearch
    private(set) var kinds: Set<Kind> = []

    init(_ words: [(word: String, kind: Kind)]) {
        self.words = words
        search = StreamSearch(words.map(\.word))
    }

    mutating func feed(_ piece: ArraySlice<UInt8>) {
        var hits: [StreamSearch.Hit] = []
        search.feed(piece) { hits.append($0) }
        hits.forEach { take($0) }
    }

    mutating func finish() {
        var hits: [StreamSearch.Hit] = []
        search.finish { hits.append($0) }
        hits.forEach { take($0) }
    }

    private mutating func take(_ hit: StreamSearch.Hit) {
        let (word, kind) = words[hit.pattern]
        if word.hasPrefix("<") || Self.saysSomething(hit) { kinds.insert(kind) }
    }

    /// The kinds in a text that is wholly at hand.
    static func kinds(in text: ArraySlice<UInt8>, _ words: [(word: String, kind: Kind)]) -> Set<Kind> {
        var properties = MarkedProperties(words)
        properties.feed(text)
        properties.finish()
        return properties.kinds
    }

    /// Whether a name is followed by a value: `>…<` with text between the tags, or `="…"`. A closing tag says nothing.
    static func saysSomething(_ hit: StreamSearch.Hit) -> Bool {
        guard hit.before.last != UInt8(ascii: "/") else { return false }
        guard let first = hit.after.first else { return false }
        if first == UInt8(ascii: "=") {
            let quote = hit.after.dropFirst().first
            return hit.after.dropFirst(2).first != quote
        }
        guard first == UInt8(ascii: ">") || first == UInt8(ascii: " ") || first == UInt8(ascii: "\n") else {
            // Part of a longer name, or an element that is empty: <dc:creator/>.
            return false
        }
        guard let open = hit.after.firstIndex(of: UInt8(ascii: ">")), hit.after[..<open].last != UInt8(ascii: "/")
        else {
            return false
        }
        return hasText(hit.after[(open + 1)...])
    }

    /// Whether anything but tags and white space stands before the closing tag, or before the end of what is at hand.
    private static func hasText(_ text: ArraySlice<UInt8>) -> Bool {
        var depth = 1
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "<") {
                let isClosing = index + 1 < text.endIndex && text[index + 1] == UInt8(ascii: "/")
                guard let close = text[index...].firstIndex(of: UInt8(ascii: ">")) else { return true }
                if isClosing { depth -= 1 } else if text[close - 1] != UInt8(ascii: "/") { depth += 1 }
                if depth == 0 { return false }
                index = close + 1
            } else if byte > 0x20 {
                return true
            } else {
                index += 1
            }
        }
        return false
    }

    /// Of XMP, by the prefixes that every writer uses.
    static let xmp: [(word: String, kind: Kind)] = [
        ("dc:creator", .author), ("dc:contributor", .author), ("photoshop:AuthorsPosition", .author),
        ("aux:OwnerName", .author), ("exifEX:CameraOwnerName", .author), ("dc:title", .title),
        ("dc:description", .comments), ("exif:GPSLatitude", .position), ("photoshop:City", .position),
        ("Iptc4xmpCore:Location", .position), ("tiff:Make", .device), ("tiff:Model", .device),
        ("aux:SerialNumber", .device), ("exifEX:BodySerialNumber", .device), ("xmpMM:History", .editHistory),
        ("xmp:CreatorTool", .producerOrTool), ("pdf:Producer", .producerOrTool), ("pdf:Keywords", .otherProperties),
    ]
}
