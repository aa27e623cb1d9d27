// The rules of the terminal, all in one place:
//
// 1. Data goes to standard output, everything said to a person to standard error; a pipe gets data only.
// 2. Colour only on a terminal, never with NO_COLOR (no-color.org) or TERM=dumb, and never as the only sign.
// 3. Progress is one line on standard error, only when that is a terminal, and is gone when the work is done.
// 4. A confirmation is typed at the terminal itself, so that nothing piped in can confirm by accident.
// 5. Text that came from others passes PlainText: it cannot move the cursor or reorder a line.
// 6. The handling label is the first thing shown of a package (SD-CLS-2).

import Foundation
import MimamoriClient
import MimamoriCore

struct Console: Sendable {
    enum Style: String {
        case bold = "1"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case faint = "2"
    }

    let language: Language
    let outputIsTerminal: Bool
    let errorIsTerminal: Bool
    let isColourful: Bool

    static let standard = Console(
        language: ChosenLanguage.atStart, environment: ProcessInfo.processInfo.environment,
        outputIsTerminal: isatty(STDOUT_FILENO) == 1, errorIsTerminal: isatty(STDERR_FILENO) == 1)

    init(language: Language, environment: [String: String], outputIsTerminal: Bool, errorIsTerminal: Bool) {
        self.language = language
        self.outputIsTerminal = outputIsTerminal
        self.errorIsTerminal = errorIsTerminal
        isColourful = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Lines of data. The text is shown as it is: what came from others has passed PlainText.
    func data(_ text: String) { Self.write(text + "\n", to: STDOUT_FILENO) }

    /// A heading of data, set off on a terminal.
    func heading(_ text: String) { data(styled(text, .bold, on: outputIsTerminal)) }

    /// Broken at 78 columns; what follows stands under the first word.
    func say(_ message: Bilingual) {
        let text = PlainText.safe(message[language])
        let margin = String(text.prefix { $0 == " " })
        let lines = DisplayWidth.wrap(String(text.dropFirst(margin.count)), columns: 78 - margin.count)
        Self.write(lines.map { margin + $0 + "\n" }.joined(), to: STDERR_FILENO)
    }

    func say(_ ja: String, _ en: String) { say(Bilingual(ja: ja, en: en)) }

    /// Ready-made lines for standard error.
    func report(_ text: String) { Self.write(text + "\n", to: STDERR_FILENO) }

    func styled(_ text: String, _ style: Style, on isTerminal: Bool) -> String {
        isColourful && isTerminal ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// One JSON value on one line, keys sorted, for programs.
    func json(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(value) else {
            preconditionFailure("the command line's answers hold no non-finite number")
        }
        data(String(decoding: bytes, as: UTF8.self))
    }

    /// Writes all of it; a reader that has gone away (`| head`) ends the program quietly by SIGPIPE.
    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(0, written))
        }
    }
}

extension Console {
    /// A progress report for transfers that are worth one: more than a part, and somebody is looking.
    var progress: ProgressReport? {
        guard errorIsTerminal else { return nil }
        return { progress in
            guard progress.bytesTotal > Int64(PackageLimits.partContentBytes) else { return }
            let percent = progress.bytesDone * 100 / max(progress.bytesTotal, 1)
            let isDone = progress.bytesDone >= progress.bytesTotal
            Self.write(
                isDone
                    ? "\r\u{1B}[K"
                    : "\r\u{1B}[K\(percent)%  \(Sizes.text(progress.bytesDone)) / \(Sizes.text(progress.bytesTotal))",
                to: STDERR_FILENO)
        }
    }

    /// Somebody can be asked.
    var hasTerminal: Bool { Self.terminal() != nil }

    private static func terminal() -> FileHandle? {
        FileHandle(forUpdatingAtPath: "/dev/tty").flatMap { isatty($0.fileDescriptor) == 1 ? $0 : nil }
    }

    /// What a person types at the terminal, one line of at most what a terminal gives at once; `nil` when there is none.
    func ask(_ question: Bilingual) -> String? {
        guard let terminal = Self.terminal() else { return nil }
        try? terminal.write(contentsOf: Data(question[language].utf8))
        var bytes: [UInt8] = []
        while let byte = try? terminal.read(upToCount: 1)?.first, byte != 0x0A, bytes.count < 4096 {
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    }
}

enum Sizes {
    /// `640 B`, `1.2 MiB`: binary units, one decimal place.
    static func text(_ bytes: Int64) -> String {
        let units = ["KiB", "MiB", "GiB", "TiB"]
        guard bytes >= 1024 else { return "\(bytes) B" }
        var value = Double(bytes) / 1024
        var unit = 0
        while value >= 1023.95, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
        let tenths = Int64((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
