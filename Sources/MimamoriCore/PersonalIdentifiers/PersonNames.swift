// Names of persons, where the text itself says that a name stands there: after a label, before a form of address, after a
// title. Which words are no names is in PersonalNameWords.swift; what is missed is said in PersonalIdentifier.swift.

extension IdentifierScanner {
    func personName(at index: Int) -> Range<Int>? {
        switch at(index) {
        case "さ", "様", "氏", "君", "く", "ち", "殿":
            return honorificEnd(at: index).flatMap { addressedName(before: index, after: $0) }
                ?? labelledName(at: index)
        case "名", "姓", "フ", "ふ", "被", "相", "契", "対", "申", "通", "担", "口": return labelledName(at: index)
        case "M", "D": return titledName(at: index)
        case "N", "n": return latinLabelledName(at: index)
        default: return nil
        }
    }
}

// MARK: before さん and 様

extension IdentifierScanner {
    /// Where a form of address that begins at `index` ends. 氏名, 様子 and 君津市 are none.
    private func honorificEnd(at index: Int) -> Int? {
        guard let end = end(ofAny: Self.honorifics, at: index) else { return nil }
        if at(index).isKanji {
            let after = at(end)
            guard !after.isKanji || Self.afterHonorific.contains(after) else { return nil }
        }
        return end
    }

    private func addressedName(before honorific: Int, after honorificEnd: Int) -> Range<Int>? {
        // （仮名） says that it is nobody's name.
        guard !has("(仮名", at: honorificEnd), !has("(仮称", at: honorificEnd) else { return nil }
        let end = at(honorific - 1) == " " ? honorific - 1 : honorific
        let last = at(end - 1)
        if last.isKanji { return kanjiName(endingAt: end) }
        let isKatakana = last.isKatakana
        guard isKatakana || last.isHiragana else { return nil }
        let given = run(endingAt: end, where: isKatakana ? \.isKatakana : \.isHiragana)
        guard let family = runBeforeSpace(given.lowerBound) else { return nil }
        if NameWords.family.contains(Array(text[family])) && at(family.lowerBound).isKanji {
            return (2...5).contains(given.count) ? family.lowerBound..<end : nil
        }
        guard isKatakana, isKatakanaName(given), isKatakanaName(family) else { return nil }
        return family.lowerBound..<end
    }

    private func kanjiName(endingAt end: Int) -> Range<Int>? {
        let given = run(endingAt: end, where: \.isKanji)
        if given.count <= 4, !isNoName(given), let family = runBeforeSpace(given.lowerBound),
            at(family.lowerBound).isKanji
        {
            let name = withoutRole(family)
            let isFamily = NameWords.family.contains(Array(text[name]))
            if name.count <= 4, isFamily || (hasGivenEnding(given) && !isNoName(name)) { return name.lowerBound..<end }
        }
        let name = withoutRole(given)
        return isWholeName(name) ? name : nil
    }

    /// Family name and given name in one run, or a frequent family name alone.
    private func isWholeName(_ range: Range<Int>) -> Bool {
        let name = Array(text[range])
        guard name.count <= 6 else { return false }
        if NameWords.family.contains(name) { return true }
        // Three or more that end as given names do: a known family name begins them, or they have the length of a name.
        guard name.count >= 3, hasGivenEnding(range), !isNoName(range) else { return false }
        return name.count <= 5 || (2...3).contains { NameWords.family.contains(Array(name.prefix($0))) }
    }

    /// Without a role that stands before the name: 被害者見守花子.
    private func withoutRole(_ range: Range<Int>) -> Range<Int> {
        guard let end = end(ofAny: NameWords.roles, at: range.lowerBound), end < range.upperBound else { return range }
        return end..<range.upperBound
    }

    /// Whether the run ends as a word for a role, kin, a body or a place does.
    private func isNoName(_ range: Range<Int>) -> Bool {
        NameWords.roleEndings.contains(at(range.upperBound - 1))
            || NameWords.noName.contains {
                $0.scalars.count <= range.count && has($0, at: range.upperBound - $0.scalars.count)
            }
    }

    private func isKatakanaName(_ range: Range<Int>) -> Bool {
        (2...6).contains(range.count) && !text[range].contains("\u{30FC}")
            && !NameWords.noKatakanaName.contains {
                $0.scalars.count <= range.count && has($0, at: range.upperBound - $0.scalars.count)
            }
    }

    private func run(endingAt end: Int, where belongs: KeyPath<Unicode.Scalar, Bool>) -> Range<Int> {
        var start = end
        while end - start <= Self.longestRun, at(start - 1)[keyPath: belongs] { start -= 1 }
        return start..<end
    }

    /// The run of one script that stands before a space or ・ at `index`.
    private func runBeforeSpace(_ index: Int) -> Range<Int>? {
        guard at(index - 1) == " " || at(index - 1) == "・" else { return nil }
        let range = run(endingAt: index - 1, where: at(index - 2).isKanji ? \.isKanji : \.isKatakana)
        return range.isEmpty ? nil : range
    }

    /// Longer than any name with the role before it; a bound on the work, too.
    private static let longestRun = 16
    private static let honorifics = Word.list("さん さま 様 氏 君 くん ちゃん 殿")
    /// 様方, 氏宅, 氏他.
    private static let afterHonorific = Word.letters("方宅他外等及本夫")
}

// MARK: after 氏名

