// The operational log: one line a record on stderr, in logfmt, so that journald, grep and a person can read it. What may
// be in a record is decided by the journals of the rooms; here values are only quoted, so that no value can end a line
// and pretend to be another record.

import Logging
import MimamoriCore

#if canImport(Glibc)
import Glibc
#endif

struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    let metadataProvider: Logger.MetadataProvider? = nil
    /// Under journald, which knows the time, a line begins with its priority instead (sd-daemon(3)).
    let isUnderJournald: Bool
    let now: @Sendable () -> Timestamp
    let write: @Sendable (String) -> Void

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let start =
            isUnderJournald ? "<\(Self.priority(event.level))>" : "\(now()) \(event.level.rawValue.uppercased()) "
        let fields = metadata.merging(event.metadata ?? [:]) { _, own in own }
            .sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.quoted($0.value.description))" }
        write(start + Self.quoted(event.message.description) + fields.joined() + "\n")
    }

    /// The whole line in one write(2), so that lines of several threads do not mix.
    static let standardError: @Sendable (String) -> Void = { line in
        let bytes = Array(line.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }

    /// Bare when it is one harmless word, else in double quotes with every control character escaped.
    static func quoted(_ text: String) -> String {
        let isBare = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3D }
        if isBare { return text }
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            default:
                scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                    || scalar.value == 0x2028 || scalar.value == 0x2029
                    ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    /// Of syslog(3).
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
