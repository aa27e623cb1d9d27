// Collects what a transfer reports, from whichever thread it comes, so that a test can look at the order of it afterwards.

import Synchronization

@testable import MimamoriClient

final class ProgressLog: Sendable {
    private let seen = Mutex<[TransferProgress]>([])

    var steps: [TransferProgress] { seen.withLock { $0 } }

    func add(_ step: TransferProgress) { seen.withLock { $0.append(step) } }
}
