// Opens one part with a party's private key. Nothing is tried on bytes that PartInspection does not accept, and no byte
// leaves before GCM's tag has been checked over all of them (RFC 5083 §2). OpenSSL gives no reason when a part does not
// open, so the words are ours. What is inside the content is left to MimamoriClient.

import COpenSSL
import MimamoriCore
package import MimamoriCrypto

extension Envelope {
    /// Opens one part; a failure of any kind yields no byte. 4 MiB take about 10 ms and four times that memory.
    package static func open(_ part: [UInt8], with key: DecryptionKey) throws(CryptoFailure) -> [UInt8] {
        let inspection: PartInspection
        do {
            inspection = try PartInspection(der: part)
        } catch {
            throw CryptoFailure(message: error.message, cause: "the part's outside: \(error.code.rawValue)")
        }
        guard inspection.recipients.contains(key.certificate.issuerAndSerial) else {
            throw CryptoFailure(
                message: Bilingual(
                    ja: "この部分は、手元の暗号化用証明書あてに封印されていません。以前の証明書の鍵が残っていれば、それを使ってください。",
                    en: "The part is not sealed to your encryption certificate. If you still have the key of an "
                        + "earlier one, use that."),
                cause: "the key's certificate is not among \(inspection.recipients.count) recipients")
        }
        return try decrypted(part, with: key, bytes: inspection.contentBytes)
    }

    private static func decrypted(
        _ part: [UInt8], with key: DecryptionKey, bytes: Int
    ) throws(CryptoFailure) -> [UInt8] {
        let cms = OpenSSLBytes.decoded(
            part, { d2i_CMS_ContentInfo(nil, $0, $1) }, free: { CMS_ContentInfo_free($0) })
        guard let cms else { throw .opening(doing: "d2i_CMS_ContentInfo") }
        let content = try ContentBuffer(capacity: bytes)
        let output = content.bio
        let isOpen = key.certificate.withX509 { x509 in
            key.privateKey.withKey { CMS_decrypt(cms.pointer, $0, x509, nil, output, UInt32(CMS_BINARY)) == 1 }
        }
        let opened = content.bytes
        guard isOpen, opened.count == bytes else { throw .opening(doing: "CMS_decrypt") }
        return opened
    }
}

/// A party's private key with its encryption certificate.
package final class DecryptionKey: Sendable {
    package let certificate: Certificate
    let privateKey: PrivateKey

    package init(certificate: Certificate, privateKeyPEM: String) throws(CryptoFailure) {
        self.certificate = certificate
        privateKey = try PrivateKey(pem: privateKeyPEM, for: certificate)
    }
}

extension CryptoFailure {
    fileprivate static func opening(doing: String) -> CryptoFailure {
        .openSSL(
            Bilingual(
                ja: "部分を開けません。途中で書き換えられたか、壊れています。中身は取り出していません。もう一度受信し、続くときは"
                    + "送信元に連絡してください。",
                en: "The part does not open: it was changed or damaged on the way. Nothing of it was taken out. "
                    + "Receive it again; if that fails too, tell the sender."),
            doing: doing)
    }
}