extension IdentifierScanner {
    private func labelledName(at index: Int) -> Range<Int>? {
        guard let labelEnd = end(ofAny: NameWords.labels, at: index), !NameWords.beforeNoLabel.contains(at(index - 1)),
            !(at(index - 1) == "の" && endsWithAny(NameWords.namedThings, at: index - 1))
        else { return nil }
        var place = skippingSpaces(labelEnd)
        if at(place) == "(", let close = (place..<place + 10).first(where: { at($0) == ")" }) {
            place = skippingSpaces(close + 1)
        }
        let hasSpace = place > labelEnd
        let isStrong = Self.nameDelimiters.contains(at(place))
        let isTopic = at(place) == "は"
        guard isStrong || isTopic || hasSpace else { return nil }
        if isTopic { place += 1 }
        while Self.nameDelimiters.contains(at(place)) || at(place) == " " || at(place) == "「" { place += 1 }
        return value(at: place, isStrong: isStrong)
    }

    /// The name that begins at `start`. After は or a mere space only what looks like a name is taken for one.
    private func value(at start: Int, isStrong: Bool) -> Range<Int>? {
        if at(start).isLetter { return isStrong ? latinName(at: start) : nil }
        let first = nameRun(at: start)
        guard !first.isEmpty else { return nil }
        var name = first
        var second = 0..<0
        if at(first.upperBound) == " " || at(first.upperBound) == "・" {
            second = nameRun(at: first.upperBound + 1)
            if (1...6).contains(second.count), !isNoName(second) { name = start..<second.upperBound }
        }
        guard endsName(name.upperBound), (2...14).contains(name.count), !isNoName(first),
            !NameWords.firms.contains(where: { firm in name.contains { has(firm, at: $0) } })
        else { return nil }
        if isStrong { return name }
        let isPair = name.upperBound == second.upperBound
        guard at(start).isKanji else { return isPair && at(start).isKatakana && isKatakanaName(first) ? name : nil }
        let looksLikePair = isPair && (NameWords.family.contains(Array(text[first])) || hasGivenEnding(second))
        return looksLikePair || isWholeName(first) ? name : nil
    }

    private func hasGivenEnding(_ range: Range<Int>) -> Bool {
        !range.isEmpty && NameWords.givenEndings.contains(at(range.upperBound - 1))
    }

    /// A run of one script, so that 見守さん ends before さん.
    private func nameRun(at start: Int) -> Range<Int> {
        let first = at(start)
        var end = start
        if first.isKanji {
            while end - start <= Self.longestRun, at(end).isKanji, honorificEnd(at: end) == nil { end += 1 }
        } else if first.isKatakana {
            while at(end).isKatakana { end += 1 }
        } else {
            while at(end).isHiragana, self.end(ofAny: Self.honorifics, at: end) == nil { end += 1 }
        }
        return start..<end
    }

    /// A name ends where its line, its bracket or its clause does.
    private func endsName(_ end: Int) -> Bool {
        !at(end).isWordLetter || honorificEnd(at: end) != nil || self.end(ofAny: Self.afterName, at: end) != nil
    }

    private static let nameDelimiters = Word.letters(":;=】]>』」")
    private static let afterName = Word.list("です で、 であ と、 とい")
}

// MARK: in Latin letters

extension IdentifierScanner {
    /// Ms. Mimamori, Mr Taro Mimamori.
    private func titledName(at index: Int) -> Range<Int>? {
        guard !at(index - 1).isLetter, let titleEnd = end(ofAny: Self.titles, at: index), !at(titleEnd).isLetter,
            at(index + 1).isCapital == false
        else { return nil }
        var place = at(titleEnd) == "." ? titleEnd + 1 : titleEnd
        guard at(place) == " " || place > titleEnd else { return nil }
        place = skippingSpaces(place)
        guard let first = latinWord(at: place) else { return nil }
        let second = at(first.upperBound) == " " ? latinWord(at: first.upperBound + 1) : nil
        return place..<(second ?? first).upperBound
    }

    /// Name: Hanako Mimamori; the name of a person, not of a file.
    private func latinLabelledName(at index: Int) -> Range<Int>? {
        guard has("name", at: index), !at(index - 1).isLetter else { return nil }
        let before = skippingSpacesBack(index)
        guard !at(before - 1).isLetter || endsWithAny(Self.nameWords, at: before) else { return nil }
        let colon = skippingSpaces(index + 4)
        guard at(colon) == ":" || at(colon) == "=" else { return nil }
        let start = skippingSpaces(colon + 1)
        return latinName(at: start) ?? (at(start).isKanji ? value(at: start, isStrong: true) : nil)
    }

    /// Two words or more that begin with capitals.
    private func latinName(at start: Int) -> Range<Int>? {
        guard let first = latinWord(at: start) else { return nil }
        var end = first.upperBound
        var words = 1
        while words < 4 {
            let place = at(end) == "," ? skippingSpaces(end + 1) : end + 1
            guard at(end) == " " || at(end) == ",", let next = latinWord(at: place) else { break }
            end = next.upperBound
            words += 1
        }
        return words > 1 ? start..<end : nil
    }

    private func latinWord(at start: Int) -> Range<Int>? {
        guard at(start).isCapital else { return nil }
        var end = start
        while at(end).isLetter { end += 1 }
        return end - start > 1 ? start..<end : nil
    }

    private func skippingSpacesBack(_ index: Int) -> Int {
        at(index - 1) == " " ? index - 1 : index
    }

    private static let titles = Word.list("mrs mr ms dr")
    private static let nameWords = Word.list("full real first last family given victim victim's client person's your")
}
