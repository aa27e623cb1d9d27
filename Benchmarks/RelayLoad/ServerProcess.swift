// What the kernel says of the relay's process: CPU time and memory, from /proc (proc(5)).

import Foundation

struct ServerProcess: Sendable {
    let pid: Int32

    /// User and system time of all its threads so far, in seconds.
    func cpuSeconds() throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        // The second field is the name in parentheses and may hold spaces; utime and stime are 14 and 15.
        guard let end = text.lastIndex(of: ")") else { throw LoadError("/proc/\(pid)/stat is not as expected") }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw LoadError("/proc/\(pid)/stat is not as expected")
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// `VmRSS` or `VmHWM`, in MiB.
    func memoryMiB(_ field: String) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        for line in text.split(separator: "\n") where line.hasPrefix("\(field):") {
            if let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first {
                return (Double(kibibytes) ?? 0) / 1024
            }
        }
        throw LoadError("/proc/\(pid)/status has no \(field)")
    }
}
