// The `Date` field's one form (RFC 9110 §5.6.7, IMF-fixdate), in GMT as HTTP demands. Everything else that the relay
// writes has Japan's offset (Timestamp.swift).

import MimamoriCore

enum HTTPDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// For moments from 1970 on.
    static func text(of time: Timestamp) -> String {
        let seconds = max(0, time.milliseconds / 1000)
        let days = seconds / 86_400
        let date = CivilDate(daysSinceEpoch: days)
        let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map(twoDigits).joined(separator: ":")
        return "\(weekdays[Int(days % 7)]), \(twoDigits(Int64(date.day))) \(months[date.month - 1]) \(date.year) "
            + "\(clock) GMT"
    }

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
