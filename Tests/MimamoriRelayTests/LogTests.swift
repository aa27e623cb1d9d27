// The access log: one leaf an action, a tree that others can recompute, no effect without a leaf.

import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriRelay
import MimamoriWire
import TestSupport
import Testing

@Suite struct LogTests {
    /// The leaves that `body` adds, with the fixture's own reading left out.
    private func added(
        in fixture: RelayFixture, by body: () async throws -> Void
    ) async throws -> [AccessEntry] {
        let before = try await fixture.entries().count
        try await body()
        return Array(try await fixture.entries()[before...]).filter { $0.action != .logRead }
    }

    @Test func everyActionHasExactlyOneLeaf() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let (officer, chief, clerk) = (
                try await fixture.officer, try await fixture.chief, try await fixture.clerk
            )
            let package = try TestPackage.make(in: fixture)
            let signed = try package.countersigned(by: RelayFixture.station, "chief", fixture.pki)
            let receipt = try package.openedReceipt(by: RelayFixture.council, "clerk", in: fixture)
            let rejected = try TestPackage.make(in: fixture)
            let relabelling = try package.relabelling(in: fixture)
            let acknowledgement = try fixture.acknowledgement(of: clerk, secondsAgo: 60)
            let april = (
                try #require(CivilDate("2026-04-01")), try #require(CivilDate("2026-04-30"))
            )
            let actions: [(AccessAction, String, () async throws -> Void)] = [
                (
                    .submissionBegun, package.id.text,
                    { _ = try await relay.begin(package.id, manifest: package.signed, by: officer) }
                ),
                (
                    .submissionPart, "\(package.id)/0",
                    { try await relay.receivePart(0, of: package.id, bytes: package.parts[0], by: officer) }
                ),
                (.packageStored, package.id.text, { _ = try await relay.commit(package.id, by: officer) }),
                (.approvalsListed, RelayFixture.station, { _ = try await relay.approvals(by: chief) }),
                (.packageRead, package.id.text, { _ = try await relay.view(package.id, by: chief) }),
                (
                    .packageApproved, package.id.text,
                    { try await relay.approve(package.id, manifest: signed, by: chief) }
                ),
                (
                    .inboxListed, RelayFixture.council,
                    { _ = try await relay.inbox(after: 0, waitSeconds: 0, by: clerk) }
                ),
                (
                    .partRead, "\(package.id)/0",
                    { _ = try await relay.part(0, of: package.id, range: nil, by: clerk) }
                ),
                (
                    .packageOpened, package.id.text,
                    { try await relay.acceptOpenedReceipt(receipt, for: package.id, by: clerk) }
                ),
                (.packageStored, rejected.id.text, { _ = try await relay.submit(rejected.whole, by: officer) }),
                (
                    .packageRejected, rejected.id.text,
                    { try await relay.reject(rejected.id, reason: "canary-reason", by: chief) }
                ),
                (.threadRead, package.id.text, { _ = try await relay.thread(of: package.id, by: clerk) }),
                (
                    .packageRelabelled, package.id.text,
                    { try await relay.relabel(package.id, statement: relabelling, by: chief) }
                ),
                (
                    .dutyAcknowledged, clerk.person.address.text,
                    { try await relay.acknowledgeDuty(acknowledgement, by: clerk) }
                ),
                (
                    .reportRead, "2026-04-01..2026-04-30",
                    { _ = try await relay.report(from: april.0, to: april.1, by: clerk) }
                ),
                (
                    .directoryRead, "aomori-relay/office", { _ = try await relay.directory(for: officer) }
                ),
            ]
            for (action, object, body) in actions {
                let leaves = try await added(in: fixture, by: body)
                #expect(leaves.map(\.action) == [action], "\(action)")
                #expect(leaves.first?.object == object && leaves.first?.outcome == .done, "\(action)")
            }
        }
    }

    @Test func theSignedHeadIsTheEntriesRoot() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture)
            _ = try await fixture.relay.submit(package.whole, by: fixture.officer)
            try await fixture.relay.stop()
            let note = try await fixture.relay.logCheckpoint()
            let key = try SignedStatement(der: fixture.relay.logKeyStatement())
            #expect(key.isSigned(by: [try RelayFixture.certificate(fixture.pki.relayStatement, fixture.pki)]))
            let statement = try CanonicalJSON.decode(LogKeyStatement.self, from: key.content).get()
            let verifier = try #require(NoteVerifier(verifierKey: statement.verifierKey))
            let body = try #require(verifier.open(note))
            let head = try #require(Checkpoint(body: body))
            let page = try await fixture.relay.logPage(first: 0, count: Int(head.size), by: fixture.auditor)
            #expect(page.entries.count == Int(head.size))
            var frontier = Frontier()
            for entry in page.entries { frontier.append(.leaf(Array(entry.utf8))) }
            #expect(frontier.root == head.root)
        }
    }

    @Test func onlyAuditorsReadEntries() async throws {
        try await RelayFixture.with { fixture in
            for caller in [try await fixture.officer, try await fixture.administrator, try await fixture.clerk] {
                #expect(
                    try await refusals { _ = try await fixture.relay.logPage(first: 0, count: 1, by: caller) }
                        == [.roleMissing])
            }
            for (first, count) in [(-1, 5), (0, 0), (0, -1)] {
                #expect(
                    try await refusals {
                        _ = try await fixture.relay.logPage(first: Int64(first), count: count, by: fixture.auditor)
                    } == [.requestMalformed])
            }
        }
    }

    @Test func withoutALogNothingHappens() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let (officer, clerk) = (try await fixture.officer, try await fixture.clerk)
            let kept = try TestPackage.make(in: fixture) { $0.kind = .notice }
            _ = try await relay.submit(kept.whole, by: officer)
            let lost = try TestPackage.make(in: fixture) { $0.kind = .notice }

            fixture.database.setBroken(true)
            await #expect(throws: (any Error).self) { _ = try await relay.submit(lost.whole, by: officer) }
            await #expect(throws: (any Error).self) { _ = try await relay.view(kept.id, by: officer) }
            await #expect(throws: (any Error).self) {
                _ = try await relay.part(0, of: kept.id, range: nil, by: clerk)
            }
            await #expect(throws: (any Error).self) {
                _ = try await relay.inbox(after: 0, waitSeconds: 0, by: clerk)
            }
            await #expect(throws: (any Error).self) { try await relay.cancel(kept.id, by: officer) }
            let acknowledgement = try fixture.acknowledgement(of: clerk, secondsAgo: 60)
            await #expect(throws: (any Error).self) { try await relay.acknowledgeDuty(acknowledgement, by: clerk) }
            await #expect(throws: (any Error).self) { _ = try await relay.thread(of: kept.id, by: officer) }
            await #expect(throws: (any Error).self) {
                let today = fixture.clock.world.now().dateInJapan
                _ = try await relay.report(from: today, to: today, by: officer)
            }
            let relabelling = try kept.relabelling(in: fixture)
            let chief = try await fixture.chief
            await #expect(throws: (any Error).self) {
                try await relay.relabel(kept.id, statement: relabelling, by: chief)
            }

            fixture.database.setBroken(false)
            #expect(try await refusals { _ = try await relay.view(lost.id, by: officer) } == [.notFound])
            let view = try await relay.view(kept.id, by: officer)
            #expect(view.state == .released && view.deliveries.first?.state == .stored && view.relabelled == nil)
            #expect(try await relay.submit(lost.whole, by: officer).isNew)
        }
    }

    @Test func noWordOfAPersonIsInTheLog() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture)
            _ = try await fixture.relay.submit(package.whole, by: fixture.officer)
            try await fixture.relay.reject(package.id, reason: "canary-reason 見守 花子", by: fixture.chief)
            let page = try await fixture.relay.logPage(first: 0, count: 1000, by: fixture.auditor)
            #expect(page.entries.count > 20)
            for entry in page.entries {
                #expect(!entry.contains("見守") && !entry.contains("花子") && !entry.contains("canary"))
            }
        }
    }
}
