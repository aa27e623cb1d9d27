// Persons, their roles and their certificates. Each person has certificates of their own (SD-AUT-3); a certificate
// speaks only while it is enrolled here (SD-TLS-5). The separations of duty (SD-APR-3, SD-ACC-5) are decided here so
// that client and relay judge alike.

import Foundation

/// What a person may do.
package enum Role: String, Sendable, Codable, CaseIterable, Comparable {
    case sender, approver, recipient, `operator`, auditor, administrator

    package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }

    /// Roles that handle packages; they never meet the roles that run or watch the relay in one person.
    package static let handling: Set<Role> = [.sender, .approver, .recipient]

    /// Why these roles cannot be one person's, if they cannot.
    package static func refusal(for roles: Set<Role>) -> Refusal? {
        let watching = roles.subtracting(handling)
        guard !watching.isEmpty, roles.count > 1 else { return nil }
        let mixed = !roles.isDisjoint(with: handling)
        guard mixed || (watching.contains(.auditor) && watching.count > 1) else { return nil }
        return Refusal(
            .rolesConflict, rule: mixed ? "SD-ACC-5" : "SD-APR-3",
            message: Bilingual(
                ja: "兼ねることのできない役割です: \(roles.sorted().map(\.rawValue).joined(separator: "、"))",
                en:
                    "One person cannot hold these roles together: \(roles.sorted().map(\.rawValue).joined(separator: ", "))"
            ),
            remedy: Bilingual(
                ja: "送受信する人、運用・管理する人、監査する人を分けてください。",
                en: "Give sending and receiving, operating and administering, and auditing to different persons."))
    }
}

/// One person of a party.
package struct Person: Sendable, Hashable, Codable {
    package let address: PersonAddress
    /// The person's name as others see it. Sealed at rest; never in a log line.
    package let name: String
    package let roles: Set<Role>

    package init(address: PersonAddress, name: String, roles: Set<Role>) {
        self.address = address
        self.name = name
        self.roles = roles
    }

    package enum CodingKeys: String, CodingKey {
        case address, name, roles
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(address, forKey: .address)
        try container.encode(name, forKey: .name)
        try container.encode(roles.sorted(), forKey: .roles)
    }
}

/// What an enrolled certificate is for.
package enum CertificatePurpose: String, Sendable, Codable, CaseIterable {
    /// A person's: TLS client authentication and signing. SAN URI `mimamori://<party>/<person>`.
    case person
    /// A party's: packages are sealed to it. SAN URI `mimamori://<party>`.
    case encryption
    /// The relay's: signs receipts. SAN URI `mimamori://<relay's party>`.
    case statement
}

/// A certificate that the directory knows, as bytes; reading X.509 is left to MimamoriCrypto.
package struct EnrolledCertificate: Sendable, Hashable, Codable {
    package let fingerprint: CertificateFingerprint
    package let purpose: CertificatePurpose
    package let party: Address
    /// Set for `purpose == .person`, and only then.
    package let person: PersonAddress?
    package let notBefore: Timestamp
    package let notAfter: Timestamp
    /// DER.
    package let der: [UInt8]

    package init(
        fingerprint: CertificateFingerprint, purpose: CertificatePurpose, party: Address, person: PersonAddress?,
        notBefore: Timestamp, notAfter: Timestamp, der: [UInt8]
    ) {
        self.fingerprint = fingerprint
        self.purpose = purpose
        self.party = party
        self.person = person
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.der = der
    }

    package func isInDate(at now: Timestamp) -> Bool { notBefore <= now && now <= notAfter }
}

// Bytes travel as base64 in JSON, as everywhere on the wire; an array of numbers would be four times as long.
extension EnrolledCertificate {
    private enum CodingKeys: String, CodingKey {
        case fingerprint, purpose, party, person, der
        case notBefore = "not_before"
        case notAfter = "not_after"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            fingerprint: try container.decode(CertificateFingerprint.self, forKey: .fingerprint),
            purpose: try container.decode(CertificatePurpose.self, forKey: .purpose),
            party: try container.decode(Address.self, forKey: .party),
            person: try container.decodeIfPresent(PersonAddress.self, forKey: .person),
            notBefore: try container.decode(Timestamp.self, forKey: .notBefore),
            notAfter: try container.decode(Timestamp.self, forKey: .notAfter),
            der: [UInt8](try container.decode(Data.self, forKey: .der)))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(fingerprint, forKey: .fingerprint)
        try container.encode(purpose, forKey: .purpose)
        try container.encode(party, forKey: .party)
        try container.encodeIfPresent(person, forKey: .person)
        try container.encode(notBefore, forKey: .notBefore)
        try container.encode(notAfter, forKey: .notAfter)
        try container.encode(Data(der), forKey: .der)
    }
}
