// Dates of birth: a whole date, in 西暦 or 元号 or English, with a word before or after it that says that somebody was born
// then. A date without such a word, as bulletins have many, is none.

extension IdentifierScanner {
    func birthDate(at start: Int) -> Range<Int>? {
        guard !isContinuation(start), let end = dateEnd(at: start) else { return nil }
        let after = at(end)
        guard !after.isDigit, !(after.isHyphen && at(end + 1).isDigit) else { return nil }
        let range = start..<end
        if isLabelled(start, by: Self.birthLabels, gap: 20) { return range }
        // 19400401 may be anything; only a label before it tells.
        let isBare = range.allSatisfy { at($0).isDigit }
        return !isBare && saysBorn(after: end) ? range : nil
    }

    /// Whether the words after a date say that it is a birth: 生まれ, 生, （85歳）生まれ, (DOB).
    private func saysBorn(after end: Int) -> Bool {
        var place = skippingSpaces(end)
        if at(place) == "(" {
            if self.end(ofAny: Self.birthRemarks, at: place + 1) != nil { return true }
            guard let close = (place..<place + 14).first(where: { at($0) == ")" }) else { return false }
            place = skippingSpaces(close + 1)
        }
        if at(place) == "に" || at(place) == "、" { place += 1 }
        if let ending = self.end(ofAny: Self.birthEndings, at: place) { return at(ending) != "変" }
        guard at(place) == "生" else { return false }
        // 生活, 生じた and 生保第3001号 are not births.
        let after = at(place + 1)
        return !after.isWordLetter || after == "の" || after == "で" || after == "、"
    }

    /// Where a date that begins at `start` ends.
    private func dateEnd(at start: Int) -> Int? {
        if at(start).isLetter, let end = englishDateEnd(monthAt: start) { return end }
        if let yearEnd = eraYearEnd(at: start) ?? westernYearEnd(at: start), let end = monthAndDayEnd(after: yearEnd) {
            return end
        }
        return bareDateEnd(at: start) ?? dayFirstDateEnd(at: start)
    }

    /// 昭和15, 昭和十五, S15, ㍼15, 令和元.
    private func eraYearEnd(at start: Int) -> Int? {
        var place: Int
        if let end = end(ofAny: Self.eras, at: start) {
            place = end
        } else if Self.eraLetters.contains(at(start)), !at(start - 1).isLetter {
            place = start + 1
            if at(place) == "." { place += 1 }
        } else {
            return nil
        }
        place = skippingSpaces(place)
        if at(place) == "元" { return place + 1 }
        guard let year = number(at: place), (1...64).contains(year.value) else { return nil }
        return year.range.upperBound
    }

    /// 1940, 西暦1940, 一九四〇.
    private func westernYearEnd(at start: Int) -> Int? {
        let place = has("西暦", at: start) ? skippingSpaces(start + 2) : start
        guard let year = number(at: place), Self.years.contains(year.value), year.range.count == 4 else { return nil }
        return year.range.upperBound
    }

    /// What follows the year: 年4月1日, /04/01, .4.1, （1940）年4月1日, 年（1940年）4月1日.
    private func monthAndDayEnd(after yearEnd: Int) -> Int? {
        var place = skippingRemark(skippingSpaces(yearEnd))
        guard at(place) == "年" || Self.dateJoints.contains(at(place)) else { return nil }
        place = skippingSpaces(skippingRemark(place + 1))
        guard let month = number(at: place), (1...12).contains(month.value) else { return nil }
        place = skippingSpaces(month.range.upperBound)
        guard at(place) == "月" || Self.dateJoints.contains(at(place)) else { return nil }
        place = skippingSpaces(place + 1)
        guard let day = number(at: place), (1...31).contains(day.value) else { return nil }
        place = skippingSpaces(day.range.upperBound)
        return at(place) == "日" ? place + 1 : day.range.upperBound
    }

    /// The same year in the other reckoning, in brackets.
    private func skippingRemark(_ place: Int) -> Int {
        guard at(place) == "(" else { return place }
        return (place..<place + 12).first { at($0) == ")" }.map { $0 + 1 } ?? place
    }

    /// 19400401.
    private func bareDateEnd(at start: Int) -> Int? {
        let figures = digits(at: start)
        guard figures.count == 8, Self.years.contains(value(start..<start + 4)),
            (1...12).contains(value(start + 4..<start + 6)), (1...31).contains(value(start + 6..<start + 8))
        else { return nil }
        return figures.upperBound
    }

    /// 1/4/1940, 1 April 1940, 1st of April, 1940.
    private func dayFirstDateEnd(at start: Int) -> Int? {
        let day = digits(at: start)
        guard (1...2).contains(day.count), (1...31).contains(value(day)) else { return nil }
        if Self.dateJoints.contains(at(day.upperBound)) {
            let month = digits(at: day.upperBound + 1)
            guard (1...2).contains(month.count), Self.dateJoints.contains(at(month.upperBound)) else { return nil }
            return yearEnd(at: month.upperBound + 1)
        }
        var place = end(ofAny: Self.ordinals, at: day.upperBound) ?? day.upperBound
        place = skippingSpaces(place)
        if has("of ", at: place) { place += 3 }
        guard let monthEnd = monthEnd(at: place) else { return nil }
        return yearEnd(at: skippingCommaAndSpaces(monthEnd))
    }

    /// April 1, 1940.
    private func englishDateEnd(monthAt start: Int) -> Int? {
        guard !at(start - 1).isLetter, let monthEnd = monthEnd(at: start) else { return nil }
        let day = digits(at: skippingCommaAndSpaces(monthEnd))
        guard (1...2).contains(day.count), (1...31).contains(value(day)) else { return nil }
        return yearEnd(at: skippingCommaAndSpaces(end(ofAny: Self.ordinals, at: day.upperBound) ?? day.upperBound))
    }

    private func monthEnd(at start: Int) -> Int? {
        guard let end = end(ofAny: Self.months, at: start) else { return nil }
        var place = end
        while at(place).isLetter { place += 1 }
        return place - end <= 6 ? place : nil
    }

    private func yearEnd(at start: Int) -> Int? {
        let year = digits(at: start)
        return year.count == 4 && Self.years.contains(value(year)) ? year.upperBound : nil
    }

    private func skippingCommaAndSpaces(_ index: Int) -> Int {
        skippingSpaces(at(index) == "," || at(index) == "." ? index + 1 : index)
    }

    /// A date may begin with one of these, beside figures and ASCII letters.
    static let dateStarts = Word.letters("明大昭平令西㍾㍽㍼㍻㋿").union(kanjiNumerals)
    /// Of dates that anybody writes about the living; figures outside are no year.
    static let years = 1850...2100
    private static let eras = Word.list("明治 大正 昭和 平成 令和 ㍾ ㍽ ㍼ ㍻ ㋿")
    private static let eraLetters = Word.letters("MTSHRmtshr")
    private static let dateJoints = Word.letters("/-.\u{30FC}")
    private static let months = Word.list("jan feb mar apr may jun jul aug sep oct nov dec")
    private static let ordinals = Word.list("st nd rd th")
    private static let birthLabels = Word.list(
        "生年月日 誕生日 誕生年月日 生まれた日 生まれ 生れ 出生 出生日 出生年月日 birth birthday birthdate born dob d.o.b d.o.b.")
    private static let birthEndings = Word.list("生まれ 生れ うまれ 出生 誕生日 born")
    private static let birthRemarks = Word.list("生年月日 誕生日 生) 生まれ dob birth date of birth")
}
