// Telephone numbers of Japan by the shapes of 電気通信番号計画 (令和元年総務省告示第6号): fixed lines 0A–0ABCDE, 050/060/070/080/090 and
// 0800 with eleven digits, 0120/0570 with ten, and numbers in the international form. Public short numbers (110, 188,
// #9110) have none of these shapes, and an amount never begins with 0.

extension IdentifierScanner {
    func phone(at start: Int) -> Range<Int>? {
        switch at(start) {
        case "+": return internationalPhone(at: start)
        case "(":
            guard at(start + 1) == "0", !isContinuation(start), let range = phone(at: start + 1),
                range.contains(where: { at($0) == ")" })
            else { return nil }
            return start..<range.upperBound
        case "0":
            guard !isContinuation(start) else { return nil }
            return nationalPhone(at: start)
        default:
            guard !isContinuation(start) else { return nil }
            return subscriberNumber(at: start)
        }
    }

    private func nationalPhone(at start: Int) -> Range<Int>? {
        let groups = digitGroups(at: start, limit: 3, separators: Self.phoneSeparators)
        for count in stride(from: groups.count, through: 1, by: -1) {
            let parts = Array(groups.prefix(count))
            guard let last = parts.last, isNationalShape(parts), !isContinued(last.upperBound) else { continue }
            return start..<last.upperBound
        }
        return nil
    }

    private func isNationalShape(_ groups: [Range<Int>]) -> Bool {
        let lengths = groups.map(\.count)
        let figures = groups.flatMap { $0.prefix(4) }.prefix(4).map { Int(at($0).value) - 0x30 }
        guard figures.count == 4 else { return false }
        let start = groups[0].lowerBound
        switch lengths.reduce(0, +) {
        case 11: return figures[1] >= 5 && figures[2] == 0 && lengths.allSatisfy { $0 >= 3 }
        case 10:
            if Self.servicePrefixes.contains(figures) { return lengths[0] == 4 || lengths.count == 1 }
            guard figures[1] != 0 else { return false }
            switch lengths {
            case [2, 4, 4]: return [3, 4, 6].contains(figures[1])
            case [3, 3, 4]: return figures[2] != 0
            case [4, 2, 4], [5, 1, 4]: return true
            case [4, 6], [6, 4]: return at(groups[0].upperBound) != " "
            case [10]: return isLabelled(start, by: Self.phoneLabels)
            default: return false
            }
        default: return false
        }
    }

    /// +81 with or without (0), or another country's number in groups.
    private func internationalPhone(at start: Int) -> Range<Int>? {
        guard at(start + 1).isDigit, at(start + 1) != "0", !isContinuation(start) else { return nil }
        let groups = digitGroups(at: start + 1, limit: 6, separators: Self.phoneSeparators)
        for count in stride(from: groups.count, through: 1, by: -1) {
            guard let last = groups.prefix(count).last, !isContinued(last.upperBound) else { continue }
            let figures = groups.prefix(count).reduce(0) { $0 + $1.count }
            let japanese = has("81", at: start + 1)
            let longEnough = japanese ? (11...13).contains(figures) : (10...15).contains(figures)
            guard longEnough, japanese || count > 1, !hasUnit(at: last.upperBound) else { continue }
            return start..<last.upperBound
        }
        return nil
    }

    /// 43-1234 right after 電話: a number as neighbours write it.
    private func subscriberNumber(at start: Int) -> Range<Int>? {
        let groups = digitGroups(at: start, limit: 2, separators: ["-", "\u{30FC}"])
        guard groups.count == 2, (2...3).contains(groups[0].count), groups[1].count == 4,
            !isContinued(groups[1].upperBound), !hasUnit(at: groups[1].upperBound),
            isLabelled(start, by: Self.phoneLabels, gap: 6)
        else { return nil }
        return start..<groups[1].upperBound
    }

    /// Whether a unit follows, which makes figures a count or an amount.
    func hasUnit(at index: Int) -> Bool {
        let place = skippingSpaces(index, limit: 1)
        // か月 and ヶ所 count, から does not.
        if Self.smallKe.contains(at(place)) { return Self.afterSmallKe.contains(at(place + 1)) }
        return Self.units.contains(at(place))
    }

    private static let phoneSeparators = Word.letters("-\u{30FC}~ ().のノ\u{2022}")
    private static let servicePrefixes: Set<[Int]> = [[0, 1, 2, 0], [0, 5, 7, 0], [0, 9, 9, 0]]
    private static let phoneLabels = Word.list(
        "電話番号 電話 携帯電話 携帯番号 携帯 連絡先 固定電話 自宅 ファックス ファクス ファクシミリ telephone phone tel fax mobile ℡ ☎ 📞 📱 ☏")
    private static let units = Word.letters(
        "円万億兆千百件人名回年月日時分秒歳才代世度％%割倍個台社校枚本冊点票位号巻頁区丁章節項条款階級組部班期次種類通口株軒戸棟kKmMgGtT℃")
    private static let smallKe = Word.letters("かヶケカヵ箇")
    private static let afterSmallKe = Word.letters("月所国年条村町")
}
