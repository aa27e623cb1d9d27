// What the daemon says to the person at the terminal, in the language of the locale. Results go to stdout, everything
// about an error to stderr. The operational log is LineLogHandler.swift's.

import Foundation
import MimamoriCore
import MimamoriRelay

enum Terminal {
    static let language: Language = {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return Language(locale: locale ?? "C")
    }()

    static func say(_ message: Bilingual) { print(message[language]) }

    static func complain(_ line: String) {
        FileHandle.standardError.write(Data("mimamorid: \(line)\n".utf8))
    }

    static func explain(_ error: any Error) {
        switch error {
        case let mistakes as ConfigurationMistakes:
            for mistake in mistakes.all { complain("\(mistake.key): \(mistake.message[language])") }
        case let refusal as Refusal:
            complain("\(refusal.message[language]) [\(refusal.code.rawValue), \(refusal.rule)]")
            complain(refusal.remedy[language])
        case let failure as any Failure:
            complain(failure.message[language])
            // The operator at the terminal is the one who may read the cause.
            complain("(\(failure.cause))")
        default:
            complain("\(error)")
        }
    }
}
