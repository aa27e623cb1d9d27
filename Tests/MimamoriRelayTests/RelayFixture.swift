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

/// A database that can be told to refuse writes, as a full disk does, or to forget, as one with a slow reader does.
final class FaultyDatabase: Database {
    let inner: any Database
    /// How many writes still go well; nil for all.
    private let writesLeft = Mutex<Int?>(nil)
    private let isRemembering = Mutex(false)

    init(_ inner: any Database) { self.inner = inner }

    func setBroken(_ broken: Bool) { writesLeft.withLock { $0 = broken ? 0 : nil } }

    func setBroken(afterWrites count: Int) { writesLeft.withLock { $0 = count } }

    func setRemembering(_ remembering: Bool) { isRemembering.withLock { $0 = remembering } }

    func write<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R {
        let broken = writesLeft.withLock { left in
            guard let count = left else { return false }
            left = max(count - 1, 0)
            return count == 0
        }
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

    func forgetDeleted() async throws {
        if isRemembering.withLock({ $0 }) {
            throw StoreFailure(.busy, message: Bilingual(ja: "混雑", en: "busy"), cause: "told to by a test")
        }
        try await inner.forgetDeleted()
    }
}

struct RelayFixture: Sendable {
    /// What a test may want otherwise.
    struct Options: Sendable {
        var policy = PolicySettings()
        var dutyNotice = DutyNotice.statutory
        /// Everybody who handles packages has acknowledged the duty of confidentiality.
        var acknowledgesDuty = true
        /// The council's standing request, which referrals answer, has been sent.
        var sendsRequest = true
    }

    let relay: Relay
    let database: FaultyDatabase
    let pki: DevelopmentPKI
    let clock: ManualClock
    let settings: RelaySettings
    /// Another relay on the same database, as after a restart with another configuration.
    let open: @Sendable (RelaySettings) async throws -> Relay
    /// The installation step, once more.
    let bootstrapAgain: @Sendable () async throws -> Void
    /// The council's standing request to the station; nil when the test wants none.
    var standingRequest: PackageID?

    static let station = "aomori-police/hachinohe"
    static let headquarters = "aomori-police/hq"
    static let council = "aomori/hachinohe-shi"
    static let center = "aomori/hachinohe-shi/center"
    static let office = "aomori-relay/office"

    /// Runs `body` with a relay of its own.
    static func with(
        _ change: (inout Options) -> Void = { _ in }, _ body: (RelayFixture) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mimamori-relay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sqlite = try SQLiteDatabase(path: folder.appending(path: "relay.sqlite").path, create: true)
        var options = Options()
        change(&options)
        do {
            try await body(try await make(folder: folder.path, database: FaultyDatabase(sqlite), options))
        } catch {
            await sqlite.close()
            throw error
        }
        await sqlite.close()
    }

    private static func make(
        folder: String, database: FaultyDatabase, _ options: Options
    ) async throws -> RelayFixture {
        let pki = try DevelopmentPKI.shared()
        let clock = ManualClock()
        let keyPath = folder + "/keys"
        try Keyring.create(path: keyPath)
        let keyring = try Keyring.read(path: keyPath)
        let settings = RelaySettings(
            address: try address(office), version: "test", policy: options.policy,
            configurationDigest: Digest.sha256([]), dutyNotice: options.dutyNotice,
            // The tests' clock is the machine's: they must not depend on the hour at which they run.
            useLimits: UseLimits(officeHours: nil))
        let signer = try StatementSigner(
            certificate: Certificate(pem: pki.text(of: pki.relayStatement.certificate)),
            privateKeyPEM: pki.text(of: pki.relayStatement.key))
        guard let note = NoteSigner(name: settings.logOrigin, seed: Randomness.bytes(32)) else {
            throw FixtureError("a log key could not be made")
        }
        let trust = try trustStore(pki)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let administrator = try certificate(pki.person(office, "administrator"), pki)
        let bootstrap = { @Sendable in
            try await Relay.bootstrap(
                settings: settings, database: database, keyring: keyring, statementSigner: signer, noteSigner: note,
                trust: trust, world: clock.world, logger: logger, administrator: administrator,
                administratorName: "管理 三郎")
        }
        let open = { @Sendable (settings: RelaySettings) in
            try await Relay.open(
                settings: settings, database: database, keyring: keyring, statementSigner: signer, noteSigner: note,
                trust: trust, world: clock.world, logger: logger)
        }
        try await bootstrap()
        var fixture = RelayFixture(
            relay: try await open(settings), database: database, pki: pki, clock: clock, settings: settings,
            open: open, bootstrapAgain: bootstrap)
        try await fixture.registerEverybody()
        if options.acknowledgesDuty {
            for (party, person, roles) in Cast.persons where !roles.isDisjoint(with: Role.handling) {
                try await fixture.acknowledgeDuty(fixture.caller(party, person))
            }
        }
        if options.sendsRequest { fixture.standingRequest = try await fixture.request() }
        return fixture
    }

