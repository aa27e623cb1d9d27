// docs/law.md, made from the code: each sentence of the notice and of the directive, the rules that carry it, where they
// stand, which cases try them, and who may send what to whom. LawPageTests.swift compares it with the file;
// MIMAMORI_UPDATE_GOLDEN=1 writes it anew.

import Foundation
import MimamoriCore
import TestSupport

struct LawPage {
    /// One file with the ids that it cites.
    struct Citing {
        let path: String
        let ids: Set<String>
    }

    let sources: [Citing]
    let tests: [Citing]
    private let ruleFiles: [String: String]
    private let cases: [String: (passing: Int, refusing: Int)]

    /// The sources are read once.
    static let shared = Result { try LawPage() }

    private init() throws {
        sources = try Self.citing("Sources", ending: ".swift").filter { !$0.path.contains("/Law/") }
        tests =
            try Self.citing("Tests", ending: ".swift").filter { !$0.path.hasSuffix("/House/LawPage.swift") }
            + Self.citing("Tests/Scenarios", ending: ".txt")
        var ruleFiles: [String: String] = [:]
        for file in Repository.files(below: "Sources/MimamoriCore/Rules", ending: ".swift") {
            for match in try Repository.text(file).matches(of: /PolicyRule\("([a-z-]+)"/) {
                ruleFiles[String(match.1)] = file
            }
        }
        self.ruleFiles = ruleFiles
        var cases: [String: (passing: Int, refusing: Int)] = [:]
        for file in Repository.files(below: "Tests/MimamoriCoreTests", ending: ".swift")
        where file.contains("/PolicyCases") {
            for match in try Repository.text(file).matches(of: /\.init\("([a-z-]+)", "[^"]*"(, \.[A-Za-z]+)?\)/) {
                let refuses = match.2 != nil
                cases[String(match.1), default: (0, 0)].passing += refuses ? 0 : 1
                cases[String(match.1), default: (0, 0)].refusing += refuses ? 1 : 0
            }
        }
        self.cases = cases
    }

    /// The ids that stand in each file's text; `N8–N11` names all four.
    private static func citing(_ folder: String, ending suffix: String) throws -> [Citing] {
        try Repository.files(below: folder, ending: suffix).map { file in
            let text = try Repository.text(file)
            var ids = Set(text.matches(of: /\b(?:N[0-9]+|SD-[A-Z]+-[0-9]+)\b/).map { String($0.0) })
            for range in text.matches(of: /\bN([0-9]+)[–〜-]N?([0-9]+)\b/) {
                guard let first = Int(range.1), let last = Int(range.2), first < last, last <= 23 else { continue }
                ids.formUnion((first...last).map { "N\($0)" })
            }
            return Citing(path: file, ids: ids)
        }
    }

    func files(citing id: String, in files: [Citing]) -> [String] {
        files.filter { $0.ids.contains(id) }.map(\.path)
    }

    func file(of rule: PolicyRule) -> String? { ruleFiles[rule.name] }

    var text: String {
        var lines = [
            "# The law, rule by rule", "",
            "Made from the code by `MIMAMORI_UPDATE_GOLDEN=1 swift test --filter LawPageTests`; a test keeps it true. "
                + "Each rule is one small value under `Sources/MimamoriCore/Rules`, judged by the client before sending and "
                + "by the relay again, with the same code. 「こと」 is an instruction and is refused; 「努める」「配意」 is a duty "
                + "of care, whose record alone is insisted on. Each rule's cases are in `Tests/MimamoriCoreTests/PolicyCases*.swift`; "
                + "a test takes each rule away and expects its cases to be judged otherwise.", "",
            "## 生保第3001号", "",
        ]
        for sentence in Sentence.notice { lines += section(sentence) }
        lines += ["## The security directive's controls that rules carry", ""]
        for sentence in Sentence.directive { lines += section(sentence) }
        lines += matrix
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ sentence: Sentence) -> [String] {
        var lines = [
            "### \(sentence.id) \(sentence.place)", "",
            "> \(sentence.words.ja)", ">", "> \(sentence.words.en)", "",
            "*\(sentence.strength.name.ja) / \(sentence.strength.name.en)*", "",
        ]
        let rules = PolicyRule.all.filter { $0.citation == sentence.id }
        if !rules.isEmpty {
            lines += ["| rule | asked at | file | cases that pass / are refused |", "| --- | --- | --- | --- |"]
            for rule in rules {
                let stages = PolicyRule.Stage.allCases.filter(rule.stages.contains).map(\.rawValue)
                let count = cases[rule.name] ?? (0, 0)
                let file = ruleFiles[rule.name].map { "[\(Self.name($0))](../\($0))" } ?? "–"
                lines.append(
                    "| `\(rule.name)` | \(stages.joined(separator: ", ")) | \(file) | \(count.passing) / \(count.refusing) |"
                )
            }
            lines.append("")
        }
        let others = files(citing: sentence.id, in: sources).filter { !$0.contains("/Rules/") }
        if !others.isEmpty { lines += ["Kept in: \(Self.links(others))", ""] }
        let tried = files(citing: sentence.id, in: tests).filter { !$0.contains("/PolicyCases") }
        if !tried.isEmpty { lines += ["Tried in: \(Self.links(tried))", ""] }
        return lines
    }

    private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func links(_ paths: [String]) -> String {
        paths.map { "[\(name($0))](../\($0))" }.joined(separator: ", ")
    }

    /// Who may send what to whom (SD-ACC-2): whatever is not in the table is refused.
    private var matrix: [String] {
        func list(_ kinds: Set<PartyKind>) -> String {
            PartyKind.allCases.filter(kinds.contains).map(\.rawValue).joined(separator: ", ")
        }
        return [
            "## Who may send what to whom", "",
            "Default deny. The person must have the role `sender`; `parties-sit-together` (N1) decides which of these parties.",
            "", "| kind | from | to | second person | duty acknowledged to read |", "| --- | --- | --- | --- | --- |",
        ]
            + PackageKind.allCases.map { kind in
                "| `\(kind.rawValue)` \(kind.name.ja) | \(list(kind.senders)) | \(list(kind.recipients)) | "
                    + "\(kind.carriesPersonalInformation ? "always" : kind.isAboutNobody ? "for a false alarm (N6)" : "no") | "
                    + "\(kind == .response ? "unless declined" : kind.carriesPersonalInformation ? "yes" : kind == .request ? "if it names a person" : "no") |"
            }
    }
}
