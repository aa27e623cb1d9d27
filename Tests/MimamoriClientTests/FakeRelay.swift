// A relay of a page, in memory: it keeps what it is given, signs receipts, and can be told to break off before or after
// any request, to cut downloads, and to lie. It judges nothing; the real one's rules are tested in its own room.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriWire
import Synchronization

@testable import MimamoriClient

final class FakeRelay: Sendable {
    struct Stored: Sendable {
        var manifest: [UInt8]
        var parts: [Int: [UInt8]] = [:]
        var receipt: [UInt8]?
        var state = PackageState.receiving
        var opened: [UInt8]?
        var openedSigner: [UInt8]?
        var rejection: String?
    }

    struct State: Sendable {
        var packages: [PackageID: Stored] = [:]
        /// Every request, as `PUT /v1/…`.
        var requests: [String] = []
        /// The number of the request (from 0) that breaks off, before it had its effect or after.
        var breakBefore: Int?
        var breakAfter: Int?
        /// Downloads break off after so many bytes, once.
        var cutDownloadAfter: Int?
        /// Whether ranges are honoured.
        var ranges = true
        var tamperView: (@Sendable (PackageView) -> PackageView)?
        var tamperPart: (@Sendable ([UInt8]) -> [UInt8])?
        var accessLog = DemoLog(0)
        var refusals: [String: Refused] = [:]
        /// Whoever asks for personal information must have acknowledged the duty.
        var wantsDuty = false
        var acknowledged: DutyAcknowledgement?
        var relabelled: [PackageID: Int] = [:]
        /// Signed statements that were posted, by path.
        var posted: [String: [UInt8]] = [:]
        /// Answers of endpoints that are not played here, by path.
        var answers: [String: [UInt8]] = [:]
        var queries: [String: [(String, String)]] = [:]
    }

    let state: Mutex<State>
    let demo: Demo

    /// With the demo's request in it, as its council sent it.
    init(_ demo: Demo) throws {
        self.demo = demo
        let request = demo.request()
        let signed = try demo.signer(.clerk).sign(request.canonicalBytes())
        state = Mutex(State(packages: [request.id: Stored(manifest: signed, state: .released)]))
    }

    func session(_ client: Client) throws -> Session {
        Session(client: client, relay: RelayClient(FakeTransport(relay: self, caller: client.home.personCertificate)))
    }

    func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }

    var requests: [String] { state.withLock { $0.requests } }
    func stored(_ id: PackageID) -> Stored? { state.withLock { $0.packages[id] } }
    func posted(_ path: String) -> [UInt8] { state.withLock { $0.posted[path] } ?? [] }
    func query(_ path: String) -> [(String, String)] { state.withLock { $0.queries[path] } ?? [] }
}

struct FakeTransport: RelayTransport {
    let relay: FakeRelay
    let caller: Certificate

    static let broken = ClientFailure(
        .unreachable, message: Bilingual(ja: "切断", en: "broken off"), remedy: Bilingual(ja: "再試行", en: "again"))

    func answer(to request: RelayRequest, limit: Int) async throws -> RelayAnswer {
        try relay.state.withLock { state in
            let number = try begin(request, &state)
            let answer = try handle(request, &state)
            if state.breakAfter == number { throw Self.broken }
            return answer
        }
    }

    func stream(
        _ request: RelayRequest, begin: (UInt) throws -> Void, piece: ([UInt8]) throws -> Void
    ) async throws {
        guard case .part(let id, let number) = request.endpoint else { throw Refused(.notFound) }
        let (bytes, offset, cut) = try relay.state.withLock { state in
            _ = try self.begin(request, &state)
            guard let stored = state.packages[id], let part = stored.parts[number] else { throw Refused(.notFound) }
            let manifest = try Evidence.manifest(in: Evidence.statement(stored.manifest))
            if state.wantsDuty, manifest.carriesPersonalInformation, state.acknowledged == nil {
                throw Refused(.dutyNotAcknowledged)
            }
            let range = request.headers.first { $0.0 == "Range" }?.1.dropFirst("bytes=".count).dropLast()
            let cut = state.cutDownloadAfter
            state.cutDownloadAfter = nil
            return (state.tamperPart?(part) ?? part, state.ranges ? range.flatMap { Int($0) } ?? 0 : 0, cut)
        }
        try begin(offset > 0 ? 206 : 200)
        var sent = 0
        var rest = bytes[offset...]
        while !rest.isEmpty {
            if let cut, sent >= cut { throw Self.broken }
            let next = rest.prefix(50_000)
            try piece(Array(next))
            sent += next.count
            rest = rest.dropFirst(next.count)
        }
    }

