// Refused callers, limited (SD-LOG-3, SD-NET-2): each refusal is recorded, but so that whoever can reach the port cannot make
// the log grow without bound: the first few of a minute from one source have a leaf each, the rest are summed into one.
// A cache of counts; the sums become leaves every minute and at a stop.

import MimamoriCore
import MimamoriStore
package import ServiceLifecycle
import Synchronization

final class RefusedCallers: Sendable {
    /// Leaves of their own that one source gets in a minute.
    static let leavesPerMinute = 10
    /// Sources that are told apart; the rest share one count.
    static let mostSources = 1000
    private static let others = "others"

    struct Sum: Sendable, Hashable {
        let source: String
        let count: Int
    }

    private struct State {
        var minute: Int64 = 0
        var leaves: [String: Int] = [:]
        var summed: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// Whether a refusal from `source` gets a leaf of its own now; otherwise it is summed.
    func takesLeaf(source: String?, at now: Timestamp) -> Bool {
        state.withLock { state in
            let minute = now.milliseconds / 60_000
            if minute != state.minute { (state.minute, state.leaves) = (minute, [:]) }
            var source = source ?? Self.others
            if state.leaves[source] == nil, state.leaves.count >= Self.mostSources { source = Self.others }
            if state.leaves[source, default: 0] < Self.leavesPerMinute {
                state.leaves[source, default: 0] += 1
                return true
            }
            if state.summed[source] == nil, state.summed.count >= Self.mostSources { source = Self.others }
            state.summed[source, default: 0] += 1
            return false
        }
    }

    /// Takes the sums; they count from nothing again.
    func takeSums() -> [Sum] {
        state.withLock { state in
            let sums = state.summed.sorted { $0.key < $1.key }.map { Sum(source: $0.key, count: $0.value) }
            state.summed = [:]
            return sums
        }
    }

    /// Gives back what could not be written.
    func giveBack(_ sums: [Sum]) {
        state.withLock { state in
            for sum in sums { state.summed[sum.source, default: 0] += sum.count }
        }
    }
}

extension Relay {
    /// One leaf for each source whose refusals were summed.
    func recordRefusalSums() async throws {
        let sums = refusedCallers.takeSums()
        guard !sums.isEmpty else { return }
        do {
            let leaves = try sums.map { sum in
                try prepareLeaf(
                    .callersRefused, on: settings.address.text,
                    by: AccessActor(address: nil, certificate: nil, roles: [], source: sum.source),
                    request: RequestID("-"), outcome: .refused, reason: "count \(sum.count)")
            }
            try await database.write { transaction in
                for leaf in leaves { try transaction.append(leaf) }
            }
        } catch {
            refusedCallers.giveBack(sums)
            throw error
        }
    }

    /// Writes the sums every minute. Runs until graceful shutdown; `stop()` writes the last ones.
    package var refusalSumming: any Service { RefusalSummingService(relay: self) }
}

private struct RefusalSummingService: Service {
    let relay: Relay

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                guard (try? await Task.sleep(for: .seconds(60))) != nil else { return }
                do {
                    try await relay.recordRefusalSums()
                } catch is CancellationError {
                    return
                } catch {
                    relay.journal.refusalSumsFailed(cause: "\(error)")
                }
            }
        }
    }
}
