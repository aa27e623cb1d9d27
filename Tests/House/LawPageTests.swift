// docs/law.md is true: every sentence is carried by something and tried by something, every rule cites a sentence, and the
// page is what the code says.

import Foundation
import MimamoriCore
import TestSupport
import Testing

struct LawPageTests {
    @Test func thePageIsWhatTheCodeSays() throws {
        let text = try LawPage.shared.get().text
        let file = Repository.root.appending(path: "docs/law.md")
        if ProcessInfo.processInfo.environment["MIMAMORI_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(written == text, "docs/law.md is out of date; write it anew with MIMAMORI_UPDATE_GOLDEN=1")
    }

    @Test func theNoticeHasItsTwentyThreeRules() {
        #expect(Sentence.notice.map(\.id) == (1...23).map { "N\($0)" })
        let ids = Sentence.all.map(\.id)
        #expect(Set(ids).count == ids.count)
    }

    /// Nothing of the notice is only written down: each of its rules is cited where it is kept and where it is tried.
    @Test(arguments: Sentence.notice.map(\.id))
    func everyRuleOfTheNoticeIsKeptAndTried(_ id: String) throws {
        let page = try LawPage.shared.get()
        #expect(!page.files(citing: id, in: page.sources).isEmpty, "\(id) is kept nowhere")
        #expect(!page.files(citing: id, in: page.tests).isEmpty, "\(id) is tried nowhere")
    }

    @Test(arguments: PolicyRule.all.map(\.name))
    func everyRuleCitesASentenceAndHasItsFile(_ name: String) throws {
        let rule = try #require(PolicyRule.all.first { $0.name == name })
        #expect(Sentence.of(rule.citation) != nil, "\(rule.citation) has no sentence")
        #expect(try LawPage.shared.get().file(of: rule) != nil)
    }

    @Test(arguments: Sentence.directive.map(\.id))
    func noControlIsListedThatNothingKeeps(_ id: String) throws {
        let page = try LawPage.shared.get()
        #expect(!page.files(citing: id, in: page.sources).isEmpty, "\(id) is kept nowhere")
    }

    /// N23: texts cite the notice in force and not the one that it repeals.
    @Test func noTextCitesTheRepealedNotice() throws {
        let folders = ["Sources", "docs", "etc", "README.md", "README.ja.md"]
        let files = folders.flatMap { $0.hasSuffix(".md") ? [$0] : Repository.files(below: $0, ending: "") }
        let citing = files.filter { file in
            guard !file.contains("/Law/"), file != "docs/law.md" else { return false }
            // A folder has no text.
            return (try? Repository.text(file))?.contains("保安第15号") ?? false
        }
        #expect(citing.isEmpty)
    }
}
