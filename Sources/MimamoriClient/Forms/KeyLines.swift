// On which line of a TOML text each key stands. TOMLKit reads values but does not say where they were; a person who is
// told of a mistake needs the line. This only walks over the text (TOML 1.0.0), keeps going where it is malformed, and
// judges nothing: whether the text is TOML is TOMLKit's to say.

package struct KeyLines: Sendable {
    /// One `key = value`, from the key's line to the value's last.
    package struct Statement: Sendable, Hashable {
        package let key: String
        package let lines: ClosedRange<Int>
    }

    /// Dotted key or table → its first line, from 1.
    package private(set) var lines: [String: Int] = [:]
    /// In the order of the text; a key that is written twice is here twice.
    package private(set) var statements: [Statement] = []
    /// Lines that begin like a table's head and name none (`[見守り]`, `[[[`). toml++, under TOMLKit, stops the whole
    /// process with an assertion there instead of reporting an error, so such a text must never reach it.
    package private(set) var malformedHeads: [Int] = []
    /// Lines of lists that no `]` closes; a parser only notices far below.
    package private(set) var unclosedLists: [Int] = []

    package init(_ text: String) {
        var walk = Walk(text)
        walk.all()
        lines = walk.lines
        statements = walk.statements
        malformedHeads = walk.malformedHeads
        unclosedLists = walk.unclosedLists
    }

    package subscript(key: String) -> Int? { lines[key] }

    /// The statement that the line belongs to.
    package func statement(at line: Int) -> Statement? { statements.last { $0.lines.contains(line) } }
}

private struct Walk {
    let bytes: [UInt8]
    var index = 0
    var line = 1
    var lines: [String: Int] = [:]
    var statements: [KeyLines.Statement] = []
    var malformedHeads: [Int] = []
    var unclosedLists: [Int] = []

    init(_ text: String) { bytes = Array(text.utf8) }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func starts(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard index + length <= bytes.count else { return false }
        return text.withUTF8Buffer { $0.elementsEqual(bytes[index..<index + length]) }
    }

    private mutating func step() {
        if byte == UInt8(ascii: "\n") { line += 1 }
        index += 1
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while let byte, condition(byte) { step() }
    }

    private mutating func skipSpaces() { skip { $0 == 0x20 || $0 == 0x09 } }

    private mutating func skipRestOfLine() { skip { $0 != UInt8(ascii: "\n") } }

    /// White space, line ends and comments.
    private mutating func skipBlank() {
        while let byte {
            if byte == UInt8(ascii: "#") {
                skipRestOfLine()
            } else if byte == 0x20 || (0x09...0x0D).contains(byte) {
                step()
            } else {
                return
            }
        }
    }

    mutating func all() {
        var table: [String] = []
        while true {
            skipBlank()
            guard let byte else { return }
            if byte == UInt8(ascii: "[") {
                step()
                if self.byte == UInt8(ascii: "[") { step() }
                table = dottedKey()
                if table.isEmpty { malformedHeads.append(line) } else { note(table, at: line) }
                skipRestOfLine()
            } else {
                statement(in: table, nested: false)
                skipRestOfLine()
            }
        }
    }

    /// `false` when what stands here is no `key = value`.
    @discardableResult
    private mutating func statement(in table: [String], nested: Bool) -> Bool {
        let first = line
        let key = dottedKey()
        guard !key.isEmpty, byte == UInt8(ascii: "=") else { return false }
        step()
        note(table + key, at: first)
        value(of: table + key, nested: nested)
        statements.append(.init(key: (table + key).joined(separator: "."), lines: first...max(first, line)))
        return true
    }

    private mutating func note(_ key: [String], at line: Int) {
        let name = key.joined(separator: ".")
        if lines[name] == nil { lines[name] = line }
    }

    private mutating func dottedKey() -> [String] {
        var parts: [String] = []
        while true {
            skipSpaces()
            let start = index
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                string()
                parts.append(String(decoding: bytes[start..<index].dropFirst().dropLast(), as: UTF8.self))
            default:
                skip { Self.isBare($0) }
                guard index > start else { return parts }
                parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
            }
            skipSpaces()
            guard byte == UInt8(ascii: ".") else { return parts }
            step()
        }
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private mutating func value(of key: [String], nested: Bool) {
        skipSpaces()
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): string()
        case UInt8(ascii: "["): array(of: key)
        case UInt8(ascii: "{"): inlineTable(of: key)
        default:
            skip { byte in
                let endsLine = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "#")
                let endsItem = [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(byte)
                return !endsLine && !(nested && endsItem)
            }
        }
    }

    /// A string of any of the four kinds. A one-line string that is not closed ends with its line.
    private mutating func string() {
        let isLiteral = byte == UInt8(ascii: "'")
        let isLong = isLiteral ? starts("'''") : starts("\"\"\"")
        let quote = isLiteral ? UInt8(ascii: "'") : UInt8(ascii: "\"")
        for _ in 0..<(isLong ? 3 : 1) { step() }
        while let byte {
            if byte == UInt8(ascii: "\\"), !isLiteral {
                step()
                if self.byte != nil { step() }
            } else if byte == quote, !isLong || (isLiteral ? starts("'''") : starts("\"\"\"")) {
                // A closing """ may follow one or two quotation marks that belong to the text.
                skip { isLong && $0 == quote }
                if !isLong { step() }
                return
            } else if byte == UInt8(ascii: "\n"), !isLong {
                return
            } else {
                step()
            }
        }
    }

    /// A list that runs into the next statement was not closed: it is taken to end with its first line.
    private mutating func array(of key: [String]) {
        let opening = (index: index, line: line)
        step()
        while true {
            skipBlank()
            let start = index
            switch byte {
            case UInt8(ascii: "]"):
                step()
                return
            case UInt8(ascii: ","): step()
            case let byte?:
                value(of: key, nested: true)
                // A nested list that was not closed has gone back already.
                if index < start { return }
                let isStatement = Self.isBare(byte) && bytes[start..<index].contains(UInt8(ascii: "="))
                if isStatement { return endUnclosed(opening) }
                if index == start { step() }
            case nil: return endUnclosed(opening)
            }
        }
    }

    private mutating func endUnclosed(_ opening: (index: Int, line: Int)) {
        unclosedLists.append(opening.line)
        (index, line) = opening
        skipRestOfLine()
    }

    private mutating func inlineTable(of key: [String]) {
        step()
        while let byte, byte != UInt8(ascii: "\n") {
            let start = index
            switch byte {
            case UInt8(ascii: "}"):
                step()
                return
            case UInt8(ascii: ","), 0x20, 0x09: step()
            default:
                statement(in: key, nested: true)
                if index == start { step() }
            }
        }
    }
}
