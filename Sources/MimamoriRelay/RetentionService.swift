// The service that finishes disposals which a stop or a reader in the way has interrupted: when the relay starts, and every
// hour. It decides nothing: the packages' keys are gone already, by two persons' word (Confirming.swift).

package import ServiceLifecycle

extension Relay {
    /// Runs until graceful shutdown.
    package var retention: any Service { RetentionService(relay: self) }
}

private struct RetentionService: Service {
    let relay: Relay

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await relay.finishInterruptedDisposals()
                } catch is CancellationError {
                    return
                } catch {
                    relay.journal.finishingFailed(cause: "\(error)")
                }
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }
}