    private func registerEverybody() async throws {
        let administrator = try await caller(Self.office, "administrator")
        _ = try await relay.register(Cast.parties(), by: administrator)
        for seat in try Cast.memberships() { _ = try await relay.change(seat, by: administrator) }
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

    // MARK: - What tests begin with

    /// A request of the council to the station, sent; the answer is its id.
    @discardableResult
    func request(_ change: (inout TestPackage.Making) -> Void = { _ in }) async throws -> PackageID {
        let package = try TestPackage.make(in: self) {
            $0.kind = .request
            change(&$0)
        }
        try await submit(package)
        return package.id
    }

    /// Sends a package in its sender's name.
    func submit(_ package: TestPackage) async throws {
        let sender = package.manifest.sender
        _ = try await relay.submit(package.whole, by: caller(sender.party.text, sender.person))
    }

    /// The parts and the commit of a package that was begun.
    func submitRest(of package: TestPackage) async throws {
        let sender = package.manifest.sender
        let caller = try await caller(sender.party.text, sender.person)
        for (number, part) in package.parts.enumerated() {
            try await relay.receivePart(number, of: package.id, bytes: part, by: caller)
        }
        _ = try await relay.commit(package.id, by: caller)
    }

    /// Releases a package that waits, by the approver of its sender's party.
    func release(_ package: TestPackage) async throws {
        let party = package.manifest.sender.party.text
        let approver = [Self.station: "chief", Self.headquarters: "head"][party] ?? "approver"
        try await relay.approve(
            package.id, manifest: package.countersigned(by: party, approver, pki), by: caller(party, approver))
    }

    /// A package that was sent and, where its kind needs that, released.
    func released(_ change: (inout TestPackage.Making) -> Void = { _ in }) async throws -> TestPackage {
        let package = try TestPackage.make(in: self, change)
        try await submit(package)
        if package.manifest.needsApproval { try await release(package) }
        return package
    }

    /// Acknowledges the text of the duty that is in force.
    func acknowledgeDuty(_ caller: Caller) async throws {
        try await relay.acknowledgeDuty(acknowledgement(of: caller), by: caller)
    }

    /// A signed acknowledgement, with what a test wants wrong.
    func acknowledgement(
        of caller: Caller, version: String? = nil, secondsAgo: Int64 = 0, signer: (String, String)? = nil
    ) throws -> [UInt8] {
        let address = caller.person.address
        let statement = DutyAcknowledgement(
            person: address, version: version ?? settings.dutyNotice.version,
            acknowledgedAt: clock.world.now().advanced(bySeconds: -secondsAgo))
        let (party, person) = signer ?? (address.party.text, address.person)
        return try TestPackage.signer(party, person, pki).sign(CanonicalJSON.encode(statement))
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
    var administrator: Caller { get async throws { try await caller(Self.office, "administrator") } }
    var auditor: Caller { get async throws { try await caller(Self.office, "auditor") } }

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
