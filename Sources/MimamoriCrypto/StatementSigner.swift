// Signs statements (manifests, approvals, receipts) as CMS SignedData (RFC 5652 §5): attached content, SHA-256, signed
// attributes, no certificates and no S/MIME capabilities inside. What a statement means is left to the caller. CMS adds
// the signing time by the machine's clock; nobody relies on it, times that matter stand in the content.

import COpenSSL
import MimamoriCore

/// A private key with its certificate: signs statements as CMS SignedData. Safe to use from many threads.
package final class StatementSigner: Sendable {
    package let certificate: Certificate
    private let key: PrivateKey

    package init(certificate: Certificate, privateKeyPEM: String) throws(CryptoFailure) {
        self.certificate = certificate
        key = try PrivateKey(pem: privateKeyPEM, for: certificate)
    }

    /// CMS SignedData in DER over `content`, attached, SHA-256, signed attributes, no certificates inside.
    package func sign(_ content: [UInt8]) throws(CryptoFailure) -> [UInt8] {
        try OpenSSLBytes.withReader(content) { (reader) throws(CryptoFailure) in
            let flags = UInt32(CMS_BINARY | CMS_PARTIAL)
            let cms = try OpenSSLHandle(
                CMS_sign(nil, nil, nil, nil, flags), doing: "CMS_sign", free: { CMS_ContentInfo_free($0) })
            try addSigner(to: cms.pointer, digest: EVP_sha256(), flags: 0)
            guard CMS_final(cms.pointer, reader, nil, flags) == 1 else { throw .signing(doing: "CMS_final") }
            return try Self.encoded(cms)
        }
    }

    /// The same statement with this signer added as one more. The content is not touched: the new signature is over the
    /// digest that the first one names, so the caller verifies the first signature before.
    package func countersign(_ statement: SignedStatement) throws(CryptoFailure) -> [UInt8] {
        guard !statement.signers.contains(certificate.issuerAndSerial) else {
            throw CryptoFailure(
                message: Bilingual(
                    ja: "この証明書の署名はすでに付いています。承認は別の人の証明書で行ってください。",
                    en: "This certificate has signed the statement already. Another person must approve."),
                cause: "countersigning by the same signer")
        }
        let cms = try SignedStatement.parse(statement.der)
        try addSigner(to: cms.pointer, digest: statement.digestOfFirstSigner(in: cms), flags: UInt32(CMS_REUSE_DIGEST))
        return try Self.encoded(cms)
    }

    private func addSigner(to cms: OpaquePointer, digest: OpaquePointer?, flags: UInt32) throws(CryptoFailure) {
        let flags = flags | UInt32(CMS_BINARY | CMS_NOCERTS | CMS_NOSMIMECAP)
        let signer = certificate.withX509 { x509 in
            key.withKey { CMS_add1_signer(cms, x509, $0, digest, flags) }
        }
        guard signer != nil else { throw .signing(doing: "CMS_add1_signer") }
    }

    private static func encoded(_ cms: borrowing OpenSSLHandle) throws(CryptoFailure) -> [UInt8] {
        let pointer = cms.pointer
        guard let der = OpenSSLBytes.encoded({ i2d_CMS_ContentInfo(pointer, $0) }) else {
            throw .signing(doing: "i2d_CMS_ContentInfo")
        }
        return der
    }
}

extension CryptoFailure {
    fileprivate static func signing(doing: String) -> CryptoFailure {
        .openSSL(
            Bilingual(
                ja: "署名できませんでした。証明書と秘密鍵の組み合わせを `mimamori doctor` で確かめてください。",
                en: "Signing failed. Check the certificate and its private key with `mimamori doctor`."),
            doing: doing)
    }
}
