// Roots, revocation lists, and the judgement of a certificate against them (RFC 5280 §6). A pure function of certificate,
// purpose and time: the caller may keep a verdict as long as the certificate's dates and the store stay the same.
// Whether the certificate is enrolled, and with which rights, is the directory's question.

import COpenSSL
package import MimamoriCore

/// Roots and revocation lists, and the diagnosis of a certificate against them. A CA certificate given here is trusted as
/// it stands, whether it signed itself or not; nothing else is, so no chain is longer than root and holder unless a
/// statement carried CAs, and none does.
package struct TrustStore: Sendable {
    package enum Purpose: Sendable, Hashable { case client, encryption, statement, server }

    private let roots: Roots
    private let lists: [RevocationList]

    /// PEM texts; several blocks each. Throws when there is no root, when one is no CA or too weak, or when a CRL is not
    /// signed by one of the roots. Of several CRLs by one CA the newest holds.
    package init(rootsPEM: String, revocationListsPEM: String?) throws(CryptoFailure) {
        let authorities = try Certificate.all(inPEM: rootsPEM)
        guard !authorities.isEmpty, authorities.allSatisfy({ $0.usages.isAuthority && $0.keyKind.isAllowed }) else {
            throw CryptoFailure(
                message: Bilingual(
                    ja: "信頼する認証局（CA）の証明書が見つからないか、CA の証明書でないもの、鍵の弱いものが含まれています。",
                    en: "There is no CA certificate to trust, or one of them is not a CA's or has a weak key."),
                cause: "\(authorities.count) certificates among the roots")
        }
        var newest: [[UInt8]: RevocationList] = [:]
        for block in PEMText.blocks(of: revocationListsPEM ?? "", labelled: "X509 CRL") {
            let list = try RevocationList(pem: block)
            guard authorities.contains(where: list.isSigned) else { throw .revocationList(doing: "unknown signer") }
            if let other = newest[list.issuer], other.lastUpdate >= list.lastUpdate { continue }
            newest[list.issuer] = list
        }
        if newest.isEmpty, revocationListsPEM != nil { throw .revocationList(doing: "no CRL in the text") }
        lists = newest.values.sorted { $0.lastUpdate > $1.lastUpdate }
        roots = try Roots(authorities)
    }

    /// `nil` when the certificate is sound for `purpose` at `now`: chain, dates, key strength, usage, one mimamori URI,
    /// not revoked. Otherwise a refusal that says whose certificate, which check, what to do. CRLs that are past their
    /// next update are told by `revocationListNextUpdate`, not here, and are still used.
    package func refusal(of certificate: Certificate, for purpose: Purpose, at now: Timestamp) -> Refusal? {
        if let refusal = chainRefusal(of: certificate, at: now) { return refusal }
        if isRevoked(certificate) { return CertificateDiagnosis(of: certificate).revoked() }
        return CertificateRules.refusal(of: certificate, for: purpose)
    }

    package func isRevoked(_ certificate: Certificate) -> Bool { lists.contains { $0.names(certificate) } }

    /// When the first of the CRLs in use should have been replaced; nil without one.
    package var revocationListNextUpdate: Timestamp? { lists.compactMap(\.nextUpdate).min() }

    /// The newest CRL.
    package var revocationListDER: [UInt8]? { lists.first?.der }

    private func chainRefusal(of certificate: Certificate, at now: Timestamp) -> Refusal? {
        let verdict = roots.verdict(of: certificate, at: now)
        let diagnosis = CertificateDiagnosis(of: certificate)
        switch verdict.code {
        case X509_V_OK:
            return nil
        case X509_V_ERR_CERT_HAS_EXPIRED where verdict.depth == 0:
            return diagnosis.expired(at: certificate.notAfter, now: now)
        case X509_V_ERR_CERT_NOT_YET_VALID where verdict.depth == 0:
            return diagnosis.notYetValid(from: certificate.notBefore, now: now)
        case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID:
            return diagnosis.authorityOutOfDate()
        case X509_V_ERR_EE_KEY_TOO_SMALL:
            return diagnosis.weakKey(certificate.keyKind.name)
        case X509_V_ERR_CA_MD_TOO_WEAK, X509_V_ERR_CA_KEY_TOO_SMALL:
            return diagnosis.weakKey(verdict.text)
        default:
            return diagnosis.untrusted(verdict.text)
        }
    }
}

/// OpenSSL's store of trusted CA certificates; filled once, read from many threads.
private final class Roots: Sendable {
    struct Verdict {
        let code: Int32
        /// 0: the certificate itself; more: a CA above it.
        let depth: Int32
        let text: String
    }

    private let handle: OpenSSLHandle

    init(_ authorities: [Certificate]) throws(CryptoFailure) {
        handle = try OpenSSLHandle(X509_STORE_new(), doing: "X509_STORE_new", free: { X509_STORE_free($0) })
        let store = handle.pointer
        for authority in authorities {
            guard authority.withX509({ X509_STORE_add_cert(store, $0) }) == 1 else {
                throw .library(doing: "X509_STORE_add_cert")
            }
        }
    }

    /// The chain and its dates. Revocation and usage are judged apart, so that each has a refusal of its own.
    func verdict(of certificate: Certificate, at now: Timestamp) -> Verdict {
        defer { OpenSSLErrors.clear() }
        guard let context = X509_STORE_CTX_new() else { return Self.memoryExhausted }
        defer { X509_STORE_CTX_free(context) }
        return certificate.withX509 { x509 in
            guard X509_STORE_CTX_init(context, handle.pointer, x509, nil) == 1,
                let parameters = X509_STORE_CTX_get0_param(context)
            else { return Self.memoryExhausted }
            X509_VERIFY_PARAM_set_time(parameters, time_t(now.wholeSeconds))
            X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_X509_STRICT) | UInt(X509_V_FLAG_PARTIAL_CHAIN))
            // 112 bits: no SHA-1 or MD5 signature in the chain. The keys' own 128 bits are CertificateRules' business.
            X509_VERIFY_PARAM_set_auth_level(parameters, 2)
            let isSound = X509_verify_cert(context) == 1
            let code = X509_STORE_CTX_get_error(context)
            return Verdict(
                code: isSound || code != X509_V_OK ? code : X509_V_ERR_UNSPECIFIED,
                depth: X509_STORE_CTX_get_error_depth(context),
                text: String(cString: X509_verify_cert_error_string(Int(code))))
        }
    }

    private static let memoryExhausted = Verdict(code: X509_V_ERR_OUT_OF_MEM, depth: 0, text: "out of memory")
}
