// The daemon's command line: `init` once, then `serve`; `check-config` and `migrate` before an upgrade. Each verb is a
// file in Commands/. Errors are explained on stderr in Japanese or English by the locale, and end with the codes of
// ExitCodes.swift.

import ArgumentParser
import Foundation
import MimamoriCore
import MimamoriRelay

@main
struct Mimamorid: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mimamorid",
        abstract: "The relay of Mimamori Relay (見守りリレーの中継デーモン)",
        subcommands: [
            Initialise.self, Serve.self, CheckConfiguration.self, Migrate.self, PrintVersion.self,
        ])

    static func main() async {
        Hardening.apply()
        await main(nil)
    }
}

/// The option that every verb but `version` has.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .customLong("config"), help: "The configuration file (設定ファイル).",
        completion: .file(extensions: ["toml"]))
    var path = "/etc/mimamori/mimamorid.toml"

    func read() throws -> Configuration { try ConfigurationFile.read(path: path) }
}

/// Runs a verb's body and turns its error into words on stderr and an exit code.
func explaining(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let code as ExitCode {
        throw code
    } catch {
        Terminal.explain(error)
        throw ExitCode.of(error)
    }
}
