// Interface to be filled in: the folder of one person on one machine.
package import MimamoriCore

/// What `client.toml` says.
package struct ClientSettings: Sendable, Hashable {
    /// `https://relay.example.jp:8443`
    package let relay: String
    package let person: PersonAddress
    package var party: Address { person.party }

    package init(relay: String, person: PersonAddress) {
        self.relay = relay
        self.person = person
    }
}

/// What `mimamori init` is given: paths of PEM files that are checked and copied.
package struct HomeRequest: Sendable {
    package let relay: String
    /// The pinned roots.
    package let rootsPath: String
    package let personCertificatePath: String
    package let personKeyPath: String
    /// Encryption certificates of the party with their keys; none for a person who only administers or audits.
    package let partyKeys: [(certificatePath: String, keyPath: String)]

    package init(
        relay: String, rootsPath: String, personCertificatePath: String, personKeyPath: String,
        partyKeys: [(certificatePath: String, keyPath: String)]
    ) {
        self.relay = relay
        self.rootsPath = rootsPath
        self.personCertificatePath = personCertificatePath
        self.personKeyPath = personKeyPath
        self.partyKeys = partyKeys
    }
}

/// The opened home folder: settings, certificates and keys, all checked for permissions. The person is the one that
/// the certificate names.
package struct ClientHome: Sendable {
    package let folder: String
    package let settings: ClientSettings

    /// `--home`, else MIMAMORI_HOME, else `~/.mimamori`.
    package static func folder(option: String?, environment: [String: String]) -> String { fatalError() }

    /// Checks the certificates and keys and makes the folder. Throws `Refused` for a certificate that is not sound,
    /// `ClientFailure` when the folder already is a home or the disk refuses; then nothing is left behind.
    package static func create(_ request: HomeRequest, at folder: String, world: ClientWorld) throws -> ClientHome {
        fatalError()
    }

    /// Opens an existing home. Throws `ClientFailure(.configuration)` when others could read a key.
    package static func open(at folder: String, world: ClientWorld) throws -> ClientHome { fatalError() }
}
