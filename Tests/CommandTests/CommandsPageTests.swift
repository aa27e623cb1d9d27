// docs/commands.md is what people read: each of its examples is understood, each verb and each exit code is in it.

import ArgumentParser
import Foundation
import MimamoriCore
import Testing

@testable import mimamori

struct CommandsPageTests {
    private static let page: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return (try? String(contentsOf: root.appending(path: "docs/commands.md"), encoding: .utf8)) ?? ""
    }()

    /// The last cell of each row, without its back quotes.
    static let examples = page.split(separator: "\n").compactMap { line -> String? in
        guard line.hasPrefix("| `"), let cell = line.split(separator: "|").last else { return nil }
        let text = cell.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
        return text.hasPrefix("mimamori ") ? text : nil
    }

    @Test func thereIsAnExampleForEveryVerb() {
        let verbs = Set(Self.examples.compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) })
        let known = Set(Mimamori.configuration.subcommands.compactMap { $0.configuration.commandName })
        #expect(verbs == known)
    }

    @Test(arguments: examples)
    func exampleIsUnderstood(example: String) throws {
        // What follows > is the shell's.
        let words = example.prefix { $0 != ">" }.split(separator: " ").dropFirst().map { word in
            switch word {
            case "ID": "01900000-0000-7000-8000-000000000001"
            case "FINGERPRINT": String(repeating: "0f", count: 32)
            default: word.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            }
        }
        _ = try Mimamori.parseAsRoot(words)
    }

    @Test func everyExitCodeIsExplained() {
        for code in ExitCodes.allCases { #expect(Self.page.contains("\n| \(code.rawValue) | ")) }
    }

    @Test func everyKindOfFormIsNamed() {
        for kind in PackageKind.allCases { #expect(Self.page.contains("`\(kind.rawValue)`")) }
    }
}
