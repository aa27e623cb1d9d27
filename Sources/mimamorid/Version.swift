// The daemon's version, in its log's start entry, in `whoami` and in `mimamorid version`.

enum Version {
    static let text = "0.1.0"
}