    private func begin(_ request: RelayRequest, _ state: inout FakeRelay.State) throws -> Int {
        let number = state.requests.count
        state.requests.append("\(request.method) \(request.endpoint.path)")
        state.queries[request.endpoint.path] = request.query
        if request.method == .post { state.posted[request.endpoint.path] = request.body }
        if state.breakBefore == number { throw Self.broken }
        if let refused = state.refusals[request.endpoint.path] { throw refused }
        return number
    }

    private func json(_ value: some Encodable) -> RelayAnswer {
        RelayAnswer(status: 200, body: CanonicalJSON.encode(value))
    }

    private func handle(_ request: RelayRequest, _ state: inout FakeRelay.State) throws -> RelayAnswer {
        let body = request.body ?? []
        switch request.endpoint {
        case .packages:
            let length = SignedStatement.length(ofFirst: body) ?? 0
            let manifest = try Evidence.manifest(in: Evidence.statement(Array(body.prefix(length))))
            var stored = FakeRelay.Stored(manifest: Array(body.prefix(length)))
            var rest = body.dropFirst(length)
            for (number, part) in manifest.parts.enumerated() {
                stored.parts[number] = Array(rest.prefix(part.bytes))
                rest = rest.dropFirst(part.bytes)
            }
            state.packages[manifest.id] = state.packages[manifest.id] ?? stored
            return RelayAnswer(status: 201, body: try commit(manifest.id, &state))
        case .manifest(let id):
            state.packages[id] = state.packages[id] ?? FakeRelay.Stored(manifest: body)
            let manifest = try Evidence.manifest(in: Evidence.statement(body))
            let missing = manifest.parts.indices.filter { state.packages[id]?.parts[$0] == nil }
            return json(
                SubmissionAnswer(id: id, state: state.packages[id]?.state ?? .receiving, missing: Array(missing)))
        case .part(let id, let number):
            state.packages[id]?.parts[number] = body
            return RelayAnswer(status: 204)
        case .commit(let id): return RelayAnswer(status: 201, body: try commit(id, &state))
        case .package(let id): return json(try view(id, state))
        case .cancellation(let id):
            guard state.packages[id] != nil else { throw Refused(.notFound) }
            state.packages[id]?.state = .cancelled
            return RelayAnswer(status: 204)
        case .approval(let id):
            state.packages[id]?.manifest = body
            state.packages[id]?.state = .released
            return RelayAnswer(status: 204)
        case .rejection(let id):
            state.packages[id]?.state = .rejected
            state.packages[id]?.rejection = try JSONDecoder().decode(Rejection.self, from: Data(body)).reason
            return RelayAnswer(status: 204)
        case .openedReceipt(let id):
            state.packages[id]?.opened = body
            state.packages[id]?.openedSigner = caller.der
            return RelayAnswer(status: 204)
        case .directory: return json(relay.demo.directory)
        case .revocationList: return RelayAnswer(status: 200, body: try relay.demo.revocationList())
        case .logEntries, .logCheckpoint, .logInclusion, .logConsistency, .logCosignatures, .logKey:
            guard let answer = try state.accessLog.answer(request, relaySigner: relay.demo.relaySigner()) else {
                throw Refused(.notFound)
            }
            return answer
        case .whoAmI: return json(try whoAmI())
        case .thread(let id): return json(try thread(id, state))
        case .duty:
            return json(
                DutyMessage(
                    notice: .statutory, acknowledgedVersion: state.acknowledged?.version,
                    acknowledgedAt: state.acknowledged?.acknowledgedAt, endsAt: nil,
                    isCurrent: state.acknowledged?.version == DutyNotice.statutory.version))
        case .dutyAcknowledgements:
            state.acknowledged = try Evidence.decode(DutyAcknowledgement.self, in: Evidence.statement(body))
            return RelayAnswer(status: 204)
        case .label(let id):
            let statement = try Evidence.decode(Relabelling.self, in: Evidence.statement(body))
            state.relabelled[id] = statement.to
            return RelayAnswer(status: 204)
        default:
            guard let answer = state.answers[request.endpoint.path] else { throw Refused(.notFound) }
            return RelayAnswer(status: 200, body: answer)
        }
    }

