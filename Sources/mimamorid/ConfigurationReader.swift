// Takes values out of a parsed TOML document by key and type, and keeps a mistake for each that is missing, unknown, of
// the wrong type or out of range. Which keys there are is Configuration.swift's.

import Foundation
import MimamoriCore
import TOMLKit

struct ConfigurationReader {
    private(set) var mistakes: [ConfigurationMistake] = []
    private let document: TOMLTable
    private let folder: URL
    private var files: [Configuration.Key: String] = [:]

    init(_ document: TOMLTable, folder: URL) {
        self.document = document
        self.folder = folder
    }

    mutating func refuseUnknownKeys() {
        let tables = Set(Configuration.Key.allCases.map(\.table))
        for table in document.keys.sorted() {
            guard tables.contains(table), let members = document[table]?.table else {
                note(table, ja: "この名前の表はありません。", en: "There is no such table.")
                continue
            }
            for name in members.keys.sorted() where Configuration.Key(rawValue: "\(table).\(name)") == nil {
                note(
                    "\(table).\(name)", ja: "この名前の設定はありません。綴りを確かめてください。",
                    en: "There is no such key; check its spelling.")
            }
        }
    }

    mutating func text<Value>(_ key: Configuration.Key, as make: (String) -> Value?, form: String) -> Value? {
        guard isPresent(key) else { return nil }
        return optionalText(key, as: make, form: form)
    }

    mutating func optionalText<Value>(
        _ key: Configuration.Key, as make: (String) -> Value?, form: String
    ) -> Value? {
        guard let value = value(key) else { return nil }
        guard let text = value.string, let made = make(text) else {
            note(key.rawValue, ja: "次の形の文字列を指定してください: \(form)", en: "Give a string of this form: \(form)")
            return nil
        }
        return made
    }

    mutating func path(_ key: Configuration.Key) -> String? {
        isPresent(key) ? optionalPath(key) : nil
    }

    mutating func optionalPath(_ key: Configuration.Key) -> String? {
        let path = optionalText(key, as: resolved, form: "\"path/to/file\"")
        files[key] = path
        return path
    }

    mutating func paths(_ key: Configuration.Key) -> [String] {
        guard let value = value(key) else { return [] }
        let paths = value.array.map { array in (0..<array.count).map { array[$0].string.flatMap(resolved) } }
        guard let paths, !paths.contains(nil) else {
            note(key.rawValue, ja: "ファイル名の配列を指定してください: [\"crl.pem\"]", en: "Give an array of file names: [\"crl.pem\"]")
            return []
        }
        return paths.compactMap { $0 }
    }

    mutating func texts<Value>(_ key: Configuration.Key, as make: (String) -> Value?, form: String) -> [Value] {
        guard let value = value(key) else { return [] }
        let made = value.array.map { array in (0..<array.count).map { array[$0].string.flatMap(make) } }
        guard let made, !made.contains(where: { $0 == nil }) else {
            note(key.rawValue, ja: "次の形の文字列の配列を指定してください: \(form)", en: "Give an array of this form: \(form)")
            return []
        }
        return made.compactMap { $0 }
    }

    mutating func number(_ key: Configuration.Key, in range: ClosedRange<Int>, standard: Int) -> Int {
        guard let value = value(key) else { return standard }
        guard let number = value.int, range.contains(number) else {
            note(
                key.rawValue, ja: "\(range.lowerBound) から \(range.upperBound) までの整数を指定してください。",
                en: "Give an integer from \(range.lowerBound) to \(range.upperBound).")
            return standard
        }
        return number
    }

    mutating func flag(_ key: Configuration.Key, standard: Bool) -> Bool {
        guard let value = value(key) else { return standard }
        guard let flag = value.bool else {
            note(key.rawValue, ja: "true か false を指定してください。", en: "Give true or false.")
            return standard
        }
        return flag
    }

    /// Two of these in one file would overwrite each other, or leave a key beside what it protects (SD-CRY-8).
    mutating func refuseSharedFiles(_ keys: [Configuration.Key]) {
        for (index, key) in keys.enumerated() {
            guard let file = files[key], let other = keys[..<index].first(where: { files[$0] == file }) else {
                continue
            }
            note(
                key.rawValue, ja: "\(other.rawValue) と同じファイルは指定できません。",
                en: "This cannot be the file of \(other.rawValue).")
        }
    }

    private mutating func isPresent(_ key: Configuration.Key) -> Bool {
        if value(key) != nil { return true }
        note(key.rawValue, ja: "この設定は省略できません。", en: "This key is required.")
        return false
    }

    func value(_ key: Configuration.Key) -> (any TOMLValueConvertible)? {
        document[key.table]?.table?[key.name]
    }

    private func resolved(_ path: String) -> String? {
        if path.isEmpty { return nil }
        return (path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.appending(path: path))
            .standardizedFileURL.path
    }

    mutating func note(_ key: String, ja: String, en: String) {
        mistakes.append(ConfigurationMistake(key: key, message: Bilingual(ja: ja, en: en)))
    }
}
