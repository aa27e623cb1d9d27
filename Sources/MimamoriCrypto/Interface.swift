// Interface to be filled in: the signatures that other rooms build on.
package import MimamoriCore

/// The world broke in a cryptographic operation. `message` is safe for a stranger; `cause` goes to the log only.
package struct CryptoFailure: Error, Sendable {
    package let message: Bilingual
    package let cause: String
    package init(message: Bilingual, cause: String) { self.message = message; self.cause = cause }
}

/// A parsed X.509 certificate. Immutable; parsing costs about 200 µs, so keep it.
package final class Certificate: Sendable {
    package init(der: [UInt8]) throws(CryptoFailure) { fatalError() }
    package init(pem: String) throws(CryptoFailure) { fatalError() }
    package var der: [UInt8] { fatalError() }
    package var pem: String { fatalError() }
    package var fingerprint: CertificateFingerprint { fatalError() }
    /// Issuer and serial number: how CMS names signers and recipients.
    package var issuerAndSerial: IssuerAndSerial { fatalError() }
    package var notBefore: Timestamp { fatalError() }
    package var notAfter: Timestamp { fatalError() }
    /// Every SAN of type URI.
    package var identityURIs: [String] { fatalError() }
    package var subject: String { fatalError() }
    /// What the SAN URI says when read as a person or as a party; nil when there is not exactly one mimamori URI.
    package var person: PersonAddress? { fatalError() }
    package var party: Address? { fatalError() }
}

package struct IssuerAndSerial: Sendable, Hashable {
    /// DER of the issuer name, then the serial's DER.
    package let bytes: [UInt8]
    package init(bytes: [UInt8]) { self.bytes = bytes }
}

/// Roots and revocation lists, and the diagnosis of a certificate against them.
package struct TrustStore: Sendable {
    package enum Purpose: Sendable, Hashable { case client, encryption, statement, server }
    /// PEM texts; several blocks each. Throws when there is no root or a CRL is not signed by one of the roots.
    package init(rootsPEM: String, revocationListsPEM: String?) throws(CryptoFailure) { fatalError() }
    /// `nil` when the certificate is sound for `purpose` at `now`: chain, dates, key strength, usage, one mimamori URI,
    /// not revoked. Otherwise a refusal that says whose certificate, which check, what to do. CRLs that are past their
    /// next update are reported by `revocationListExpired`, not here, and are still used.
    package func refusal(of certificate: Certificate, for purpose: Purpose, at now: Timestamp) -> Refusal? {
        fatalError()
    }
    package func isRevoked(_ certificate: Certificate) -> Bool { fatalError() }
    /// When the newest CRL should have been replaced; nil without one.
    package var revocationListNextUpdate: Timestamp? { fatalError() }
    package var revocationListDER: [UInt8]? { fatalError() }
}

/// A private key with its certificate: signs statements as CMS SignedData.
package final class StatementSigner: Sendable {
    package init(certificate: Certificate, privateKeyPEM: String) throws(CryptoFailure) { fatalError() }
    package var certificate: Certificate { fatalError() }
    /// CMS SignedData in DER over `content`, attached, SHA-256, signed attributes, no certificates inside.
    package func sign(_ content: [UInt8]) throws(CryptoFailure) -> [UInt8] { fatalError() }
    /// The same statement with this signer added as one more.
    package func countersign(_ statement: SignedStatement) throws(CryptoFailure) -> [UInt8] { fatalError() }
}

/// A parsed CMS SignedData with attached content; nothing in it is verified until `verify`.
package final class SignedStatement: Sendable {
    /// Refuses trailing bytes, other content types, no or more than `maximumSigners` signers.
    package init(der: [UInt8], maximumSigners: Int = 2) throws(CryptoFailure) { fatalError() }
    package var der: [UInt8] { fatalError() }
    package var content: [UInt8] { fatalError() }
    package var signers: [IssuerAndSerial] { fatalError() }
    /// Verifies the signature of each signer with the certificate at hand for it; `certificates` must hold one for
    /// each signer, or this is false. Chain and dates are TrustStore's.
    package func isSigned(by certificates: [Certificate]) -> Bool { fatalError() }
    /// The length of the DER value that starts `bytes`, header included; nil when it is not a definite-length SEQUENCE.
    package static func length(ofFirst bytes: some Collection<UInt8>) -> Int? { fatalError() }
}

/// The outside of a sealed part: what can be read without any key.
package struct PartInspection: Sendable {
    package let recipients: Set<IssuerAndSerial>
    /// Refuses anything but AuthEnvelopedData, aes-256-gcm, 16-byte tag, key transport or key agreement recipients.
    package init(der: [UInt8]) throws(Refusal) { fatalError() }
}

/// Wraps and unwraps data keys under key-encryption keys that are not in the database.
package struct Keyring: Sendable {
    /// Reads a key file of this room's format (0600 or stricter, else refused).
    package static func read(path: String) throws(CryptoFailure) -> Keyring { fatalError() }
    /// Creates a key file with one fresh key, 0600, fsynced; fails when the file exists.
    package static func create(path: String) throws(CryptoFailure) { fatalError() }
    /// The key under which new data keys are wrapped.
    package var activeKeyID: String { fatalError() }
    package func wrap(_ key: DataKey, owner: String) throws(CryptoFailure) -> WrappedKey { fatalError() }
    package func unwrap(_ wrapped: WrappedKey, owner: String) throws(CryptoFailure) -> DataKey { fatalError() }
}

package struct WrappedKey: Sendable, Hashable {
    package let keyEncryptionKeyID: String
    package let bytes: [UInt8]
    package init(keyEncryptionKeyID: String, bytes: [UInt8]) {
        self.keyEncryptionKeyID = keyEncryptionKeyID
        self.bytes = bytes
    }
}

/// A 256-bit AES key for one package, for the log or for the directory. Its description is redacted.
package struct DataKey: Sendable {
    package static func random() -> DataKey { fatalError() }
    /// AES-256-GCM; `context` (table, id, index) is bound as associated data: sealed bytes moved elsewhere do not open.
    package func seal(_ plaintext: some Collection<UInt8>, context: String) throws(CryptoFailure) -> [UInt8] {
        fatalError()
    }
    package func open(_ sealed: some Collection<UInt8>, context: String) throws(CryptoFailure) -> [UInt8] {
        fatalError()
    }
}

/// SHA-256 at once and in pieces.
package enum Digest {
    package static func sha256(_ bytes: some Sequence<UInt8>) -> ContentDigest { fatalError() }
}

/// The operating system's randomness.
package enum Randomness {
    package static func bytes(_ count: Int) -> [UInt8] { fatalError() }
}
