// Who sits in which council, and so who may exchange information with whom (N1, N2; SD-ACC-2: default deny). A station
// and a member body exchange with the councils they sit in and with those who sit there too; headquarters with every
// council of its prefecture. What kinds may go is PackageKind.swift's.

extension Directory {
    package func sits(_ member: Address, in council: Address, on day: CivilDate) -> Bool {
        seatsOfMember[member]?.contains { $0.council == council && $0.isHeld(on: day) } ?? false
    }

    /// The councils that a party belongs to on a day: those of its seats; for headquarters those of the prefecture.
    package func councils(of member: Address, on day: CivilDate) -> [Address] {
        guard let party = parties[member] else { return [] }
        if party.kind == .policeHeadquarters {
            return parties.values.filter { $0.kind == .council && member.isPolice(of: $0.address) }.map(\.address)
                .sorted()
        }
        return (seatsOfMember[member] ?? []).filter { $0.isHeld(on: day) }.map(\.council).sorted()
    }

    /// Whether the two may exchange information at all on a day. Symmetric.
    package func mayExchange(_ one: Address, _ other: Address, on day: CivilDate) -> Bool {
        guard let first = parties[one], let second = parties[other] else { return false }
        switch (first.kind, second.kind) {
        case (.relayOffice, _), (_, .relayOffice):
            return false
        case (.council, .council):
            // The prefecture's own council and those of its municipalities.
            return one.realm == other.realm && (first.isPrefecture || second.isPrefecture)
        case (.council, _):
            return belongs(second, to: first, on: day)
        case (_, .council):
            return belongs(first, to: second, on: day)
        case (.policeHeadquarters, .policeHeadquarters), (.policeHeadquarters, .policeStation),
            (.policeStation, .policeHeadquarters), (.policeStation, .policeStation):
            return one.realm == other.realm
        default:
            return sitTogether(one, other, on: day)
        }
    }

    private func belongs(_ member: Party, to council: Party, on day: CivilDate) -> Bool {
        member.kind == .policeHeadquarters
            ? member.address.isPolice(of: council.address) : sits(member.address, in: council.address, on: day)
    }

    private func sitTogether(_ one: Address, _ other: Address, on day: CivilDate) -> Bool {
        !Set(councils(of: one, on: day)).isDisjoint(with: councils(of: other, on: day))
    }

    /// A council of a police office's area in which it does not sit (N1, N2).
    package struct MissingSeat: Sendable, Hashable {
        package let office: Address
        package let council: Address
        /// The day from which a seat has been asked for (N2) or has ended, if the directory knows.
        package let last: Membership?
    }

    /// Every station and headquarters whose area has a council that it does not sit in, by office and council.
    package func missingSeats(on day: CivilDate) -> [MissingSeat] {
        let councils = parties.values.filter { $0.kind == .council }.sorted { $0.address < $1.address }
        let offices = parties.values.filter(\.kind.isPolice).sorted { $0.address < $1.address }
        return offices.flatMap { office in
            councils.filter { council in
                office.kind == .policeHeadquarters
                    ? office.address.isPolice(of: council.address)
                    : council.code.map(office.area.contains) ?? false
            }
            .filter { !sits(office.address, in: $0.address, on: day) }
            .map { council in
                MissingSeat(
                    office: office.address, council: council.address,
                    last: seatsOfMember[office.address]?.first { $0.council == council.address })
            }
        }
    }
}

extension Address {
    /// Whether this is of the police force of the prefecture that `council` lies in.
    func isPolice(of council: Address) -> Bool { realm == council.realm + "-police" }
}

extension Party {
    /// 都道府県 and not a municipality: the code's last three of five digits are zero.
    var isPrefecture: Bool { code.map { $0.text.dropFirst(2).prefix(3) == "000" } ?? false }
}
