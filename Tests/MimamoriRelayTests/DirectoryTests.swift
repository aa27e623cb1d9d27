// The directory's changes: what administrators may enter, what is refused, what others see of it.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriWire
import TestSupport
import Testing

@Suite struct DirectoryTests {
    @Test func onlyAdministratorsChangeIt() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let parties = try Cast.parties()
            let person = Person(
                address: try RelayFixture.person(RelayFixture.council, "new"), name: "新人 五月", roles: [.recipient])
            for caller in [try await fixture.officer, try await fixture.auditor, try await fixture.clerk] {
                let attempts: [() async throws -> Void] = [
                    { _ = try await relay.register(parties, by: caller) },
                    { _ = try await relay.register(person, by: caller) },
                    {
                        _ = try await relay.change(
                            RoleChange(person: person.address, grant: [], revoke: []), by: caller)
                    },
                    {
                        _ = try await relay.withdraw(CertificateWithdrawal(fingerprint: caller.certificate), by: caller)
                    },
                ]
                for attempt in attempts { #expect(try await refusals(attempt) == [.roleMissing]) }
            }
        }
    }

    @Test func theSameAgainChangesNothing() async throws {
        try await RelayFixture.with { fixture in
            let administrator = try await fixture.administrator
            let before = try await fixture.entries().count
            let again = try await fixture.relay.register(Cast.parties(), by: administrator)
            #expect(again.changed == 0)
            let person = Person(
                address: try RelayFixture.person(RelayFixture.council, "clerk"), name: "見守 花子",
                roles: [.recipient, .sender])
            #expect(try await fixture.relay.register(person, by: administrator).changed == 0)
            // Only the two readings of the log itself have been added.
            #expect(try await fixture.entries().count == before + 1)
        }
    }

    @Test func policeWindowsAreTheNotices() async throws {
        try await RelayFixture.with { fixture in
            let address = try RelayFixture.address("aomori-police/towada")
            for window in [nil, ContactWindow(name: "交通課"), ContactWindow(name: "生活保安課")] {
                let party = Party(address: address, kind: .policeStation, name: "十和田警察署", window: window)
                #expect(
                    try await refusals { _ = try await fixture.relay.register([party], by: fixture.administrator) }
                        == [.windowNotAllowed])
            }
            let party = Party(
                address: address, kind: .policeStation, name: "十和田警察署",
                window: ContactWindow(name: "刑事生活安全課"))
            #expect(try await fixture.relay.register([party], by: fixture.administrator).changed == 1)
        }
    }

    @Test func dutiesStaySeparate() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let administrator = try await fixture.administrator
            let conflicts: [(String, Set<Role>)] = [
                (RelayFixture.council, [.recipient, .auditor]), (RelayFixture.council, [.sender, .administrator]),
                ("aomori-relay/office", [.auditor, .operator]), ("aomori-relay/office", [.recipient]),
            ]
            for (party, roles) in conflicts {
                let person = Person(
                    address: try RelayFixture.person(party, "both"), name: "兼務 六郎", roles: roles)
                #expect(
                    try await refusals { _ = try await relay.register(person, by: administrator) }
                        == [.rolesConflict], "\(roles)")
            }
            #expect(
                try await refusals {
                    _ = try await relay.change(
                        RoleChange(person: administrator.person.address, grant: [], revoke: [.administrator]),
                        by: administrator)
                } == [.rolesConflict])
        }
    }

    @Test func aCertificateOfAnotherAddressIsRefused() async throws {
        try await RelayFixture.with { fixture in
            let pki = fixture.pki
            func codes(_ owner: String, _ purpose: CertificatePurpose, _ der: [UInt8]) async throws -> [Refusal.Code] {
                try await refusals {
                    _ = try await fixture.relay.enrol(
                        CertificateEnrolment(owner: owner, purpose: purpose, certificate: Data(der)),
                        by: fixture.administrator)
                }
            }
            let towada = try RelayFixture.certificate(pki.party("aomori/towada-shi"), pki).der
            #expect(try await codes(RelayFixture.council, .encryption, towada) == [.certificateOfOther])
            let wrong = try RelayFixture.certificate(pki.bad(.wrongAddress), pki).der
            #expect(try await codes("\(RelayFixture.station):officer", .person, wrong) == [.certificateOfOther])
            let expired = try RelayFixture.certificate(pki.bad(.expired), pki).der
            #expect(try await codes("\(RelayFixture.station):officer", .person, expired) == [.certificateExpired])
            #expect(try await codes("aomori/towada-shi", .person, towada) == [.certificateUsage])
            #expect(try await codes("nobody/here", .encryption, towada) == [.directoryInvalid])
            #expect(try await codes("aomori/towada-shi", .encryption, [1, 2]) == [.directoryInvalid])
            // Both certificates of an overlap are enrolled at once.
            let next = try RelayFixture.certificate(pki.party(RelayFixture.council, "encryption-next"), pki).der
            #expect(try await codes(RelayFixture.council, .encryption, next).isEmpty)
            let message = try await fixture.relay.directory(for: fixture.officer)
            let council = try RelayFixture.address(RelayFixture.council)
            #expect(
                message.directory.encryptionCertificates(of: council, at: fixture.clock.world.now()).count == 2)
        }
    }

    @Test func personsAreSeenByTheirOwnParty() async throws {
        try await RelayFixture.with { fixture in
            let forOfficer = try await fixture.relay.directory(for: fixture.officer)
            #expect(Set(forOfficer.persons.map(\.address.person)) == ["officer", "deputy", "chief"])
            #expect(forOfficer.parties.count == 6)
            #expect(
                forOfficer.certificates.allSatisfy { $0.purpose != .person || $0.party.text == RelayFixture.station })
            let forAdministrator = try await fixture.relay.directory(for: fixture.administrator)
            #expect(forAdministrator.persons.count == Cast.persons.count + 1)
        }
    }

    @Test func membershipsNeedACouncilAndADay() async throws {
        try await RelayFixture.with { fixture in
            let council = try RelayFixture.address(RelayFixture.council)
            let station = try RelayFixture.address("aomori-police/hq")
            let sound = Membership(council: council, member: station, state: .active, since: "2026-04-01")
            #expect(try await fixture.relay.change(sound, by: fixture.administrator).changed == 1)
            #expect(try await fixture.relay.change(sound, by: fixture.administrator).changed == 0)
            for wrong in [
                Membership(council: station, member: council, state: .active, since: "2026-04-01"),
                Membership(council: council, member: station, state: .active, since: "2026-02-30"),
            ] {
                #expect(
                    try await refusals { _ = try await fixture.relay.change(wrong, by: fixture.administrator) }
                        == [.directoryInvalid])
            }
        }
    }

    @Test func aSeatGoesForwardAndItsLeafTellsBothStates() async throws {
        try await RelayFixture.with { fixture in
            let council = try RelayFixture.address("aomori/towada-shi")
            let station = try RelayFixture.address(RelayFixture.station)
            func set(_ state: Membership.State, _ since: String) async throws -> [Refusal.Code] {
                try await refusals {
                    _ = try await fixture.relay.change(
                        Membership(council: council, member: station, state: state, since: since),
                        by: fixture.administrator)
                }
            }
            #expect(try await set(.requested, "2026-04-01") == [])
            #expect(try await set(.active, "2026-03-31") == [.directoryInvalid])
            #expect(try await set(.active, "2026-04-01") == [], "asked for and taken up on one day")
            #expect(try await set(.ended, "2026-10-01") == [])
            #expect(try await set(.active, "2026-09-30") == [.directoryInvalid])
            let leaves = try await fixture.entries().filter {
                $0.action == .membershipChanged && $0.object == "\(council) \(station)" && $0.outcome == .done
            }
            #expect(
                leaves.map(\.reason) == [
                    "before: none; after: requested since 2026-04-01",
                    "before: requested since 2026-04-01; after: active since 2026-04-01",
                    "before: active since 2026-04-01; after: ended since 2026-10-01",
                ])
        }
    }

    @Test func aChangedPartysLeafNamesItsFields() async throws {
        try await RelayFixture.with { fixture in
            let parties = try Cast.parties()
            let (station, council) = (parties[0], parties[2])
            let changed = [
                Party(
                    address: station.address, kind: station.kind, name: station.name,
                    window: ContactWindow(name: "刑事生活安全課"), area: [CouncilCode("022039")].compactMap { $0 }),
                Party(
                    address: council.address, kind: council.kind, name: council.name,
                    criterion: CivilDate("2026-10-01")),
            ]
            #expect(try await fixture.relay.register(changed, by: fixture.administrator).changed == 2)
            let leaves = try await fixture.entries().filter { $0.action == .partyRegistered }.suffix(2)
            #expect(leaves.map(\.object) == [station.address.text, council.address.text])
            #expect(leaves.map(\.reason) == ["changed: window, area", "changed: criterion"])
            let seen = try await fixture.relay.directory(for: fixture.clerk).directory.parties
            #expect(seen[council.address]?.criterion == CivilDate("2026-10-01"))
            #expect(seen[station.address]?.area.map(\.text) == ["022039"])
            for wrong in [
                Party(address: council.address, kind: .council, name: "八戸市", area: changed[0].area),
                Party(
                    address: station.address, kind: .policeStation, name: "八戸警察署", window: station.window,
                    criterion: Cast.criterion),
            ] {
                #expect(
                    try await refusals { _ = try await fixture.relay.register([wrong], by: fixture.administrator) }
                        == [.directoryInvalid])
            }
        }
    }

    @Test func thereIsOneFirstAdministratorOnly() async throws {
        try await RelayFixture.with { fixture in
            let codes = try await refusals(fixture.bootstrapAgain)
            #expect(codes == [.addressTaken])
        }
    }
}
