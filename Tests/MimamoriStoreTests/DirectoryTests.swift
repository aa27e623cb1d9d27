// The directory's rows: round trips, and the version that rises with every change and with nothing else.

import MimamoriCore
import Testing

@testable import MimamoriStore

@Suite struct DirectoryStoreTests {
    private static let plain = Party(
        address: Sample.station, kind: .policeStation, name: "八戸警察署",
        area: ["022039", "024414"].compactMap(CouncilCode.init))
    private static let full = Party(
        address: Sample.council, kind: .council, name: "八戸市", kana: "ハチノヘシ", code: CouncilCode("022039"),
        aliases: ["はちのへ, \"市\"", "hachinohe"], nameInNotice: "八戶市", window: ContactWindow(name: "くらし交通安全課"),
        criterion: Sample.day("2026-04-01"))

    private func certificate(_ byte: UInt8, person: PersonAddress? = nil) -> EnrolledCertificate {
        EnrolledCertificate(
            fingerprint: Sample.fingerprint(byte), purpose: person == nil ? .encryption : .person,
            party: Sample.station, person: person, notBefore: Sample.time,
            notAfter: Sample.time.advanced(bySeconds: 1000), der: [0x30, byte])
    }

    @Test(arguments: Engine.allCases) func parties(engine: Engine) async throws {
        try await engine.with { database async throws in
            #expect(try await database.read { try $0.directoryVersion() } == 0)
            #expect(try await database.write { try $0.putParty(Self.full) })
            #expect(try await database.write { try $0.putParty(Self.plain) })
            #expect(try await database.read { try $0.parties() } == [Self.plain, Self.full])
            #expect(try await database.read { try $0.directoryVersion() } == 2)
            #expect(try await database.write { try $0.putParty(Self.full) } == false)
            #expect(try await database.read { try $0.directoryVersion() } == 2)
        }
    }

    private static let changes: [Party] = [
        Party(address: Sample.council, kind: .memberBody, name: "八戸市"),
        Party(address: Sample.council, kind: .council, name: "八戸"),
        Party(address: Sample.council, kind: .council, name: "八戸市", kana: "ハチノヘシ"),
        Party(address: Sample.council, kind: .council, name: "八戸市", code: CouncilCode("022039")),
        Party(address: Sample.council, kind: .council, name: "八戸市", aliases: ["a"]),
        Party(address: Sample.council, kind: .council, name: "八戸市", nameInNotice: "八戶市"),
        Party(address: Sample.council, kind: .council, name: "八戸市", window: ContactWindow(name: "市民課")),
        Party(address: Sample.council, kind: .council, name: "八戸市", area: ["022039"].compactMap(CouncilCode.init)),
        Party(address: Sample.council, kind: .council, name: "八戸市", criterion: Sample.day("2026-04-01")),
    ]

    @Test(arguments: Engine.allCases, changes) func everyFieldOfAPartyCounts(engine: Engine, party: Party) async throws
    {
        try await engine.with { database async throws in
            let before = Party(address: Sample.council, kind: .council, name: "八戸市")
            _ = try await database.write { try $0.putParty(before) }
            #expect(try await database.write { try $0.putParty(party) })
            #expect(try await database.read { try $0.parties() } == [party])
            #expect(try await database.write { try $0.putParty(before) })
            #expect(try await database.read { try $0.directoryVersion() } == 3)
        }
    }

    @Test(arguments: Engine.allCases) func persons(engine: Engine) async throws {
        try await engine.with { database async throws in
            let without = PersonRow(address: Sample.officer, sealedName: [1], roles: [])
            let with = PersonRow(address: Sample.officer, sealedName: [1], roles: [.sender, .approver])
            #expect(try await database.write { try $0.putPerson(without) })
            #expect(try await database.read { try $0.person(Sample.officer) } == without)
            #expect(try await database.write { try $0.putPerson(with) })
            #expect(try await database.write { try $0.putPerson(with) } == false)
            #expect(try await database.read { try $0.persons() } == [with])
            #expect(try await database.read { try $0.directoryVersion() } == 2)
        }
    }

    @Test(arguments: Engine.allCases) func aWithdrawnCertificateNeverReturns(engine: Engine) async throws {
        try await engine.with { database async throws in
            let encryption = certificate(1)
            let person = certificate(2, person: Sample.officer)
            #expect(try await database.write { try $0.putCertificate(person) })
            #expect(try await database.write { try $0.putCertificate(encryption) })
            #expect(try await database.read { try $0.certificates() } == [encryption, person])
            #expect(try await database.write { try $0.putCertificate(person) } == false)
            #expect(try await database.read { try $0.isWithdrawn(person.fingerprint) } == false)

            #expect(try await database.write { try $0.withdrawCertificate(person.fingerprint, at: Sample.time) })
            #expect(
                try await database.write { try $0.withdrawCertificate(person.fingerprint, at: Sample.time) } == false)
            #expect(try await database.read { try $0.isWithdrawn(person.fingerprint) })
            #expect(try await database.write { try $0.putCertificate(person) } == false)
            #expect(try await database.read { try $0.certificates() } == [encryption])
            #expect(try await database.read { try $0.withdrawnCertificates() } == [person])
            #expect(try await database.read { try $0.directoryVersion() } == 3)

            let unknown = Sample.fingerprint(9)
            #expect(try await database.write { try $0.withdrawCertificate(unknown, at: Sample.time) } == false)
            #expect(try await database.read { try $0.isWithdrawn(unknown) } == false)
        }
    }

    @Test(arguments: Engine.allCases) func memberships(engine: Engine) async throws {
        try await engine.with { database async throws in
            func seat(_ state: Membership.State, since: String) -> Membership {
                Membership(council: Sample.council, member: Sample.station, state: state, since: since)
            }
            let requested = seat(.requested, since: "2026-04-01")
            let active = seat(.active, since: "2026-05-01")
            #expect(try await database.write { try $0.putMembership(requested) })
            #expect(try await database.write { try $0.putMembership(requested) } == false)
            #expect(try await database.write { try $0.putMembership(active) })
            #expect(try await database.read { try $0.memberships() } == [active])
            #expect(try await database.read { try $0.directoryVersion() } == 2)
        }
    }
}
