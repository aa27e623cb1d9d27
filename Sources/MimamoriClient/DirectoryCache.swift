// Interface to be filled in: the directory as this machine last saw it.
package import MimamoriCore

package struct KnownDirectory: Sendable {
    package let directory: Directory
    package let policy: PolicySettings
    package let version: Int64
    package let fetchedAt: Timestamp
}

extension Client {
    /// The cached directory. Throws `ClientFailure(.configuration)` when it was never fetched.
    package func knownDirectory() throws -> KnownDirectory { fatalError() }
}

extension Session {
    /// Fetches the directory (only when it changed) and the revocation list, and keeps them.
    package func refreshDirectory() async throws -> KnownDirectory { fatalError() }
}
