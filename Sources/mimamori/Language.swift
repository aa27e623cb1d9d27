// Japanese or English: `--lang` decides, else the locale of the messages as POSIX orders it (LC_ALL, LC_MESSAGES, LANG;
// POSIX.1-2024, 8.2). What is not Japanese is English.

import ArgumentParser
import Foundation
import MimamoriCore

enum ChosenLanguage {
    /// Help texts are needed before the arguments are parsed, so `--lang` is looked for by eye.
    static let atStart = from(arguments: CommandLine.arguments, environment: ProcessInfo.processInfo.environment)

    static func from(arguments: [String], environment: [String: String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { break }
            let value =
                argument.hasPrefix("--lang=")
                ? String(argument.dropFirst("--lang=".count))
                : argument == "--lang" && index + 1 < arguments.count ? arguments[index + 1] : nil
            if let language = value.flatMap(Language.init(rawValue:)) { return language }
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
        return Language(locale: locale ?? "")
    }
}

extension Language: ExpressibleByArgument {}
