// The facade of this room. `Client` is what works with the relay down; `Session` is everything that talks to it. Each
// verb is written in the file that bears its name; every function throws `Refused`, `ClientFailure` or
// `CancellationError` and nothing else.

import MimamoriCrypto

package struct Client: Sendable {
    package let home: ClientHome
    package let world: ClientWorld

    package init(home: ClientHome, world: ClientWorld) {
        self.home = home
        self.world = world
    }

    /// Opens connections to the relay for `body` and closes them after it. Opening alone contacts nobody.
    package func session<Result: Sendable>(
        _ body: @Sendable (Session) async throws -> Result
    ) async throws -> Result {
        guard let url = RelayURL(home.settings.relay) else {
            preconditionFailure("settings hold a relay URL that was read as one")
        }
        let connection = try RelayConnection(
            url: url, rootsPEM: home.rootsPEM, certificatePEM: home.personCertificate.pem, keyPEM: home.personKeyPEM,
            diagnosis: ConnectionDiagnosis(trust: home.trustForDiagnosis, now: world.now))
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(Session(client: self, relay: RelayClient(connection))))
        } catch {
            result = .failure(error)
        }
        await connection.close()
        return try result.get()
    }
}

/// Verbs that need the relay.
package struct Session: Sendable {
    package let client: Client
    let relay: RelayClient

    /// `Client.session(_:)` is the usual way here.
    package init(client: Client, relay: RelayClient) {
        self.client = client
        self.relay = relay
    }

    var home: ClientHome { client.home }
    var world: ClientWorld { client.world }
}
