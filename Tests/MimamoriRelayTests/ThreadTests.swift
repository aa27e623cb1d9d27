// Threads: the same from each of their packages, and no more of them to anybody than their own mail.

import MimamoriCore
import MimamoriRelay
import MimamoriStore
import MimamoriWire
import TestSupport
import Testing

@Suite struct ThreadTests {
    private func ids(_ id: PackageID, by caller: Caller, in fixture: RelayFixture) async throws -> [PackageID] {
        try await fixture.relay.thread(of: id, by: caller).items.map(\.id)
    }

    /// Request, decision, supply, report: a second apart, all released.
    private func wholeCase(in fixture: RelayFixture) async throws -> [TestPackage] {
        let request = try await fixture.released { $0.kind = .request }
        fixture.clock.advance(seconds: 1)
        let response = try await fixture.released {
            $0.kind = .response
            $0.answers = request.id
        }
        fixture.clock.advance(seconds: 1)
        let referral = try await fixture.released { $0.answers = request.id }
        fixture.clock.advance(seconds: 1)
        let report = try await fixture.released {
            $0.kind = .report
            $0.concerns = referral.id
        }
        return [request, response, referral, report]
    }

    @Test func everyPackageOfItTellsTheWholeThread() async throws {
        try await RelayFixture.with { fixture async throws in
            let packages = try await wholeCase(in: fixture)
            for package in packages {
                for caller in [try await fixture.officer, try await fixture.chief, try await fixture.clerk] {
                    #expect(try await ids(package.id, by: caller, in: fixture) == packages.map(\.id))
                }
            }
            let page = try await fixture.relay.thread(of: packages[3].id, by: fixture.clerk)
            #expect(!page.isCut)
            #expect(page.items.map(\.kind) == [.request, .response, .referral, .report])
            #expect(page.items.map(\.answers) == [nil, packages[0].id, packages[0].id, nil])
            #expect(page.items.map(\.concerns) == [nil, nil, nil, packages[2].id])
            #expect(page.items.map(\.decision?.outcome) == [nil, .provide, nil, nil])
            #expect(page.items.allSatisfy { $0.state == .released && $0.label?.confidentiality == 2 })
            #expect(page.items.allSatisfy { $0.delivery == .stored && $0.storedAt != nil && $0.relabelled == nil })
            let leaves = try await fixture.entries().filter { $0.action == .threadRead }
            #expect(leaves.count == 13 && leaves.last?.object == packages[3].id.text)
        }
    }

