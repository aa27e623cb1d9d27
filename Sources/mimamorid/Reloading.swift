// SIGHUP: certificate, key, roots and revocation lists are read anew while connections stay open. All of it or nothing:
// when one file cannot be used, everything stays as it was and the log says why. The configuration file itself is read
// at start only.

import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriServer
import ServiceLifecycle
import UnixSignals

struct Reloading: Service {
    let configuration: Configuration
    let relay: Relay
    let tls: ServerTLS
    let journal: ServerJournal
    let notice: ServiceManagerNotice

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown {
            for await _ in signals {
                notice.send(.reloading)
                reload()
                notice.send(.ready)
            }
        }
    }

    private func reload() {
        do {
            let trust = try Material.trust(configuration)
            try tls.reload()
            relay.replaceTrust(trust)
            journal.tlsReloaded()
        } catch let failure as any Failure {
            journal.reloadFailed(cause: failure.cause)
        } catch {
            journal.reloadFailed(cause: "\(error)")
        }
    }
}
