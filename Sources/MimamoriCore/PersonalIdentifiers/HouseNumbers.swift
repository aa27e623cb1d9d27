// Addresses down to the house: 1丁目2番3号, 三丁目二番一号, 12番地の3, and figures after the name of a place (八戸市内丸1-1-1). The
// range is that of the number; the place before it is no identifier by itself. A 丁目 alone is how bulletins say where
// something happened.

extension IdentifierScanner {
    func houseNumber(at start: Int) -> Range<Int>? {
        guard !isContinuation(start), !Self.beforeNoHouse.contains(at(start - 1)),
            let first = number(at: start), first.range.count <= 5, first.value > 0
        else { return nil }
        let next = skippingSpaces(first.range.upperBound, limit: 1)
        if has("丁目", at: next) { return block(from: start, after: next + 2) }
        if has("番地", at: next) {
            // After a 丁目 it was read with it, or was no address.
            let isRead = has("丁目", at: start - 2) || has("丁目の", at: start - 3)
            return isRead || Self.afterNoLot.contains(at(next + 2)) ? nil : start..<tailEnd(next + 2)
        }
        if at(next) == "番" {
            guard let house = number(at: skippingSpaces(next + 1, limit: 1)), house.value > 0 else { return nil }
            let unit = skippingSpaces(house.range.upperBound, limit: 1)
            return at(unit) == "号" && !Self.afterNoHouse.contains(at(unit + 1)) ? start..<tailEnd(unit) : nil
        }
        return figures(first.range)
    }

    /// 2番3号, 2番地, 2-3, 2の3 after 1丁目.
    private func block(from start: Int, after place: Int) -> Range<Int>? {
        let from = skippingSpaces(at(place) == "の" ? place + 1 : place)
        guard let second = number(at: from), second.value > 0, second.range.count <= 5 else { return nil }
        let end = second.range.upperBound
        let unit = skippingSpaces(end, limit: 1)
        if at(unit) == "番" {
            // 子ども110番の家 stands in many a 丁目.
            guard !Self.shortNumbers.contains(second.value), at(unit + 1) != "目" else { return nil }
            // 県政の一丁目一番地 is an idiom.
            let isIdiom = has("番地", at: unit) && second.value == 1 && at(start - 1) == "の"
            return isIdiom ? nil : start..<tailEnd(unit)
        }
        if at(end).isHyphen || at(end) == "の", let third = number(at: end + 1), third.value > 0 {
            return isCounted(third.range.upperBound) ? nil : start..<tailEnd(end)
        }
        return Self.blockEnds.contains(at(end)) ? start..<tailEnd(end) : nil
    }

    /// The end of what still belongs to the number that ends at `start`: 番地, の3, -101, 号室.
    private func tailEnd(_ start: Int) -> Int {
        var end = start
        while end - start < 24 {
            if let unit = self.end(ofAny: Self.houseUnits, at: end) {
                end = unit
                continue
            }
            let isSpaced = at(end) == " "
            let place = isSpaced || at(end) == "の" || at(end).isHyphen ? end + 1 : end
            guard let further = number(at: place), further.range.count <= 5 else { break }
            let after = further.range.upperBound
            // After a space only a room belongs to it; 1丁目2番三沢市 ends before 三.
            if isCounted(after) || (isSpaced && at(after) != "号") { break }
            if !at(place).isDigit, at(after).isKanji, !Self.unitStarts.contains(at(after)) { break }
            end = after
        }
        return end
    }

