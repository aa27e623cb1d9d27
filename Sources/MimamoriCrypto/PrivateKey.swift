// A private key that fits its certificate: what signs statements here and opens parts in MimamoriEnvelope. Read from
// unencrypted PEM (PKCS #8, RFC 5958, or the older forms of EC and RSA); keeping the file secret is its owner's duty.

import COpenSSL
import MimamoriCore

/// A private key. Its description shows nothing; OpenSSL clears it when it is freed.
package final class PrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let handle: OpenSSLHandle

    /// Reads the key and proves that it belongs to `certificate` and is of an allowed kind.
    package init(pem: String, for certificate: Certificate) throws(CryptoFailure) {
        guard !pem.contains("ENCRYPTED") else { throw .privateKeyIsEncrypted }
        // The callback answers "no passphrase"; without one OpenSSL would ask on the terminal.
        let pointer = OpenSSLBytes.withReader(pem.utf8) { bio in
            PEM_read_bio_PrivateKey(bio, nil, { _, _, _, _ in -1 }, nil)
        }
        guard let handle = OpenSSLHandle(pointer, free: { EVP_PKEY_free($0) }) else {
            throw .privateKey(
                Bilingual(
                    ja: "秘密鍵として読めません。PEM 形式の秘密鍵ファイルを指定してください。",
                    en: "This is not a readable private key. Give a private key file in PEM form."),
                doing: "PEM_read_bio_PrivateKey")
        }
        let key = handle.pointer
        guard certificate.withX509({ X509_check_private_key($0, key) }) == 1 else {
            throw .privateKey(
                Bilingual(
                    ja: "この秘密鍵は証明書と対になっていません。同時に発行した鍵と証明書を指定してください。",
                    en: "The private key does not belong to the certificate. Give the two that were issued together."),
                doing: "X509_check_private_key")
        }
        let kind = certificate.keyKind
        guard kind.isAllowed else {
            throw .privateKey(
                Bilingual(
                    ja: "鍵の種類（\(kind.name)）は使えません。P-256、P-384 または 3072 ビット以上の RSA で発行し直してください。",
                    en: "A key of the kind \(kind.name) cannot be used. Have one issued with P-256, P-384 or RSA of at "
                        + "least 3072 bits."),
                doing: "key kind")
        }
        self.handle = handle
    }

    package var description: String { "PrivateKey(redacted)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Lends OpenSSL's EVP_PKEY for use; it must not leave `body`.
    package func withKey<Value, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(handle.pointer)
    }
}

extension CryptoFailure {
    fileprivate static func privateKey(_ message: Bilingual, doing: String) -> CryptoFailure {
        .openSSL(message, doing: doing)
    }

    fileprivate static var privateKeyIsEncrypted: CryptoFailure {
        CryptoFailure(
            message: Bilingual(
                ja: "秘密鍵がパスフレーズで保護されています。この版では保護を外した鍵ファイル（所有者だけが読めるもの、"
                    + "0600）が必要です。`openssl pkey` で変換できます。",
                en: "The private key is protected by a passphrase. This version needs the key without one, in a file "
                    + "that only its owner can read (0600); `openssl pkey` converts it."),
            cause: "the private key's PEM is encrypted")
    }
}
