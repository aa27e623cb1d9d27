// `mimamori version`: the version of this program.

import ArgumentParser

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: say("版を表示します。", "Print the version."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    private struct Answer: Encodable {
        let name: String
        let version: String
    }

    func run() throws {
        output.json
            ? common.console.json(Answer(name: "mimamori", version: Version.text))
            : common.console.data("mimamori \(Version.text)")
    }
}
