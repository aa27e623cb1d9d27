// What is read from a certificate, and every way in which one is judged.

import MimamoriCore
import MimamoriCrypto
import TestSupport
import Testing

@Suite struct CertificateTests {
    let pki: DevelopmentPKI
    let store: TrustStore
    let now = Moment.now()

    init() throws {
        pki = try DevelopmentPKI.shared()
        store = try Identities.store(pki)
    }

    @Test func everythingOfACertificateIsRead() throws {
        let certificate = try Identities.certificate(pki.officer)
        #expect(certificate.person?.text == "aomori-police/hachinohe:officer")
        #expect(certificate.identityURIs == ["mimamori://aomori-police/hachinohe/officer"])
        #expect(certificate.subject == "CN=aomori-police/hachinohe/officer,O=Mimamori Relay development")
        #expect(certificate.keyKind == .p256)
        #expect(certificate.notAfter.seconds(since: certificate.notBefore) == 397 * 86_400 + 3600)
        #expect(try Certificate(pem: certificate.pem).der == certificate.der)
        #expect(try Certificate(der: certificate.der).fingerprint == certificate.fingerprint)
    }

    @Test func fingerprintAndSerialAgreeWithOpenSSL() throws {
        let certificate = try Identities.certificate(pki.officer)
        let printed = try ForeignTool.openssl.run(
            ["x509", "-in", pki.officer.certificate, "-noout", "-fingerprint", "-sha256", "-serial"])
        let lines = String(decoding: printed, as: UTF8.self).split(separator: "\n")
        let fingerprint = lines[0].split(separator: "=")[1].filter { $0 != ":" }.lowercased()
        let serial = lines[1].split(separator: "=")[1].lowercased()
        #expect(certificate.fingerprint.hexadecimal == fingerprint)
        #expect(Hexadecimal.encode(certificate.issuerAndSerial.bytes).hasSuffix(serial))
    }

    @Test func partyWithADeskIsReadAsParty() throws {
        let certificate = try Identities.certificate(pki.party("aomori/hachinohe-shi/center"))
        #expect(certificate.party?.text == "aomori/hachinohe-shi/center")
    }

    static let sound: [(String, TrustStore.Purpose)] = [
        ("persons/aomori-police/hachinohe/officer", .client),
        ("persons/aomori/hachinohe-shi/center/counselor", .client),
        ("parties/aomori/hachinohe-shi/encryption", .encryption),
        ("parties/aomori/hachinohe-shi/encryption-next", .encryption),
        ("parties/aomori/hachinohe-shi/center/encryption", .encryption), ("relay/statement", .statement),
        ("relay/tls", .server), ("bad/unenrolled", .client), ("bad/wrong-address", .client),
    ]

    @Test(arguments: sound)
    func soundCertificatesPass(_ stem: String, _ purpose: TrustStore.Purpose) throws {
        let certificate = try Certificate(pem: try pki.text(of: "\(pki.folder)/\(stem).pem"))
        #expect(store.refusal(of: certificate, for: purpose, at: now) == nil)
        #expect(!store.isRevoked(certificate))
    }

    static let bad: [(DevelopmentPKI.Bad, Refusal.Code)] = [
        (.expired, .certificateExpired), (.otherCA, .certificateUntrusted), (.revoked, .certificateRevoked),
        (.noClientUsage, .certificateUsage), (.weakKey, .certificateWeakKey),
    ]

    @Test(arguments: bad)
    func eachBadCertificateHasItsOwnRefusal(_ bad: DevelopmentPKI.Bad, _ code: Refusal.Code) throws {
        let certificate = try Identities.certificate(pki.bad(bad))
        let refusal = try #require(store.refusal(of: certificate, for: .client, at: now))
        #expect(refusal.code == code)
        // Without clientAuth the URI may be a party's or a person's, so it is shown as it stands.
        let owner = "aomori-police/hachinohe" + (bad == .noClientUsage ? "/officer" : ":officer")
        #expect(refusal.message.ja.contains(owner) && refusal.message.en.contains(owner))
        #expect(refusal.message.en.contains("check: "))
        #expect(!refusal.remedy.ja.isEmpty && !refusal.remedy.en.isEmpty)
    }

    @Test func theTimeIsTheCallersAlone() throws {
        let expired = try Identities.certificate(pki.bad(.expired))
        #expect(store.refusal(of: expired, for: .client, at: expired.notAfter.advanced(bySeconds: -1)) == nil)
        #expect(code(expired, at: expired.notBefore.advanced(bySeconds: -1)) == .certificateNotYetValid)
        let officer = try Identities.certificate(pki.officer)
        #expect(store.refusal(of: officer, for: .client, at: officer.notBefore) == nil)
        #expect(code(officer, at: officer.notBefore.advanced(bySeconds: -1)) == .certificateNotYetValid)
        #expect(code(officer, at: officer.notAfter.advanced(bySeconds: 1)) == .certificateExpired)
        // The root itself ends after ten years and began three years ago.
        #expect(code(officer, at: now.advanced(bySeconds: 11 * 365 * 86_400)) != nil)
        #expect(code(officer, at: now.advanced(bySeconds: -4 * 365 * 86_400)) == .certificateUntrusted)
    }

