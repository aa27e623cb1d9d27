// Reads and verifies a CMS SignedData (RFC 5652 §5) with attached content. The chain of a signer's certificate is judged
// by TrustStore under our own purposes, never under CMS's S/MIME one; certificates inside a statement are never used.
// What the content says is left to the caller.

import COpenSSL
import MimamoriCore
import Synchronization

/// A parsed CMS SignedData with attached content; nothing in it is verified until `isSigned(by:)`.
package final class SignedStatement: Sendable {
    package let der: [UInt8]
    package let content: [UInt8]
    package let signers: [IssuerAndSerial]
    /// The object parsed by `init`, for the first verification; OpenSSL changes it on the way, so the next parses anew.
    private let parsed: Mutex<OpenSSLHandle?>

    /// Refuses trailing bytes, other content types, detached content, signatures without signed attributes or with a
    /// digest outside SHA-256, SHA-384 and SHA-512, unsigned attributes, the same signer twice, no signer, or more than
    /// `maximumSigners`.
    package init(der: [UInt8], maximumSigners: Int = 2) throws(CryptoFailure) {
        let cms = try Self.parse(der)
        guard OBJ_obj2nid(CMS_get0_type(cms.pointer)) == NID_pkcs7_signed,
            OBJ_obj2nid(CMS_get0_eContentType(cms.pointer)) == NID_pkcs7_data
        else { throw .statement("another content type") }
        guard let content = CMS_get0_content(cms.pointer)?.pointee else { throw .statement("detached content") }
        let infos = CMS_get0_SignerInfos(cms.pointer)
        let count = Int(shim_signer_count(infos))
        guard (1...max(1, maximumSigners)).contains(count) else { throw .statement("\(count) signers") }
        var signers: [IssuerAndSerial] = []
        for index in 0..<count {
            signers.append(try Self.acceptedSigner(shim_signer(infos, Int32(index))))
        }
        guard Set(signers).count == count else { throw .statement("one signer twice") }
        self.der = der
        self.content = OpenSSLBytes.value(of: content)
        self.signers = signers
        parsed = Mutex(cms)
    }

    /// Verifies the signature of each signer with the certificate at hand for it; `certificates` must hold one for
    /// each signer, or this is false. Chain and dates are TrustStore's. About 100 µs for each P-256 signer.
    package func isSigned(by certificates: [Certificate]) -> Bool {
        guard let cms = parsed.withLock({ $0.take() }) ?? (try? Self.parse(der)) else { return false }
        defer { OpenSSLErrors.clear() }
        let infos = CMS_get0_SignerInfos(cms.pointer)
        for (index, signer) in signers.enumerated() {
            guard let certificate = certificates.first(where: { $0.issuerAndSerial == signer }) else { return false }
            let info = shim_signer(infos, Int32(index))
            certificate.withX509 { CMS_SignerInfo_set1_signer_cert(info, $0) }
        }
        let flags = UInt32(CMS_NO_SIGNER_CERT_VERIFY | CMS_NOINTERN | CMS_BINARY)
        return CMS_verify(cms.pointer, nil, nil, nil, nil, flags) == 1
    }

    /// The length of the DER value that starts `bytes`, header included; nil when it is not a definite-length SEQUENCE.
    package static func length(ofFirst bytes: some Collection<UInt8>) -> Int? {
        DERReader.length(ofFirstSequenceIn: bytes)
    }

    static func parse(_ der: [UInt8]) throws(CryptoFailure) -> OpenSSLHandle {
        let cms = OpenSSLBytes.decoded(
            der, { d2i_CMS_ContentInfo(nil, $0, $1) }, free: { CMS_ContentInfo_free($0) })
        guard let cms else { throw .statement("not one CMS value: \(OpenSSLErrors.drain())") }
        return cms
    }

    /// The digest that a countersignature must share with the first signature.
    func digestOfFirstSigner(in cms: borrowing OpenSSLHandle) throws(CryptoFailure) -> OpaquePointer? {
        let algorithms = Self.algorithms(of: shim_signer(CMS_get0_SignerInfos(cms.pointer), 0))
        return EVP_get_digestbyname(OBJ_nid2sn(algorithms.digest))
    }

    private static func acceptedSigner(_ info: OpaquePointer?) throws(CryptoFailure) -> IssuerAndSerial {
        var issuer: OpaquePointer?
        var serial: UnsafeMutablePointer<ASN1_INTEGER>?
        guard CMS_SignerInfo_get0_signer_id(info, nil, &issuer, &serial) == 1, issuer != nil, let serial else {
            throw .statement("a signer named by key identifier")
        }
        guard CMS_signed_get_attr_count(info) > 0 else { throw .statement("no signed attributes") }
        guard CMS_unsigned_get_attr_count(info) <= 0 else { throw .statement("unsigned attributes") }
        let algorithms = algorithms(of: info)
        guard allowedDigests.contains(algorithms.digest) else { throw .statement("digest not allowed") }
        guard allowedSignatures.contains(algorithms.signature) else { throw .statement("signature not allowed") }
        return try IssuerAndSerial(issuer: issuer, serial: serial)
    }

    private static func algorithms(of info: OpaquePointer?) -> (digest: Int32, signature: Int32) {
        var digest: UnsafeMutablePointer<X509_ALGOR>?
        var signature: UnsafeMutablePointer<X509_ALGOR>?
        CMS_SignerInfo_get0_algs(info, nil, nil, &digest, &signature)
        func identifier(_ algorithm: UnsafeMutablePointer<X509_ALGOR>?) -> Int32 {
            var object: OpaquePointer?
            X509_ALGOR_get0(&object, nil, nil, algorithm)
            return OBJ_obj2nid(object)
        }
        return (identifier(digest), identifier(signature))
    }

    /// SD-CRY-1.
    private static let allowedDigests: Set<Int32> = [NID_sha256, NID_sha384, NID_sha512]
    private static let allowedSignatures: Set<Int32> = [
        NID_ecdsa_with_SHA256, NID_ecdsa_with_SHA384, NID_ecdsa_with_SHA512, NID_rsaEncryption, NID_rsassaPss,
        NID_sha256WithRSAEncryption, NID_sha384WithRSAEncryption, NID_sha512WithRSAEncryption,
    ]
}

extension CryptoFailure {
    fileprivate static func statement(_ cause: String) -> CryptoFailure {
        OpenSSLErrors.clear()
        return CryptoFailure(
            message: Bilingual(
                ja: "署名された文書（CMS SignedData、内容付き）の形になっていません。作った側のソフトウェアを確認してください。",
                en: "This is not a signed statement (CMS SignedData with its content). The software that made it is at "
                    + "fault."),
            cause: cause)
    }
}
