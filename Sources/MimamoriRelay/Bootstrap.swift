// The very first entry into an empty directory: the relay's own party and one administrator, made by the person who
// installs the relay and nobody else (SD-AUT-7: no default ids). From then on administrators change the directory
// through DirectoryChanges.swift.

import MimamoriCore
import MimamoriCrypto
import MimamoriStore

extension Relay {
    func registerFirstAdministrator(_ certificate: Certificate, name: String) async throws {
        guard directoryCache.directory.persons.isEmpty else { throw Refusal.alreadyBootstrapped }
        if let refusal = directoryCache.refusal(of: certificate, for: .client, at: world.now()) { throw refusal }
        guard let address = certificate.person, address.party == settings.address else {
            throw Refusal.certificateOfOther(certificate, settings.address.text)
        }
        let statement = statementSigner.certificate
        if let refusal = directoryCache.refusal(of: statement, for: .statement, at: world.now()) { throw refusal }
        guard statement.party == settings.address else {
            throw Refusal.certificateOfOther(statement, settings.address.text)
        }
        let office = Party(address: settings.address, kind: .relayOffice, name: settings.address.text)
        let person = PersonRow(
            address: address,
            sealedName: try directoryKey.seal(Array(name.utf8), context: SealContext.personName(address)),
            roles: [.administrator])
        let enrolled = [
            EnrolledCertificate(certificate, purpose: .person, party: settings.address, person: address),
            EnrolledCertificate(statement, purpose: .statement, party: settings.address, person: nil),
        ]
        let leaves =
            [
                try prepareOwnLeaf(.partyRegistered, reason: "bootstrap"),
                try prepareOwnLeaf(.personRegistered, reason: "bootstrap \(address) roles: administrator"),
            ]
            + (try enrolled.map {
                try prepareOwnLeaf(.certificateEnrolled, reason: "bootstrap \($0.purpose.rawValue) \($0.fingerprint)")
            })
        try await database.write { transaction in
            guard try transaction.persons().isEmpty else { throw Refusal.alreadyBootstrapped }
            _ = try transaction.putParty(office)
            _ = try transaction.putPerson(person)
            for certificate in enrolled { _ = try transaction.putCertificate(certificate) }
            for leaf in leaves { try transaction.append(leaf) }
        }
        try await reloadDirectory()
    }
}

extension EnrolledCertificate {
    init(_ certificate: Certificate, purpose: CertificatePurpose, party: Address, person: PersonAddress?) {
        self.init(
            fingerprint: certificate.fingerprint, purpose: purpose, party: party, person: person,
            notBefore: certificate.notBefore, notAfter: certificate.notAfter, der: certificate.der)
    }
}

extension Refusal {
    fileprivate static let alreadyBootstrapped = Refusal(
        .addressTaken, rule: "SD-AUT-7",
        message: Bilingual(
            ja: "この中継の名簿には、すでに人が登録されています。", en: "This relay's directory already holds a person."),
        remedy: Bilingual(
            ja: "以後の登録は、管理者が mimamori admin で行ってください。",
            en: "Further entries are made by an administrator with mimamori admin."), retry: .never)
}
