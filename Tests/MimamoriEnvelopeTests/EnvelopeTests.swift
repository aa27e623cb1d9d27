// Sealing and opening parts, by ourselves and with stock openssl on either side.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope
import TestSupport
import Testing

@Suite struct EnvelopeTests {
    let pki: DevelopmentPKI
    let content = Array("相談の内容は封の中だけにあります。".utf8)

    init() throws { pki = try DevelopmentPKI.shared() }

    /// The council's certificates and their kind: P-256, and RSA-3072 for the overlap.
    static let files = ["encryption", "encryption-next"]

    @Test(arguments: files)
    func whatIsSealedOpens(_ file: String) throws {
        let key = try Sealing.key(pki.party("aomori/hachinohe-shi", file))
        for bytes in [[], content, [UInt8](repeating: 7, count: PackageLimits.partContentBytes)] {
            let part = try Envelope.seal(bytes, to: [key.certificate])
            #expect(try Envelope.open(part, with: key) == bytes)
            #expect(part.count <= PackageLimits.partBytes)
        }
    }

    @Test func everyRecipientOpensAndNobodyElse() throws {
        let stems = [
            ("aomori/hachinohe-shi", "encryption"), ("aomori/hachinohe-shi", "encryption-next"),
            ("aomori-police/hachinohe", "encryption"),
        ]
        let keys = try stems.map { try Sealing.key(pki.party($0.0, $0.1)) }
        let part = try Envelope.seal(content, to: keys.map(\.certificate))
        for key in keys { #expect(try Envelope.open(part, with: key) == content) }
        let other = try Sealing.key(pki.party("aomori/towada-shi"))
        #expect(throws: CryptoFailure.self) { try Envelope.open(part, with: other) }
        #expect(try PartInspection(der: part).recipients == Set(keys.map(\.certificate.issuerAndSerial)))
        #expect(try PartInspection(der: part).contentBytes == content.count)
    }

    @Test(arguments: files)
    func stockOpenSSLOpensOurs(_ file: String) throws {
        let pair = pki.party("aomori/hachinohe-shi", file)
        let others = try [pair, pki.party("aomori-police/hachinohe")].map { try Sealing.key($0).certificate }
        let part = try Envelope.seal(content, to: others)
        let opened = try ForeignTool.openssl.run(
            ["cms", "-decrypt", "-binary", "-inform", "DER", "-recip", pair.certificate, "-inkey", pair.key],
            input: part)
        #expect(opened == content)
    }

    @Test(arguments: files)
    func weOpenStockOpenSSLs(_ file: String) throws {
        let pair = pki.party("aomori/hachinohe-shi", file)
        let part = try Sealing.stock(content, to: pair, file == "encryption" ? Sealing.curve : Sealing.oaep)
        #expect(try Envelope.open(part, with: Sealing.key(pair)) == content)
    }

    @Test func aFlippedBitOpensToNothingElse() throws {
        for file in Self.files {
            let key = try Sealing.key(pki.party("aomori/hachinohe-shi", file))
            let part = try Envelope.seal(content, to: [key.certificate])
            for position in part.indices {
                for bit: UInt8 in [0x01, 0x80] {
                    var changed = part
                    changed[position] ^= bit
                    let opened = try? Envelope.open(changed, with: key)
                    // Nothing protects how the key is announced to the recipient, only what it opens.
                    #expect(opened == nil || opened == content, "byte \(position)")
                }
            }
        }
    }

    @Test func everyTruncationAndAnyTrailingByteFails() throws {
        let key = try Sealing.key(pki.party("aomori/hachinohe-shi"))
        let part = try Envelope.seal(content, to: [key.certificate])
        for count in part.indices {
            #expect(throws: CryptoFailure.self) { try Envelope.open(Array(part.prefix(count)), with: key) }
        }
        #expect(throws: CryptoFailure.self) { try Envelope.open(part + [0], with: key) }
        #expect(throws: CryptoFailure.self) { try Envelope.open(part + part, with: key) }
    }

    @Test func theFailureHasWordsOfOurOwn() throws {
        let key = try Sealing.key(pki.party("aomori/hachinohe-shi"))
        var part = try Envelope.seal(content, to: [key.certificate])
        part[part.count - 1] ^= 1
        let failure = #expect(throws: CryptoFailure.self) { try Envelope.open(part, with: key) }
        #expect(failure?.message.en.contains("Nothing of it was taken out") == true)
        #expect(failure?.message.ja.isEmpty == false)
    }

    @Test func aKeyMustFitItsCertificate() throws {
        let clerk = pki.party("aomori/hachinohe-shi")
        let certificate = try Sealing.key(clerk).certificate
        let others = try pki.text(of: pki.party("aomori/towada-shi").key)
        #expect(throws: CryptoFailure.self) { try DecryptionKey(certificate: certificate, privateKeyPEM: others) }
        #expect(throws: CryptoFailure.self) { try DecryptionKey(certificate: certificate, privateKeyPEM: "no key") }
        let encrypted = try ForeignTool.openssl.run(
            ["pkcs8", "-topk8", "-in", clerk.key, "-passout", "pass:x"])
        let failure = #expect(throws: CryptoFailure.self) {
            try DecryptionKey(
                certificate: certificate, privateKeyPEM: String(decoding: encrypted, as: UTF8.self))
        }
        #expect(failure?.message.en.contains("passphrase") == true)
    }

    @Test func aRecipientThatIsTooWeakIsRefused() throws {
        let weak = try Certificate(pem: try pki.text(of: pki.bad(.weakKey).certificate))
        #expect(throws: CryptoFailure.self) { try Envelope.seal(content, to: [weak]) }
    }
}
