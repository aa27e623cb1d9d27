// Contact windows (N21), separated roles (SD-APR-3, SD-ACC-5), certificates in force, and the 47 prefectures.

import Testing

@testable import MimamoriCore

struct PartyTests {
    @Test(
        arguments: [
            (PartyKind.policeHeadquarters, ["生活保安課"], ["生活安全課", "刑事生活安全課", "総務課", ""]),
            (.policeStation, ["生活安全課", "刑事生活安全課"], ["生活保安課", "交通課", "生活安全課 "]),
        ] as [(PartyKind, [String], [String])])
    func policeHaveTheWindowsOfTheNotice(_ kind: PartyKind, _ allowed: [String], _ others: [String]) {
        func refusal(_ window: String?) -> Refusal? {
            Party(address: Sample.station, kind: kind, name: "八戸警察署", window: window.map(ContactWindow.init)).refusal()
        }
        for window in allowed { #expect(refusal(window) == nil) }
        for window in others + [nil] {
            #expect(refusal(window)?.code == .windowNotAllowed && refusal(window)?.rule == "N21")
        }
        // The remedy names every section that would do.
        for window in allowed { #expect(refusal(nil)?.remedy.ja.contains(window) == true) }
    }

    @Test(arguments: [PartyKind.council, .memberBody, .relayOffice])
    func othersChooseTheirWindowThemselves(_ kind: PartyKind) {
        for window in [nil, ContactWindow(name: "市民課")] {
            #expect(Party(address: Sample.council, kind: kind, name: "八戸市", window: window).refusal() == nil)
        }
    }

    @Test func namesAreNeitherEmptyNorEndless() {
        func refusal(name: String = "八戸市", kana: String = "", aliases: [String] = []) -> Refusal.Code? {
            Party(address: Sample.council, kind: .council, name: name, kana: kana, aliases: aliases).refusal()?.code
        }
        #expect(refusal() == nil)
        #expect(refusal(name: "") == .directoryInvalid)
        #expect(refusal(name: String(repeating: "八", count: 101)) == .directoryInvalid)
        #expect(refusal(kana: String(repeating: "ハ", count: 201)) == .directoryInvalid)
        #expect(refusal(aliases: Array(repeating: "a", count: 9)) == .directoryInvalid)
    }

    @Test func prefecturesAreTheFortySeven() {
        #expect(Prefecture.all.map(\.number) == Array(1...47))
        #expect(Set(Prefecture.all.map(\.slug)).count == 47 && Set(Prefecture.all.map(\.name)).count == 47)
        for text in ["青森県", "青森", "aomori", "02", "020001"] { #expect(Prefecture.named(text)?.number == 2) }
        for text in ["", "2", "青", "00", "48", "022039", "Aomori"] { #expect(Prefecture.named(text) == nil) }
        #expect(Prefecture.named("北海道")?.shortName == "北海道" && Prefecture.named("京都")?.name == "京都府")
    }

    @Test func addressesOfCouncilsAndPoliceLieInAPrefecture() {
        #expect(Sample.council.prefecture?.name == "青森県" && Sample.station.prefecture?.name == "青森県")
        #expect(Sample.relay.prefecture == nil)
        #expect(Sample.parties.map(\.qualifiedName).prefix(3) == ["青森県八戸警察署", "青森県警察本部", "青森県八戸市"])
    }
}

struct RoleTests {
    /// Every set of roles, judged by the sentence: those who run or watch the relay neither send nor receive nor approve,
    /// and an auditor holds no other role at all.
    @Test func everySetOfRoles() {
        for bits in 0..<(1 << Role.allCases.count) {
            let roles = Set(Role.allCases.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
            let handles = !roles.isDisjoint(with: [.sender, .approver, .recipient])
            let runs = !roles.isDisjoint(with: [.operator, .administrator])
            let audits = roles.contains(.auditor)
            let refusal = Role.refusal(for: roles)
            #expect((refusal != nil) == (handles && (runs || audits) || runs && audits), "\(roles)")
            if let refusal {
                #expect(refusal.code == .rolesConflict && ["SD-ACC-5", "SD-APR-3"].contains(refusal.rule))
            }
        }
    }
}

struct DirectoryTests {
    @Test func certificatesInForceAreThoseOfThePartyInDate() {
        let directory = Sample.directory(expired: [Sample.centre])
        func digits(_ party: Address) -> [String] {
            directory.encryptionCertificates(of: party, at: Sample.now).map {
                String($0.fingerprint.hexadecimal.prefix(1))
            }
        }
        #expect(digits(Sample.station) == ["1"], "a person's certificate of the same party is none to seal to")
        #expect(digits(Sample.centre).isEmpty && digits(Sample.towada).isEmpty)
        #expect(directory.certificates(of: Sample.officer).map(\.purpose) == [.person])
    }

    @Test func aCertificateIsInForceFromItsFirstToItsLastMoment() throws {
        let certificate = try #require(
            Sample.directory().encryptionCertificates(of: Sample.council, at: Sample.now).first)
        #expect(certificate.isInDate(at: certificate.notBefore) && certificate.isInDate(at: certificate.notAfter))
        #expect(!certificate.isInDate(at: Timestamp(milliseconds: certificate.notBefore.milliseconds - 1)))
        #expect(!certificate.isInDate(at: Timestamp(milliseconds: certificate.notAfter.milliseconds + 1)))
    }
}
