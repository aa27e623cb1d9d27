// Decompresses DEFLATE (RFC 1951, and RFC 1950 around it), so that the properties inside Office files and PDFs can be judged
// and not only their presence. Output goes by in pieces; memory is the window of 32 KiB and one piece. Written for files
// that somebody made with bad intent, too: every length is checked and the output is bounded.

struct Inflate {
    /// What a file of this size could hold in one stream before it is taken for a bomb.
    static let outputLimit: Int64 = 256 * 1024 * 1024
    private static let windowBytes = 32 * 1024
    private static let pieceBytes = 64 * 1024

    private let source: AttachmentBytes
    private var place: Int64
    private let end: Int64
    private var input: [UInt8] = []
    private var inputIndex = 0
    private var bits: UInt32 = 0
    private var bitCount: UInt32 = 0
    private var output: [UInt8] = []
    /// Of `output`, what was handed on.
    private var handedOn = 0
    private var total: Int64 = 0

    /// Hands on what the stream between two places holds, until `piece` says false. Throws `UnreadableContent` when it is not
    /// DEFLATE or would be too long.
    static func stream(
        _ source: AttachmentBytes, from start: Int64, to end: Int64, hasZlibHeader: Bool = false,
        _ piece: (ArraySlice<UInt8>) throws -> Bool
    ) throws {
        var inflate = Inflate(source: source, from: start, to: end)
        if hasZlibHeader {
            let (method, flags) = (try inflate.bits(8), try inflate.bits(8))
            guard method & 0x0F == 8, (method << 8 | flags) % 31 == 0, flags & 0x20 == 0 else {
                throw UnreadableContent()
            }
        }
        try inflate.run(piece)
    }

    /// A whole stream of at most `limit` bytes; what is beyond is left out.
    static func prefix(
        _ source: AttachmentBytes, from start: Int64, to end: Int64, hasZlibHeader: Bool = false, limit: Int
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try stream(source, from: start, to: end, hasZlibHeader: hasZlibHeader) { piece in
            bytes += piece.prefix(limit - bytes.count)
            return bytes.count < limit
        }
        return bytes
    }

    private init(source: AttachmentBytes, from start: Int64, to end: Int64) {
        self.source = source
        place = start
        self.end = min(end, source.count)
    }

    private mutating func run(_ piece: (ArraySlice<UInt8>) throws -> Bool) throws {
        var isLast = false
        while !isLast {
            isLast = try bits(1) == 1
            let goesOn =
                switch try bits(2) {
                case 0: try stored(piece)
                case 1: try compressed(Code.fixedLiterals, Code.fixedDistances, piece)
                case 2: try dynamic(piece)
                default: throw UnreadableContent()
                }
            guard goesOn else { return }
        }
        if handedOn < output.count { _ = try piece(output[handedOn...]) }
    }

    /// RFC 1951, 3.2.4.
    private mutating func stored(_ piece: (ArraySlice<UInt8>) throws -> Bool) throws -> Bool {
        (bits, bitCount) = (0, 0)
        let length = Int(try bits(16))
        guard try bits(16) == ~UInt32(length) & 0xFFFF else { throw UnreadableContent() }
        for _ in 0..<length {
            output.append(try byte())
            guard try goesOn(piece) else { return false }
        }
        return true
    }

    /// RFC 1951, 3.2.7.
    private mutating func dynamic(_ piece: (ArraySlice<UInt8>) throws -> Bool) throws -> Bool {
        let literalCount = Int(try bits(5)) + 257
        let distanceCount = Int(try bits(5)) + 1
        let lengthCount = Int(try bits(4)) + 4
        var lengths = [UInt8](repeating: 0, count: 19)
        for index in 0..<lengthCount { lengths[Self.lengthOrder[index]] = UInt8(try bits(3)) }
        let code = try Code(lengths[...])
        lengths = []
        while lengths.count < literalCount + distanceCount {
            let symbol = try symbol(code)
            switch symbol {
            case 0...15: lengths.append(UInt8(symbol))
            case 16:
                guard let last = lengths.last else { throw UnreadableContent() }
                lengths += repeatElement(last, count: 3 + Int(try bits(2)))
            case 17: lengths += repeatElement(0, count: 3 + Int(try bits(3)))
            default: lengths += repeatElement(0, count: 11 + Int(try bits(7)))
            }
        }
        guard lengths.count == literalCount + distanceCount, lengths[256] != 0 else { throw UnreadableContent() }
        return try compressed(try Code(lengths[..<literalCount]), try Code(lengths[literalCount...]), piece)
    }

