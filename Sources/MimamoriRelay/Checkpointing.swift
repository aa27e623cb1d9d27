// The service that signs tree heads: at most one a second and only when the log has grown, beside the traffic and never
// in its way. When the database cannot be written it says so and tries again; the leaves themselves are safe, because
// they are in the transactions of their effects.

package import ServiceLifecycle

extension Relay {
    /// Runs until graceful shutdown.
    package var checkpointing: any Service { CheckpointingService(relay: self) }
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
