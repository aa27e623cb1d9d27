// The relay's facade. The walk of one package through it, verb by verb:
//
//   identify   Caller.swift       a certificate becomes a person with roles, on every request
//   begin      Submission.swift   signature, then policy: judged before any byte of a part moves
//   receive    Submission.swift   each part: its digest, and that it is sealed for exactly the declared readers
//   commit     Completion.swift   package, deliveries and leaf in one transaction; then the stored receipt
//   approve    Approval.swift     the second person's signature over the same bytes; deliveries enter the mailboxes
//   inbox      Inbox.swift        what waits for a recipient, with long poll
//   view, part Reading.swift      the manifest and the sealed parts, to those concerned only
//   opened     Receipting.swift   the recipient's signed receipt
//   propose    Proposing.swift    one person's word on disposal or hold
//   confirm    Confirming.swift   another's, and it is done; Disposal.swift destroys
//
// Beside it: duty (Duty.swift), what a manifest cites (Citation.swift), thread (Thread.swift), relabel
// (Relabelling.swift), report (Reporting.swift).
//
// Every verb throws a Refusal (or Refusals) for a "no", whose leaf is then written, or a StoreFailure or CryptoFailure
// when the world broke. No verb knows HTTP. Lasting state is in the database; what is here are caches (first law).

package import Logging
import MimamoriCore
package import MimamoriCrypto
package import MimamoriMerkle
package import MimamoriStore

package final class Relay: Sendable {
    let settings: RelaySettings
    let database: any Database
    let keyring: Keyring
    let statementSigner: StatementSigner
    let noteSigner: NoteSigner
    let world: RelayWorld
    let journal: Journal
    let logKey: DataKey
    let directoryKey: DataKey
    let directoryCache: DirectoryCache
    let mailroom = Mailroom()
    let refusedCallers = RefusedCallers()
    let citedManifests = CitedManifests()
    let useWatch: UseWatch

    private init(
        settings: RelaySettings, database: any Database, keyring: Keyring, statementSigner: StatementSigner,
        noteSigner: NoteSigner, trust: TrustStore, world: RelayWorld, logger: Logger, logKey: DataKey,
        directoryKey: DataKey
    ) {
        self.settings = settings
        self.database = database
        self.keyring = keyring
        self.statementSigner = statementSigner
        self.noteSigner = noteSigner
        self.world = world
        self.journal = Journal(logger)
        useWatch = UseWatch(limits: settings.useLimits)
        self.logKey = logKey
        self.directoryKey = directoryKey
        directoryCache = DirectoryCache(trust: trust)
    }

    /// Reads directory and log state, makes the log's and the directory's data keys on first use, and writes the
    /// `relay.started` leaf with version and configuration digest. Nothing is served before it returns.
    package static func open(
        settings: RelaySettings, database: any Database, keyring: Keyring, statementSigner: StatementSigner,
        noteSigner: NoteSigner, trust: TrustStore, world: RelayWorld, logger: Logger
    ) async throws -> Relay {
        let relay = try await Relay.load(
            settings: settings, database: database, keyring: keyring, statementSigner: statementSigner,
            noteSigner: noteSigner, trust: trust, world: world, logger: logger)
        try await relay.fillInOldRows()
        let leaf = try relay.prepareOwnLeaf(
            .relayStarted, reason: "version \(settings.version), configuration \(settings.configurationDigest)")
        let index = try await database.write { try $0.append(leaf) }
        relay.journal.started(
            version: settings.version, parties: relay.directoryCache.directory.parties.count, logSize: index + 1)
        return relay
    }

    /// First use only: registers the relay's own party and the first administrator, whose certificate must be sound.
    /// Refused when the directory already holds a person, so that nobody becomes administrator by a restart (SD-AUT-7).
    package static func bootstrap(
        settings: RelaySettings, database: any Database, keyring: Keyring, statementSigner: StatementSigner,
        noteSigner: NoteSigner, trust: TrustStore, world: RelayWorld, logger: Logger, administrator: Certificate,
        administratorName: String
    ) async throws {
        let relay = try await Relay.load(
            settings: settings, database: database, keyring: keyring, statementSigner: statementSigner,
            noteSigner: noteSigner, trust: trust, world: world, logger: logger)
        try await relay.registerFirstAdministrator(administrator, name: administratorName)
    }

    private static func load(
        settings: RelaySettings, database: any Database, keyring: Keyring, statementSigner: StatementSigner,
        noteSigner: NoteSigner, trust: TrustStore, world: RelayWorld, logger: Logger
    ) async throws -> Relay {
        try await completeNodes(in: database)
        let relay = Relay(
            settings: settings, database: database, keyring: keyring, statementSigner: statementSigner,
            noteSigner: noteSigner, trust: trust, world: world, logger: logger,
            logKey: try await standingKey(KeyOwner.log, database, keyring),
            directoryKey: try await standingKey(KeyOwner.directory, database, keyring))
        try await relay.reloadDirectory()
        return relay
    }

    /// Ends long polls at once, so that a graceful stop does not wait for them.
    package func endLongPolls() { mailroom.close() }

    /// Writes the `relay.stopped` leaf and a last checkpoint. Call it when no request is under way any more.
    package func stop() async throws {
        try await recordRefusalSums()
        let leaf = try prepareOwnLeaf(.relayStopped, reason: nil)
        let index = try await database.write { try $0.append(leaf) }
        try await signCheckpoint()
        journal.stopped(logSize: index + 1)
    }

    /// After roots or CRLs changed: every certificate is judged anew by them from the next request on.
    package func replaceTrust(_ trust: TrustStore) {
        directoryCache.replace(trust: trust)
        journal.trustReplaced()
    }

    func prepareOwnLeaf(_ action: AccessAction, reason: String?) throws -> PreparedLeaf {
        let actor = AccessActor(address: settings.address.text, certificate: nil, roles: [], source: nil)
        return try prepareLeaf(
            action, on: settings.address.text, by: actor, request: RequestID("-"), reason: reason)
    }
}
