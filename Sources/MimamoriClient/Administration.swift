// `mimamori admin`: what administrators change in the directory. Every change is the relay's to judge and to log; here
// it is only carried, in batches where there are many. A repeat changes nothing.

package import MimamoriCore
import MimamoriCrypto
import MimamoriWire

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

package struct DirectoryChange: Sendable {
    /// The directory's version after the change.
    package let version: Int64
    /// How many rows were added or changed; 0 when everything already stood so.
    package let changed: Int
}

extension Session {
    private static let batch = 100

    /// In batches of 100; when one is refused the ones before it stand, and a repeat goes on from there.
    package func register(_ parties: [Party]) async throws -> DirectoryChange {
        var changed = 0
        var version: Int64 = 0
        for start in stride(from: 0, to: parties.count, by: Self.batch) {
            let answer = try await relay.change(
                .parties, Array(parties[start..<min(start + Self.batch, parties.count)]))
            changed += answer.changed
            version = answer.version
        }
        return DirectoryChange(version: version, changed: changed)
    }

    package func register(_ person: Person) async throws -> DirectoryChange { try await change(.persons, person) }

    package func changeRoles(of person: PersonAddress, grant: [Role], revoke: [Role]) async throws -> DirectoryChange {
        try await change(.roles, RoleChange(person: person, grant: grant, revoke: revoke))
    }

    /// Reads each owner from the certificate itself (PEM). Whether it is sound is checked here, too, so that the
    /// administrator learns of it even from a relay that is too kind. With `owner` (`realm/office` or
    /// `realm/office:person`) a certificate of anybody else is refused: somebody named the wrong file. Nothing is sent
    /// before every file has passed; when the relay refuses one, those before it stand, and a repeat goes on from there.
    package func enrol(
        certificatePaths: [String], purpose: CertificatePurpose, owner: String? = nil
    ) async throws -> (change: DirectoryChange, owners: [String]) {
        var enrolments: [CertificateEnrolment] = []
        var findings: [Refusal] = []
        for path in certificatePaths {
            do {
                enrolments.append(try enrolment(path, purpose: purpose, owner: owner))
            } catch let refused as Refused {
                findings += refused.findings
            }
        }
        guard findings.isEmpty else { throw Refused(findings) }
        var changed = 0
        var version: Int64 = 0
        for enrolment in enrolments {
            let answer = try await relay.change(.certificates, enrolment)
            changed += answer.changed
            version = answer.version
        }
        return (DirectoryChange(version: version, changed: changed), enrolments.map(\.owner))
    }

    private func enrolment(
        _ path: String, purpose: CertificatePurpose, owner expected: String?
    ) throws -> CertificateEnrolment {
        let certificate: Certificate
        do {
            certificate = try Certificate(pem: try ClientHome.text(path))
        } catch let failure as CryptoFailure {
            let message = Bilingual(ja: "\(path): \(failure.message.ja)", en: "\(path): \(failure.message.en)")
            throw ClientFailure(.content, CryptoFailure(message: message, cause: failure.cause))
        }
        let use: TrustStore.Purpose =
            switch purpose {
            case .person: .client
            case .encryption: .encryption
            case .statement: .statement
            }
        if let refusal = try home.trust().refusal(of: certificate, for: use, at: world.now()) { throw Refused(refusal) }
        let owner = purpose == .person ? certificate.person?.text : certificate.party?.text
        guard let owner else { throw Refused(.otherIdentity(certificate, expected: "mimamori://…")) }
        if let expected, expected != owner { throw Refused(.otherIdentity(certificate, expected: expected)) }
        return CertificateEnrolment(owner: owner, purpose: purpose, certificate: Data(certificate.der))
    }

    /// From now on it neither speaks nor is sealed to.
    package func withdraw(_ fingerprint: CertificateFingerprint) async throws -> DirectoryChange {
        try await change(.certificateWithdrawals, CertificateWithdrawal(fingerprint: fingerprint))
    }

    package func setMembership(_ membership: Membership) async throws -> DirectoryChange {
        try await change(.memberships, membership)
    }

    private func change(_ endpoint: Endpoint, _ body: some Encodable) async throws -> DirectoryChange {
        let answer = try await relay.change(endpoint, body)
        return DirectoryChange(version: answer.version, changed: answer.changed)
    }
}
