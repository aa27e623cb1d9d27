// Interface to be filled in: the signatures that other rooms build on.
import MimamoriCore
package import MimamoriCrypto

package enum Envelope {
    /// One part: CMS AuthEnvelopedData (AES-256-GCM) of `content` (at most PackageLimits.partContentBytes) to every certificate, DER.
    package static func seal(_ content: [UInt8], to certificates: [Certificate]) throws(CryptoFailure) -> [UInt8] {
        fatalError()
    }
    /// Opens one part; a failure of any kind yields no byte.
    package static func open(_ part: [UInt8], with key: DecryptionKey) throws(CryptoFailure) -> [UInt8] { fatalError() }
}

/// A party's private key with its encryption certificate.
package final class DecryptionKey: Sendable {
    package init(certificate: Certificate, privateKeyPEM: String) throws(CryptoFailure) { fatalError() }
    package var certificate: Certificate { fatalError() }
}
