// Where concrete types meet: opens the database, builds the relay, puts every service under one group, and takes all of
// it down in order: listener, checkpoints, last leaf, database. What each part does is in its room.

import Foundation
import Logging
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriRelay
import MimamoriServer
import MimamoriStore
import ServiceLifecycle
import UnixSignals

struct Wiring: Sendable {
    let configuration: Configuration
    let environment: [String: String]
    let world = RelayWorld.system

    func settings(with material: Material) -> RelaySettings {
        RelaySettings(
            address: configuration.address, version: Version.text, policy: configuration.policy,
            configurationDigest: configuration.digest, dutyNotice: material.dutyNotice,
            useLimits: configuration.useLimits, witnesses: configuration.witnesses)
    }

    func makeLogger() -> Logger {
        let level = Logger.Level(rawValue: configuration.logLevel.rawValue) ?? .info
        let isUnderJournald = environment["JOURNAL_STREAM"] != nil
        let now = world.now
        return Logger(label: "mimamorid") { _ in
            LineLogHandler(
                logLevel: level, isUnderJournald: isUnderJournald, now: now, write: LineLogHandler.standardError)
        }
    }

    /// Serves until SIGTERM or SIGINT. Everything accepted by then is finished and logged when it returns.
    func serve() async throws {
        let logger = makeLogger()
        let material = try Material.load(configuration, at: world.now())
        let settings = settings(with: material)
        let keyring = try Keyring.read(path: configuration.keyEncryptionKeysPath)
        let noteSigner = try LogSeed.signer(path: configuration.logSeedPath, origin: settings.logOrigin)
        let database = try SQLiteDatabase(path: configuration.databasePath, create: false)
        let relay: Relay
        do {
            relay = try await Relay.open(
                settings: settings, database: database, keyring: keyring,
                statementSigner: material.statementSigner, noteSigner: noteSigner, trust: material.trust,
                world: world, logger: logger)
        } catch {
            await database.close()
            throw error
        }
        let outcome = await Result.awaiting { try await group(relay, material.tls, logger).run() }
        try await relay.stop()
        await database.close()
        try outcome.get()
    }

    private func group(_ relay: Relay, _ tls: ServerTLS, _ logger: Logger) -> ServiceGroup {
        let notice = ServiceManagerNotice(socketName: environment["NOTIFY_SOCKET"])
        let addressFile = configuration.addressFile
        let server = RelayServer(
            host: configuration.listener.host, port: configuration.listener.port, relay: relay, tls: tls,
            limits: configuration.limits, world: world, logger: logger
        ) { host, port in
            if let addressFile { AddressFile.write(host: host, port: port, to: addressFile) }
            notice.send(.ready)
        }
        let reloading = Reloading(
            configuration: configuration, relay: relay, tls: tls, journal: ServerJournal(logger), notice: notice)
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        // They stop from the last to the first.
        var group = ServiceGroupConfiguration(
            services: [
                relay.checkpointing, relay.refusalSumming, relay.retention, reloading, server,
                StoppingNotice(notice: notice),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        // One upload and one answer may still take their time; then the rest is cut.
        group.maximumGracefulShutdownDuration = configuration.limits.transfer * 2 + .seconds(10)
        return ServiceGroup(configuration: group)
    }
}

extension Result where Failure == any Error {
    fileprivate static func awaiting(_ body: () async throws -> Success) async -> Result {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }
}
