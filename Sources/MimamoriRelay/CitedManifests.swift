// The manifests of packages that were cited lately: a standing request is cited by every referral under it, and opening and
// reading its manifest each time would cost more than judging. A cache only: a manifest never changes, whether the package
// still stands is asked of the database each time, and a disposed one is dropped.

import MimamoriCore
import Synchronization

final class CitedManifests: Sendable {
    /// Some kilobytes each; when there are more, it starts anew.
    private static let most = 1000

    private let manifests = Mutex<[PackageID: Manifest]>([:])

    /// The manifest, read by `read` when it is not known.
    func manifest(_ id: PackageID, _ read: () throws -> Manifest) throws -> Manifest {
        if let known = manifests.withLock({ $0[id] }) { return known }
        let manifest = try read()
        manifests.withLock { manifests in
            if manifests.count >= Self.most { manifests = [:] }
            manifests[id] = manifest
        }
        return manifest
    }

    func drop(_ id: PackageID) { manifests.withLock { $0[id] = nil } }
}
