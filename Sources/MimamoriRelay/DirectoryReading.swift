// The directory as a caller may see it, and its reload into the cache after a change. Everybody sees parties, windows and
// encryption certificates; persons only of the own party (administrators: all), because who works where is personal
// information too.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriStore
package import MimamoriWire

extension Relay {
    package func whoAmI(_ caller: Caller) -> WhoAmI {
        WhoAmI(
            person: caller.person, certificate: caller.certificate, certificateNotAfter: caller.certificateNotAfter,
            relay: settings.address, relayVersion: settings.version, time: world.now())
    }

    /// The CRL in force, DER; nil when none is configured. Public by nature, so it has no leaf.
    package func revocationList() -> [UInt8]? { directoryCache.trust.revocationListDER }

    /// What an ETag is made of: the version that `directory(for:)` would answer with.
    package func directoryVersion() -> Int64 { directoryCache.version }

    package func directory(for caller: Caller) async throws -> DirectoryMessage {
        let (version, directory) = directoryCache.snapshot
        let seesAll = caller.person.roles.contains(.administrator)
        let message = DirectoryMessage(
            version: version,
            parties: directory.parties.values.sorted { $0.address < $1.address },
            persons: directory.persons.values
                .filter { seesAll || $0.address.party == caller.party }.sorted { $0.address < $1.address },
            certificates: directory.certificates.values
                .filter { seesAll || $0.purpose != .person || $0.party == caller.party }
                .sorted { $0.fingerprint < $1.fingerprint },
            memberships: directory.memberships, policy: settings.policy)
        try await record(prepareLeaf(.directoryRead, on: settings.address.text, by: caller))
        return message
    }

    /// Rebuilds the cache from the database.
    func reloadDirectory() async throws {
        let rows = try await database.read { transaction in
            DirectoryRows(
                version: try transaction.directoryVersion(), parties: try transaction.parties(),
                persons: try transaction.persons(), certificates: try transaction.certificates(),
                withdrawn: try transaction.withdrawnCertificates(), memberships: try transaction.memberships())
        }
        let persons = try rows.persons.map { row in
            Person(
                address: row.address,
                name: String(
                    decoding: try directoryKey.open(row.sealedName, context: SealContext.personName(row.address)),
                    as: UTF8.self), roles: row.roles)
        }
        let directory = Directory(
            parties: rows.parties, persons: persons, certificates: rows.certificates, memberships: rows.memberships)
        try directoryCache.replace(directory, version: rows.version, withdrawn: rows.withdrawn)
    }

    private struct DirectoryRows: Sendable {
        let version: Int64
        let parties: [Party]
        let persons: [PersonRow]
        let certificates: [EnrolledCertificate]
        let withdrawn: [EnrolledCertificate]
        let memberships: [Membership]
    }
}
