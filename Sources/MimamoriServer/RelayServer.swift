// The listener as a service: binds, serves, and on a graceful stop accepts nothing more, ends long polls, lets accepted
// requests finish and closes (the last connection's end is the end of `run`). Process signals and the order in which
// services stop are the daemon's.

import HummingbirdCore
package import Logging
import MimamoriCore
package import MimamoriRelay
import NIOCore
import NIOPosix
import ServiceLifecycle

package struct RelayServer: Service {
    private let host: String
    private let port: Int
    private let relay: Relay
    private let channel: SecureChannel
    private let limits: ServerLimits
    private let logger: Logger
    private let onListening: @Sendable (_ host: String, _ port: Int) async -> Void

    /// `port` 0 takes a free one; `onListening` is told the bound one once connections are accepted.
    package init(
        host: String, port: Int, relay: Relay, tls: ServerTLS, limits: ServerLimits, world: RelayWorld,
        logger: Logger, onListening: @escaping @Sendable (_ host: String, _ port: Int) async -> Void
    ) {
        self.host = host
        self.port = port
        self.relay = relay
        self.limits = limits
        self.logger = logger
        self.onListening = onListening
        channel = SecureChannel(
            tls: tls, limits: limits, exchange: Exchange(relay: relay, journal: ServerJournal(logger), world: world))
    }

    package func run() async throws {
        let journal = ServerJournal(logger)
        // NIO's and Hummingbird's own lines are for their developers.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let server = channel.server(
            configuration: ServerConfiguration(
                address: .hostname(host, port: port), backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: quiet)),
            onServerRunning: { listener in
                let bound = listener.localAddress?.port ?? port
                journal.listening(address: "\(host):\(bound)")
                await onListening(host, bound)
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
        do {
            try await withGracefulShutdownHandler {
                try await server.run()
            } onGracefulShutdown: {
                journal.stopping()
                relay.endLongPolls()
            }
        } catch let error as IOError {
            throw ServerFailure(
                message: Bilingual(
                    ja: "待受けアドレス \(host):\(port) を使えません（[listen] api）。ほかのプログラムが使っていないか確かめてください。",
                    en: "The address \(host):\(port) cannot be listened on ([listen] api). Check that no other program "
                        + "uses it."), cause: "\(error)")
        }
    }
}
