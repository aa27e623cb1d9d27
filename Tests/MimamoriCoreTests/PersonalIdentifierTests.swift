// What is a personal identifier in free text and what is not (N6): the place is right in the original text whatever its
// width, sentences of bulletins go through, and no text makes the scanner fail.

import Testing

@testable import MimamoriCore

/// A sentence with «…» around what must be found.
private struct Marked {
    let text: String
    let ranges: [Range<Int>]

    init(_ marked: String) {
        var characters: [Character] = []
        var ranges: [Range<Int>] = []
        var start = 0
        for character in marked {
            switch character {
            case "«": start = characters.count
            case "»": ranges.append(start..<characters.count)
            default: characters.append(character)
            }
        }
        text = String(characters)
        self.ranges = ranges
    }
}

struct PersonalIdentifierTests {
    @Test(arguments: IdentifierCases.found)
    func identifiersAreFoundAtTheirPlace(_ sort: PersonalIdentifier.Sort, _ sentences: [String]) {
        for sentence in sentences {
            let marked = Marked(sentence)
            let expected = marked.ranges.map { PersonalIdentifier(sort: sort, range: $0) }
            #expect(!expected.isEmpty && PersonalIdentifier.find(in: marked.text) == expected, "\(sentence)")
        }
    }

    @Test(arguments: IdentifierCases.clean)
    func bulletinsGoThrough(_ sentence: String) {
        #expect(PersonalIdentifier.find(in: sentence) == [])
    }

    @Test func theTablesAreLong() {
        #expect(IdentifierCases.found.reduce(0) { $0 + $1.1.count } >= 100)
        #expect(IdentifierCases.clean.count >= 100)
        #expect(Set(IdentifierCases.found.map(\.0)) == Set(PersonalIdentifier.Sort.allCases))
    }

    /// Offsets count characters, whatever stands before: emoji, combining marks, line breaks.
    @Test(arguments: ["", "👨‍👩‍👧 ", "が\u{3099}\r\n", "注意！\n", "e\u{301}、", "\u{FEFF}", "①②"])
    func offsetsCountCharacters(_ before: String) {
        let text = before + "電話は０１７８−４３−１２３４、氏名：見守花子"
        let found = PersonalIdentifier.find(in: text)
        let characters = Array(text)
        #expect(found.map { String(characters[$0.range]) } == ["０１７８−４３−１２３４", "見守花子"])
    }

    @Test func allSortsInOneTextAreFoundInItsOrder() {
        let text = """
            氏名：見守花子（昭和15年4月1日生）
            八戸市みまもり町1-2-3 0178-43-1234 hanako@example.jp
            個人番号 1234 5678 9018
            """
        #expect(
            PersonalIdentifier.find(in: text).map(\.sort) == [
                .personName, .birthDate, .houseNumber, .phone, .email, .individualNumber,
            ])
    }

    /// Every sort has a name for a person to read, and its raw value is what records and the wire carry.
    @Test func sortsHaveNames() {
        #expect(
            PersonalIdentifier.Sort.allCases.map(\.rawValue) == [
                "phone", "email", "birth_date", "house_number", "individual_number", "person_name",
            ])
        for sort in PersonalIdentifier.Sort.allCases { #expect(!sort.name.ja.isEmpty && !sort.name.en.isEmpty) }
    }
}

// MARK: the check digit

extension PersonalIdentifierTests {
    /// By the weights of 省令第5条, counted by hand: 000000000019 is 11 − 1·2, 00000000006 leaves 1 and so has 0.
    @Test(arguments: [
        ("123456789018", true), ("123456789012", false), ("023456789013", true), ("000000000010", false),
        ("000000000019", true), ("000000000060", true), ("000000100005", true), ("000000100003", false),
        ("987654321093", true), ("987654321039", false),
    ])
    func theCheckDigitOfAnIndividualNumber(_ digits: String, _ isRight: Bool) {
        #expect(IdentifierScanner.hasCheckDigit(digits.compactMap(\.wholeNumberValue)) == isRight)
    }

