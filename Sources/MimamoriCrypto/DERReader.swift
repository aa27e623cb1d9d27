// Walks over DER (X.690 §10) without copying: tags and lengths of what an outside needs, nothing else. Strict: definite,
// minimal lengths and one-byte tags only, so that no two readers can see different things in the same bytes. Values
// (names, numbers) are compared as bytes, never interpreted; parsing certificates and CMS for use is OpenSSL's.

/// A cursor over the values of one constructed value.
struct DERReader {
    enum Tag {
        static let integer: UInt8 = 0x02
        static let octetString: UInt8 = 0x04
        static let objectIdentifier: UInt8 = 0x06
        static let sequence: UInt8 = 0x30
        static let set: UInt8 = 0x31
        static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }
        static func contextPrimitive(_ number: UInt8) -> UInt8 { 0x80 | number }
    }

    /// One tag, its length and its value.
    struct Element {
        let tag: UInt8
        let value: UnsafeRawBufferPointer
        /// Tag, length and value.
        let whole: UnsafeRawBufferPointer
    }

    /// The bytes are not what was asked for.
    struct Malformed: Error {}

    private var rest: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    /// The tag of the next value, nil at the end.
    var nextTag: UInt8? { rest.first }

    mutating func next() throws(Malformed) -> Element {
        guard let header = Self.header(rest), header.content <= rest.count - header.length else { throw Malformed() }
        let total = header.length + header.content
        let whole = UnsafeRawBufferPointer(rebasing: rest[..<total])
        rest = UnsafeRawBufferPointer(rebasing: rest[total...])
        return Element(
            tag: whole[0], value: UnsafeRawBufferPointer(rebasing: whole[header.length...]), whole: whole)
    }

    /// The next value, which must have this tag.
    mutating func next(_ tag: UInt8) throws(Malformed) -> Element {
        let element = try next()
        guard element.tag == tag else { throw Malformed() }
        return element
    }

    /// A reader of the next value's inside, which must have this tag.
    mutating func enter(_ tag: UInt8) throws(Malformed) -> DERReader { DERReader(try next(tag).value) }

    /// The next value when it has this tag; leaves others in place.
    mutating func nextIfPresent(_ tag: UInt8) throws(Malformed) -> Element? {
        nextTag == tag ? try next() : nil
    }

    func finish() throws(Malformed) {
        guard isAtEnd else { throw Malformed() }
    }

    static func length(ofFirstSequenceIn bytes: some Collection<UInt8>) -> Int? {
        guard bytes.first == Tag.sequence, let header = header(bytes) else { return nil }
        return header.length + header.content
    }

    /// Lengths of the header and of the content it announces; nil for long tags and for lengths that are indefinite, not
    /// minimal or of more than four bytes.
    private static func header(_ bytes: some Collection<UInt8>) -> (length: Int, content: Int)? {
        var iterator = bytes.makeIterator()
        guard let tag = iterator.next(), tag & 0x1F != 0x1F, let first = iterator.next() else { return nil }
        guard first >= 0x80 else { return (2, Int(first)) }
        let count = Int(first & 0x7F)
        guard (1...4).contains(count) else { return nil }
        var content = 0
        for _ in 0..<count {
            guard let byte = iterator.next() else { return nil }
            content = content << 8 | Int(byte)
        }
        guard content >= 0x80, content >> (8 * (count - 1)) != 0 else { return nil }
        return (2 + count, content)
    }
}
