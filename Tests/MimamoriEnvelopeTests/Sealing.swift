// Keys of the development PKI's parties, and sealing with stock openssl in good and bad ways.

import MimamoriCrypto
import MimamoriEnvelope
import TestSupport

enum Sealing {
    /// What stock openssl must be told for an elliptic-curve recipient, and for an RSA one.
    static let curve = ["-keyopt", "ecdh_kdf_md:sha256"]
    static let oaep = [
        "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256", "-keyopt", "rsa_mgf1_md:sha256",
    ]

    static func key(_ pair: DevelopmentPKI.Pair) throws -> DecryptionKey {
        let pki = try DevelopmentPKI.shared()
        return try DecryptionKey(
            certificate: Certificate(pem: try pki.text(of: pair.certificate)), privateKeyPEM: try pki.text(of: pair.key)
        )
    }

    static func stock(
        _ content: [UInt8], to pair: DevelopmentPKI.Pair, _ options: [String], cipher: String = "-aes-256-gcm"
    ) throws -> [UInt8] {
        try ForeignTool.openssl.run(
            ["cms", "-encrypt", "-binary", "-outform", "DER", cipher, "-recip", pair.certificate] + options,
            input: content)
    }
}
