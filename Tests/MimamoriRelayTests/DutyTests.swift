// The duty of confidentiality (N19): no part of a personal package without a current acknowledgement; what an
// acknowledgement must be; when it is asked for again.

import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriWire
import TestSupport
import Testing

@Suite struct DutyTests {
    private static func without(_ options: inout RelayFixture.Options) { options.acknowledgesDuty = false }

    private func partCodes(_ package: TestPackage, _ caller: Caller, _ relay: Relay) async throws -> [Refusal.Code] {
        try await refusals { _ = try await relay.part(0, of: package.id, range: nil, by: caller) }
    }

    @Test func personalPartsWaitForTheAcknowledgement() async throws {
        try await RelayFixture.with(Self.without) { fixture async throws in
            let relay = fixture.relay
            let referral = try await fixture.released()
            let notice = try await fixture.released { $0.kind = .notice }
            let clerk = try await fixture.clerk
            #expect(try await partCodes(referral, clerk, relay) == [.dutyNotAcknowledged])
            #expect(try await partCodes(referral, fixture.chief, relay) == [.dutyNotAcknowledged])
            let view = try await relay.view(referral.id, by: clerk)
            #expect(view.deliveries.first?.state == .stored, "the header is read without it")
            #expect(try await relay.partDescription(0, of: referral.id, by: clerk) == referral.manifest.parts[0])
            #expect(try await partCodes(notice, clerk, relay) == [], "about nobody")
            let refused = try #require(
                try await fixture.entries().last { $0.action == .partRead && $0.outcome == .refused })
            #expect(refused.reason == "duty-not-acknowledged (N19)")

            try await fixture.acknowledgeDuty(clerk)
            #expect(try await partCodes(referral, clerk, relay) == [])
            #expect(try await partCodes(referral, fixture.chief, relay) == [.dutyNotAcknowledged], "each for oneself")
        }
    }

    @Test func whoeverMayNotSeeItLearnsNothingOfTheDuty() async throws {
        try await RelayFixture.with(Self.without) { fixture async throws in
            let referral = try await fixture.released()
            let other = try await fixture.caller("aomori/towada-shi", "clerk")
            #expect(try await partCodes(referral, other, fixture.relay) == [.notFound])
        }
    }

    @Test func theTextTellsWhereOneStands() async throws {
        try await RelayFixture.with(Self.without) { fixture async throws in
            let clerk = try await fixture.clerk
            let before = try await fixture.relay.duty(of: clerk)
            #expect(before.notice.text.ja.contains("拘禁刑") && before.notice.text.ja.contains("第11条の5"))
            #expect(before.acknowledgedVersion == nil && before.endsAt == nil && !before.isCurrent)
            try await fixture.acknowledgeDuty(clerk)
            let after = try await fixture.relay.duty(of: clerk)
            #expect(after.isCurrent && after.acknowledgedVersion == DutyNotice.statutory.version)
            let (from, until) = (try #require(after.acknowledgedAt), try #require(after.endsAt))
            #expect(until.seconds(since: from) == 366 * 86_400)
        }
    }

    @Test func itHasOneLeafAndARepeatNone() async throws {
        try await RelayFixture.with(Self.without) { fixture async throws in
            let clerk = try await fixture.clerk
            let signed = try fixture.acknowledgement(of: clerk)
            try await fixture.relay.acknowledgeDuty(signed, by: clerk)
            try await fixture.relay.acknowledgeDuty(signed, by: clerk)
            let leaves = try await fixture.entries().filter { $0.action == .dutyAcknowledged }
            #expect(leaves.map(\.object) == ["aomori/hachinohe-shi:clerk"])
            #expect(leaves.first?.reason == "version \(DutyNotice.statutory.version)")
        }
    }

    @Test func whatIsNoAcknowledgementIsRefused() async throws {
        try await RelayFixture.with(Self.without) { fixture async throws in
            let clerk = try await fixture.clerk
            let sound = try fixture.acknowledgement(of: clerk)
            let approver = try await fixture.caller(RelayFixture.council, "approver")
            let wrong: [(String, [UInt8])] = [
                ("another version", try fixture.acknowledgement(of: clerk, version: "2024-01-01")),
                ("from the future", try fixture.acknowledgement(of: clerk, secondsAgo: -1200)),
                ("two days old", try fixture.acknowledgement(of: clerk, secondsAgo: 2 * 86_400)),
                (
                    "signed by a colleague",
                    try fixture.acknowledgement(of: clerk, signer: (RelayFixture.council, "approver"))
                ),
                ("a colleague's", try fixture.acknowledgement(of: approver)),
                (
                    "a colleague's, signed by oneself",
                    try fixture.acknowledgement(of: approver, signer: (RelayFixture.council, "clerk"))
                ),
                ("unsigned", try SignedStatement(der: sound).content),
                (
                    "two signatures",
                    try TestPackage.signer(RelayFixture.council, "approver", fixture.pki).countersign(
                        SignedStatement(der: sound))
                ),
                (
                    "not canonical",
                    try TestPackage.signer(RelayFixture.council, "clerk", fixture.pki).sign(
                        [0x20] + SignedStatement(der: sound).content)
                ),
                ("empty", []),
            ]
            for (name, signed) in wrong {
                #expect(
                    try await refusals { try await fixture.relay.acknowledgeDuty(signed, by: clerk) }
                        == [.acknowledgementInvalid], "\(name)")
            }
            #expect(try await fixture.relay.duty(of: clerk).acknowledgedVersion == nil)
            for secondsAgo: Int64 in [-500, 80_000] {
                let signed = try fixture.acknowledgement(of: clerk, secondsAgo: secondsAgo)
                #expect(try await refusals { try await fixture.relay.acknowledgeDuty(signed, by: clerk) } == [])
            }
        }
    }

    @Test func anotherTextAsksAgain() async throws {
        try await RelayFixture.with { fixture async throws in
            let referral = try await fixture.released()
            let clerk = try await fixture.clerk
            #expect(try await partCodes(referral, clerk, fixture.relay) == [])
            let words = "青森県の追加の注意"
            let notice = DutyNotice.with(addition: words, digest: Digest.sha256(Array(words.utf8)))
            let later = try await fixture.open(
                RelaySettings(
                    address: fixture.settings.address, version: "test", policy: PolicySettings(),
                    configurationDigest: Digest.sha256([1]), dutyNotice: notice))
            #expect(try await partCodes(referral, clerk, later) == [.dutyNotAcknowledged])
            let message = try await later.duty(of: clerk)
            #expect(!message.isCurrent && message.acknowledgedVersion == DutyNotice.statutory.version)
            #expect(message.notice.text.ja.hasSuffix(words))
            let old = try fixture.acknowledgement(of: clerk)
            #expect(try await refusals { try await later.acknowledgeDuty(old, by: clerk) } == [.acknowledgementInvalid])
            let new = try fixture.acknowledgement(of: clerk, version: notice.version)
            try await later.acknowledgeDuty(new, by: clerk)
            #expect(try await partCodes(referral, clerk, later) == [])
        }
    }

    @Test func anElapsedPeriodAsksAgain() async throws {
        try await RelayFixture.with({ $0.policy.dutyRenewalDays = 30 }) { fixture async throws in
            let referral = try await fixture.released()
            fixture.clock.advance(seconds: 29 * 86_400)
            #expect(try await partCodes(referral, fixture.clerk, fixture.relay) == [])
            fixture.clock.advance(seconds: 86_400)
            #expect(try await partCodes(referral, fixture.clerk, fixture.relay) == [.dutyNotAcknowledged])
            try await fixture.acknowledgeDuty(fixture.clerk)
            #expect(try await partCodes(referral, fixture.clerk, fixture.relay) == [])
        }
    }
}