    /// 1-2-3, 1の2の3 or 1-2 after the name of a place, and 12 after a 字.
    private func figures(_ first: Range<Int>) -> Range<Int>? {
        let start = first.lowerBound
        guard at(start) != "0", let place = placeBefore(start) else { return nil }
        var ends = [first.upperBound]
        while ends.count < 4, let end = ends.last, at(end).isHyphen || at(end) == "の",
            let further = number(at: end + 1), further.range.count <= 4, further.value > 0
        {
            ends.append(further.range.upperBound)
        }
        guard let end = ends.last, !isContinued(end), !isCounted(end), at(end) != "丁" else { return nil }
        // 2025-10-1 is a date.
        if ends.count > 1, first.count == 4, Self.years.contains(value(first)) { return nil }
        switch ends.count {
        case 1: return place == .section && at(start).isDigit ? start..<end : nil
        case 2:
            let isPlain = at(first.upperBound).isHyphen && at(start).isDigit
            return isPlain && at(start - 1).isWordLetter && !at(start - 1).isHiragana ? start..<tailEnd(end) : nil
        default: return start..<tailEnd(end)
        }
    }

    private enum Place {
        /// A 字, whose houses have one number only.
        case section
        case town
    }

    /// What ends before `index`, when it is the name of a place: it holds 市, 区, 町, 村 or 字, and no words of a sentence after it.
    private func placeBefore(_ index: Int) -> Place? {
        var start = index
        var spaces = 0
        while index - start < 24, at(start - 1).isWordLetter || (at(start - 1) == " " && spaces < 2) {
            if at(start - 1) == " " { spaces += 1 }
            start -= 1
        }
        let name = text[start..<index]
        guard let last = name.last(where: { $0 != " " }), !Self.particles.contains(last),
            let marker = name.indices.last(where: { isMarker(at: $0, from: start) })
        else { return nil }
        let rest = name[(marker + 1)...].drop { $0 == " " }
        if let next = rest.first {
            let isOtherWord =
                Self.particles.contains(next) || end(ofAny: Self.afterNoPlace, at: marker + 1) != nil
                || (at(marker) == "区" && Self.afterNoWard.contains(next))
                || (rest.count == 1 && Self.aloneNoPlace.contains(next))
            guard !isOtherWord else { return nil }
        }
        let isSection = at(marker) == "字" && (1...8).contains(rest.count) && !rest.contains { $0.isHiragana }
        return isSection ? .section : .town
    }

    private func isMarker(at index: Int, from start: Int) -> Bool {
        let before = index > start ? at(index - 1) : " "
        switch at(index) {
        case "市": return before != "都" && before != " "
        case "村": return before != "農" && before != "漁" && before != " "
        case "区", "町": return before != " "
        // 文字 and 漢字 are no places: a 字 stands after 大, or after a place.
        case "字": return before == "大" || text[start..<index].contains { Self.beforeSection.contains($0) }
        default: return false
        }
    }

    /// Whether figures that end here count something: 3-4年生, 1-2か月. A 号 is part of an address.
    private func isCounted(_ end: Int) -> Bool { at(end) != "号" && (hasUnit(at: end) || has("世帯", at: end)) }

    private static let houseUnits = Word.list("番地 番 号室 号棟 号")
    private static let unitStarts = Word.letters("番号")
    private static let shortNumbers = [110, 118, 119, 188, 189]
    private static let blockEnds = Word.letters("\n)。号")
    /// 第2番, 〒100-0001, and the middle of a number in 漢数字.
    private static let beforeNoHouse = kanjiNumerals.union(Word.letters("第〒"))
    /// 3番2号車.
    private static let afterNoHouse = Word.letters("車線機")
    private static let beforeSection = Word.letters("市区町村大")
    private static let particles = Word.letters("のはでにをがともへや")
    /// 市民, 町議会, 市役所, 市場: the letter is part of another word.
    private static let afterNoPlace = Word.list("民 議 役所 役場 立 営 政 販 況 場 税")
    /// 区分, 区別, 区間, 区域, 区画.
    private static let afterNoWard = Word.letters("分別間域画")
    /// 市内, 市外, 市長, 町会.
    private static let aloneNoPlace = Word.letters("内外長会")
    /// 一番地元に近い, 2番地区, 3番地点.
    private static let afterNoLot = Word.letters("元域方味道下区点帯形図")
}
