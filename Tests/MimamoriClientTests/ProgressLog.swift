// Collects what a transfer reports.

import Synchronization

@testable import MimamoriClient

final class ProgressLog: Sendable {
    private let seen = Mutex<[TransferProgress]>([])

    var steps: [TransferProgress] { seen.withLock { $0 } }

    func add(_ step: TransferProgress) { seen.withLock { $0.append(step) } }
}
