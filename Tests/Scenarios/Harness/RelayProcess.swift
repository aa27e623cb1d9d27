// The real mimamorid of one story: its configuration, its port, starting, stopping and killing. Ready means that it takes
// connections; what it prints goes to $RELAY/log.

import Foundation
import Glibc
import TestSupport

final class RelayProcess {
    struct Stopped: Error, CustomStringConvertible {
        let description: String
    }

    private var child: ChildProcess?
    private let folder: URL
    private let port: UInt16

    /// `folder` holds mimamorid.toml.
    init(folder: URL, port: UInt16) {
        self.folder = folder
        self.port = port
    }

    var isRunning: Bool { child?.isRunning == true }

    /// Answers 0 once the relay takes connections, or the exit status of one that ended before it did.
    func start(environment: [String: String], seconds: Double) throws -> Int32 {
        guard !isRunning else { throw Stopped(description: "the relay is running already") }
        let log = folder.appending(path: "log")
        let started = try ChildProcess(
            [
                try BuiltProducts.program("mimamorid").path, "serve", "--config",
                folder.appending(path: "mimamorid.toml").path,
            ],
            environment: environment, directory: folder, stdout: log, stderr: log)
        child = started
        let limit = DispatchTime.now() + seconds
        while !LoopbackPort.isOpen(port) {
            guard started.isRunning else {
                child = nil
                return try started.wait(seconds: 1)
            }
            guard DispatchTime.now() < limit else { throw Stopped(description: "the relay does not take connections") }
            usleep(10_000)
        }
        return 0
    }

    /// SIGTERM, and the exit status of a relay that finished what it had accepted.
    func stop(seconds: Double = 30) throws -> Int32 {
        guard let running = child else { throw Stopped(description: "the relay is not running") }
        running.signal(SIGTERM)
        child = nil
        return try running.wait(seconds: seconds)
    }

    func signal(_ number: Int32) throws {
        guard let running = child, running.isRunning else { throw Stopped(description: "the relay is not running") }
        running.signal(number)
    }

    /// SIGKILL, wherever it stands.
    func kill() throws {
        guard let running = child else { return }
        running.signal(SIGKILL)
        child = nil
        _ = try running.wait(seconds: 10)
    }

    func peakMebibytes() throws -> Int {
        guard let peak = child?.peakMebibytes else { throw Stopped(description: "the relay is not running") }
        return peak
    }
}

enum LoopbackPort {
    /// A free port below the range from which the kernel gives out ports by itself (32768 and up), so that a relay that
    /// is stopped finds it free again. Stories of one run, and runs of several users, begin at different places.
    static func free() throws -> UInt16 {
        for _ in 0..<200 {
            let port = UInt16.random(in: 20_000..<32_000)
            if !isOpen(port) { return port }
        }
        throw RelayProcess.Stopped(description: "no free port on the loopback interface")
    }

    static func isOpen(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
