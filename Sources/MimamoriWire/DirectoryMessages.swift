// JSON messages about the directory: what everybody may read of it, and the changes that administrators make.

package import Foundation
package import MimamoriCore

/// Who the relay takes the caller for, and what time it is there.
package struct WhoAmI: Sendable, Codable {
    package let person: Person
    package let certificate: CertificateFingerprint
    package let certificateNotAfter: Timestamp
    package let relay: Address
    package let relayVersion: String
    package let time: Timestamp

    package init(
        person: Person, certificate: CertificateFingerprint, certificateNotAfter: Timestamp, relay: Address,
        relayVersion: String, time: Timestamp
    ) {
        self.person = person
        self.certificate = certificate
        self.certificateNotAfter = certificateNotAfter
        self.relay = relay
        self.relayVersion = relayVersion
        self.time = time
    }

    package enum CodingKeys: String, CodingKey {
        case person, certificate, relay, time
        case certificateNotAfter = "certificate_not_after"
        case relayVersion = "relay_version"
    }
}

/// The directory as a caller may see it: every party and encryption certificate, the persons of the caller's own
/// party (administrators: all persons and certificates), and the policy's values for the dry run.
package struct DirectoryMessage: Sendable, Codable {
    package let version: Int64
    package let parties: [Party]
    package let persons: [Person]
    package let certificates: [EnrolledCertificate]
    package let memberships: [Membership]
    package let policy: PolicySettings

    package init(
        version: Int64, parties: [Party], persons: [Person], certificates: [EnrolledCertificate],
        memberships: [Membership], policy: PolicySettings
    ) {
        self.version = version
        self.parties = parties
        self.persons = persons
        self.certificates = certificates
        self.memberships = memberships
        self.policy = policy
    }

    package var directory: Directory {
        Directory(parties: parties, persons: persons, certificates: certificates, memberships: memberships)
    }
}

package struct RoleChange: Sendable, Codable {
    package let person: PersonAddress
    package let grant: [Role]
    package let revoke: [Role]

    package init(person: PersonAddress, grant: [Role], revoke: [Role]) {
        self.person = person
        self.grant = grant
        self.revoke = revoke
    }
}

/// A certificate to enrol. The relay reads address, purpose, dates and key from the certificate itself and refuses it
/// when it names another address than `owner`.
package struct CertificateEnrolment: Sendable, Codable {
    /// `realm/office` for an encryption or statement certificate, `realm/office:person` for a person's.
    package let owner: String
    package let purpose: CertificatePurpose
    /// DER.
    package let certificate: Data

    package init(owner: String, purpose: CertificatePurpose, certificate: Data) {
        self.owner = owner
        self.purpose = purpose
        self.certificate = certificate
    }
}

package struct CertificateWithdrawal: Sendable, Codable {
    package let fingerprint: CertificateFingerprint

    package init(fingerprint: CertificateFingerprint) { self.fingerprint = fingerprint }
}

/// What an administrator's change did.
package struct AdminAnswer: Sendable, Codable {
    /// The directory's version after the change.
    package let version: Int64
    /// How many rows were added or changed; 0 when everything already stood so.
    package let changed: Int

    package init(version: Int64, changed: Int) {
        self.version = version
        self.changed = changed
    }
}
