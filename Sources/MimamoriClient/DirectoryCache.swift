// The directory as this machine last saw it, sealed in the home folder, so that packages can be prepared with the relay
// down. It is the relay's word: names and roles are taken from it, keys never without the CA's
// (SealingCertificates.swift).

import Foundation
package import MimamoriCore
import MimamoriCrypto
import MimamoriWire

package struct KnownDirectory: Sendable {
    package let directory: Directory
    package let policy: PolicySettings
    package let version: Int64
    package let fetchedAt: Timestamp

    package init(directory: Directory, policy: PolicySettings, version: Int64, fetchedAt: Timestamp) {
        self.directory = directory
        self.policy = policy
        self.version = version
        self.fetchedAt = fetchedAt
    }

    /// `cited`: what is known of the packages that the judged one cites (CitedKeeping.swift).
    package func facts(
        caller: PersonAddress, now: Timestamp, cited: [PackageID: CitedPackage] = [:]
    ) -> PolicyFacts {
        PolicyFacts(directory: directory, caller: caller, now: now, settings: policy, cited: cited)
    }
}

/// What `directory.sealed` holds.
struct CachedDirectory: Codable {
    let etag: String?
    let fetchedAt: Timestamp
    let message: DirectoryMessage

    var known: KnownDirectory {
        KnownDirectory(
            directory: message.directory, policy: message.policy, version: message.version, fetchedAt: fetchedAt)
    }

    private static let purpose = "directory"
    private static func path(in home: ClientHome) -> String { home.folder + "/directory.sealed" }

    static func load(from home: ClientHome) throws -> CachedDirectory? {
        guard Disk.exists(path(in: home)) else { return nil }
        let sealed = try Disk.readPrivate(path(in: home), limit: 128 * 1024 * 1024)
        let bytes = try home.vault.open(sealed, for: purpose)
        guard let cached = try? JSONDecoder().decode(CachedDirectory.self, from: Data(bytes)) else {
            throw ClientFailure.damaged(path(in: home))
        }
        return cached
    }

    func store(in home: ClientHome, world: ClientWorld) throws {
        let sealed = try home.vault.seal(CanonicalJSON.encode(self), for: Self.purpose)
        try world.disk.replace(Self.path(in: home), with: sealed, suffix: world.newSuffix())
    }
}

extension Client {
    /// The cached directory. Throws `ClientFailure(.configuration)` when it was never fetched.
    package func knownDirectory() throws -> KnownDirectory {
        guard let cached = try CachedDirectory.load(from: home) else {
            throw ClientFailure(
                .configuration,
                message: Bilingual(
                    ja: "名簿をまだ取得していません。", en: "The directory has not been fetched yet."),
                remedy: Bilingual(
                    ja: "中継に届くときに mimamori doctor を一度実行してください。",
                    en: "Run mimamori doctor once while the relay can be reached."))
        }
        return cached.known
    }
}

extension Session {
    /// Fetches the directory (only when it changed) and the revocation list, and keeps them.
    package func refreshDirectory() async throws -> KnownDirectory {
        try RevocationCache.store(await relay.revocationList(), in: home, world: world)
        let old = try? CachedDirectory.load(from: home)
        let fetched = try await relay.directory(etag: old?.etag)
        guard let message = fetched?.message ?? old?.message else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "中継が、渡していない名簿を「変わっていない」と答えました。",
                    en: "The relay says that a directory it never sent has not changed."))
        }
        let cached = CachedDirectory(etag: fetched?.etag ?? old?.etag, fetchedAt: world.now(), message: message)
        try cached.store(in: home, world: world)
        return cached.known
    }
}
