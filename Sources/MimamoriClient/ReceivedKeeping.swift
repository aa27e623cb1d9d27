// What this machine remembers of every package that it has received: the manifest and the digests of what came out. By them
// a file that must not be forwarded is recognised when somebody attaches it to another package (SD-CLS-5), and a request's
// own words are at hand when it is decided on (N15). Sealed under home.key.

import Foundation
package import MimamoriCore
import MimamoriCrypto

/// What `received/<id>.sealed` holds.
struct ReceivedRecord: Codable {
    /// Canonical, as it was signed.
    let manifest: Data
    /// SHA-256 of each attachment, of record.json and of record.txt.
    let digests: [ContentDigest]
    /// `record.json` of a request; of nothing else, because nothing else needs it again.
    let record: Data?

    init(_ manifest: Manifest, digests: [ContentDigest], record: [UInt8]) {
        self.manifest = Data(manifest.canonicalBytes())
        self.digests = digests
        self.record = manifest.kind == .request ? Data(record) : nil
    }

    var readManifest: Manifest? {
        guard case .success(let manifest) = Manifest.read(Array(manifest)) else { return nil }
        return manifest
    }
}

/// A request as this machine received it.
package struct ReceivedRequest: Sendable {
    package let manifest: Manifest
    package let record: Record
}

extension Client {
    var receivedFolder: SealedFolder<ReceivedRecord> { SealedFolder(name: "received", home: home, world: world) }

    /// Keeps what later packages are judged by: what came out, and that this one can be cited.
    func remember(_ manifest: Manifest, _ look: LookingSink, text: String, state: PackageState) throws {
        let digests =
            look.attachments.map(\.sha256) + [Digest.sha256(look.record), Digest.sha256(Array(text.utf8))]
        try receivedFolder.keep(
            ReceivedRecord(manifest, digests: digests, record: look.record), of: manifest.id)
        if try citedFolder.value(of: manifest.id) == nil {
            try citedFolder.keep(CitedRecord(manifest, state: state), of: manifest.id)
        }
    }

    /// `nil` when it was not received on this machine, or is no request made from our forms.
    package func receivedRequest(_ id: PackageID) throws -> ReceivedRequest? {
        guard let kept = try receivedFolder.value(of: id), let manifest = kept.readManifest,
            let record = kept.record.flatMap({ Record.read(Array($0)) })
        else { return nil }
        return ReceivedRequest(manifest: manifest, record: record)
    }

    /// The received packages that must not go to others than those who have them.
    func notForwarded() throws -> [(manifest: Manifest, digests: Set<ContentDigest>)] {
        try receivedFolder.ids().compactMap { id in
            guard let kept = try receivedFolder.value(of: id), let manifest = kept.readManifest,
                manifest.label?.restrictions.contains(.noForward) == true
            else { return nil }
            return (manifest, Set(kept.digests))
        }
    }
}
