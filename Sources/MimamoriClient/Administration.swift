// Interface to be filled in: what administrators change in the directory.
package import MimamoriCore

package struct DirectoryChange: Sendable {
    package let version: Int64
    /// 0 when everything already stood so.
    package let changed: Int
}

extension Session {
    /// In batches; a repeat changes nothing.
    package func register(_ parties: [Party]) async throws -> DirectoryChange { fatalError() }
    package func register(_ person: Person) async throws -> DirectoryChange { fatalError() }
    package func changeRoles(of person: PersonAddress, grant: [Role], revoke: [Role]) async throws -> DirectoryChange {
        fatalError()
    }
    /// Reads owner from the certificate itself.
    package func enrol(certificatePath: String, purpose: CertificatePurpose) async throws -> DirectoryChange {
        fatalError()
    }
    package func withdraw(_ fingerprint: CertificateFingerprint) async throws -> DirectoryChange { fatalError() }
    package func setMembership(_ membership: Membership) async throws -> DirectoryChange { fatalError() }
}
