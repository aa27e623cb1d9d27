// `mimamori template KIND`: a blank form that explains itself.

import ArgumentParser
import MimamoriClient
import MimamoriCore

struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: say("記入用の様式を出力します。", "Print a form to fill in."),
        discussion: paragraphs(
            "例: mimamori template referral > 様式.toml\n\n種別:\n",
            "Example: mimamori template referral > form.toml\n\nKinds:\n")
            + PackageKind.allCases.map {
                "  \($0.rawValue)\(String(repeating: " ", count: 14 - $0.rawValue.count))\($0.name[ChosenLanguage.atStart])"
            }
            .joined(separator: "\n"))

    @OptionGroup var common: CommonOptions

    @Argument(help: help("種別。", "The kind of form.", valueName: "kind"))
    var kind: PackageKind

    func run() throws {
        var text = Template(kind, common.console.language).text
        text.removeLast()
        common.console.data(text)
    }
}
