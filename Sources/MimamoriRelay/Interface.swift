// Interface to be filled in: the verbs that the server calls.
package import Logging
package import MimamoriCore
package import MimamoriCrypto
package import MimamoriMerkle
package import MimamoriStore
package import MimamoriWire
package import ServiceLifecycle

/// A person on a connection whose certificate has passed every check for this request.
package struct Caller: Sendable {
    package let person: Person
    package let certificate: CertificateFingerprint
    package let certificateNotAfter: Timestamp
    /// The peer's network address without port.
    package let source: String?
    package let request: RequestID
}

/// Several findings at once; `first` is the one that an answer leads with. A lone Refusal is thrown as itself.
package struct Refusals: Error, Sendable {
    package let all: [Refusal]
}

/// What is fixed for the life of the process.
package struct RelaySettings: Sendable {
    package let address: Address
    package let version: String
    package let policy: PolicySettings
    /// SHA-256 of the configuration file, for the log's start entry.
    package let configurationDigest: ContentDigest
    package init(address: Address, version: String, policy: PolicySettings, configurationDigest: ContentDigest) {
        fatalError()
    }
}

/// What the relay is given from outside.
package struct RelayWorld: Sendable {
    package let now: @Sendable () -> Timestamp
    package let random: @Sendable (Int) -> [UInt8]
    package init(now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable (Int) -> [UInt8]) {
        fatalError()
    }
    /// The operating system's clock and randomness.
    package static let system: RelayWorld = { fatalError() }()
}

/// One part or a range of it on its way to a reader.
package struct PartContent: Sendable {
    package let bytes: [UInt8]
    package let sha256: ContentDigest
}

package final class Relay: Sendable {
    /// Reads directory and log state, makes the log key on first use, writes the `relay.started` leaf.
    package static func open(
        settings: RelaySettings, database: any Database, keyring: Keyring, statementSigner: StatementSigner,
        noteSigner: NoteSigner,
        trust: TrustStore, world: RelayWorld, logger: Logger
    ) async throws -> Relay { fatalError() }

    /// First use only: registers the relay's own party and the first administrator. Refused when any person exists.
    package static func bootstrap(
        settings: RelaySettings, database: any Database, keyring: Keyring, statementSigner: StatementSigner,
        noteSigner: NoteSigner,
        trust: TrustStore, world: RelayWorld, logger: Logger, administrator: Certificate, administratorName: String
    ) async throws { fatalError() }

    /// Writes the `relay.stopped` leaf and a last checkpoint.
    package func stop() async throws { fatalError() }
    /// After SIGHUP: roots and CRLs read anew.
    package func replaceTrust(_ trust: TrustStore) { fatalError() }
    /// Signs checkpoints; runs until graceful shutdown.
    package var checkpointing: any Service { fatalError() }

    // Who calls: judged on every request. Throws a Refusal (and writes its leaf) when the certificate does not pass.
    package func identify(certificateDER: [UInt8]?, source: String?, request: RequestID) async throws -> Caller {
        fatalError()
    }
    package func whoAmI(_ caller: Caller) -> WhoAmI { fatalError() }
    package func revocationList() -> [UInt8]? { fatalError() }

    // Sending
    package func begin(_ id: PackageID, manifest: [UInt8], by caller: Caller) async throws -> SubmissionAnswer {
        fatalError()
    }
    package func receivePart(_ number: Int, of id: PackageID, bytes: [UInt8], by caller: Caller) async throws {
        fatalError()
    }
    /// The stored receipt (CMS); `isNew` is false for a repeat.
    package func commit(_ id: PackageID, by caller: Caller) async throws -> (receipt: [UInt8], isNew: Bool) {
        fatalError()
    }
    /// The one-request form: manifest and parts in one.
    package func submit(_ package: [UInt8], by caller: Caller) async throws -> (receipt: [UInt8], isNew: Bool) {
        fatalError()
    }
    package func cancel(_ id: PackageID, by caller: Caller) async throws { fatalError() }

    // The second person
    package func approvals(by caller: Caller) async throws -> ApprovalsPage { fatalError() }
    package func approve(_ id: PackageID, manifest: [UInt8], by caller: Caller) async throws { fatalError() }
    package func reject(_ id: PackageID, reason: String, by caller: Caller) async throws { fatalError() }

    // Receiving
    package func view(_ id: PackageID, by caller: Caller) async throws -> PackageView { fatalError() }
    /// `range` is in bytes of the part; `nil` is the whole. Throws `.notFound` outside the caller's sight.
    package func part(
        _ number: Int, of id: PackageID, range: Range<Int>?, by caller: Caller
    ) async throws -> PartContent { fatalError() }
    /// The size and digest of a part, for HEAD and range checks, with no log leaf.
    package func partDescription(_ number: Int, of id: PackageID, by caller: Caller) async throws -> Manifest.Part {
        fatalError()
    }
    package func inbox(after position: Int64, waitSeconds: Int, by caller: Caller) async throws -> InboxPage {
        fatalError()
    }
    package func acceptOpenedReceipt(_ receipt: [UInt8], for id: PackageID, by caller: Caller) async throws {
        fatalError()
    }

    // The access log
    package func logPage(first: Int64, count: Int, by caller: Caller) async throws -> LogPage { fatalError() }
    package func logCheckpoint() async throws -> String { fatalError() }
    /// CMS over a LogKeyStatement.
    package func logKeyStatement() throws -> [UInt8] { fatalError() }

    // The directory
    package func directoryVersion() -> Int64 { fatalError() }
    package func directory(for caller: Caller) async throws -> DirectoryMessage { fatalError() }
    package func register(_ parties: [Party], by caller: Caller) async throws -> AdminAnswer { fatalError() }
    package func register(_ person: Person, by caller: Caller) async throws -> AdminAnswer { fatalError() }
    package func change(_ roles: RoleChange, by caller: Caller) async throws -> AdminAnswer { fatalError() }
    package func enrol(_ enrolment: CertificateEnrolment, by caller: Caller) async throws -> AdminAnswer {
        fatalError()
    }
    package func withdraw(_ withdrawal: CertificateWithdrawal, by caller: Caller) async throws -> AdminAnswer {
        fatalError()
    }
    package func change(_ membership: Membership, by caller: Caller) async throws -> AdminAnswer { fatalError() }
}
