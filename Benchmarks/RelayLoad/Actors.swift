// Connections and signers for the persons of the development PKI, and the enrolment of those that the load needs.

import ArgumentParser
import Foundation
import MimamoriClient
import MimamoriCore
import MimamoriCrypto
import MimamoriWire

struct LoadError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

struct PKI: Sendable {
    let folder: String

    func text(_ path: String) throws -> String { try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) }

    func certificate(_ stem: String) throws -> Certificate { try Certificate(pem: text("\(stem).pem")) }

    func signer(_ party: String, _ person: String) throws -> StatementSigner {
        let stem = "persons/\(party)/\(person)"
        return try StatementSigner(certificate: certificate(stem), privateKeyPEM: text("\(stem).key"))
    }
}

enum Load {
    static let station = "aomori-police/hachinohe"
    static let council = "aomori/hachinohe-shi"
    static let criterion = CivilDate("2025-04-01")
    static let label = HandlingLabel(
        confidentiality: 2, integrity: 2, availability: 1, restrictions: [.concernedOnly])

    static func address(_ text: String) throws -> Address {
        guard let address = Address(text) else { throw LoadError("not an address: \(text)") }
        return address
    }

    static func person(_ party: String, _ person: String) throws -> PersonAddress {
        guard let address = PersonAddress(party: try address(party), person: person) else {
            throw LoadError("not a person: \(party) \(person)")
        }
        return address
    }
}

extension Target {
    /// Opens one connection as a person, runs `body`, closes it.
    func with<Value: Sendable>(
        _ party: String, _ person: String, _ body: @Sendable (RelayClient) async throws -> Value
    ) async throws -> Value {
        let pki = PKI(folder: pki)
        guard let url = RelayURL(relay) else { throw LoadError("not a relay's address: \(relay)") }
        let connection = try RelayConnection(
            url: url, rootsPEM: pki.text("root.pem"), certificatePEM: pki.text("persons/\(party)/\(person).pem"),
            keyPEM: pki.text("persons/\(party)/\(person).key"), connections: 1,
            diagnosis: ConnectionDiagnosis(trust: nil, now: ClientWorld.system.now))
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(RelayClient(connection)))
        } catch {
            result = .failure(error)
        }
        await connection.close()
        return try result.get()
    }
}

struct Enrol: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Fills the directory with what the load needs.")

    @OptionGroup var target: Target

    func run() async throws {
        let pki = PKI(folder: target.pki)
        try await target.with("aomori-relay/office", "administrator") { relay in
            _ = try await relay.change(
                .parties,
                [
                    Party(
                        address: try Load.address(Load.station), kind: .policeStation, name: "八戸警察署",
                        window: ContactWindow(name: "生活安全課")),
                    Party(
                        address: try Load.address(Load.council), kind: .council, name: "八戸市",
                        criterion: Load.criterion),
                ])
            _ = try await relay.change(
                .memberships,
                Membership(
                    council: try Load.address(Load.council), member: try Load.address(Load.station), state: .active,
                    since: "2026-04-01"))
            for party in [Load.station, Load.council] {
                try await enrol(party, .encryption, "parties/\(party)/encryption", relay, pki)
            }
            let persons: [(String, String, Set<Role>)] = [
                (Load.station, "officer", [.sender]), (Load.station, "chief", [.approver]),
                (Load.council, "clerk", [.sender, .recipient]),
            ]
            for (party, name, roles) in persons {
                let person = Person(address: try Load.person(party, name), name: "見守 花子", roles: roles)
                _ = try await relay.change(.persons, person)
                try await enrol(person.address.text, .person, "persons/\(party)/\(name)", relay, pki)
            }
        }
    }

    private func enrol(
        _ owner: String, _ purpose: CertificatePurpose, _ stem: String, _ relay: RelayClient, _ pki: PKI
    ) async throws {
        let der = try pki.certificate(stem).der
        _ = try await relay.change(
            .certificates, CertificateEnrolment(owner: owner, purpose: purpose, certificate: Data(der)))
    }
}
