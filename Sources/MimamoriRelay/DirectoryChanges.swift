// What administrators change in the directory: parties, persons, roles, certificates, memberships. Each change and its
// leaf are one transaction; a change that changes nothing has neither effect nor leaf. Nothing is ever deleted
// (SD-AUT-4, SD-AUT-6). Certificates are judged before they are enrolled: the CA must have bound the key to the very
// address it is enrolled for, so a wrong hand in the directory cannot swap a key.

package import MimamoriCore
import MimamoriCrypto
import MimamoriStore
package import MimamoriWire

extension Relay {
    package static let longestPartyList = 1000

    package func register(_ parties: [Party], by caller: Caller) async throws -> AdminAnswer {
        try await attempt(.partyRegistered, on: parties.first?.address.text ?? "-", by: caller) {
            try caller.require(.administrator)
            guard !parties.isEmpty, parties.count <= Self.longestPartyList else {
                throw Refusal.directoryInvalid(
                    Bilingual(
                        ja: "一度に登録できる所属は1〜\(Self.longestPartyList)件です。",
                        en: "1 to \(Self.longestPartyList) parties can be registered at once."))
            }
            for party in parties {
                if let refusal = party.refusal() { throw refusal }
            }
            let known = directoryCache.directory.parties
            return try await change(
                try parties.map { party in
                    let fields = known[party.address].map(party.fields(differingFrom:)) ?? []
                    let leaf = try prepareLeaf(
                        .partyRegistered, on: party.address.text, by: caller,
                        reason: fields.isEmpty ? nil : "changed: \(fields.joined(separator: ", "))")
                    return Change(leaf: leaf) { try $0.putParty(party) }
                })
        }
    }

    package func register(_ person: Person, by caller: Caller) async throws -> AdminAnswer {
        try await attempt(.personRegistered, on: person.address.text, by: caller) {
            try caller.require(.administrator)
            let leaf = try prepareLeaf(
                .personRegistered, on: person.address.text, by: caller, reason: "roles: \(person.roles.codes)")
            return try await change([try registration(of: person, leaf: leaf)])
        }
    }

    package func change(_ roles: RoleChange, by caller: Caller) async throws -> AdminAnswer {
        try await attempt(.rolesChanged, on: roles.person.text, by: caller) {
            try caller.require(.administrator)
            guard let known = directoryCache.directory.persons[roles.person] else {
                throw Refusal.unknownPerson(roles.person)
            }
            let before = known.roles
            let after = before.union(roles.grant).subtracting(roles.revoke)
            if roles.person == caller.address, !after.contains(.administrator) { throw Refusal.ownAdministratorRole }
            let person = Person(address: known.address, name: known.name, roles: after)
            let leaf = try prepareLeaf(
                .rolesChanged, on: roles.person.text, by: caller,
                reason: "before: \(before.codes); after: \(after.codes)")
            return try await change([try registration(of: person, leaf: leaf)])
        }
    }

    package func enrol(_ enrolment: CertificateEnrolment, by caller: Caller) async throws -> AdminAnswer {
        try await attempt(.certificateEnrolled, on: enrolment.owner, by: caller) {
            try caller.require(.administrator)
            let certificate: Certificate
            do {
                certificate = try Certificate(der: Array(enrolment.certificate))
            } catch {
                throw Refusal.directoryInvalid(
                    Bilingual(ja: "証明書として読み取れません。", en: "This cannot be read as a certificate."))
            }
            let enrolled = try judge(certificate, for: enrolment)
            let leaf = try prepareLeaf(
                .certificateEnrolled, on: enrolment.owner, by: caller,
                reason: "\(enrolled.purpose.rawValue) \(enrolled.fingerprint)")
            return try await change([
                Change(leaf: leaf) { transaction in
                    guard try !transaction.isWithdrawn(enrolled.fingerprint) else {
                        throw Refusal.certificateWithdrawn(enrolled)
                    }
                    return try transaction.putCertificate(enrolled)
                }
            ])
        }
    }

    package func withdraw(_ withdrawal: CertificateWithdrawal, by caller: Caller) async throws -> AdminAnswer {
        try await attempt(.certificateWithdrawn, on: withdrawal.fingerprint.text, by: caller) {
            try caller.require(.administrator)
            guard directoryCache.directory.certificates[withdrawal.fingerprint] != nil else { throw Refusal.notFound }
            guard withdrawal.fingerprint != caller.certificate else { throw Refusal.ownAdministratorRole }
            let now = world.now()
            let leaf = try prepareLeaf(.certificateWithdrawn, on: withdrawal.fingerprint.text, by: caller)
            return try await change([
                Change(leaf: leaf) { try $0.withdrawCertificate(withdrawal.fingerprint, at: now) }
            ])
        }
    }

