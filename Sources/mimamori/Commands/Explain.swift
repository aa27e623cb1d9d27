// `mimamori explain RULE`: the sentence of notice or directive behind a refusal's rule, how strongly it binds, and the checks
// that carry it. Works with no home and no relay.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: say("断りに示された規定（N16、SD-APR-1 等）の文を表示します。", "Show the sentence behind a rule such as N16 or SD-APR-1."),
        discussion: paragraphs(
            "指定がなければ、通達の全部の規定を一覧にします。\n例: mimamori explain N16",
            "Without a rule it lists those of the notice.\nExample: mimamori explain N16"))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    @Argument(help: help("規定の番号。", "The rule's id.", valueName: "rule"))
    var rule: String?

    private struct Answer: Encodable {
        let id: String
        let place: String
        let strength: String
        let words: Bilingual
        let checks: [String]

        init(_ sentence: Sentence) {
            id = sentence.id
            place = sentence.place
            strength = sentence.strength.rawValue
            words = sentence.words
            checks = PolicyRule.all.filter { $0.citation == sentence.id }.map(\.name)
        }
    }

    func run() throws {
        let console = common.console
        guard let rule else {
            if output.json { return console.json(Sentence.notice.map(Answer.init)) }
            return Sentence.notice.forEach { show($0, console) }
        }
        guard let sentence = Sentence.of(rule.uppercased()) else {
            throw CommandFailure(
                code: .noInput,
                message: Bilingual(ja: "その番号の規定はありません。", en: "There is no rule with this id."),
                remedy: Bilingual(
                    ja: "引数なしで実行すると一覧が表示されます。", en: "Run it without an argument for the list."))
        }
        if output.json { return console.json(Answer(sentence)) }
        show(sentence, console)
    }

    private func show(_ sentence: Sentence, _ console: Console) {
        let language = console.language
        console.heading("\(sentence.id)  \(sentence.place)  \(sentence.strength.name[language])")
        console.data(DisplayWidth.wrap(sentence.words[language], columns: 78).joined(separator: "\n"))
        let checks = PolicyRule.all.filter { $0.citation == sentence.id }.map(\.name)
        if !checks.isEmpty {
            console.data(say("確かめ方: ", "Checked as: ") + checks.joined(separator: ", "))
        }
        console.data("")
    }
}
