// Mail addresses: what stands around an @ in full or half width, or around (at) as people write it who fear spam. The name of
// an account alone (@example) is none.

extension IdentifierScanner {
    /// `@`, or `(at)` as people write who fear spam.
    func email(around index: Int) -> Range<Int>? {
        guard let afterSign = end(ofAny: Self.atSigns, at: index) else { return nil }
        // One space on both sides, as in a (at) b, or none: curl --data @file.pem is no address.
        let isSpaced = at(index - 1) == " " && at(afterSign) == " "
        let localEnd = isSpaced ? index - 1 : index
        var start = localEnd
        while Self.isLocalPart(at(start - 1)) { start -= 1 }
        while start < localEnd, at(start) == "." || at(start) == "-" { start += 1 }
        guard start < localEnd, let end = domainEnd(isSpaced ? afterSign + 1 : afterSign) else { return nil }
        return start..<end
    }

    /// The end of at least two labels, the last of which is letters only.
    private func domainEnd(_ start: Int) -> Int? {
        var place = start
        var labels = 0
        var end: Int?
        while true {
            var stop = place
            while at(stop).isDigit || at(stop).isLetter || at(stop) == "-" { stop += 1 }
            guard stop > place, at(place) != "-" else { break }
            labels += 1
            if labels > 1, stop - place > 1, (place..<stop).allSatisfy({ at($0).isLetter }) { end = stop }
            guard at(stop) == "." else { break }
            place = stop + 1
        }
        return end
    }

    private static let atSigns: [Word] = ["@", "(at)", "[at]", "(アットマーク)"]

    private static func isLocalPart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isDigit || scalar.isLetter || "._%+-".unicodeScalars.contains(scalar)
    }
}
