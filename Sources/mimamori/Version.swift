// The version of the command line, in `mimamori version` and `mimamori --version`.

enum Version {
    static let text = "0.1.0"
}
