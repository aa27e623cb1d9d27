// Reading: who sees a package in which state, ranges, mailboxes, and the receipts that recipients sign.

import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriWire
import TestSupport
import Testing

@Suite struct ReadingTests {
    private func released(in fixture: RelayFixture, contents: [[UInt8]] = [[1]]) async throws -> TestPackage {
        try await fixture.released { $0.contents = contents }
    }

    private static let everybody =
        Cast.persons.map { ($0.party, $0.person) } + [("aomori-relay/office", "administrator")]

    @Test func onlyThoseConcernedSeeAPackage() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let waiting = try TestPackage.make(in: fixture)
            _ = try await relay.submit(waiting.whole, by: fixture.officer)
            let done = try await released(in: fixture)
            let absent = PackageID(at: fixture.clock.world.now(), random: fixture.clock.world.random(10))
            let whileWaiting: Set = ["officer", "deputy", "chief"]
            for (party, person) in Self.everybody {
                let caller = try await fixture.caller(party, person)
                let inStation = party == RelayFixture.station
                // The header is for everybody of the council who handles packages, the parts for its recipients.
                let inCouncil = party == RelayFixture.council
                let expected: [(PackageID, header: Bool, parts: Bool)] = [
                    (
                        waiting.id, inStation && whileWaiting.contains(person),
                        inStation && whileWaiting.contains(person)
                    ),
                    (done.id, inStation || inCouncil, inStation || (inCouncil && person == "clerk")),
                    (absent, false, false),
                ]
                for (id, header, parts) in expected {
                    let viewed = try await refusals { _ = try await relay.view(id, by: caller) }
                    #expect(viewed == (header ? [] : [.notFound]), "\(party):\(person) reads \(id)")
                    let read = try await refusals { _ = try await relay.part(0, of: id, range: nil, by: caller) }
                    #expect(
                        read == (parts ? [] : [.notFound]),
                        "\(party):\(person) reads a part of \(id)")
                }
            }
        }
    }

    @Test func aRecipientLearnsOfNoOther() async throws {
        try await RelayFixture.with { fixture in
            let package = try TestPackage.make(in: fixture) {
                $0.kind = .notice
                $0.recipients = [RelayFixture.council, RelayFixture.center]
            }
            _ = try await fixture.relay.submit(package.whole, by: fixture.officer)
            let view = try await fixture.relay.view(package.id, by: fixture.clerk)
            #expect(view.deliveries.map(\.recipient.text) == [RelayFixture.council])
            let sender = try await fixture.relay.view(package.id, by: fixture.officer)
            #expect(sender.deliveries.count == 2)
        }
    }

    @Test func partsComeWholeAndInRanges() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let package = try await released(in: fixture, contents: [Array(repeating: 7, count: 5000), [1]])
            let clerk = try await fixture.clerk
            let whole = try await relay.part(0, of: package.id, range: nil, by: clerk)
            #expect(whole.bytes == package.parts[0])
            #expect(whole.description == package.manifest.parts[0])
            let piece = try await relay.part(0, of: package.id, range: 100..<200, by: clerk)
            #expect(piece.bytes == Array(package.parts[0][100..<200]))
            let beyond = 0..<package.parts[0].count + 1
            #expect(
                try await refusals { _ = try await relay.part(0, of: package.id, range: beyond, by: clerk) }
                    == [.requestMalformed])
            #expect(
                try await refusals { _ = try await relay.part(2, of: package.id, range: nil, by: clerk) }
                    == [.notFound])
            #expect(try await state(of: package, in: fixture) == .stored)
            // The last part but not its end.
            _ = try await relay.part(1, of: package.id, range: 0..<1, by: clerk)
            #expect(try await state(of: package, in: fixture) == .stored)
            // The sender's own reading fetches nothing.
            _ = try await relay.part(1, of: package.id, range: nil, by: fixture.officer)
            #expect(try await state(of: package, in: fixture) == .stored)
            let size = package.parts[1].count
            _ = try await relay.part(1, of: package.id, range: 1..<size, by: clerk)
            #expect(try await state(of: package, in: fixture) == .fetched)
        }
    }

    private func state(of package: TestPackage, in fixture: RelayFixture) async throws -> DeliveryState? {
        try await fixture.relay.view(package.id, by: fixture.officer).deliveries.first?.state
    }

    @Test func theInboxGoesOnFromAPosition() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let first = try await released(in: fixture)
            let page = try await relay.inbox(after: 0, waitSeconds: 0, by: fixture.clerk)
            #expect(page.items.map(\.id) == [first.id])
            #expect(try await relay.inbox(after: page.next, waitSeconds: 0, by: fixture.clerk).items.isEmpty)
            let second = try await released(in: fixture)
            #expect(
                try await relay.inbox(after: page.next, waitSeconds: 0, by: fixture.clerk).items.map(\.id)
                    == [second.id])
            #expect(
                try await relay.inbox(
                    after: 0, waitSeconds: 0, by: fixture.caller("aomori/towada-shi", "clerk")
                ).items.isEmpty)
            #expect(
                try await refusals {
                    _ = try await relay.inbox(after: 0, waitSeconds: 0, by: fixture.chief)
                } == [.roleMissing])
        }
    }

    @Test func aLongPollWakesOnArrival() async throws {
        try await RelayFixture.with { fixture in
            let clerk = try await fixture.clerk
            async let page = fixture.relay.inbox(after: 0, waitSeconds: 60, by: clerk)
            let package = try await released(in: fixture)
            #expect(try await page.items.map(\.id) == [package.id])
        }
    }

    @Test func aStoppingRelayEndsItsLongPolls() async throws {
        try await RelayFixture.with { fixture in
            let clerk = try await fixture.clerk
            async let page = fixture.relay.inbox(after: 0, waitSeconds: 60, by: clerk)
            fixture.relay.endLongPolls()
            #expect(try await page.items.isEmpty)
        }
    }

    @Test func onlyASignedReceiptOpens() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let package = try await released(in: fixture)
            let clerk = try await fixture.clerk
            let receipt = try package.openedReceipt(by: RelayFixture.council, "clerk", in: fixture)
            #expect(
                try await refusals { try await relay.acceptOpenedReceipt(receipt, for: package.id, by: clerk) }
                    == [.stateConflict], "before it is fetched")
            _ = try await relay.part(0, of: package.id, range: nil, by: clerk)

            let other = try package.openedReceipt(
                by: RelayFixture.council, "clerk", in: fixture, digest: Digest.sha256([1]))
            let forged = try TestPackage.signer("aomori/towada-shi", "clerk", fixture.pki)
                .sign(SignedStatement(der: receipt).content)
            let unsigned = try SignedStatement(der: receipt).content
            for wrong in [other, forged, unsigned, []] {
                #expect(
                    try await refusals { try await relay.acceptOpenedReceipt(wrong, for: package.id, by: clerk) }
                        == [.receiptInvalid])
            }
            #expect(
                try await refusals {
                    try await relay.acceptOpenedReceipt(receipt, for: package.id, by: fixture.chief)
                } == [.roleMissing])
            #expect(try await state(of: package, in: fixture) == .fetched)

            try await relay.acceptOpenedReceipt(receipt, for: package.id, by: clerk)
            try await relay.acceptOpenedReceipt(receipt, for: package.id, by: clerk)
            let delivery = try #require(try await relay.view(package.id, by: fixture.officer).deliveries.first)
            #expect(delivery.state == .opened)
            let kept = try SignedStatement(der: Array(try #require(delivery.openedReceipt)))
            let signer = try Certificate(der: Array(try #require(delivery.openedReceiptSigner)))
            #expect(kept.isSigned(by: [signer]) && signer.person == clerk.person.address)
            #expect(
                try await fixture.entries().filter { $0.action == .packageOpened && $0.outcome == .done }.count == 1)
        }
    }
}
