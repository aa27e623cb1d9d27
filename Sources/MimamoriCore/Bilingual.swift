// A sentence for a person, in Japanese and English. Every message of the house is one of these, so that no message
// can exist in one language only. Choosing the language is left to whoever prints it.

/// One sentence in both languages of the house.
package struct Bilingual: Sendable, Hashable, Codable {
    package let ja: String
    package let en: String

    package init(ja: String, en: String) {
        self.ja = ja
        self.en = en
    }

    package subscript(language: Language) -> String {
        switch language {
        case .japanese: ja
        case .english: en
        }
    }
}

/// The languages that a person can choose by `LANG` or `--lang`.
package enum Language: String, Sendable, CaseIterable {
    case japanese = "ja"
    case english = "en"

    /// Reads a locale name as POSIX writes it (`ja_JP.UTF-8`, `C`, `en_US`). What is not Japanese is English.
    package init(locale: String) {
        self = locale.lowercased().hasPrefix("ja") ? .japanese : .english
    }
}
