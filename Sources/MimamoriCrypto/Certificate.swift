// A parsed X.509 certificate (RFC 5280): what it names, when it holds, which key it has. Whether to believe it is
// TrustStore's question, whether it may speak the directory's. Parsing and decoding the key cost OpenSSL 3.0 about
// 200 µs, so a certificate is parsed once and kept.

import COpenSSL
package import MimamoriCore

/// A parsed X.509 certificate. Immutable; parsing costs about 200 µs, so keep it.
package final class Certificate: Sendable {
    package let der: [UInt8]
    package let fingerprint: CertificateFingerprint
    /// Issuer and serial number: how CMS names signers and recipients.
    package let issuerAndSerial: IssuerAndSerial
    package let notBefore: Timestamp
    package let notAfter: Timestamp
    /// Every SAN of type URI.
    package let identityURIs: [String]
    /// The subject's name as RFC 2253 writes it; for display only, identity is the SAN's.
    package let subject: String
    package let keyKind: PublicKeyKind
    let usages: CertificateUsages
    private let handle: OpenSSLHandle

    /// Reads exactly one certificate; bytes that do not encode back to themselves are refused, so that a certificate
    /// has one fingerprint only.
    package convenience init(der: [UInt8]) throws(CryptoFailure) {
        let handle = OpenSSLBytes.decoded(der, { d2i_X509(nil, $0, $1) }, free: { X509_free($0) })
        guard let handle else { throw .unreadableCertificate(doing: "d2i_X509") }
        try self.init(handle: handle)
        guard self.der == der else { throw .unreadableCertificate(doing: "re-encoding, not DER") }
    }

    /// Reads the first certificate of a PEM text.
    package convenience init(pem: String) throws(CryptoFailure) {
        let pointer = OpenSSLBytes.withReader(pem.utf8) { PEM_read_bio_X509($0, nil, nil, nil) }
        guard let handle = OpenSSLHandle(pointer, free: { X509_free($0) }) else {
            throw .unreadableCertificate(doing: "PEM_read_bio_X509")
        }
        try self.init(handle: handle)
    }

    private init(handle: consuming OpenSSLHandle) throws(CryptoFailure) {
        let x509 = handle.pointer
        guard let der = OpenSSLBytes.encoded({ i2d_X509(x509, $0) }) else { throw .library(doing: "i2d_X509") }
        guard let notBefore = Timestamp(X509_get0_notBefore(x509)), let notAfter = Timestamp(X509_get0_notAfter(x509))
        else { throw .unreadableCertificate(doing: "validity") }
        guard let key = X509_get0_pubkey(x509) else { throw .unreadableCertificate(doing: "X509_get0_pubkey") }
        self.der = der
        self.notBefore = notBefore
        self.notAfter = notAfter
        fingerprint = CertificateFingerprint(sha256: der)
        issuerAndSerial = try IssuerAndSerial(
            issuer: X509_get_issuer_name(x509), serial: X509_get0_serialNumber(x509))
        identityURIs = Self.uris(of: x509)
        subject = Self.name(X509_get_subject_name(x509))
        keyKind = PublicKeyKind(key: key)
        usages = CertificateUsages(x509)
        self.handle = handle
    }

    package var pem: String {
        let bytes = withX509 { x509 in OpenSSLBytes.written { PEM_write_bio_X509($0, x509) == 1 } }
        guard let bytes else { preconditionFailure("a parsed certificate can be written") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The one mimamori URI of the SAN; nil when there is none or more than one.
    package var identityURI: String? {
        let ours = identityURIs.filter { $0.lowercased().hasPrefix("mimamori:") }
        return ours.count == 1 ? ours[0] : nil
    }

    /// What the SAN URI says when read as a person; nil when there is not exactly one mimamori URI.
    package var person: PersonAddress? { identityURI.flatMap(IdentityURI.person) }

    /// What the SAN URI says when read as a party; nil when there is not exactly one mimamori URI.
    package var party: Address? { identityURI.flatMap(IdentityURI.party) }

    /// Lends OpenSSL's X509 for reading; it must not leave `body`.
    package func withX509<Value, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(handle.pointer)
    }

    /// Every certificate of a PEM text, in its order.
    package static func all(inPEM pem: String) throws(CryptoFailure) -> [Certificate] {
        var found: [Certificate] = []
        for block in PEMText.blocks(of: pem, labelled: "CERTIFICATE") { found.append(try Certificate(pem: block)) }
        return found
    }

    private static func uris(of x509: OpaquePointer) -> [String] {
        guard let found = X509_get_ext_d2i(x509, NID_subject_alt_name, nil, nil) else { return [] }
        let names = OpaquePointer(found)
        defer { GENERAL_NAMES_free(names) }
        return (0..<shim_general_name_count(names)).compactMap { index in
            shim_general_name_uri(names, index).map {
                String(decoding: OpenSSLBytes.value(of: $0), as: UTF8.self)
            }
        }
    }

    private static func name(_ name: OpaquePointer?) -> String {
        let bytes = OpenSSLBytes.written { X509_NAME_print_ex($0, name, 0, shim_name_format()) >= 0 }
        return String(decoding: bytes ?? [], as: UTF8.self)
    }
}

/// How CMS (RFC 5652 §10.2.4) names a certificate without carrying it.
package struct IssuerAndSerial: Sendable, Hashable {
    /// DER of the issuer name, then the serial's DER.
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }

    init(issuer: OpaquePointer?, serial: UnsafePointer<ASN1_INTEGER>?) throws(CryptoFailure) {
        guard let name = OpenSSLBytes.encoded({ i2d_X509_NAME(issuer, $0) }),
            let number = OpenSSLBytes.encoded({ i2d_ASN1_INTEGER(serial, $0) })
        else { throw .library(doing: "issuer and serial") }
        bytes = name + number
    }
}

/// keyUsage, extendedKeyUsage and basicConstraints, as OpenSSL decodes them once.
struct CertificateUsages: Sendable, Hashable {
    let digitalSignature: Bool
    let keyEncipherment: Bool
    let keyAgreement: Bool
    let clientAuth: Bool
    let serverAuth: Bool
    let isAuthority: Bool

    init(_ x509: OpaquePointer) {
        let key = X509_get_key_usage(x509)
        let extended = X509_get_extended_key_usage(x509)
        // An absent extension allows everything in X.509 and nothing here: each of our usages must be written out.
        func has(_ usage: Int32, in value: UInt32) -> Bool { value != UInt32.max && value & UInt32(usage) != 0 }
        digitalSignature = has(KU_DIGITAL_SIGNATURE, in: key)
        keyEncipherment = has(KU_KEY_ENCIPHERMENT, in: key)
        keyAgreement = has(KU_KEY_AGREEMENT, in: key)
        clientAuth = has(XKU_SSL_CLIENT, in: extended)
        serverAuth = has(XKU_SSL_SERVER, in: extended)
        isAuthority = X509_check_ca(x509) != 0
    }
}

extension CryptoFailure {
    static func unreadableCertificate(doing: String) -> CryptoFailure {
        .openSSL(
            Bilingual(
                ja: "証明書として読めません。CA から受け取ったファイル（PEM または DER）をそのまま指定してください。",
                en: "This is not a readable certificate. Give the file (PEM or DER) just as the CA issued it."),
            doing: doing)
    }
}
