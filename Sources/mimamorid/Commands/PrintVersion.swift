// `mimamorid version`: one line, for scripts and for the telephone.

import ArgumentParser

struct PrintVersion: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version (版を表示する).")

    func run() {
        print("mimamorid \(Version.text)")
    }
}
