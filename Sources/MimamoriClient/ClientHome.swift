// The folder of one person on one machine, `~/.mimamori` unless told otherwise, and its opening. Nobody else may read
// it: the folder is 0700, its files 0600, and one that others could read is refused (SD-AUT-8). Making it is
// HomeCreation.swift's.
//
//   client.toml             relay and person            home.key         seals everything below, random, 256 bits
//   ca.pem                  the pinned roots            directory.sealed the directory as last fetched
//   person.pem, person.key  the person's certificate    crl.der          the revocation list as last fetched
//   party/NAME.pem, .key    the party's, to open with   log-key.txt, checkpoint.txt   what LogAudit.swift pinned
//   outbox/ archive/        packages going out          incoming/ pending/  sealed downloads, receipts not yet sent
//   cited/                  what others may cite        received/           what has come out of what was received

import MimamoriCore
package import MimamoriCrypto
package import MimamoriEnvelope

/// The opened home folder: settings, certificates and keys, all checked for permissions. Whether a certificate is sound
/// today is asked where it is used (and by Doctor.swift), so that an expired one does not hide the outbox.
package struct ClientHome: Sendable, CustomStringConvertible, CustomReflectable {
    package let folder: String
    package let settings: ClientSettings
    /// PEM of the pinned roots.
    package let rootsPEM: String
    /// The person's certificate and key: TLS and signatures.
    package let signer: StatementSigner
    let personKeyPEM: String
    /// The party's keys; none for a person who cannot open packages.
    package let partyKeys: [DecryptionKey]
    let vault: Vault

    package var personCertificate: Certificate { signer.certificate }

    /// `--home`, else MIMAMORI_HOME, else `~/.mimamori`.
    package static func folder(option: String?, environment: [String: String]) -> String {
        let chosen = [option, environment["MIMAMORI_HOME"]].compactMap { $0 }.first { !$0.isEmpty }
        return chosen ?? (environment["HOME"] ?? ".") + "/.mimamori"
    }

    /// Opens an existing home. Throws `ClientFailure(.configuration)` when it is not one, when others could read it or a
    /// key, or when a key is not its certificate's.
    package static func open(at folder: String) throws -> ClientHome {
        guard Disk.exists(folder + "/client.toml") else {
            throw ClientFailure(
                .configuration,
                message: Bilingual(
                    ja: "ここには mimamori の設定がありません: \(folder)", en: "There is no mimamori home here: \(folder)"),
                remedy: Bilingual(
                    ja: "mimamori init で作るか、--home か MIMAMORI_HOME で場所を指定してください。",
                    en: "Make one with mimamori init, or name its place with --home or MIMAMORI_HOME."))
        }
        guard Disk.isPrivateFolder(folder) else { throw ClientFailure.readableByOthers(folder) }
        let settings = try ClientSettings.read(toml: text(folder + "/client.toml"), path: folder + "/client.toml")
        let personKey = try privateText(folder + "/person.key")
        let signer = try signer(certificatePEM: text(folder + "/person.pem"), keyPEM: personKey)
        guard signer.certificate.person == settings.person else {
            throw ClientFailure(
                .configuration,
                message: Bilingual(
                    ja: "client.toml の person と証明書（person.pem）の名義が一致しません。",
                    en: "The person in client.toml is not the one that person.pem names."),
                remedy: Bilingual(
                    ja: "正しい証明書を置くか、mimamori init で作り直してください。",
                    en: "Put the right certificate there, or make the home anew with mimamori init."))
        }
        let names = try Disk.names(in: folder + "/party").filter { $0.hasSuffix(".pem") }.map { $0.dropLast(4) }
        return ClientHome(
            folder: folder, settings: settings, rootsPEM: try text(folder + "/ca.pem"), signer: signer,
            personKeyPEM: personKey,
            partyKeys: try names.map { name in
                try decryptionKey(
                    certificatePEM: text("\(folder)/party/\(name).pem"),
                    keyPEM: privateText("\(folder)/party/\(name).key"))
            }, vault: try Vault(keyPath: folder + "/home.key"))
    }

    /// The pinned roots with the revocation list as last fetched.
    package func trust() throws -> TrustStore {
        let path = folder + "/crl.der"
        let list = Disk.exists(path) ? try Disk.read(path, limit: RevocationCache.largest) : nil
        return try RevocationCache.trust(rootsPEM: rootsPEM, list: list)
    }

    /// For saying why a handshake failed. When the cached revocation list does not fit the roots (they were exchanged), the
    /// roots alone still tell whose certificate is not trusted.
    var trustForDiagnosis: TrustStore? {
        (try? trust()) ?? (try? RevocationCache.trust(rootsPEM: rootsPEM, list: nil))
    }

    /// Names the folder, never a key.
    package var description: String { "ClientHome(\(folder))" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    static func certificate(_ path: String) throws -> Certificate {
        let pem = try text(path)
        do {
            return try Certificate(pem: pem)
        } catch {
            throw ClientFailure(.configuration, error)
        }
    }

    static func signer(certificatePEM: String, keyPEM: String) throws(ClientFailure) -> StatementSigner {
        do {
            return try StatementSigner(certificate: Certificate(pem: certificatePEM), privateKeyPEM: keyPEM)
        } catch {
            throw ClientFailure(.configuration, error)
        }
    }

    static func decryptionKey(certificatePEM: String, keyPEM: String) throws(ClientFailure) -> DecryptionKey {
        do {
            return try DecryptionKey(certificate: Certificate(pem: certificatePEM), privateKeyPEM: keyPEM)
        } catch {
            throw ClientFailure(.configuration, error)
        }
    }

    /// Certificates and settings: small texts.
    static func text(_ path: String) throws -> String {
        String(decoding: try Disk.read(path, limit: 1024 * 1024), as: UTF8.self)
    }

    private static func privateText(_ path: String) throws -> String {
        String(decoding: try Disk.readPrivate(path, limit: 64 * 1024), as: UTF8.self)
    }
}
