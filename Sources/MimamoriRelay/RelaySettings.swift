// What the relay is given from outside and keeps for the life of the process: its settings, its clock and its
// randomness. Reading a configuration file is the daemon's business.

package import MimamoriCore
import MimamoriCrypto
package import MimamoriMerkle

#if canImport(Glibc)
import Glibc
#endif

/// What is fixed for the life of the process.
package struct RelaySettings: Sendable {
    /// The relay's own party, as its statement certificate names it.
    package let address: Address
    package let version: String
    package let policy: PolicySettings
    /// SHA-256 of the configuration file: in the log's start entry, so that a quiet edit shows (lessons: X-Road).
    package let configurationDigest: ContentDigest
    /// The text of the duty of confidentiality that everybody is shown (N19).
    package let dutyNotice: DutyNotice
    /// From when on use is abnormal (SD-ACC-8, SD-AUT-9).
    package let useLimits: UseLimits
    /// Whose cosignatures under the log's heads are kept.
    package let witnesses: [CosignatureVerifier]

    package init(
        address: Address, version: String, policy: PolicySettings, configurationDigest: ContentDigest,
        dutyNotice: DutyNotice = .statutory, useLimits: UseLimits = UseLimits(),
        witnesses: [CosignatureVerifier] = []
    ) {
        self.address = address
        self.version = version
        self.policy = policy
        self.configurationDigest = configurationDigest
        self.dutyNotice = dutyNotice
        self.useLimits = useLimits
        self.witnesses = witnesses
    }
}

/// The clock and the randomness of the relay, so that tests can give others.
package struct RelayWorld: Sendable {
    package let now: @Sendable () -> Timestamp
    /// Cryptographically strong bytes, as many as asked for.
    package let random: @Sendable (Int) -> [UInt8]

    package init(now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable (Int) -> [UInt8]) {
        self.now = now
        self.random = random
    }

    /// The operating system's.
    package static let system = RelayWorld(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        },
        random: { Randomness.bytes($0) })
}