    @Test func onlyThoseWhoHandleTheirPartysMailSeeIt() async throws {
        try await RelayFixture.with { fixture async throws in
            let packages = try await wholeCase(in: fixture)
            let callers: [(String, String, Bool)] = [
                (RelayFixture.station, "officer", true), (RelayFixture.station, "deputy", true),
                (RelayFixture.station, "chief", true), (RelayFixture.council, "clerk", true),
                (RelayFixture.council, "approver", true), (RelayFixture.headquarters, "planner", false),
                (RelayFixture.center, "counselor", false), ("aomori/towada-shi", "clerk", false),
                (RelayFixture.office, "operator", false), (RelayFixture.office, "auditor", false),
                (RelayFixture.office, "administrator", false),
            ]
            for (party, person, isSeen) in callers {
                let caller = try await fixture.caller(party, person)
                #expect(
                    try await refusals { _ = try await fixture.relay.thread(of: packages[2].id, by: caller) }
                        == (isSeen ? [] : [.notFound]), "\(party):\(person)")
            }
            let refused = try await fixture.entries().last { $0.action == .threadRead }
            #expect(refused?.outcome == .refused)
        }
    }

    @Test func whatIsNotReleasedIsTheSendersOnly() async throws {
        try await RelayFixture.with { fixture async throws in
            let request = try #require(fixture.standingRequest)
            let waiting = try TestPackage.make(in: fixture)
            try await fixture.submit(waiting)
            let incomplete = try TestPackage.make(in: fixture)
            _ = try await fixture.relay.begin(incomplete.id, manifest: incomplete.signed, by: fixture.officer)
            #expect(try await ids(request, by: fixture.clerk, in: fixture) == [request])
            #expect(try await ids(request, by: fixture.officer, in: fixture) == [request, waiting.id])
            for id in [waiting.id, incomplete.id] {
                #expect(
                    try await refusals { _ = try await fixture.relay.thread(of: id, by: fixture.clerk) } == [.notFound])
            }
            #expect(
                try await refusals { _ = try await fixture.relay.thread(of: incomplete.id, by: fixture.officer) }
                    == [.notFound])
            try await fixture.relay.reject(waiting.id, reason: "やり直し", by: fixture.chief)
            #expect(try await ids(request, by: fixture.clerk, in: fixture) == [request])
            let item = try await fixture.relay.thread(of: waiting.id, by: fixture.officer).items.last
            #expect(item?.state == .rejected && item?.delivery == nil)
        }
    }

    @Test func whatIsNotOnesOwnIsLeftOutAndNotPassed() async throws {
        try await RelayFixture.with { fixture async throws in
            func notice(
                from party: String, _ person: String, to recipients: [String], concerning id: PackageID?
            ) async throws -> PackageID {
                fixture.clock.advance(seconds: 1)
                return try await fixture.released {
                    $0.kind = .notice
                    ($0.senderParty, $0.sender, $0.recipients, $0.concerns) = (party, person, recipients, id)
                }.id
            }
            let (station, council, center) = (RelayFixture.station, RelayFixture.council, RelayFixture.center)
            let first = try await notice(from: station, "officer", to: [council, center], concerning: nil)
            let inner = try await notice(from: center, "counselor", to: [council], concerning: first)
            let last = try await notice(from: council, "clerk", to: [station, center], concerning: inner)
            let (officer, clerk) = (try await fixture.officer, try await fixture.clerk)
            let counselor = try await fixture.caller(center, "counselor")
            #expect(try await ids(first, by: clerk, in: fixture) == [first, inner, last])
            #expect(try await ids(last, by: counselor, in: fixture) == [first, inner, last])
            #expect(try await ids(first, by: officer, in: fixture) == [first])
            #expect(try await ids(last, by: officer, in: fixture) == [last])
            let own = try await fixture.relay.thread(of: first, by: officer).items.first
            #expect(own?.recipients.map(\.text) == [council, center])
            let theirs = try await fixture.relay.thread(of: first, by: counselor).items.first
            #expect(theirs?.recipients.map(\.text) == [center])

            // The least advanced delivery for the sender's party, the own one for a recipient.
            _ = try await fixture.relay.part(0, of: first, range: nil, by: clerk)
            func delivery(_ caller: Caller) async throws -> DeliveryState? {
                try await fixture.relay.thread(of: first, by: caller).items.first?.delivery
            }
            #expect(try await delivery(officer) == .stored)
            #expect(try await delivery(clerk) == .fetched)
            _ = try await fixture.relay.part(0, of: first, range: nil, by: counselor)
            #expect(try await delivery(officer) == .fetched)
        }
    }

    @Test func whatWasDisposedOfIsInNone() async throws {
        try await RelayFixture.with { fixture async throws in
            let packages = try await wholeCase(in: fixture)
            let gone = packages[1].id
            _ = try await fixture.database.write { try $0.destroyDataKey("package/\(gone)") }
            #expect(
                try await ids(packages[0].id, by: fixture.officer, in: fixture)
                    == [packages[0].id, packages[2].id, packages[3].id])
            #expect(
                try await refusals { _ = try await fixture.relay.thread(of: gone, by: fixture.officer) } == [.notFound])
        }
    }

    @Test func aVeryLongOneIsCutToWhatStandsNearest() async throws {
        try await RelayFixture.with { fixture async throws in
            let officer = try await fixture.officer
            let root = try await fixture.released { $0.kind = .notice }
            let made = try (0..<500).map { _ in
                try TestPackage.make(in: fixture) {
                    $0.kind = .notice
                    $0.concerns = root.id
                }
            }
            for package in made.dropLast() { _ = try await fixture.relay.submit(package.whole, by: officer) }
            let whole = try await fixture.relay.thread(of: root.id, by: officer)
            #expect(whole.items.count == 500 && !whole.isCut)
            let last = try #require(made.last)
            _ = try await fixture.relay.submit(last.whole, by: officer)
            let cut = try await fixture.relay.thread(of: last.id, by: officer)
            #expect(cut.items.count == 500 && cut.isCut)
            #expect(Set(cut.items.map(\.id)).isSuperset(of: [root.id, last.id]))
        }
    }
}
