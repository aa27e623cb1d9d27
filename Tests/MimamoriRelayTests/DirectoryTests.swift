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

    @Test func thereIsOneFirstAdministratorOnly() async throws {
        try await RelayFixture.with { fixture in
            let codes = try await refusals(fixture.bootstrapAgain)
            #expect(codes == [.addressTaken])
        }
    }
}
