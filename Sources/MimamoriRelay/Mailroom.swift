// Wakes long polls when something arrives in a mailbox. Holds no mail: an arrival only says "look again", so a lost
// wake-up costs a client one poll and never a package. A waiter registers before it looks, so none falls between.

import MimamoriCore
import Synchronization

final class Mailroom: Sendable {
    /// One long poll's place; it hears of every arrival after it registered.
    struct Place: Sendable {
        fileprivate let id: Int
        fileprivate let address: Address
        fileprivate let arrivals: AsyncStream<Void>
    }

    private struct State {
        var next = 0
        var isClosed = false
        var waiting: [Address: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let state = Mutex(State())

    func register(at address: Address) -> Place {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        return state.withLock { state in
            state.next += 1
            if state.isClosed {
                continuation.finish()
            } else {
                state.waiting[address, default: [:]][state.next] = continuation
            }
            return Place(id: state.next, address: address, arrivals: stream)
        }
    }

    func leave(_ place: Place) {
        state.withLock { state in
            state.waiting[place.address]?[place.id]?.finish()
            state.waiting[place.address]?[place.id] = nil
            if state.waiting[place.address]?.isEmpty == true { state.waiting[place.address] = nil }
        }
    }

    /// Returns at the first arrival, after `seconds`, when the caller is cancelled, or when the room closes.
    func wait(at place: Place, seconds: Int) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in place.arrivals { break }
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(seconds))
            }
            await group.next()
            group.cancelAll()
        }
    }

    func arrival(for addresses: [Address]) {
        state.withLock { state in
            for address in addresses {
                for continuation in (state.waiting[address] ?? [:]).values { continuation.yield() }
            }
        }
    }

    /// Ends every wait, now and later: the relay is stopping.
    func close() {
        state.withLock { state in
            state.isClosed = true
            for continuation in state.waiting.values.flatMap(\.values) { continuation.finish() }
            state.waiting = [:]
        }
    }
}
