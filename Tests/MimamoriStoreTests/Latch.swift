// A gate between a test and a synchronous body on the database's thread: opened once, waited for from either side.

import Dispatch
import Synchronization

final class Latch: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let state = Mutex((isOpen: false, waiting: [CheckedContinuation<Void, Never>]()))

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        waiting.forEach { $0.resume() }
        semaphore.signal()
    }

    /// Blocks the thread: for a body on the database's own thread, one of them for each latch.
    func wait() { semaphore.wait() }

    /// Suspends the task.
    func opened() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// A value that a test and bodies on the database's thread both look at.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value { state.withLock { $0 } }

    func set(_ value: Value) { state.withLock { $0 = value } }

    func change(_ body: (inout Value) -> Void) { state.withLock { body(&$0) } }
}
