// Small packages as fast as blocking senders can: N connections, each sends the next when its receipt has come.

import ArgumentParser
import Foundation
import MimamoriClient
import Synchronization

struct Rate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "4 KiB referrals at 1, 16, 64 … connections.")

    @OptionGroup var target: Target

    @Option(help: "Connections, one run for each number.")
    var connections: [Int] = [1, 16, 64]

    @Option(help: "Packages of each run.")
    var packages = 4000

    @Option(help: "Content bytes of a package.")
    var bytes = 4096

    func run() async throws {
        let maker = try PackageMaker(PKI(folder: target.pki), answers: try await target.request())
        let server = ServerProcess(pid: target.pid)
        for count in connections {
            let content = (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 131) }
            let made = try (0..<packages).map { _ in try maker.small(content: content) }
            let cpuBefore = try server.cpuSeconds()
            let clock = ContinuousClock()
            let start = clock.now
            let seconds = try await send(made, over: count)
            let elapsed = (clock.now - start).seconds
            let cpu = try server.cpuSeconds() - cpuBefore
            let sorted = seconds.sorted()
            print(
                "connections", count, "packages", sorted.count, "rate_per_s", Int(Double(sorted.count) / elapsed),
                "p50_ms", Self.rounded(sorted[sorted.count / 2] * 1000), "p99_ms",
                Self.rounded(sorted[sorted.count * 99 / 100] * 1000), "server_cpu_s_per_1000",
                Self.rounded(cpu / Double(sorted.count) * 1000), "rss_mib",
                Self.rounded(try server.memoryMiB("VmRSS")))
        }
    }

    /// Sends every package once; the answer is each one's time in seconds.
    private func send(_ packages: [[UInt8]], over connections: Int) async throws -> [Double] {
        let next = Cursor(packages.count)
        return try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<connections {
                group.addTask {
                    try await target.with(Load.station, "officer") { relay in
                        var times: [Double] = []
                        let clock = ContinuousClock()
                        while let index = next.take() {
                            let start = clock.now
                            _ = try await relay.submit(packages[index])
                            times.append((clock.now - start).seconds)
                        }
                        return times
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

/// Hands out 0 ..< count, each once.
private final class Cursor: Sendable {
    private let next = Mutex(0)
    private let count: Int

    init(_ count: Int) { self.count = count }

    func take() -> Int? {
        next.withLock { next in
            guard next < count else { return nil }
            next += 1
            return next - 1
        }
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
