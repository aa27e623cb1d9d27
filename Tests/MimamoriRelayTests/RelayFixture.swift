// A relay on a real database with the development PKI: the parties and persons of the demonstration, registered through
// the administrator's verbs. Each test gets its own; the clock is the test's. Packages for it are made in TestPackage.swift.

import Foundation
import Logging
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriRelay
import MimamoriStore
import MimamoriWire
import Synchronization
import TestSupport

/// A clock that stands until it is moved.
final class ManualClock: Sendable {
    private let offset = Mutex<Int64>(0)

    func advance(seconds: Int64) { offset.withLock { $0 += seconds * 1000 } }

    var world: RelayWorld {
        RelayWorld(
            now: { [self] in
                Timestamp(milliseconds: RelayWorld.system.now().milliseconds + offset.withLock { $0 })
            }, random: RelayWorld.system.random)
    }
}

/// A database that can be told to refuse writes, as a full disk does.
final class FaultyDatabase: Database {
    let inner: any Database
    private let isBroken = Mutex(false)

    init(_ inner: any Database) { self.inner = inner }

    func setBroken(_ broken: Bool) { isBroken.withLock { $0 = broken } }

    func write<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R {
        let broken = isBroken.withLock { $0 }
        return try await inner.write { transaction in
            let answer = try body(transaction)
            if broken {
                throw StoreFailure(.full, message: Bilingual(ja: "満杯", en: "full"), cause: "told to by a test")
            }
            return answer
        }
    }

    func read<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R {
        try await inner.read(body)
    }
}

struct RelayFixture: Sendable {
    let relay: Relay
    let database: FaultyDatabase
    let pki: DevelopmentPKI
    let clock: ManualClock
    let settings: RelaySettings
    /// The installation step, once more.
    let bootstrapAgain: @Sendable () async throws -> Void

    static let station = "aomori-police/hachinohe"
    static let council = "aomori/hachinohe-shi"

    /// Runs `body` with a relay of its own.
    static func with(_ body: (RelayFixture) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mimamori-relay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sqlite = try SQLiteDatabase(path: folder.appending(path: "relay.sqlite").path, create: true)
        let fixture = try await make(folder: folder.path, database: FaultyDatabase(sqlite))
        do {
            try await body(fixture)
        } catch {
            await sqlite.close()
            throw error
        }
        await sqlite.close()
    }

    private static func make(folder: String, database: FaultyDatabase) async throws -> RelayFixture {
        let pki = try DevelopmentPKI.shared()
        let clock = ManualClock()
        let keyPath = folder + "/keys"
        try Keyring.create(path: keyPath)
        let keyring = try Keyring.read(path: keyPath)
        let settings = RelaySettings(
            address: try address("aomori-relay/office"), version: "test", policy: PolicySettings(),
            configurationDigest: Digest.sha256([]))
        let signer = try StatementSigner(
            certificate: Certificate(pem: pki.text(of: pki.relayStatement.certificate)),
            privateKeyPEM: pki.text(of: pki.relayStatement.key))
        guard let note = NoteSigner(name: settings.logOrigin, seed: Randomness.bytes(32)) else {
            throw FixtureError("a log key could not be made")
        }
        let trust = try trustStore(pki)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let administrator = try certificate(pki.person("aomori-relay/office", "administrator"), pki)
        let bootstrap = { @Sendable in
            try await Relay.bootstrap(
                settings: settings, database: database, keyring: keyring, statementSigner: signer, noteSigner: note,
                trust: trust, world: clock.world, logger: logger, administrator: administrator,
                administratorName: "管理 三郎")
        }
        try await bootstrap()
        let relay = try await Relay.open(
            settings: settings, database: database, keyring: keyring, statementSigner: signer, noteSigner: note,
            trust: trust, world: clock.world, logger: logger)
        let fixture = RelayFixture(
            relay: relay, database: database, pki: pki, clock: clock, settings: settings, bootstrapAgain: bootstrap)
        try await fixture.registerEverybody()
        return fixture
    }

    private func registerEverybody() async throws {
        let administrator = try await caller("aomori-relay/office", "administrator")
        _ = try await relay.register(Cast.parties(), by: administrator)
        for address in Cast.sealedTo {
            let der = try Self.certificate(pki.party(address), pki).der
            _ = try await relay.enrol(
                CertificateEnrolment(owner: address, purpose: .encryption, certificate: Data(der)),
                by: administrator)
        }
        for (party, person, roles) in Cast.persons {
            let address = try Self.person(party, person)
            _ = try await relay.register(
                Person(address: address, name: "見守 花子", roles: roles), by: administrator)
            let der = try Self.certificate(pki.person(party, person), pki).der
            _ = try await relay.enrol(
                CertificateEnrolment(owner: address.text, purpose: .person, certificate: Data(der)),
                by: administrator)
        }
    }

    /// The caller behind a person's certificate, as a request would have it.
    func caller(_ party: String, _ person: String) async throws -> Caller {
        try await relay.identify(
            certificateDER: Self.certificate(pki.person(party, person), pki).der, source: "127.0.0.1",
            request: RequestID("r-\(person)"))
    }

    var officer: Caller { get async throws { try await caller(Self.station, "officer") } }
    var deputy: Caller { get async throws { try await caller(Self.station, "deputy") } }
    var chief: Caller { get async throws { try await caller(Self.station, "chief") } }
    var clerk: Caller { get async throws { try await caller(Self.council, "clerk") } }
    var administrator: Caller { get async throws { try await caller("aomori-relay/office", "administrator") } }
    var auditor: Caller { get async throws { try await caller("aomori-relay/office", "auditor") } }

    /// Every entry of the access log, read past the relay's verbs so that reading adds none.
    func entries() async throws -> [AccessEntry] {
        let page = try await relay.logPage(first: 0, count: 1000, by: auditor)
        return try page.entries.map { text in
            try JSONDecoder().decode(AccessEntry.self, from: Data(text.utf8))
        }
    }

    static func trustStore(_ pki: DevelopmentPKI) throws -> TrustStore {
        try TrustStore(
            rootsPEM: pki.text(of: pki.root), revocationListsPEM: pki.text(of: pki.revocationList))
    }

    static func certificate(_ pair: DevelopmentPKI.Pair, _ pki: DevelopmentPKI) throws -> Certificate {
        try Certificate(pem: pki.text(of: pair.certificate))
    }

    static func address(_ text: String) throws -> Address {
        guard let address = Address(text) else { throw FixtureError("not an address: \(text)") }
        return address
    }

    static func person(_ party: String, _ person: String) throws -> PersonAddress {
        guard let address = PersonAddress(party: try address(party), person: person) else {
            throw FixtureError("not a person: \(party) \(person)")
        }
        return address
    }
}

struct FixtureError: Error {
    let message: String
    init(_ message: String) { self.message = message }
}