    /// The package, what it cites and what cites it, oldest first.
    private func thread(_ id: PackageID, _ state: FakeRelay.State) throws -> ThreadPage {
        guard state.packages[id] != nil else { throw Refused(.notFound) }
        let all = try state.packages.mapValues {
            (try Evidence.manifest(in: Evidence.statement($0.manifest)), $0.state)
        }
        let own = all[id]?.0.cited ?? []
        let items = all.values.filter { $0.0.id == id || own.contains($0.0.id) || $0.0.cited.contains(id) }
            .sorted { $0.0.id < $1.0.id }
        return ThreadPage(
            items: items.map { manifest, packageState in
                ThreadItem(
                    id: manifest.id, kind: manifest.kind, state: packageState, sender: manifest.sender,
                    recipients: manifest.recipients, created: manifest.created, storedAt: relay.demo.now,
                    answers: manifest.answers, concerns: manifest.concerns, decision: manifest.decision,
                    label: manifest.label, relabelled: state.relabelled[manifest.id], delivery: nil)
            }, isCut: false)
    }

    private func whoAmI() throws -> WhoAmI {
        guard let person = caller.person, let office = Address("aomori-relay/office") else {
            throw Refused(.notFound)
        }
        return WhoAmI(
            person: Person(
                address: person, name: "見守 花子", roles: person.party == office ? [.auditor] : [.sender, .recipient]),
            certificate: caller.fingerprint, certificateNotAfter: caller.notAfter, relay: office, relayVersion: "test",
            time: relay.demo.now)
    }

    private func commit(_ id: PackageID, _ state: inout FakeRelay.State) throws -> [UInt8] {
        guard let stored = state.packages[id] else { throw Refused(.notFound) }
        if let receipt = stored.receipt { return receipt }
        let statement = try Evidence.statement(stored.manifest)
        let manifest = try Evidence.manifest(in: statement)
        guard stored.parts.count == manifest.parts.count else { throw Refused(.notFound) }
        let signer = try relay.demo.relaySigner()
        guard let address = signer.certificate.party else { throw Refused(.notFound) }
        let index = state.accessLog.append(
            DemoLog.entry(
                state.accessLog.hashes.count, action: .packageStored, object: id.text, actor: manifest.sender.text,
                time: relay.demo.now))
        let receipt = StoredReceipt(
            package: id, manifestSHA256: Digest.sha256(statement.content), sender: manifest.sender,
            recipients: manifest.recipients, storedAt: relay.demo.now, logIndex: index, relay: address)
        let signed = try signer.sign(CanonicalJSON.encode(receipt))
        state.packages[id]?.receipt = signed
        state.packages[id]?.state = manifest.needsApproval ? .awaitingApproval : .released
        return signed
    }

    private func view(_ id: PackageID, _ state: FakeRelay.State) throws -> PackageView {
        guard let stored = state.packages[id] else { throw Refused(.notFound) }
        let signers = try [Demo.Who.officer, .chief, .deputy, .clerk].map { try relay.demo.certificate($0) }
        let named = Set(try Evidence.statement(stored.manifest).signers)
        let manifest = try Evidence.manifest(in: Evidence.statement(stored.manifest))
        let view = PackageView(
            id: id, state: stored.state, manifest: Data(stored.manifest),
            signers: signers.filter { named.contains($0.issuerAndSerial) }.map { Data($0.der) },
            storedReceipt: stored.receipt.map { Data($0) },
            relayCertificate: Data(try relay.demo.relaySigner().certificate.der),
            deliveries: manifest.recipients.map {
                DeliveryView(
                    recipient: $0, state: stored.opened == nil ? .stored : .opened, storedAt: relay.demo.now,
                    fetchedAt: nil, openedAt: nil, openedReceipt: stored.opened.map { Data($0) },
                    openedReceiptSigner: stored.openedSigner.map { Data($0) })
            }, rejectionReason: stored.rejection, relabelled: state.relabelled[id])
        return state.tamperView?(view) ?? view
    }
}