    /// Exactly one check digit fits any eleven digits.
    @Test func exactlyOneCheckDigitFits() {
        var numbers = SeededNumbers(seed: 5)
        for _ in 0..<500 {
            let digits = (0..<11).map { _ in Int.random(in: 0...9, using: &numbers) }
            #expect((0...9).count { IdentifierScanner.hasCheckDigit(digits + [$0]) } == 1)
        }
    }
}

// MARK: any text

extension PersonalIdentifierTests {
    /// Pieces from which random texts are made: triggers of every pattern, alone and together.
    private static let pieces = [
        "0", "1", "９", "-", "ー", "−", "(", "）", " ", "　", "\n", "\r\n", "+81", "0178", "43", "1234", "090", "@", "＠",
        ".", "．", "(at)",
        "example.jp", "昭和", "15年", "4月", "1日", "生", "生まれ", "生年月日", "S", "born", "April", "一", "十", "丁目", "番地", "番", "号",
        "町",
        "八戸市", "字", "の", "個人番号", "氏名", "名前：", "：", "見守", "花子", "さん", "様", "方", "氏", "君", "ミマモリ", "ﾊﾅｺ", "ﾞ", "が",
        "\u{3099}",
        "👨‍👩‍👧", "\u{200B}", "\u{301}", "e", "Mr.", "Name:", "Hanako", "A", "〒", "第", "円", "か月", "㍼", "⽣", "\u{FFFD}", "𝟎",
        "𠮷",
    ]

    @Test func randomTextsAreScannedInBoundsAndInOrder() {
        var numbers = SeededNumbers(seed: 2026)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...40, using: &numbers)
            let text = (0..<count).compactMap { _ in Self.pieces.randomElement(using: &numbers) }.joined()
            let length = text.count
            var end = 0
            for identifier in PersonalIdentifier.find(in: text) {
                #expect(identifier.range.lowerBound >= end && !identifier.range.isEmpty, "\(text)")
                end = identifier.range.upperBound
            }
            #expect(end <= length, "\(text)")
        }
    }

    /// Folding gives at most one scalar a character, and each range of them back to its characters.
    @Test func foldingKeepsThePlaces() {
        var numbers = SeededNumbers(seed: 7)
        for _ in 0..<1000 {
            let text = (0..<20).compactMap { _ in Self.pieces.randomElement(using: &numbers) }.joined()
            let characters = Array(text)
            let folded = FoldedText(text)
            #expect(folded.scalars.count == characters.count { FoldedText.folded($0) != nil })
            for index in folded.scalars.indices {
                let place = folded.original(index..<index + 1)
                #expect(place.count == 1)
                #expect(FoldedText.folded(characters[place.lowerBound]) == folded.scalars[index])
            }
        }
    }

    @Test(
        arguments: [
            ("０", "0"), ("Ａ", "A"), ("＠", "@"), ("．", "."), ("－", "-"), ("−", "-"), ("‐", "-"), ("―", "-"), ("〜", "~"),
            ("～", "~"),
            ("ー", "ー"), ("ｰ", "ー"), ("　", " "), ("\u{A0}", " "), ("ﾊ", "ハ"), ("ﾊﾞ", "バ"), ("ハ\u{309A}", "パ"), ("⽣", "生"),
            ("𝟎", "0"),
            ("\r\n", "\n"), ("①", "①"), ("㍼", "㍼"),
        ] as [(Character, Unicode.Scalar)])
    func widthsAreFolded(_ character: Character, _ scalar: Unicode.Scalar) {
        #expect(FoldedText.folded(character) == scalar)
    }

    @Test(arguments: ["\u{200B}", "\u{AD}", "\u{FEFF}", "\u{2066}"] as [Character])
    func invisibleCharactersAreLeftOut(_ character: Character) {
        #expect(FoldedText.folded(character) == nil)
    }
}
