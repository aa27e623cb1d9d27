// Seals one part: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM to every given certificate. OpenSSL's defaults for
// recipients are SHA-1 (KDF of elliptic curves) and PKCS #1 v1.5 (RSA), so both are set here to what SD-CRY-1 allows and
// PartInspection demands. Cutting content into parts and choosing the certificates are MimamoriClient's. This room is
// linked by clients only: the relay's binary holds no code that encrypts or decrypts CMS (design, law 4).

import COpenSSL
import MimamoriCore
package import MimamoriCrypto

package enum Envelope {
    /// One part: CMS AuthEnvelopedData (AES-256-GCM) of `content` (at most PackageLimits.partContentBytes) to every
    /// certificate, DER. 4 MiB take 1–2 ms and three times that memory.
    package static func seal(_ content: [UInt8], to certificates: [Certificate]) throws(CryptoFailure) -> [UInt8] {
        precondition(!certificates.isEmpty, "a part is sealed to somebody")
        precondition(content.count <= PackageLimits.partContentBytes, "the caller cuts content into parts")
        return try OpenSSLBytes.withReader(content) { (reader) throws(CryptoFailure) in
            let flags = UInt32(CMS_BINARY | CMS_PARTIAL)
            let cms = try OpenSSLHandle(
                CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()), doing: "CMS_AuthEnvelopedData_create",
                free: { CMS_ContentInfo_free($0) })
            for certificate in certificates { try add(certificate, to: cms.pointer) }
            // The ciphertext is written aside, as a detached one would be, and then put into its place.
            let ciphertext = try ContentBuffer(capacity: content.count)
            guard CMS_final(cms.pointer, reader, ciphertext.bio, flags) == 1 else { throw .sealing(doing: "CMS_final") }
            guard CMS_set_detached(cms.pointer, 0) == 1, let place = CMS_get0_content(cms.pointer)?.pointee else {
                throw .sealing(doing: "CMS_set_detached")
            }
            place.pointee.flags &= ~Int(ASN1_STRING_FLAG_CONT)
            ciphertext.move(into: place)
            let pointer = cms.pointer
            guard let der = OpenSSLBytes.encoded({ i2d_CMS_ContentInfo(pointer, $0) }) else {
                throw .sealing(doing: "i2d_CMS_ContentInfo")
            }
            return der
        }
    }

    private static func add(_ certificate: Certificate, to cms: OpaquePointer) throws(CryptoFailure) {
        let info = certificate.withX509 { CMS_add1_recipient_cert(cms, $0, UInt32(CMS_KEY_PARAM)) }
        guard let info, let context = CMS_RecipientInfo_get0_pkey_ctx(info) else {
            throw .sealing(doing: "CMS_add1_recipient_cert")
        }
        let isSet =
            switch certificate.keyKind {
            case .p256, .p384:
                EVP_PKEY_CTX_set_ecdh_kdf_md(context, EVP_sha256()) == 1
            case .rsa:
                EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1
                    && EVP_PKEY_CTX_set_rsa_oaep_md(context, EVP_sha256()) == 1
                    && EVP_PKEY_CTX_set_rsa_mgf1_md(context, EVP_sha256()) == 1
            case .other: false
            }
        guard isSet, certificate.keyKind.isAllowed else { throw .sealing(doing: "recipient's parameters") }
    }
}

extension CryptoFailure {
    fileprivate static func sealing(doing: String) -> CryptoFailure {
        .openSSL(
            Bilingual(
                ja: "封印できませんでした。宛先の暗号化用証明書を管理者に確認してください。",
                en: "Sealing failed. Ask an administrator to check the recipients' encryption certificates."),
            doing: doing)
    }
}
