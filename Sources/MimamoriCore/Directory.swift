// The directory as one value: everything that policy and lookup need to know about parties and persons at one moment.
// The relay builds it from its database, a client from the relay's answer; both judge by it. A client trusts no key in
// it that the CA did not bind to the address (MimamoriCrypto checks that).

/// A snapshot of parties, persons, certificates and memberships.
package struct Directory: Sendable {
    package private(set) var parties: [Address: Party]
    package private(set) var persons: [PersonAddress: Person]
    package private(set) var certificates: [CertificateFingerprint: EnrolledCertificate]
    package private(set) var memberships: [Membership]
    /// Each member's seats; derived, so that a rule need not search the list.
    let seatsOfMember: [Address: [Membership]]
    private let approversOfParty: [Address: [PersonAddress]]

    package init(
        parties: [Party] = [], persons: [Person] = [], certificates: [EnrolledCertificate] = [],
        memberships: [Membership] = []
    ) {
        self.parties = Dictionary(parties.map { ($0.address, $0) }, uniquingKeysWith: { _, last in last })
        self.persons = Dictionary(persons.map { ($0.address, $0) }, uniquingKeysWith: { _, last in last })
        self.certificates = Dictionary(
            certificates.map { ($0.fingerprint, $0) }, uniquingKeysWith: { _, last in last })
        self.memberships = memberships
        seatsOfMember = Dictionary(grouping: memberships, by: \.member)
        approversOfParty = Dictionary(
            grouping: persons.filter { $0.roles.contains(.approver) }.map(\.address).sorted(), by: \.party)
    }

    /// The persons of a party who can release, by address (SD-APR-1, SD-APR-2).
    package func approvers(of party: Address) -> [PersonAddress] { approversOfParty[party] ?? [] }

    /// The encryption certificates of a party that are in date: what a package to it must be sealed to.
    package func encryptionCertificates(of party: Address, at now: Timestamp) -> [EnrolledCertificate] {
        certificates.values
            .filter { $0.purpose == .encryption && $0.party == party && $0.isInDate(at: now) }
            .sorted { $0.fingerprint < $1.fingerprint }
    }

    /// The certificates enrolled for a person, in date or not.
    package func certificates(of person: PersonAddress) -> [EnrolledCertificate] {
        certificates.values.filter { $0.person == person }.sorted { $0.fingerprint < $1.fingerprint }
    }
}
