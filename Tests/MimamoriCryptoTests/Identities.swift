// Persons, parties and the store of the development PKI as values of MimamoriCrypto.

import Foundation
import MimamoriCore
import MimamoriCrypto
import TestSupport

enum Identities {
    static func certificate(_ pair: DevelopmentPKI.Pair) throws -> Certificate {
        try Certificate(pem: try String(contentsOfFile: pair.certificate, encoding: .utf8))
    }

    static func signer(_ pair: DevelopmentPKI.Pair) throws -> StatementSigner {
        try StatementSigner(
            certificate: certificate(pair), privateKeyPEM: try String(contentsOfFile: pair.key, encoding: .utf8))
    }

    static func store(_ pki: DevelopmentPKI) throws -> TrustStore {
        try TrustStore(
            rootsPEM: try pki.text(of: pki.root), revocationListsPEM: try pki.text(of: pki.revocationList))
    }
}

/// Names of the persons that tests sign with.
extension DevelopmentPKI {
    var officer: Pair { person("aomori-police/hachinohe", "officer") }
    var chief: Pair { person("aomori-police/hachinohe", "chief") }
    var clerk: Pair { person("aomori/hachinohe-shi", "clerk") }
}

/// A certificate that no CA script makes: any key, any extensions, signed by the development root or by itself.
struct OddCertificate {
    var keyArguments = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
    var extensions = [
        "basicConstraints=critical,CA:false", "keyUsage=critical,digitalSignature", "extendedKeyUsage=clientAuth",
        "subjectAltName=URI:mimamori://aomori-police/hachinohe/officer", "subjectKeyIdentifier=hash",
        "authorityKeyIdentifier=keyid",
    ]
    var digest = "-sha256"

    /// The certificate and its key in PEM.
    func make(by pki: DevelopmentPKI) throws -> (certificate: String, key: String) {
        try ScratchFolder.with { folder in
            let key = try ForeignTool.openssl.run(["genpkey"] + keyArguments)
            let keyPath = try folder.file("key.pem", key)
            let configuration = try folder.file(
                "openssl.cnf", "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=odd\n".utf8)
            let certificate = try ForeignTool.openssl.run(
                [
                    "req", "-x509", "-config", configuration, "-key", keyPath, "-CA", pki.root, "-CAkey", pki.rootKey,
                    "-days", "30", "-subj", "/CN=odd", digest,
                ] + extensions.flatMap { ["-addext", $0] })
            return (String(decoding: certificate, as: UTF8.self), String(decoding: key, as: UTF8.self))
        }
    }
}
