// `mimamori init`: checks the given certificates and keys and makes the home folder of them. Everything is checked and
// written beside first and renamed at the end, so that there is a whole home or none. Fetching the directory is
// DirectoryCache.swift's.

import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope

#if canImport(Glibc)
import Glibc
#endif

/// What `mimamori init` is given: paths of PEM files that are checked and copied.
package struct HomeRequest: Sendable {
    package let relay: String
    /// The roots to pin.
    package let rootsPath: String
    package let personCertificatePath: String
    package let personKeyPath: String
    /// Encryption certificates of the party with their keys; none for a person who only administers or audits.
    package let partyKeys: [(certificatePath: String, keyPath: String)]

    package init(
        relay: String, rootsPath: String, personCertificatePath: String, personKeyPath: String,
        partyKeys: [(certificatePath: String, keyPath: String)] = []
    ) {
        self.relay = relay
        self.rootsPath = rootsPath
        self.personCertificatePath = personCertificatePath
        self.personKeyPath = personKeyPath
        self.partyKeys = partyKeys
    }
}

extension ClientHome {
    /// Checks the certificates and keys and makes the folder. Throws `Refused` with every certificate that is not
    /// sound, `ClientFailure` when a home is there already or the disk refuses; then nothing is left behind.
    package static func create(_ request: HomeRequest, at folder: String, world: ClientWorld) throws -> ClientHome {
        guard RelayURL(request.relay) != nil else {
            throw ClientFailure(
                .configuration,
                message: Bilingual(
                    ja: "中継の場所が https://ホスト:ポート の形ではありません。", en: "The relay is not of the form https://host:port."),
                remedy: Bilingual(
                    ja: "例: https://relay.example.jp:8443", en: "Example: https://relay.example.jp:8443"))
        }
        guard try Disk.names(in: folder).isEmpty else {
            throw ClientFailure(
                .configuration,
                message: Bilingual(
                    ja: "すでに使われている場所なので、上書きしません: \(folder)",
                    en: "This place is in use and will not be overwritten: \(folder)"),
                remedy: Bilingual(
                    ja: "別の場所を --home で指定するか、古いものを移してください。",
                    en: "Name another place with --home, or move the old one away."))
        }
        let material = try CheckedMaterial(request, now: world.now())
        let building = "\(folder).new-\(world.newSuffix())"
        do {
            try material.write(to: building, relay: request.relay, disk: world.disk)
            try world.disk.rename(building, to: folder)
            try world.disk.synchronizeFolder(Path.folder(of: folder))
        } catch {
            try? world.disk.removeTree(building)
            throw error
        }
        return try open(at: folder)
    }
}

/// Certificates and keys that passed every check.
private struct CheckedMaterial {
    private let roots: String
    private let person: (certificate: Certificate, address: PersonAddress, key: String)
    private let parties: [(certificate: Certificate, key: String)]

    /// Certificates are judged before any key is read: a refusal says whose certificate it is, a key that does not fit
    /// cannot.
    init(_ request: HomeRequest, now: Timestamp) throws {
        roots = try ClientHome.text(request.rootsPath)
        let trust = try RevocationCache.trust(rootsPEM: roots, list: nil)
        let certificate = try ClientHome.certificate(request.personCertificatePath)
        var findings = [trust.refusal(of: certificate, for: .client, at: now)].compactMap { $0 }
        guard let address = certificate.person else {
            throw Refused(
                findings + (findings.isEmpty ? [.otherIdentity(certificate, expected: "mimamori://…/…")] : []))
        }
        for pair in request.partyKeys {
            let certificate = try ClientHome.certificate(pair.certificatePath)
            if let refusal = trust.refusal(of: certificate, for: .encryption, at: now) {
                findings.append(refusal)
            } else if certificate.party != address.party {
                findings.append(.otherIdentity(certificate, expected: address.party.uri))
            }
        }
        guard findings.isEmpty else { throw Refused(findings) }

        let personKey = try ClientHome.text(request.personKeyPath)
        person = (
            try ClientHome.signer(certificatePEM: certificate.pem, keyPEM: personKey).certificate, address, personKey
        )
        parties = try request.partyKeys.map { pair in
            let key = try ClientHome.text(pair.keyPath)
            let certificatePEM = try ClientHome.text(pair.certificatePath)
            return (try ClientHome.decryptionKey(certificatePEM: certificatePEM, keyPEM: key).certificate, key)
        }
    }

    func write(to folder: String, relay: String, disk: Disk) throws {
        try makeParents(of: folder)
        try disk.createFolder(folder)
        for name in ["party", "outbox", "archive", "incoming", "pending"] {
            try disk.createFolder("\(folder)/\(name)")
        }
        let settings = ClientSettings(relay: relay, person: person.address)
        try disk.write(Array(settings.toml.utf8), to: folder + "/client.toml")
        try disk.write(Array(roots.utf8), to: folder + "/ca.pem")
        try disk.write(Array(person.certificate.pem.utf8), to: folder + "/person.pem")
        try disk.write(Array(person.key.utf8), to: folder + "/person.key")
        for party in parties {
            let name = party.certificate.fingerprint.hexadecimal.prefix(16)
            try disk.write(Array(party.certificate.pem.utf8), to: "\(folder)/party/\(name).pem")
            try disk.write(Array(party.key.utf8), to: "\(folder)/party/\(name).key")
        }
        do {
            try Keyring.create(path: folder + "/home.key")
        } catch {
            throw ClientFailure(.disk, error)
        }
        try disk.synchronizeFolder(folder + "/party")
        try disk.synchronizeFolder(folder)
    }

    private func makeParents(of folder: String) throws {
        let parent = Path.folder(of: folder)
        guard parent != ".", parent != "/", !Disk.exists(parent) else { return }
        try makeParents(of: parent)
        guard mkdir(parent, 0o700) == 0 || errno == EEXIST else { throw ClientFailure.disk("mkdir", parent, errno) }
    }
}

extension Refusal {
    /// A sound certificate, but not of whom it should be (SD-TLS-5): the CA binds key to address.
    static func otherIdentity(_ certificate: Certificate, expected: String) -> Refusal {
        let named = certificate.identityURIs.joined(separator: ", ")
        return Refusal(
            .certificateIdentity, rule: "SD-TLS-5",
            message: Bilingual(
                ja: "証明書の名義が違います。必要なもの: \(expected)、証明書にあるもの: \(named)",
                en: "The certificate names another holder: needed is \(expected), it names \(named)"),
            remedy: Bilingual(
                ja: "正しい証明書を使うか、認証局に発行を依頼してください。",
                en: "Use the right certificate, or ask the certificate authority for one."))
    }
}
