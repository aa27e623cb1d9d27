// 個人番号 (マイナンバー): twelve digits by their check digit, or by a label that says so. One in eleven of all rows of twelve digits
// has a right check digit by chance; amounts, moments and longer rows are therefore told apart first.

extension IdentifierScanner {
    /// Twelve digits with the right check digit, or after a label that says so.
    func individualNumber(at start: Int) -> Range<Int>? {
        guard at(start).isDigit, !isContinuation(start) else { return nil }
        let groups = digitGroups(at: start, limit: 6, separators: ["-", "\u{30FC}", " "])
        var (count, figures) = (0, 0)
        while count < groups.count, figures < 12 {
            figures += groups[count].count
            count += 1
        }
        guard figures == 12, let last = groups.prefix(count).last, !isContinued(last.upperBound) else { return nil }
        let range = start..<last.upperBound
        if isLabelled(start, by: Self.individualNumberLabels) { return range }
        let lengths = groups.prefix(count).map(\.count)
        guard lengths == [12] || lengths == [4, 4, 4], !hasUnit(at: range.upperBound) else { return nil }
        // A longer row of figures in groups, such as a card's.
        if at(groups[0].upperBound) == " " {
            guard !(at(range.upperBound) == " " && at(range.upperBound + 1).isDigit),
                !(at(start - 1) == " " && at(start - 2).isDigit)
            else { return nil }
        }
        let digits = range.compactMap { at($0).isDigit ? Int(at($0).value) - 0x30 : nil }
        guard Self.hasCheckDigit(digits), Set(digits).count > 1 else { return nil }
        return lengths == [12] && Self.isMoment(digits) ? nil : range
    }

    /// 平成26年総務省令第85号 第5条: 11 − (ΣPn·Qn mod 11), and 0 where that remainder is 0 or 1. Pn is the n-th digit from the
    /// right of the eleven, Qn is n+1 up to the sixth and n−5 from the seventh.
    static func hasCheckDigit(_ digits: [Int]) -> Bool {
        guard digits.count == 12 else { return false }
        var sum = 0
        for n in 1...11 { sum += digits[11 - n] * (n <= 6 ? n + 1 : n - 5) }
        let rest = sum % 11
        return digits[11] == (rest <= 1 ? 0 : 11 - rest)
    }

    /// 202510011230: year, month, day, hour and minute, as file names and logs have them.
    private static func isMoment(_ digits: [Int]) -> Bool {
        let pairs = stride(from: 0, to: 12, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
        return (19...20).contains(pairs[0]) && (1...12).contains(pairs[2]) && (1...31).contains(pairs[3])
            && pairs[4] < 24 && pairs[5] < 60
    }

    private static let individualNumberLabels = Word.list("個人番号 マイナンバー マイナンバーカード 個人番号カード")
}
