// The load generator: measures a running relay from outside, through our own client library and mutual TLS, with
// packages that are sealed and signed beforehand so that only the relay's work is timed. It prints figures and judges
// nothing; scripts/bench starts it and the relay. For benchmarks only; it is in no package that is installed.

import ArgumentParser

@main
struct RelayLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relay-load", abstract: "Measures a running relay.",
        subcommands: [Enrol.self, Rate.self, Large.self, DiskReference.self])
}

/// Which relay, and where the development PKI lies.
struct Target: ParsableArguments {
    @Option(help: "The relay, as https://host:port.")
    var relay: String

    @Option(help: "The folder that certs/dev-pki.sh made.")
    var pki: String

    @Option(help: "The relay's process, whose CPU time and memory are read from /proc.")
    var pid: Int32
}
