// A label changed by its decider (SD-CLS-3): who may, what the statement must be, and what is judged by it afterwards.

import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriStore
import MimamoriWire
import TestSupport
import Testing

@Suite struct RelabelTests {
    private typealias Wording = TestPackage.Wording

    private func statement(
        about package: TestPackage, in fixture: RelayFixture, _ change: (inout Wording) -> Void = { _ in }
    ) throws -> [UInt8] { try package.relabelling(in: fixture, change) }

    private func reportCodes(about id: PackageID, in fixture: RelayFixture) async throws -> [Refusal.Code] {
        let report = try TestPackage.make(in: fixture) {
            $0.kind = .report
            $0.concerns = id
            $0.label = HandlingLabel(confidentiality: 1, integrity: 1, availability: 1, restrictions: [])
        }
        return try await refusals { try await fixture.submit(report) }
    }

    @Test func whatIsDerivedFollowsTheChangedLabel() async throws {
        try await RelayFixture.with { fixture async throws in
            let relay = fixture.relay
            let referral = try await fixture.released()
            #expect(try await reportCodes(about: referral.id, in: fixture) == [.labelLowered])
            try await relay.relabel(referral.id, statement: statement(about: referral, in: fixture), by: fixture.chief)
            #expect(try await reportCodes(about: referral.id, in: fixture) == [])
            for caller in [try await fixture.officer, try await fixture.clerk] {
                let view = try await relay.view(referral.id, by: caller)
                #expect(view.relabelled == 1)
                let read = try Manifest.read(SignedStatement(der: Array(view.manifest)).content).get()
                #expect(read.label?.confidentiality == 2, "the manifest stays as it was signed")
                let item = try await relay.thread(of: referral.id, by: caller).items.first { $0.id == referral.id }
                #expect(item?.relabelled == 1)
            }
            // And up again.
            fixture.clock.advance(seconds: 1)
            let raised = try statement(about: referral, in: fixture) { ($0.from, $0.to) = (1, 2) }
            try await relay.relabel(referral.id, statement: raised, by: fixture.chief)
            #expect(try await reportCodes(about: referral.id, in: fixture) == [.labelLowered])
            let leaves = try await fixture.entries().filter { $0.action == .packageRelabelled }
            #expect(leaves.map(\.reason) == ["confidentiality 2 to 1", "confidentiality 1 to 2"])
            #expect(leaves.allSatisfy { $0.object == referral.id.text })
        }
    }

