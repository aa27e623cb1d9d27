// The facade of this room. `Client` is what works with the relay down; `Session` is everything that talks to it. Each
// verb is written in the file that bears its name; every function throws `Refused`, `ClientFailure` or
// `CancellationError` and nothing else.


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
    ) async throws -> Result { fatalError() }
}

/// Verbs that need the relay.
package struct Session: Sendable {
    package let client: Client
}
