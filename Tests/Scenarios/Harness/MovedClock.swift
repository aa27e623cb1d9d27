// The clock that the programs of a story see, moved from the machine's own by Debian's datefudge, so that the product needs
// no hook for tests. It moves what is asked of the wall clock (`time`, `gettimeofday`, `clock_gettime(CLOCK_REALTIME)`) and
// leaves alone the monotonic clock and every timer. libfaketime does not serve: it moves `environ`, by which Swift finds a
// program's arguments, and spoils timerfd's absolute times, on which every sleeping Task depends.

import Foundation

struct MovedClock: Sendable, Equatable {
    static let right = MovedClock(seconds: 0)

    private let seconds: Int64

    private init(seconds: Int64) { self.seconds = seconds }

    /// `+2200d`, `-90m`, `+6h`, `+45s`; `+0` is the right time again.
    init(_ text: String) throws(StoryFailure) {
        let units: [Character: Int64] = ["d": 86_400, "h": 3600, "m": 60, "s": 1]
        let unit = text.last.flatMap { units[$0] }
        // Ten thousand days: what is moved out of sight is a slip of the pen.
        guard text.hasPrefix("+") || text.hasPrefix("-"), unit != nil || text == "+0",
            let count = Int64(unit == nil ? text : String(text.dropLast())), abs(count) <= 864_000_000 / (unit ?? 1)
        else { throw StoryFailure("clock +2200d, -90m, +6h, +45s or +0") }
        seconds = count * (unit ?? 0)
        if seconds != 0, Self.library == nil {
            throw StoryFailure("datefudge is not installed, so no clock can be moved: run scripts/setup")
        }
    }

    /// Handed to every program; nothing when the clock is right. datefudge subtracts.
    var environment: [String: String] {
        guard seconds != 0, let library = Self.library else { return [:] }
        return ["LD_PRELOAD": library, "DATEFUDGE": String(-seconds)]
    }

    /// `/usr/lib/x86_64-linux-gnu/datefudge/datefudge.so`, or of whatever architecture the machine is.
    private static let library: String? = {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
        return folders.map { "/usr/lib/\($0)/datefudge/datefudge.so" }.first(
            where: FileManager.default.fileExists(atPath:))
    }()
}
