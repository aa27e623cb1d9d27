// `mimamorid serve`: the relay itself, until SIGTERM or SIGINT.

import ArgumentParser
import Foundation

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the relay (中継を開始する).")

    @OptionGroup var option: ConfigurationOption

    func run() async throws {
        try await explaining {
            let configuration = try option.read()
            try await Wiring(configuration: configuration, environment: ProcessInfo.processInfo.environment).serve()
        }
    }
}
