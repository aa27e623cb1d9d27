// Finds byte patterns in a stream that goes by in pieces, each once, with what stands around it. Memory is one piece and the
// surroundings, whatever the stream's length.

struct StreamSearch {
    struct Hit {
        /// Which of the patterns.
        let pattern: Int
        /// Where it begins, counted from the stream's start.
        let offset: Int64
        let before: ArraySlice<UInt8>
        /// What follows the pattern.
        let after: ArraySlice<UInt8>
    }

    /// Of what stands before and after a hit.
    static let surroundings = 4096

    private let patterns: [[UInt8]]
    private let ignoresCase: Bool
    private let longest: Int
    /// Which patterns begin with each byte.
    private let beginning: [[Int]]
    private var buffer: [UInt8] = []
    /// The stream's place of `buffer[0]`.
    private var base: Int64 = 0
    /// The first index of `buffer` that was not looked at.
    private var next = 0

    /// With `ignoresCase`, patterns are in lower case.
    init(_ patterns: [String], ignoresCase: Bool = false) {
        self.init(patterns.map { Array($0.utf8) }, ignoresCase: ignoresCase)
    }

    init(_ patterns: [[UInt8]], ignoresCase: Bool = false) {
        self.patterns = patterns
        self.ignoresCase = ignoresCase
        longest = patterns.map(\.count).max() ?? 0
        var beginning = [[Int]](repeating: [], count: 256)
        for (index, pattern) in patterns.enumerated() {
            guard let first = pattern.first else { continue }
            beginning[Int(first)].append(index)
            if ignoresCase, Self.upper(first) != first { beginning[Int(Self.upper(first))].append(index) }
        }
        self.beginning = beginning
    }

    /// Takes the next piece; reports the hits whose surroundings are complete.
    mutating func feed(_ piece: ArraySlice<UInt8>, hit: (Hit) throws -> Void) rethrows {
        buffer += piece
        try look(until: buffer.count - longest - Self.surroundings, hit: hit)
        let spent = next - Self.surroundings
        if spent > 0 {
            buffer.removeFirst(spent)
            base += Int64(spent)
            next -= spent
        }
    }

    /// The stream is at its end.
    mutating func finish(hit: (Hit) throws -> Void) rethrows {
        try look(until: buffer.count, hit: hit)
    }

    private mutating func look(until end: Int, hit: (Hit) throws -> Void) rethrows {
        while next < end {
            for index in beginning[Int(buffer[next])] where stands(patterns[index]) {
                let after = next + patterns[index].count
                try hit(
                    Hit(
                        pattern: index, offset: base + Int64(next),
                        before: buffer[max(0, next - Self.surroundings)..<next],
                        after: buffer[after..<min(buffer.count, after + Self.surroundings)]))
            }
            next += 1
        }
    }

    private func stands(_ pattern: [UInt8]) -> Bool {
        guard next + pattern.count <= buffer.count else { return false }
        for (offset, byte) in pattern.enumerated() {
            let other = buffer[next + offset]
            guard other == byte || (ignoresCase && other == Self.upper(byte)) else { return false }
        }
        return true
    }

    private static func upper(_ byte: UInt8) -> UInt8 { (0x61...0x7A).contains(byte) ? byte - 0x20 : byte }
}