    @Test func anApproverOfThePartyWhoDidNotSendItDecides() async throws {
        try await RelayFixture.with { fixture async throws in
            let byOfficer = try await fixture.released()
            let byDeputy = try await fixture.released { $0.sender = "deputy" }
            let cases: [(TestPackage, String, String, [Refusal.Code])] = [
                (byOfficer, RelayFixture.station, "officer", [.approverIsSender]),
                (byDeputy, RelayFixture.station, "deputy", [.approverIsSender]),
                (byDeputy, RelayFixture.station, "officer", [.roleMissing]),
                (byOfficer, RelayFixture.council, "approver", [.notFound]),
                (byOfficer, RelayFixture.council, "clerk", [.notFound]),
                (byOfficer, RelayFixture.headquarters, "head", [.notFound]),
                (byOfficer, RelayFixture.office, "administrator", [.notFound]),
                (byOfficer, RelayFixture.station, "deputy", []),
            ]
            for (package, party, person, codes) in cases {
                let signed = try statement(about: package, in: fixture) { $0.decider = (party, person) }
                let caller = try await fixture.caller(party, person)
                #expect(
                    try await refusals {
                        try await fixture.relay.relabel(package.id, statement: signed, by: caller)
                    } == codes, "\(party):\(person)")
            }
        }
    }

    @Test func whatIsNoRelabellingIsRefused() async throws {
        try await RelayFixture.with { fixture async throws in
            let package = try await fixture.released()
            let other = try await fixture.released()
            let wrong: [(String, (inout Wording) -> Void)] = [
                ("another package", { $0.package = other.id }),
                ("another manifest", { $0.digest = Digest.sha256([1]) }),
                ("from what it is not", { ($0.from, $0.to) = (1, 2) }),
                ("no change", { $0.to = 2 }), ("to 3", { $0.to = 3 }), ("to 0", { $0.to = 0 }),
                ("no reason", { $0.reason = "" }),
                ("too long a reason", { $0.reason = String(repeating: "長", count: 2001) }),
                ("a colleague's", { ($0.decider, $0.signer) = ((RelayFixture.station, "deputy"), nil) }),
                ("signed by a colleague", { $0.signer = (RelayFixture.station, "deputy") }),
                ("from the future", { $0.secondsAgo = -1200 }), ("two days old", { $0.secondsAgo = 2 * 86_400 }),
            ]
            for (name, change) in wrong {
                let signed = try statement(about: package, in: fixture, change)
                #expect(
                    try await refusals {
                        try await fixture.relay.relabel(package.id, statement: signed, by: fixture.chief)
                    } == [.relabellingInvalid], "\(name)")
            }
            let unsigned = try SignedStatement(der: statement(about: package, in: fixture)).content
            for bytes in [unsigned, []] {
                #expect(
                    try await refusals {
                        try await fixture.relay.relabel(package.id, statement: bytes, by: fixture.chief)
                    } == [.relabellingInvalid])
            }
            #expect(try await fixture.relay.view(package.id, by: fixture.chief).relabelled == nil)
            let longest = try statement(about: package, in: fixture) { $0.reason = String(repeating: "長", count: 2000) }
            try await fixture.relay.relabel(package.id, statement: longest, by: fixture.chief)
        }
    }

    @Test func aRepeatChangesNothingAndTheNewestHolds() async throws {
        try await RelayFixture.with { fixture async throws in
            let relay = fixture.relay
            let package = try await fixture.released()
            let chief = try await fixture.chief
            let first = try statement(about: package, in: fixture)
            try await relay.relabel(package.id, statement: first, by: chief)
            try await relay.relabel(package.id, statement: first, by: chief)
            let again = try statement(about: package, in: fixture) { $0.secondsAgo = -1 }
            #expect(
                try await refusals { try await relay.relabel(package.id, statement: again, by: chief) }
                    == [.relabellingInvalid], "it is 1 already")
            let earlier = try statement(about: package, in: fixture) { ($0.from, $0.to, $0.secondsAgo) = (1, 2, 60) }
            #expect(
                try await refusals { try await relay.relabel(package.id, statement: earlier, by: chief) }
                    == [.relabellingInvalid], "before the change that it changes")
            #expect(try await relay.view(package.id, by: chief).relabelled == 1)
            let leaves = try await fixture.entries().filter { $0.action == .packageRelabelled && $0.outcome == .done }
            #expect(leaves.count == 1)
        }
    }

    @Test func onlyWhatIsReleasedHasALabelToChange() async throws {
        try await RelayFixture.with { fixture async throws in
            let waiting = try TestPackage.make(in: fixture)
            let signed = try statement(about: waiting, in: fixture)
            func codes() async throws -> [Refusal.Code] {
                try await refusals {
                    try await fixture.relay.relabel(waiting.id, statement: signed, by: fixture.chief)
                }
            }
            #expect(try await codes() == [.notFound])
            _ = try await fixture.relay.begin(waiting.id, manifest: waiting.signed, by: fixture.officer)
            #expect(try await codes() == [.notFound], "not complete")
            try await fixture.submitRest(of: waiting)
            #expect(try await codes() == [.stateConflict])
            try await fixture.release(waiting)
            #expect(try await codes() == [])
        }
    }

    @Test func theReasonIsSealedAndInNoLog() async throws {
        try await RelayFixture.with { fixture async throws in
            let package = try await fixture.released()
            let signed = try statement(about: package, in: fixture) { $0.reason = "canary-reason" }
            try await fixture.relay.relabel(package.id, statement: signed, by: fixture.chief)
            let page = try await fixture.relay.logPage(first: 0, count: 1000, by: fixture.auditor)
            #expect(!page.entries.contains { $0.contains("canary") })
            let row = try await fixture.database.read { try $0.latestRelabelling(of: package.id) }
            let sealed = try #require(row?.sealedStatement)
            #expect(String(decoding: signed, as: UTF8.self).contains("canary"))
            #expect(!String(decoding: sealed, as: UTF8.self).contains("canary"))
        }
    }
}
