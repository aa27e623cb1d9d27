// A point in time and its one written form. Every time that is signed, stored or logged is RFC 3339 with the offset
// of Japan and milliseconds (`2026-11-23T10:00:00.000+09:00`), because SD-LOG-5 wants the zone stated and because one
// form keeps signed bytes canonical. Japan has kept +09:00 with no summer time since 1952, so the arithmetic is pure.
// Reading a clock is left to the caller.

/// Milliseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Sendable, Hashable, Comparable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package func advanced(bySeconds seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + seconds * 1000)
    }

    /// Whole seconds from `other` to here; negative when `other` is later.
    package func seconds(since other: Timestamp) -> Int64 {
        (milliseconds - other.milliseconds) / 1000
    }
}

extension Timestamp: CustomStringConvertible, Codable {
    private static let offsetMilliseconds: Int64 = 9 * 3600 * 1000
    private static let millisecondsPerDay: Int64 = 86_400_000

    /// The canonical form, always 29 characters.
    package var description: String {
        let local = milliseconds + Self.offsetMilliseconds
        let days = local.flooredQuotient(by: Self.millisecondsPerDay)
        let rest = local - days * Self.millisecondsPerDay
        let date = CivilDate(daysSinceEpoch: days)
        let digits: [(Int64, Int)] = [
            (Int64(date.year), 4), (Int64(date.month), 2), (Int64(date.day), 2), (rest / 3_600_000, 2),
            (rest / 60_000 % 60, 2), (rest / 1000 % 60, 2), (rest % 1000, 3),
        ]
        let separators: [UInt8] = Array("--T::.".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(29)
        for (index, (value, width)) in digits.enumerated() {
            var divisor: Int64 = [2: 10, 3: 100, 4: 1000][width] ?? 1
            while divisor > 0 {
                text.append(UInt8(48 + value / divisor % 10))
                divisor /= 10
            }
            if index < separators.count { text.append(separators[index]) }
        }
        return String(decoding: text, as: UTF8.self) + "+09:00"
    }

    /// Reads the canonical form and nothing else; `nil` for any other spelling of the same moment.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 29, text.hasSuffix("+09:00") else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - 48)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let millisecond = number(20..<23), hour < 24, minute < 60, second < 60,
            let date = CivilDate(year: Int(year), month: Int(month), day: Int(day))
        else { return nil }
        let local =
            date.daysSinceEpoch * Self.millisecondsPerDay + hour * 3_600_000 + minute * 60_000 + second * 1000
            + millisecond
        self.init(milliseconds: local - Self.offsetMilliseconds)
        guard description == text else { return nil }
    }

    /// The calendar date of this moment in Japan.
    package var dateInJapan: CivilDate {
        CivilDate(
            daysSinceEpoch: (milliseconds + Self.offsetMilliseconds).flooredQuotient(by: Self.millisecondsPerDay))
    }

    /// 0–23, the hour of this moment in Japan.
    package var hourInJapan: Int {
        let local = milliseconds + Self.offsetMilliseconds
        let sinceMidnight = local - local.flooredQuotient(by: Self.millisecondsPerDay) * Self.millisecondsPerDay
        return Int(sinceMidnight / 3_600_000)
    }

    fileprivate init(startInJapanOfDay day: Int64) {
        milliseconds = day * Self.millisecondsPerDay - Self.offsetMilliseconds
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Timestamp(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an RFC 3339 time of the form 2026-11-23T10:00:00.000+09:00")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A date of the proleptic Gregorian calendar, with no time and no zone.
package struct CivilDate: Sendable, Hashable, Comparable {
    package let year: Int
    package let month: Int
    package let day: Int

    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// `nil` when there is no such day, or the year is outside 0001…9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
        guard CivilDate(daysSinceEpoch: daysSinceEpoch) == self else { return nil }
    }

    /// Reads `2026-11-23`.
    package init?(_ text: String) {
        let fields = text.split(separator: "-", omittingEmptySubsequences: false)
        // Digits alone: `Int` would also take a sign for one of them.
        guard fields.map(\.utf8.count) == [4, 2, 2],
            fields.allSatisfy({ $0.utf8.allSatisfy((UInt8(48)...57).contains) }),
            let year = Int(fields[0]), let month = Int(fields[1]), let day = Int(fields[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Days from 1970-01-01, by the algorithm of H. Hinnant, "chrono-compatible low-level date algorithms" (2013).
    package init(daysSinceEpoch: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    /// Days from 1970-01-01; the inverse of `init(daysSinceEpoch:)`.
    package var daysSinceEpoch: Int64 {
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let era = shiftedYear.flooredQuotient(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Its first moment in Japan.
    package var startInJapan: Timestamp { Timestamp(startInJapanOfDay: daysSinceEpoch) }
}

extension CivilDate {
    /// Monday to Friday; holidays are not known here.
    package var isWeekday: Bool {
        // 1970-01-01 was a Thursday.
        let day = (daysSinceEpoch + 3) - (daysSinceEpoch + 3).flooredQuotient(by: 7) * 7
        return day < 5
    }
}

extension Int64 {
    /// Division that rounds towards negative infinity, as calendars need it.
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
