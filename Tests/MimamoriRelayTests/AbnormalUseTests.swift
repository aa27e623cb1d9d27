// Abnormal use at the relay: summed refusals of strangers, the pause after repeated false attempts, alerts for bulk reading.

import MimamoriCore
import MimamoriRelay
import Testing

struct AbnormalUseTests {
    @Test func refusalsOfAStrangerAreSummed() async throws {
        try await RelayFixture.with { fixture in
            for _ in 0..<25 {
                let codes = try await refusals {
                    _ = try await fixture.relay.identify(
                        certificateDER: nil, source: "192.0.2.7", request: RequestID("r"))
                }
                #expect(codes == [.certificateMissing])
            }
            let before = try await fixture.entries()
            #expect(before.count { $0.action == .callerRefused && $0.actor.source == "192.0.2.7" } == 10)
            #expect(!before.contains { $0.action == .callersRefused })
            try await fixture.relay.stop()
            let sum = try await fixture.entries().filter { $0.action == .callersRefused }
            #expect(sum.map(\.reason) == ["count 15"] && sum.first?.actor.source == "192.0.2.7")
        }
    }

    @Test func whoTriesWhatIsNotTheirsIsPausedAndThePauseEnds() async throws {
        try await RelayFixture.with { fixture in
            let officer = try await fixture.officer
            let limit = fixture.settings.useLimits.refusalsBeforePause
            for _ in 0..<limit {
                #expect(try await refusals { _ = try await fixture.relay.approvals(by: officer) } == [.roleMissing])
            }
            #expect(try await refusals { _ = try await fixture.officer } == [.callerPaused])
            let entries = try await fixture.entries()
            let alert = entries.filter { $0.action == .alertRaised }
            #expect(alert.map(\.reason) == ["paused"] && alert.first?.actor.address == officer.person.address.text)
            // A colleague goes on, and so does the officer after the pause.
            _ = try await fixture.chief
            fixture.clock.advance(seconds: fixture.settings.useLimits.pauseSeconds)
            _ = try await fixture.officer
        }
    }

    /// Mistakes that an honest person makes with a form do not pause anybody.
    @Test func policyRefusalsPauseNobody() async throws {
        try await RelayFixture.with { fixture in
            let officer = try await fixture.officer
            for _ in 0..<(fixture.settings.useLimits.refusalsBeforePause + 5) {
                let package = try TestPackage.make(in: fixture) { $0.basis = nil }
                #expect(
                    try await refusals { _ = try await fixture.relay.submit(package.whole, by: officer) }
                        == [.legalBasisMissing])
            }
            _ = try await fixture.officer
        }
    }
}