    static let wrongPurpose: [(String, TrustStore.Purpose)] = [
        ("persons/aomori-police/hachinohe/officer", .encryption),
        ("persons/aomori-police/hachinohe/officer", .statement),
        ("persons/aomori-police/hachinohe/officer", .server), ("parties/aomori/hachinohe-shi/encryption", .client),
        ("parties/aomori/hachinohe-shi/encryption", .statement),
        ("parties/aomori/hachinohe-shi/encryption-next", .statement), ("relay/statement", .client),
        ("relay/statement", .encryption), ("relay/tls", .client), ("relay/tls", .encryption),
    ]

    @Test(arguments: wrongPurpose)
    func noCertificateServesAnotherPurpose(_ stem: String, _ purpose: TrustStore.Purpose) throws {
        let certificate = try Certificate(pem: try pki.text(of: "\(pki.folder)/\(stem).pem"))
        #expect(store.refusal(of: certificate, for: purpose, at: now)?.code == .certificateUsage)
    }

    static let oddities: [([String: String], [String], Refusal.Code)] = [
        ([:], ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-224"], .certificateWeakKey),
        ([:], ["-algorithm", "ED25519"], .certificateWeakKey),
        (["subjectAltName": "DNS:example.test"], [], .certificateIdentity),
        (["subjectAltName": "URI:mimamori://a/b/c,URI:mimamori://a/b/d"], [], .certificateIdentity),
        (["subjectAltName": "URI:mimamori://a/b/c,URI:MIMAMORI://a/b/d"], [], .certificateIdentity),
        (["subjectAltName": "URI:mimamori://a/b/"], [], .certificateIdentity),
        (["subjectAltName": "URI:mimamori://a/b/../c"], [], .certificateIdentity),
        (["keyUsage": "critical,keyAgreement"], [], .certificateUsage),
        (["extendedKeyUsage": "anyExtendedKeyUsage"], [], .certificateUsage),
        (["basicConstraints": "critical,CA:true", "keyUsage": "critical,keyCertSign"], [], .certificateUsage),
    ]

    @Test(arguments: oddities)
    func oddCertificatesAreRefused(_ changed: [String: String], _ key: [String], _ code: Refusal.Code) throws {
        var odd = OddCertificate()
        odd.extensions = odd.extensions.map { line in
            let name = String(line.prefix { $0 != "=" })
            return changed[name].map { "\(name)=\($0)" } ?? line
        }
        if !key.isEmpty { odd.keyArguments = key }
        if key.contains("ED25519") { odd.digest = "-sha256" }
        let certificate = try Certificate(pem: odd.make(by: pki).certificate)
        #expect(store.refusal(of: certificate, for: .client, at: Moment.now())?.code == code)
    }

    @Test func sha1SignatureIsTooWeak() throws {
        var odd = OddCertificate()
        odd.digest = "-sha1"
        let certificate = try Certificate(pem: odd.make(by: pki).certificate)
        #expect(store.refusal(of: certificate, for: .client, at: Moment.now())?.code == .certificateWeakKey)
    }

    @Test func aPartysCertificateThatCouldConnectIsRefused() throws {
        var odd = OddCertificate()
        odd.extensions[1] = "keyUsage=critical,keyAgreement,digitalSignature"
        odd.extensions[3] = "subjectAltName=URI:mimamori://aomori/hachinohe-shi/center"
        let certificate = try Certificate(pem: odd.make(by: pki).certificate)
        #expect(store.refusal(of: certificate, for: .encryption, at: Moment.now())?.code == .certificateUsage)
    }

    @Test func aChangedByteIsNeverTrusted() throws {
        let der = try Identities.certificate(pki.officer).der
        for position in der.indices {
            var changed = der
            changed[position] ^= 0x01
            guard let certificate = try? Certificate(der: changed) else { continue }
            #expect(store.refusal(of: certificate, for: .client, at: now) != nil, "byte \(position)")
        }
    }

    @Test func whatIsNotACertificateIsAFailure() throws {
        let der = try Identities.certificate(pki.officer).der
        for bytes in [[], [0x30], Array(der.dropLast()), der + [0]] {
            #expect(throws: CryptoFailure.self) { try Certificate(der: bytes) }
        }
        #expect(throws: CryptoFailure.self) { try Certificate(pem: "") }
        #expect(throws: CryptoFailure.self) { try Certificate(pem: try pki.text(of: pki.officer.key)) }
    }

    private func code(_ certificate: Certificate, at time: Timestamp) -> Refusal.Code? {
        store.refusal(of: certificate, for: .client, at: time)?.code
    }
}
