// The text as the patterns read it: any index may be asked for, words and labels are compared here, and one pass asks
// every pattern at every place. What the patterns are is in the files beside this one.

/// A word that patterns compare with, in folded form and lower case.
struct Word: ExpressibleByStringLiteral, Sendable {
    let scalars: [Unicode.Scalar]

    init(stringLiteral text: String) { scalars = Array(text.unicodeScalars) }

    /// Several words, written with spaces between.
    static func list(_ text: String) -> [Word] { text.split(separator: " ").map { Word(stringLiteral: String($0)) } }

    /// Several characters, written one after the other.
    static func letters(_ text: String) -> Set<Unicode.Scalar> { Set(text.unicodeScalars) }
}

struct IdentifierScanner {
    let text: [Unicode.Scalar]

    init(_ text: [Unicode.Scalar]) { self.text = text }

    /// Everything that some pattern takes for an identifier; readings may overlap.
    func candidates() -> [PersonalIdentifier] {
        var found: [PersonalIdentifier] = []
        func add(_ sort: PersonalIdentifier.Sort, _ range: Range<Int>?) {
            if let range { found.append(PersonalIdentifier(sort: sort, range: range)) }
        }
        for index in text.indices {
            let scalar = text[index]
            if scalar.isDigit || scalar == "+" || scalar == "(" {
                add(.phone, phone(at: index))
                add(.individualNumber, individualNumber(at: index))
            }
            if scalar == "@" || scalar == "(" || scalar == "[" { add(.email, email(around: index)) }
            if scalar.isDigit || scalar.isLetter || Self.dateStarts.contains(scalar) {
                add(.birthDate, birthDate(at: index))
            }
            if scalar.isDigit || Self.kanjiNumerals.contains(scalar) { add(.houseNumber, houseNumber(at: index)) }
            add(.personName, personName(at: index))
        }
        return found
    }

    /// The scalar at any index; a line's end outside the text.
    func at(_ index: Int) -> Unicode.Scalar {
        text.indices.contains(index) ? text[index] : "\n"
    }

    /// Whether `word` stands at `index`, whatever the case of its ASCII letters.
    func has(_ word: Word, at index: Int) -> Bool {
        guard index >= 0, index + word.scalars.count <= text.count else { return false }
        for (offset, scalar) in word.scalars.enumerated() {
            let other = text[index + offset]
            guard other == scalar || (other.isCapital && other.value | 0x20 == scalar.value) else { return false }
        }
        return true
    }

    /// The end of the first word of the list that stands at `index`.
    func end(ofAny words: [Word], at index: Int) -> Int? {
        words.first { has($0, at: index) }.map { index + $0.scalars.count }
    }

    /// Whether a word of the list ends at `index`. A word of ASCII letters must begin there too: "born", not "reborn".
    func endsWithAny(_ words: [Word], at index: Int) -> Bool {
        words.contains { word in
            let start = index - word.scalars.count
            return has(word, at: start) && !(at(start).isLetter && at(start - 1).isLetter)
        }
    }

    func skippingSpaces(_ index: Int, limit: Int = 2) -> Int {
        var index = index
        for _ in 0..<limit where at(index) == " " || at(index) == "\t" { index += 1 }
        return index
    }

    /// What may stand between a label and its value: spaces, punctuation, one pair of brackets with a remark, and words that
    /// only say how the value is written. Other words mean that the value belongs to something else.
    func isLabelled(_ index: Int, by labels: [Word], gap limit: Int = 14) -> Bool {
        var place = index
        while place > 0, index - place <= limit {
            if endsWithAny(labels, at: place) { return true }
            let before = at(place - 1)
            if before == ")" || before == "]" {
                // The label may stand in the brackets itself: (生年月日)昭和15年…
                if endsWithAny(labels, at: place - 1) { return true }
                guard let open = opening(before: place - 1) else { return false }
                place = open
            } else if let word = Self.gapWords.first(where: { endsWithAny([$0], at: place) }) {
                place -= word.scalars.count
            } else if Self.gapPunctuation.contains(before) {
                place -= 1
            } else {
                return false
            }
        }
        return false
    }

    /// The index of the bracket that opens the remark closing at `close`.
    private func opening(before close: Int) -> Int? {
        var place = close - 1
        while place >= 0, close - place <= 14, at(place) != "\n" {
            if at(place) == "(" || at(place) == "[" { return place }
            place -= 1
        }
        return nil
    }

    /// The run of digits at `start`.
    func digits(at start: Int) -> Range<Int> {
        var end = start
        while at(end).isDigit { end += 1 }
        return start..<end
    }

    /// Runs of digits with a separator between each two, at most `limit` of them.
    func digitGroups(at start: Int, limit: Int, separators: Set<Unicode.Scalar>) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var place = start
        while groups.count < limit {
            let group = digits(at: place)
            guard !group.isEmpty else { break }
            groups.append(group)
            place = group.upperBound
            for _ in 0..<3 where separators.contains(at(place)) { place += 1 }
        }
        return groups
    }

    /// Whether what begins at `start` is the rest of something longer: an id, a decimal, a date, an amount.
    func isContinuation(_ start: Int) -> Bool {
        let before = at(start - 1)
        if before.isDigit { return true }
        if before.isLetter || before == "_" { return !endsWithAny(Self.numberWords, at: start) }
        guard before.isHyphen || Self.joints.contains(before) else { return false }
        let further = at(start - 2)
        return further.isDigit || (further.isLetter && !endsWithAny(Self.numberWords, at: start - 1))
    }

    /// Whether what ends at `end` goes on: 1,200,000 or an id.
    func isContinued(_ end: Int) -> Bool {
        let after = at(end)
        if after.isDigit || after == "_" { return true }
        if after.isLetter { return self.end(ofAny: Self.numberWords, at: end) == nil }
        guard after.isHyphen || Self.joints.contains(after) else { return false }
        return at(end + 1).isDigit
    }

    /// The value of a run of figures, capped so that no run overflows.
    func value(_ range: Range<Int>) -> Int {
        range.reduce(0) { sum, index in min(sum * 10 + Int(text[index].value - 0x30), 1_000_000) }
    }

    /// Figures or 漢数字, and its value: 15, 十五, 一五, 元 is left to dates.
    func number(at start: Int) -> (value: Int, range: Range<Int>)? {
        let figures = digits(at: start)
        if !figures.isEmpty { return (value(figures), figures) }
        var end = start
        var (sum, current) = (0, 0)
        while let numeral = Self.numerals[at(end)], end - start < 7 {
            if numeral >= 10 {
                sum += max(current, 1) * numeral
                current = 0
            } else {
                current = current * 10 + numeral
            }
            end += 1
        }
        return end == start ? nil : (sum + current, start..<end)
    }

    static let numerals: [Unicode.Scalar: Int] = [
        "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "百": 100, "千": 1000,
    ]
    static let kanjiNumerals = Set(numerals.keys)
    private static let joints = Word.letters("-.,")
    private static let gapPunctuation = Word.letters(" \t\n:;=/・、,.「『【】』」[<>=→-(")
    private static let gapWords = Word.list("西暦 和暦 番号 は が も on in is was no")
    /// ASCII words that stand beside a number without a space and are no part of it.
    private static let numberWords = Word.list("telephone phone tel fax mobile cell ext mail email dob no")
}