    /// RFC 1951, 3.2.5.
    private mutating func compressed(
        _ literals: Code, _ distances: Code, _ piece: (ArraySlice<UInt8>) throws -> Bool
    ) throws -> Bool {
        while true {
            let symbol = try symbol(literals)
            if symbol < 256 {
                output.append(UInt8(symbol))
            } else if symbol == 256 {
                return true
            } else {
                guard symbol - 257 < Self.lengthBases.count else { throw UnreadableContent() }
                let length = Self.lengthBases[symbol - 257] + Int(try bits(Self.lengthExtra[symbol - 257]))
                let code = try self.symbol(distances)
                guard code < Self.distanceBases.count else { throw UnreadableContent() }
                let distance = Self.distanceBases[code] + Int(try bits(Self.distanceExtra[code]))
                guard distance <= output.count else { throw UnreadableContent() }
                for _ in 0..<length { output.append(output[output.count - distance]) }
            }
            guard try goesOn(piece) else { return false }
        }
    }

    /// Hands on a piece when there is enough for one, and keeps the window.
    private mutating func goesOn(_ piece: (ArraySlice<UInt8>) throws -> Bool) throws -> Bool {
        guard output.count - handedOn >= Self.pieceBytes else { return true }
        total += Int64(output.count - handedOn)
        guard total <= Self.outputLimit else { throw UnreadableContent() }
        guard try piece(output[handedOn...]) else { return false }
        output.removeFirst(output.count - Self.windowBytes)
        handedOn = output.count
        return true
    }

    private mutating func byte() throws -> UInt8 {
        if inputIndex == input.count {
            input = try source.read(at: place, upTo: Int(min(Int64(Self.pieceBytes), end - place)))
            guard !input.isEmpty else { throw UnreadableContent() }
            place += Int64(input.count)
            inputIndex = 0
        }
        defer { inputIndex += 1 }
        return input[inputIndex]
    }

    /// The next bits, the first one lowest; at most 16.
    private mutating func bits(_ count: UInt32) throws -> UInt32 {
        while bitCount < count {
            bits |= UInt32(try byte()) << bitCount
            bitCount += 8
        }
        let value = bits & ((1 << count) - 1)
        bits >>= count
        bitCount -= count
        return value
    }

    private mutating func symbol(_ code: Code) throws -> Int {
        var (value, first, index) = (0, 0, 0)
        for length in 1...15 {
            value |= Int(try bits(1))
            let count = code.counts[length]
            if value - count < first { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw UnreadableContent()
    }

    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthExtra: [UInt32] = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distanceBases = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145,
        8193, 12289, 16385, 24577,
    ]
    private static let distanceExtra: [UInt32] = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]
}

/// A canonical Huffman code (RFC 1951, 3.2.2): how many codes of each length, and the symbols in the order of their codes.
private struct Code {
    let counts: [Int]
    let symbols: [Int]

    init(_ lengths: ArraySlice<UInt8>) throws {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths { counts[Int(length)] += 1 }
        counts[0] = 0
        var left = 1
        for length in 1...15 {
            left = left << 1 - counts[length]
            guard left >= 0 else { throw UnreadableContent() }
        }
        self.init(counts: counts, lengths: lengths)
    }

    private init(counts: [Int], lengths: ArraySlice<UInt8>) {
        self.counts = counts
        let ordered = (1...15).flatMap { length in
            lengths.indices.filter { Int(lengths[$0]) == length }.map { $0 - lengths.startIndex }
        }
        symbols = ordered
    }

    /// RFC 1951, 3.2.6.
    static let fixedLiterals = fixed(
        [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112) + [UInt8](repeating: 7, count: 24)
            + [UInt8](repeating: 8, count: 8))
    static let fixedDistances = fixed([UInt8](repeating: 5, count: 30))

    private static func fixed(_ lengths: [UInt8]) -> Code {
        var counts = [Int](repeating: 0, count: 16)
        for length in lengths { counts[Int(length)] += 1 }
        return Code(counts: counts, lengths: lengths[...])
    }
}
