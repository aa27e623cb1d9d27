// How long something took, in the two largest units: for tables that a person reads. Programs get seconds.

import MimamoriCore

enum Durations {
    static func text(_ seconds: Int64?, _ language: Language) -> String {
        guard let seconds else { return "–" }
        let units: [(size: Int64, ja: String, en: String)] = [
            (86_400, "日", "d"), (3600, "時間", "h"), (60, "分", "min"), (1, "秒", "s"),
        ]
        var rest = max(0, seconds)
        var parts: [String] = []
        for unit in units {
            let count = rest / unit.size
            rest %= unit.size
            if count > 0 || (unit.size == 1 && parts.isEmpty) {
                parts.append(language == .japanese ? "\(count)\(unit.ja)" : "\(count) \(unit.en)")
            } else if !parts.isEmpty {
                break
            }
            if parts.count == 2 { break }
        }
        return parts.joined(separator: language == .japanese ? "" : " ")
    }
}
