// The protocol as Swift methods, one for each path of MimamoriWire's Endpoints.swift. Nothing is verified here: answers
// are the relay's word until Evidence.swift, DirectoryCache.swift or LogAudit.swift looked at them. Every function
// throws `Refused` (the relay said no, with every finding), `ClientFailure` or `CancellationError`.

import Foundation
package import MimamoriCore
package import MimamoriWire

package struct RelayClient: Sendable {
    private static let jsonLimit = 64 * 1024 * 1024
    private static let statementLimit = 2 * 1024 * 1024

    private let connection: any RelayTransport

    package init(_ connection: any RelayTransport) { self.connection = connection }

    // Who am I, and whom do I talk to

    package func whoAmI() async throws -> WhoAmI { try await get(.whoAmI) }

    /// `nil` when the directory is still the one with this `etag`.
    package func directory(etag: String?) async throws -> (message: DirectoryMessage, etag: String?)? {
        let answer = try await connection.answer(
            to: RelayRequest(
                method: .get, endpoint: .directory, headers: etag.map { [("If-None-Match", $0)] } ?? []),
            limit: Self.jsonLimit)
        guard answer.status != 304 else { return nil }
        return (try Self.decode(answer.body), answer.headers["etag"])
    }

    /// DER.
    package func revocationList() async throws -> [UInt8] {
        try await bytes(.revocationList, limit: RevocationCache.largest)
    }

    // Sending

    /// A whole small package: the signed manifest and its parts. Answers the stored receipt.
    package func submit(_ package: [UInt8]) async throws -> [UInt8] {
        try await post(.packages, package, type: MediaType.package)
    }

    package func submit(manifest: [UInt8], id: PackageID) async throws -> SubmissionAnswer {
        let answer = try await connection.answer(
            to: RelayRequest(
                method: .put, endpoint: .manifest(id), headers: [("Content-Type", MediaType.signed)], body: manifest),
            limit: Self.jsonLimit)
        return try Self.decode(answer.body)
    }

    package func submit(part: [UInt8], number: Int, id: PackageID) async throws {
        _ = try await connection.answer(
            to: RelayRequest(
                method: .put, endpoint: .part(id, number), headers: [("Content-Type", MediaType.part)], body: part,
                timeoutSeconds: 600),
            limit: Self.statementLimit)
    }

    /// Answers the stored receipt; a repeat answers the same statement.
    package func commit(_ id: PackageID) async throws -> [UInt8] { try await post(.commit(id)) }

    package func package(_ id: PackageID) async throws -> PackageView { try await get(.package(id)) }

    package func cancel(_ id: PackageID) async throws { _ = try await post(.cancellation(id)) }

    // The second person

    package func approvals() async throws -> ApprovalsPage { try await get(.approvals) }

    package func approve(_ id: PackageID, manifest: [UInt8]) async throws {
        _ = try await post(.approval(id), manifest, type: MediaType.signed)
    }

    package func reject(_ id: PackageID, _ rejection: Rejection) async throws {
        _ = try await post(.rejection(id), CanonicalJSON.encode(rejection), type: MediaType.json)
    }

    // Receiving

    package func inbox(after position: Int64, waitSeconds: Int) async throws -> InboxPage {
        let answer = try await connection.answer(
            to: RelayRequest(
                method: .get, endpoint: .inbox, query: [("after", "\(position)"), ("wait", "\(waitSeconds)")],
                timeoutSeconds: Int64(waitSeconds) + 30),
            limit: Self.jsonLimit)
        return try Self.decode(answer.body)
    }

    /// The rest of a part from byte `offset`, in pieces as they arrive. `begin` gets `true` when the relay sends from
    /// the start after all.
    package func download(
        part number: Int, of id: PackageID, from offset: Int, begin: (_ fromStart: Bool) throws -> Void,
        piece: ([UInt8]) throws -> Void
    ) async throws {
        let headers = offset > 0 ? [("Range", "bytes=\(offset)-")] : []
        try await connection.stream(
            RelayRequest(method: .get, endpoint: .part(id, number), headers: headers, timeoutSeconds: 600),
            begin: { try begin($0 != 206) }, piece: piece)
    }

    package func submit(openedReceipt: [UInt8], id: PackageID) async throws {
        _ = try await post(.openedReceipt(id), openedReceipt, type: MediaType.signed)
    }

    // Request, decision, supply, report

    package func thread(of id: PackageID) async throws -> ThreadPage { try await get(.thread(id)) }

    /// A signed `Relabelling`.
    package func submit(relabelling: [UInt8], of id: PackageID) async throws {
        _ = try await post(.label(id), relabelling, type: MediaType.signed)
    }

    // The duty of confidentiality

    package func duty() async throws -> DutyMessage { try await get(.duty) }

    /// A signed `DutyAcknowledgement`.
    package func submit(acknowledgement: [UInt8]) async throws {
        _ = try await post(.dutyAcknowledgements, acknowledgement, type: MediaType.signed)
    }

    // Numbers

    package func report(from: CivilDate, to: CivilDate) async throws -> ActivityReport {
        try await get(.report, query: [("from", from.text), ("to", to.text)])
    }

    // Retention

    package func dueDisposals(before day: CivilDate?, after id: PackageID?) async throws -> DuePage {
        try await get(.dueDisposals, query: [("before", day?.text), ("after", id?.text)])
    }

    package func proposals(in state: Proposal.State) async throws -> ProposalsPage {
        try await get(.proposals, query: [("state", state.rawValue)])
    }

    package func propose(_ request: ProposalRequest) async throws -> Proposal {
        try Self.decode(try await post(.proposals, CanonicalJSON.encode(request), type: MediaType.json))
    }

    package func confirm(_ id: ProposalID) async throws -> ProposalOutcome {
        try Self.decode(try await post(.proposalConfirmation(id), limit: Self.jsonLimit))
    }

    package func withdraw(_ id: ProposalID) async throws -> Proposal {
        try Self.decode(try await post(.proposalWithdrawal(id)))
    }

    /// A signed `DisposalCertificate`, CMS.
    package func disposalCertificate(of id: PackageID) async throws -> [UInt8] {
        try await bytes(.disposalCertificate(id), limit: Self.statementLimit)
    }

    // The access log

    package func logEntries(first: Int64, count: Int) async throws -> LogPage {
        let answer = try await connection.answer(
            to: RelayRequest(
                method: .get, endpoint: .logEntries, query: [("first", "\(first)"), ("count", "\(count)")]),
            limit: Self.jsonLimit)
        return try Self.decode(answer.body)
    }

    /// A signed note of the log of this size, by default of the newest head.
    package func logCheckpoint(size: Int64? = nil) async throws -> String {
        try await text(.logCheckpoint, query: [("size", size.map(String.init))])
    }

    /// A C2SP tlog-proof with `LeafEvidence`; without a size under the newest head.
    package func inclusionProof(of index: Int64, size: Int64? = nil) async throws -> String {
        try await text(.logInclusion, query: [("index", String(index)), ("size", size.map(String.init))])
    }

    package func consistencyProof(from oldSize: Int64, to newSize: Int64) async throws -> String {
        try await text(.logConsistency, query: [("from", String(oldSize)), ("to", String(newSize))])
    }

    package func cosignedHeads() async throws -> CosignedHeads { try await get(.logCosignatures) }

    /// A note with cosignatures.
    package func submit(cosigned note: String) async throws {
        _ = try await post(.logCosignatures, Array(note.utf8), type: MediaType.text)
    }

    /// A `LogKeyStatement`, CMS.
    package func logKey() async throws -> [UInt8] { try await bytes(.logKey, limit: Self.statementLimit) }

    // The directory

    package func change(_ endpoint: Endpoint, _ body: some Encodable) async throws -> AdminAnswer {
        try Self.decode(try await post(endpoint, CanonicalJSON.encode(body), type: MediaType.json))
    }

    // Shapes

    /// Queries without a value are left out.
    private func get<Value: Decodable>(
        _ endpoint: Endpoint, query: [(String, String?)] = []
    ) async throws -> Value {
        try Self.decode(try await bytes(endpoint, query: query, limit: Self.jsonLimit))
    }

    private func text(_ endpoint: Endpoint, query: [(String, String?)] = []) async throws -> String {
        String(decoding: try await bytes(endpoint, query: query, limit: Self.statementLimit), as: UTF8.self)
    }

    private func bytes(_ endpoint: Endpoint, query: [(String, String?)] = [], limit: Int) async throws -> [UInt8] {
        let given = query.compactMap { name, value in value.map { (name, $0) } }
        return try await connection.answer(
            to: RelayRequest(method: .get, endpoint: endpoint, query: given), limit: limit
        ).body
    }

    private func post(
        _ endpoint: Endpoint, _ body: [UInt8] = [], type: String? = nil, limit: Int = Self.statementLimit
    ) async throws -> [UInt8] {
        try await connection.answer(
            to: RelayRequest(
                method: .post, endpoint: endpoint, headers: type.map { [("Content-Type", $0)] } ?? [], body: body),
            limit: limit
        ).body
    }

    // Neither inlined nor of a typed error: either makes the optimiser of Swift 6.3.1 fail on functions that wait for them.
    @inline(never)
    private static func decode<Value: Decodable>(_ body: [UInt8]) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(body))
        } catch {
            throw ClientFailure(
                .notGenuine,
                message: Bilingual(
                    ja: "中継の答えの形式が違います。版が合っていないおそれがあります。",
                    en: "The relay's answer has another form; the versions may not match."),
                remedy: Bilingual(
                    ja: "mimamori と中継の版を確かめてください。", en: "Compare the versions of mimamori and the relay."),
                cause: "\(Value.self)")
        }
    }
}
