// The service that signs tree heads: at most one a second, when the log has grown or an hour has passed, beside the traffic
// and never in its way. When the database cannot be written it says so and tries again; the leaves themselves are safe,
// because they are in the transactions of their effects.

import MimamoriCore
import MimamoriMerkle
import MimamoriStore
package import ServiceLifecycle

extension Relay {
    private static let longestBetweenHeads: Int64 = 3600

    /// Runs until graceful shutdown.
    package var checkpointing: any Service { CheckpointingService(relay: self) }

    /// Signs the present head, unless the newest checkpoint is it and not an hour old. Of those of one hour only the
    /// newest is kept: any other can be signed again, from the tree, with the same bytes.
    func signCheckpoint() async throws {
        let now = world.now()
        let (frontier, latest) = try await database.read { transaction in
            (try transaction.frontier(), try transaction.latestCheckpoint())
        }
        if let latest, latest.size == frontier.size,
            now < latest.time.advanced(bySeconds: Self.longestBetweenHeads)
        {
            return
        }
        let checkpoint = Checkpoint(origin: settings.logOrigin, size: frontier.size, root: frontier.root)
        let note = noteSigner.sign(checkpoint.body)
        let isOfThisHour = latest.map { $0.time.hour == now.hour && $0.size < frontier.size } ?? false
        try await database.write { transaction in
            if let latest, isOfThisHour { try transaction.deleteCheckpoint(size: latest.size) }
            try transaction.insertCheckpoint(size: frontier.size, time: now, note: note)
        }
        journal.checkpointSigned(size: frontier.size)
    }
}

extension Timestamp {
    fileprivate var hour: Int64 { milliseconds / 3_600_000 }
}

private struct CheckpointingService: Service {
    let relay: Relay

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var pause = Duration.seconds(1)
            while !Task.isCancelled {
                do {
                    try await relay.signCheckpoint()
                    pause = .seconds(1)
                } catch is CancellationError {
                    return
                } catch {
                    relay.journal.checkpointFailed(cause: "\(error)")
                    pause = min(pause * 2, .seconds(60))
                }
                try? await Task.sleep(for: pause)
            }
        }
    }
}
