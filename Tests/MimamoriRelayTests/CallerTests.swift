// Who may speak: each bad certificate with its own code, and that enrolment, roles, revocation and expiry take effect on
// the next request.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriWire
import TestSupport
import Testing

@Suite struct CallerTests {
    static let bad: [(DevelopmentPKI.Bad, Refusal.Code)] = [
        (.expired, .certificateExpired), (.otherCA, .certificateUntrusted),
        (.wrongAddress, .certificateNotEnrolled), (.revoked, .certificateRevoked),
        (.noClientUsage, .certificateUsage), (.unenrolled, .certificateNotEnrolled), (.weakKey, .certificateWeakKey),
    ]

    @Test(arguments: bad)
    func eachBadCertificateHasItsOwnRefusal(_ bad: DevelopmentPKI.Bad, _ code: Refusal.Code) async throws {
        try await RelayFixture.with { fixture in
            let der = try RelayFixture.certificate(fixture.pki.bad(bad), fixture.pki).der
            let identify = {
                _ = try await fixture.relay.identify(
                    certificateDER: der, source: "192.0.2.1", request: RequestID("r"))
            }
            #expect(try await refusals(identify) == [code])
            let leaf = try #require(try await fixture.entries().last { $0.action == .callerRefused })
            #expect(leaf.outcome == .refused && leaf.actor.source == "192.0.2.1")
            #expect(leaf.reason?.contains(code.rawValue) == true)
        }
    }

    @Test(arguments: [nil, [], [1, 2, 3]] as [[UInt8]?])
    func noCertificateIsRefused(_ der: [UInt8]?) async throws {
        try await RelayFixture.with { fixture in
            let codes = try await refusals {
                _ = try await fixture.relay.identify(certificateDER: der, source: nil, request: RequestID("r"))
            }
            #expect(codes == [der == nil ? .certificateMissing : .certificateUntrusted])
        }
    }

    @Test func aPartysCertificateIsNoPersons() async throws {
        try await RelayFixture.with { fixture in
            let der = try RelayFixture.certificate(fixture.pki.party(RelayFixture.council), fixture.pki).der
            #expect(
                try await refusals {
                    _ = try await fixture.relay.identify(certificateDER: der, source: nil, request: RequestID("r"))
                } == [.certificateUsage])
        }
    }

    @Test func expiryCountsOnTheNextRequest() async throws {
        try await RelayFixture.with { fixture in
            let clerk = try await fixture.clerk
            let left = clerk.certificateNotAfter.seconds(since: fixture.clock.world.now())
            fixture.clock.advance(seconds: left - 60)
            // The CRL is long past its time by now; a certificate is not refused for that alone.
            _ = try await fixture.clerk
            fixture.clock.advance(seconds: 120)
            #expect(try await refusals { _ = try await fixture.clerk } == [.certificateExpired])
        }
    }

    @Test func revocationCountsOnTheNextRequest() async throws {
        try await RelayFixture.with { fixture in
            _ = try await fixture.clerk
            let trust = try DevelopmentPKI.with { pki -> TrustStore in
                // Another PKI's roots: the strongest change of trust there is.
                try RelayFixture.trustStore(pki)
            }
            fixture.relay.replaceTrust(trust)
            #expect(try await refusals { _ = try await fixture.clerk } == [.certificateUntrusted])
            fixture.relay.replaceTrust(try RelayFixture.trustStore(fixture.pki))
            _ = try await fixture.clerk
        }
    }

    @Test func withdrawalCountsOnTheNextRequestAndForEver() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let clerk = try await fixture.clerk
            let administrator = try await fixture.administrator
            _ = try await relay.withdraw(CertificateWithdrawal(fingerprint: clerk.certificate), by: administrator)
            #expect(try await refusals { _ = try await fixture.clerk } == [.certificateNotEnrolled])
            let der = try RelayFixture.certificate(fixture.pki.person(RelayFixture.council, "clerk"), fixture.pki).der
            #expect(
                try await refusals {
                    _ = try await relay.enrol(
                        CertificateEnrolment(
                            owner: clerk.person.address.text, purpose: .person, certificate: Data(der)),
                        by: administrator)
                } == [.certificateRevoked])
        }
    }

    @Test func rolesCountOnTheNextRequest() async throws {
        try await RelayFixture.with { fixture in
            let person = try RelayFixture.person(RelayFixture.council, "clerk")
            _ = try await fixture.relay.change(
                RoleChange(person: person, grant: [], revoke: [.recipient]), by: fixture.administrator)
            #expect(
                try await refusals {
                    _ = try await fixture.relay.inbox(after: 0, waitSeconds: 0, by: fixture.clerk)
                } == [.roleMissing])
        }
    }
}
