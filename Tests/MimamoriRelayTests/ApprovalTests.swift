// The second person: who sees what waits, who may release or reject it, and that nothing else does.

import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriWire
import TestSupport
import Testing

@Suite struct ApprovalTests {
    private func waiting(in fixture: RelayFixture) async throws -> TestPackage {
        let package = try TestPackage.make(in: fixture)
        _ = try await fixture.relay.submit(package.whole, by: fixture.officer)
        return package
    }

    @Test func aReleaseFillsTheMailbox() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let package = try await waiting(in: fixture)
            #expect(try await relay.inbox(after: 0, waitSeconds: 0, by: fixture.clerk).items.isEmpty)
            #expect(try await relay.approvals(by: fixture.chief).items.map(\.id) == [package.id])

            let released = try package.countersigned(by: RelayFixture.station, "chief", fixture.pki)
            try await relay.approve(package.id, manifest: released, by: fixture.chief)
            #expect(try await relay.approvals(by: fixture.chief).items.isEmpty)
            let item = try #require(try await relay.inbox(after: 0, waitSeconds: 0, by: fixture.clerk).items.first)
            #expect(item.id == package.id && item.sender == package.manifest.sender)

            let view = try await relay.view(package.id, by: fixture.clerk)
            let signers = try view.signers.map { try Certificate(der: Array($0)) }
            #expect(signers.compactMap(\.person?.person) == ["officer", "chief"])
            #expect(try SignedStatement(der: Array(view.manifest)).isSigned(by: signers))
            // A repeat after an answer that was lost.
            try await relay.approve(package.id, manifest: released, by: fixture.chief)
            #expect(try await fixture.entries().filter { $0.action == .packageApproved }.count == 1)
        }
    }

    @Test func nobodyApprovesTheirOwn() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture) { $0.sender = "deputy" }
            _ = try await fixture.relay.submit(package.whole, by: fixture.deputy)
            // No signing key of ours countersigns its own statement; the relay judges the person all the same.
            #expect(
                try await refusals {
                    try await fixture.relay.approve(package.id, manifest: package.signed, by: fixture.deputy)
                } == [.approverIsSender])
            // The sender's signature alone is no release either.
            #expect(
                try await refusals {
                    try await fixture.relay.approve(package.id, manifest: package.signed, by: fixture.chief)
                } == [.approvalSignatureInvalid])
            #expect(try await fixture.relay.view(package.id, by: fixture.deputy).state == .awaitingApproval)
        }
    }

    @Test func onlyAnApproverOfThePartyApproves() async throws {
        try await RelayFixture.with { fixture in
            let package = try await waiting(in: fixture)
            func codes(_ party: String, _ person: String) async throws -> [Refusal.Code] {
                let isSender = person == "officer"
                let signed = try isSender ? package.signed : package.countersigned(by: party, person, fixture.pki)
                let caller = try await fixture.caller(party, person)
                return try await refusals {
                    try await fixture.relay.approve(package.id, manifest: signed, by: caller)
                }
            }
            #expect(try await codes(RelayFixture.station, "officer") == [.approverIsSender, .approverNotAllowed])
            // To the council's approver the package does not exist.
            #expect(try await codes(RelayFixture.council, "approver") == [.notFound])
            #expect(try await codes(RelayFixture.council, "clerk") == [.notFound])
            #expect(try await codes("aomori-relay/office", "administrator") == [.notFound])
            #expect(
                try await refusals { _ = try await fixture.relay.approvals(by: fixture.officer) } == [.roleMissing])
            #expect(
                try await fixture.relay.approvals(by: fixture.caller(RelayFixture.council, "approver")).items.isEmpty)
        }
    }

    @Test func anApprovalOfOtherBytesIsNone() async throws {
        try await RelayFixture.with { fixture in
            let package = try await waiting(in: fixture)
            let widened = try TestPackage.make(in: fixture) {
                $0.id = package.id
                $0.recipients = [RelayFixture.council, "aomori/towada-shi"]
            }
            let signed = try widened.countersigned(by: RelayFixture.station, "chief", fixture.pki)
            #expect(
                try await refusals {
                    try await fixture.relay.approve(package.id, manifest: signed, by: fixture.chief)
                } == [.approvalSignatureInvalid])
            let byDeputy = try package.countersigned(by: RelayFixture.station, "deputy", fixture.pki)
            #expect(
                try await refusals {
                    try await fixture.relay.approve(package.id, manifest: byDeputy, by: fixture.chief)
                } == [.approvalSignatureInvalid])
        }
    }

    @Test func aRejectionTellsTheSenderWhy() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let package = try await waiting(in: fixture)
            #expect(
                try await refusals { try await relay.reject(package.id, reason: "", by: fixture.chief) }
                    == [.requestMalformed])
            #expect(
                try await refusals { try await relay.reject(package.id, reason: "x", by: fixture.officer) }
                    == [.approverIsSender, .approverNotAllowed])
            try await relay.reject(package.id, reason: "宛先を確かめてください", by: fixture.chief)
            let view = try await relay.view(package.id, by: fixture.officer)
            #expect(view.state == .rejected && view.rejectionReason == "宛先を確かめてください")
            let signed = try package.countersigned(by: RelayFixture.station, "chief", fixture.pki)
            #expect(
                try await refusals { try await relay.approve(package.id, manifest: signed, by: fixture.chief) }
                    == [.stateConflict])
            #expect(try await relay.inbox(after: 0, waitSeconds: 0, by: fixture.clerk).items.isEmpty)
        }
    }

    @Test func theSenderCancelsUntilItIsFetched() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let waiting = try await waiting(in: fixture)
            #expect(
                try await refusals { try await relay.cancel(waiting.id, by: fixture.chief) } == [.notFound])
            try await relay.cancel(waiting.id, by: fixture.officer)
            try await relay.cancel(waiting.id, by: fixture.officer)
            #expect(try await relay.approvals(by: fixture.chief).items.isEmpty)

            let notice = try TestPackage.make(in: fixture) { $0.kind = .notice }
            _ = try await relay.submit(notice.whole, by: fixture.officer)
            try await relay.cancel(notice.id, by: fixture.officer)
            #expect(try await relay.inbox(after: 0, waitSeconds: 0, by: fixture.clerk).items.isEmpty)
            #expect(
                try await refusals { _ = try await relay.view(notice.id, by: fixture.clerk) } == [.notFound])

            let fetched = try TestPackage.make(in: fixture) { $0.kind = .notice }
            _ = try await relay.submit(fetched.whole, by: fixture.officer)
            _ = try await relay.part(0, of: fetched.id, range: nil, by: fixture.clerk)
            #expect(
                try await refusals { try await relay.cancel(fetched.id, by: fixture.officer) } == [.stateConflict])
            #expect(try await relay.view(fetched.id, by: fixture.officer).state == .released)
        }
    }
}
