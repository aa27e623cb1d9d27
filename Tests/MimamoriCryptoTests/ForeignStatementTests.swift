// Statements between us and stock openssl: it verifies ours, we verify its, and what it can make besides the agreed form
// is refused.

import MimamoriCore
import MimamoriCrypto
import TestSupport
import Testing

@Suite struct ForeignStatementTests {
    let pki: DevelopmentPKI
    let content = Array(#"{"format":"mimamori-manifest/1","kind":"referral"}"#.utf8)

    init() throws { pki = try DevelopmentPKI.shared() }

    @Test func stockOpenSSLVerifiesOursAndTheSecondSigner() throws {
        let one = try Identities.signer(pki.officer).sign(content)
        let two = try Identities.signer(pki.chief).countersign(SignedStatement(der: one))
        #expect(try verified(one, signers: [pki.officer]) == content)
        #expect(try verified(two, signers: [pki.officer, pki.chief]) == content)
        // With one certificate missing the second signature cannot be checked, and openssl says so.
        #expect(throws: ForeignTool.Failed.self) { try verified(two, signers: [pki.officer]) }
    }

    @Test func ourFormIsAsAgreed() throws {
        let one = try Identities.signer(pki.officer).sign(content)
        let printed = try ForeignTool.openssl.run(["cms", "-cmsout", "-print", "-inform", "DER", "-noout"], input: one)
        let text = String(decoding: printed, as: UTF8.self)
        #expect(text.contains("algorithm: sha256 (2.16.840.1.101.3.4.2.1)"))
        #expect(text.contains("algorithm: ecdsa-with-SHA256"))
        #expect(text.contains("certificates:\n      <ABSENT>"))
        #expect(text.contains("object: messageDigest"))
        #expect(!text.contains("S/MIME Capabilities"))
    }

    /// More options of `openssl cms -sign`.
    static let accepted: [[String]] = [["-nocerts"], ["-nosmimecap"], ["-md", "sha384"], ["-md", "sha512"], []]

    @Test(arguments: accepted)
    func weVerifyStockOpenSSLs(_ options: [String]) throws {
        let statement = try SignedStatement(der: try signed(by: [pki.officer], ["-nodetach"] + options))
        let officer = try Identities.signer(pki.officer).certificate
        let chief = try Identities.signer(pki.chief)
        #expect(statement.content == content)
        #expect(statement.isSigned(by: [officer]))
        #expect(!statement.isSigned(by: [chief.certificate]))
        // The second signature joins whatever digest the first one took.
        let two = try SignedStatement(der: chief.countersign(statement))
        #expect(two.isSigned(by: [officer, chief.certificate]))
        #expect(try verified(two.der, signers: [pki.officer, pki.chief]) == content)
    }

    @Test func aSecondSignerOfStockOpenSSLVerifies() throws {
        let one = try Identities.signer(pki.officer).sign(content)
        let two = try ScratchFolder.with { folder in
            try ForeignTool.openssl.run([
                "cms", "-resign", "-inform", "DER", "-outform", "DER", "-nocerts", "-in", folder.file("one", one),
                "-signer", pki.chief.certificate, "-inkey", pki.chief.key,
            ])
        }
        let certificates = [try Identities.certificate(pki.officer), try Identities.certificate(pki.chief)]
        #expect(try SignedStatement(der: two).isSigned(by: certificates))
    }

    @Test func anRSASignerVerifies() throws {
        var odd = OddCertificate()
        odd.keyArguments = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"]
        let (pem, key) = try odd.make(by: pki)
        let signer = try StatementSigner(certificate: Certificate(pem: pem), privateKeyPEM: key)
        let statement = try SignedStatement(der: try signer.sign(content))
        #expect(statement.isSigned(by: [signer.certificate]))
    }

    /// A name, more options of `openssl cms -sign`.
    static let refused: [(String, [String])] = [
        ("detached", []), ("no signed attributes", ["-nodetach", "-noattr"]), ("SHA-1", ["-nodetach", "-md", "sha1"]),
        ("SHA-224", ["-nodetach", "-md", "sha224"]), ("signer by key identifier", ["-nodetach", "-keyid"]),
        ("another content type", ["-nodetach", "-econtent_type", "1.2.3.4"]),
    ]

    @Test(arguments: refused)
    func otherFormsAreRefused(_ name: String, _ options: [String]) throws {
        let der = try signed(by: [pki.officer], options)
        #expect(throws: CryptoFailure.self, "\(name)") { try SignedStatement(der: der) }
    }

    @Test func theNumberOfSignersIsLimited() throws {
        let pairs = [pki.officer, pki.chief, pki.clerk]
        let three = try signed(by: pairs, ["-nodetach", "-nocerts"])
        #expect(throws: CryptoFailure.self) { try SignedStatement(der: three) }
        let certificates = try pairs.map(Identities.certificate)
        #expect(try SignedStatement(der: three, maximumSigners: 3).isSigned(by: certificates))
        let two = try signed(by: Array(pairs.prefix(2)), ["-nodetach"])
        #expect(throws: CryptoFailure.self) { try SignedStatement(der: two, maximumSigners: 1) }
        let twice = try signed(by: [pki.officer, pki.officer], ["-nodetach", "-nocerts"])
        #expect(throws: CryptoFailure.self) { try SignedStatement(der: twice) }
    }

    @Test func withoutAnySignerItIsNoStatement() throws {
        // A certificates-only message, which `openssl crl2pkcs7` makes, is SignedData without signer.
        let bare = try ForeignTool.openssl.run([
            "crl2pkcs7", "-nocrl", "-certfile", pki.officer.certificate, "-outform", "DER",
        ])
        #expect(throws: CryptoFailure.self) { try SignedStatement(der: bare) }
    }

    @Test func certificatesInsideAreNeverUsed() throws {
        // Signed soundly by a stranger who brings the certificate along, under the officer's address.
        let statement = try SignedStatement(der: try signed(by: [pki.bad(.otherCA)], ["-nodetach"]))
        #expect(!statement.isSigned(by: []))
        #expect(!statement.isSigned(by: [try Identities.certificate(pki.officer)]))
    }

    /// What stock openssl says the content is, after checking signatures and chains.
    private func verified(_ der: [UInt8], signers: [DevelopmentPKI.Pair]) throws -> [UInt8] {
        try ScratchFolder.with { folder in
            let certificates = try signers.map { try pki.text(of: $0.certificate) }.joined()
            return try ForeignTool.openssl.run(
                [
                    "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any", "-CAfile", pki.root, "-certfile",
                    folder.file("signers.pem", certificates.utf8),
                ], input: der)
        }
    }

    private func signed(by pairs: [DevelopmentPKI.Pair], _ options: [String]) throws -> [UInt8] {
        try ForeignTool.openssl.run(
            ["cms", "-sign", "-binary", "-outform", "DER"] + options
                + pairs.flatMap { ["-signer", $0.certificate, "-inkey", $0.key] }, input: content)
    }
}