    package func change(_ membership: Membership, by caller: Caller) async throws -> AdminAnswer {
        let object = "\(membership.council) \(membership.member)"
        return try await attempt(.membershipChanged, on: object, by: caller) {
            try caller.require(.administrator)
            let directory = directoryCache.directory
            guard directory.parties[membership.council]?.kind == .council,
                directory.parties[membership.member] != nil, let since = CivilDate(membership.since)
            else {
                throw Refusal.directoryInvalid(
                    Bilingual(
                        ja: "協議会・構成員が名簿にないか、日付が正しくありません。",
                        en: "The council or the member is not in the directory, or the date is wrong."))
            }
            let before = directory.memberships.first {
                $0.council == membership.council && $0.member == membership.member
            }
            // A seat's states follow one another: what held on an earlier day has been acted on.
            if let last = before.flatMap({ CivilDate($0.since) }), since < last { throw Refusal.seatRunsBackward(last) }
            let leaf = try prepareLeaf(
                .membershipChanged, on: object, by: caller,
                reason: "before: \(before?.code ?? "none"); after: \(membership.code)")
            return try await change([Change(leaf: leaf) { try $0.putMembership(membership) }])
        }
    }

    // MARK: - One way for every change

    private struct Change: Sendable {
        let leaf: PreparedLeaf
        /// Whether it changed something.
        let apply: @Sendable (any Transaction) throws -> Bool

        init(leaf: PreparedLeaf, apply: @escaping @Sendable (any Transaction) throws -> Bool) {
            self.leaf = leaf
            self.apply = apply
        }
    }

    /// All changes and their leaves in one transaction, then the cache anew.
    private func change(_ changes: [Change]) async throws -> AdminAnswer {
        let answer = try await database.write { transaction in
            var changed = 0
            for change in changes where try change.apply(transaction) {
                try transaction.append(change.leaf)
                changed += 1
            }
            return AdminAnswer(version: try transaction.directoryVersion(), changed: changed)
        }
        if answer.changed > 0 {
            try await reloadDirectory()
            journal.directoryChanged(version: answer.version)
        }
        return answer
    }

    private func registration(of person: Person, leaf: PreparedLeaf) throws -> Change {
        guard let party = directoryCache.directory.parties[person.address.party] else {
            throw Refusal.directoryInvalid(
                Bilingual(
                    ja: "所属 \(person.address.party) が名簿にありません。",
                    en: "The party \(person.address.party) is not in the directory."))
        }
        guard !person.name.isEmpty, person.name.count <= 100 else {
            throw Refusal.directoryInvalid(
                Bilingual(ja: "氏名が空か、長すぎます。", en: "The person's name is empty or too long."))
        }
        if let refusal = Role.refusal(for: person.roles) { throw refusal }
        // SD-ACC-5: the relay's office runs the relay; it neither sends nor receives.
        if party.kind == .relayOffice, !person.roles.isDisjoint(with: Role.handling) {
            throw Refusal.handlingInRelayOffice
        }
        let sealed = try directoryKey.seal(Array(person.name.utf8), context: SealContext.personName(person.address))
        let known = directoryCache.directory.persons[person.address]
        return Change(leaf: leaf) { transaction in
            // Sealing is never the same twice, so sameness is judged on what is sealed.
            if known == person { return false }
            return try transaction.putPerson(
                PersonRow(address: person.address, sealedName: sealed, roles: person.roles))
        }
    }

    private func judge(_ certificate: Certificate, for enrolment: CertificateEnrolment) throws -> EnrolledCertificate {
        let trustPurpose: TrustStore.Purpose =
            switch enrolment.purpose {
            case .person: .client
            case .encryption: .encryption
            case .statement: .statement
            }
        if let refusal = directoryCache.refusal(of: certificate, for: trustPurpose, at: world.now()) { throw refusal }
        let directory = directoryCache.directory
        let person = enrolment.purpose == .person ? PersonAddress(enrolment.owner) : nil
        let party = person?.party ?? Address(enrolment.owner)
        guard let party, directory.parties[party] != nil else {
            throw Refusal.directoryInvalid(
                Bilingual(ja: "\(enrolment.owner) は名簿にありません。", en: "\(enrolment.owner) is not in the directory."))
        }
        if enrolment.purpose == .person {
            guard let person, directory.persons[person] != nil else {
                throw Refusal.directoryInvalid(
                    Bilingual(
                        ja: "\(enrolment.owner) という人は名簿にありません。",
                        en: "There is no person \(enrolment.owner) in the directory."))
            }
            guard certificate.person == person else { throw Refusal.certificateOfOther(certificate, enrolment.owner) }
        } else {
            guard certificate.party == party else { throw Refusal.certificateOfOther(certificate, enrolment.owner) }
        }
        return EnrolledCertificate(certificate, purpose: enrolment.purpose, party: party, person: person)
    }
}

extension Set<Role> {
    fileprivate var codes: String { sorted().map(\.rawValue).joined(separator: " ") }
}

extension Membership {
    fileprivate var code: String { "\(state.rawValue) since \(since)" }
}

extension Party {
    /// The fields, by their names in JSON, that are not as in `known`.
    fileprivate func fields(differingFrom known: Party) -> [String] {
        let fields: [(CodingKeys, Bool)] = [
            (.kind, kind != known.kind), (.name, name != known.name), (.kana, kana != known.kana),
            (.code, code != known.code), (.aliases, aliases != known.aliases),
            (.nameInNotice, nameInNotice != known.nameInNotice), (.window, window != known.window),
            (.area, area != known.area), (.criterion, criterion != known.criterion),
        ]
        return fields.filter(\.1).map(\.0.rawValue)
    }
}
