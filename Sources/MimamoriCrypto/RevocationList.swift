// One certificate revocation list (RFC 5280 §5), complete and direct: partial lists (issuing distribution points, deltas)
// are refused, because a list that silently leaves certificates out would let revoked ones pass. Whether its signature
// is a trusted root's is checked by TrustStore.

import COpenSSL
import MimamoriCore

final class RevocationList: Sendable {
    let der: [UInt8]
    let issuer: [UInt8]
    let lastUpdate: Timestamp
    /// When its successor is due; nil when the list does not say.
    let nextUpdate: Timestamp?
    private let handle: OpenSSLHandle

    init(pem: String) throws(CryptoFailure) {
        let pointer = OpenSSLBytes.withReader(pem.utf8) { PEM_read_bio_X509_CRL($0, nil, nil, nil) }
        guard let handle = OpenSSLHandle(pointer, free: { X509_CRL_free($0) }) else {
            throw .revocationList(doing: "PEM_read_bio_X509_CRL")
        }
        let list = handle.pointer
        guard X509_CRL_get_ext_by_critical(list, 1, -1) < 0 else { throw .revocationList(doing: "a partial CRL") }
        guard let lastUpdate = Timestamp(X509_CRL_get0_lastUpdate(list)),
            let der = OpenSSLBytes.encoded({ i2d_X509_CRL(list, $0) }),
            let issuer = OpenSSLBytes.encoded({ i2d_X509_NAME(X509_CRL_get_issuer(list), $0) })
        else { throw .revocationList(doing: "reading the CRL") }
        self.der = der
        self.issuer = issuer
        self.lastUpdate = lastUpdate
        nextUpdate = Timestamp(X509_CRL_get0_nextUpdate(list))
        self.handle = handle
    }

    func isSigned(by root: Certificate) -> Bool {
        let list = handle.pointer
        defer { OpenSSLErrors.clear() }
        return root.withX509 { X509_CRL_verify(list, X509_get0_pubkey($0)) } == 1
    }

    /// Whether the list names this certificate. Certificates of other issuers are never on it.
    func names(_ certificate: Certificate) -> Bool {
        let list = handle.pointer
        return certificate.withX509 { x509 in
            guard X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_issuer_name(x509)) == 0 else { return false }
            var entry: OpaquePointer?
            // 1: revoked; 2: its entry says that it is taken off the list again; 0: not on it.
            return X509_CRL_get0_by_cert(list, &entry, x509) == 1
        }
    }
}

extension CryptoFailure {
    static func revocationList(doing: String) -> CryptoFailure {
        .openSSL(
            Bilingual(
                ja: "失効リスト（CRL）を使えません。信頼する CA が発行した完全な CRL（PEM）を指定してください。",
                en: "The revocation list cannot be used. Give the complete CRL (PEM) issued by a trusted CA."),
            doing: doing)
    }
}
