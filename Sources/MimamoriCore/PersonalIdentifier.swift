// Looks for personal identifiers in free text, so that a bulletin that carries one can be refused with the place named
// (N6). A pure scanner: it says what sort of identifier stands where and never repeats the text itself. How each sort is
// recognised is in PersonalIdentifiers/; who is refused for it, and who may override a false alarm, is decided elsewhere.
//
// It aims at the mistakes of an honest writer, not at somebody who hides an identifier on purpose, and it prefers to miss
// a doubtful name over stopping a bulletin without reason.
//
// LIMIT: Person names are found after a label (氏名：…), before さん・様・氏・君・ちゃん・殿, and after Mr. and the like. A name with
// neither is not found; nor is a given name alone (花子さん), a family name alone that is not among the frequent ones of
// PersonalNameWords.swift, or a name written in hiragana or katakana alone without a space between its two halves.
// LIMIT: A birth date needs year, month and day, and a word that says so (生年月日, 生まれ, born); a year of birth alone is how
// bulletins describe types of victims and is not found.
// LIMIT: A house number is found by 丁目・番・番地・号, or as figures after a place that names its 市, 区, 町, 村 or 字 (八戸市内丸1-1-1).
// After the name of a quarter alone (内丸1-1-1) figures are not found, nor after 〇〇町, which is nobody's address.
// LIMIT: A subscriber's number without its area code is found after a label (電話) only; a mail address needs a domain in
// ASCII. Card and account numbers are not looked for.

package struct PersonalIdentifier: Sendable, Hashable {
    package enum Sort: String, Sendable, Codable, CaseIterable {
        case phone, email
        case birthDate = "birth_date"
        case houseNumber = "house_number"
        case individualNumber = "individual_number"
        case personName = "person_name"

        package var name: Bilingual {
            switch self {
            case .phone: Bilingual(ja: "電話番号", en: "telephone number")
            case .email: Bilingual(ja: "メールアドレス", en: "mail address")
            case .birthDate: Bilingual(ja: "生年月日", en: "date of birth")
            case .houseNumber: Bilingual(ja: "番地まである住所", en: "address with a house number")
            case .individualNumber: Bilingual(ja: "個人番号（マイナンバー）とみられる数字", en: "digits like an Individual Number")
            case .personName: Bilingual(ja: "人の氏名", en: "name of a person")
            }
        }
    }

    package let sort: Sort
    /// Characters from the start of the text, as `Array(text)` counts them; never the text itself.
    package let range: Range<Int>

    package init(sort: Sort, range: Range<Int>) {
        self.sort = sort
        self.range = range
    }

    /// Every identifier in `text`, in the order of the text, none overlapping another. Where two readings overlap the one
    /// that says more wins: a mail address that begins with a telephone number is a mail address.
    package static func find(in text: String) -> [PersonalIdentifier] {
        let folded = FoldedText(text)
        let candidates = IdentifierScanner(folded.scalars).candidates()
        var isTaken = [Bool](repeating: false, count: folded.scalars.count)
        var found: [PersonalIdentifier] = []
        for candidate in candidates.sorted(by: isBetter) where !isTaken[candidate.range].contains(true) {
            for index in candidate.range { isTaken[index] = true }
            found.append(PersonalIdentifier(sort: candidate.sort, range: folded.original(candidate.range)))
        }
        return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// From the surest sign to the least sure; of one sort, the longer one, then the earlier one.
    private static func isBetter(_ left: PersonalIdentifier, _ right: PersonalIdentifier) -> Bool {
        let (first, second) = (left.sort.precedence, right.sort.precedence)
        if first != second { return first < second }
        if left.range.count != right.range.count { return left.range.count > right.range.count }
        return left.range.lowerBound < right.range.lowerBound
    }
}

extension PersonalIdentifier.Sort {
    fileprivate var precedence: Int {
        switch self {
        case .email: 0
        case .birthDate: 1
        case .individualNumber: 2
        case .phone: 3
        case .houseNumber: 4
        case .personName: 5
        }
    }
}
