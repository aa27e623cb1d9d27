// What PartInspection refuses: everything that stock openssl or a hand can make that is not the agreed form. It lives
// beside the envelope's tests because only they may make sealed parts.

import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope
import TestSupport
import Testing

@Suite struct InspectionTests {
    let pki: DevelopmentPKI
    let content = Array("content".utf8)

    init() throws { pki = try DevelopmentPKI.shared() }

    /// A name, the recipient's file, more options of `openssl cms -encrypt`, the cipher.
    static let foreign: [(String, String, [String], String)] = [
        ("AES-128-GCM", "encryption", Sealing.curve, "-aes-128-gcm"),
        ("AES-256-CBC is EnvelopedData", "encryption", Sealing.curve, "-aes-256-cbc"),
        ("KDF with SHA-1", "encryption", [], "-aes-256-gcm"),
        ("PKCS #1 v1.5", "encryption-next", [], "-aes-256-gcm"),
        ("OAEP with SHA-1", "encryption-next", ["-keyopt", "rsa_padding_mode:oaep"], "-aes-256-gcm"),
        (
            "OAEP with MGF1 of SHA-1", "encryption-next",
            Array(Sealing.oaep.prefix(4)) + ["-keyopt", "rsa_mgf1_md:sha1"], "-aes-256-gcm"
        ),
        ("recipient by key identifier", "encryption", Sealing.curve + ["-keyid"], "-aes-256-gcm"),
        ("AES-128 key wrap", "encryption", Sealing.curve + ["-aes128-wrap"], "-aes-256-gcm"),
    ]

    @Test(arguments: foreign)
    func foreignFormsAreRefused(_ name: String, _ file: String, _ options: [String], _ cipher: String) throws {
        let pair = pki.party("aomori/hachinohe-shi", file)
        let part = try Sealing.stock(content, to: pair, options, cipher: cipher)
        let refusal = #expect(throws: Refusal.self) { try PartInspection(der: part) }
        #expect(refusal?.code == .partNotSealed)
        #expect(throws: CryptoFailure.self) { try Envelope.open(part, with: Sealing.key(pair)) }
    }

    @Test func passwordsAndSharedKeysAreRefused() throws {
        let shared = ["-secretkey", String(repeating: "ab", count: 32), "-secretkeyid", "01"]
        let alone = try ForeignTool.openssl.run(
            ["cms", "-encrypt", "-binary", "-outform", "DER", "-aes-256-gcm"] + shared, input: content)
        let pair = pki.party("aomori/hachinohe-shi")
        // Beside a good recipient too.
        for part in [alone, try Sealing.stock(content, to: pair, Sealing.curve + shared)] {
            let refusal = #expect(throws: Refusal.self) { try PartInspection(der: part) }
            #expect(refusal?.message.en.contains("password or shared key") == true)
        }
        // Stock openssl makes no password recipient with GCM, so the recipient's tag is changed: [1] key agreement into
        // [2] shared key, [3] password, [4] other.
        let good = try Envelope.seal(content, to: [Sealing.key(pair).certificate])
        let recipient = try #require(good.firstIndex(of: 0x31).map { good[$0...].firstIndex(of: 0xA1) } ?? nil)
        for tag: UInt8 in [0xA2, 0xA3, 0xA4] {
            var changed = good
            changed[recipient] = tag
            let refusal = #expect(throws: Refusal.self) { try PartInspection(der: changed) }
            #expect(refusal?.message.en.contains("password or shared key") == true)
        }
    }

    @Test func streamedBERIsRefused() throws {
        let part = try Sealing.stock(content, to: pki.party("aomori/hachinohe-shi"), Sealing.curve + ["-stream"])
        #expect(throws: Refusal.self) { try PartInspection(der: part) }
    }

    @Test func otherThingsAreRefused() throws {
        let signed = try ForeignTool.openssl.run(
            [
                "cms", "-sign", "-binary", "-nodetach", "-outform", "DER", "-signer",
                pki.person("aomori-police/hachinohe", "officer").certificate, "-inkey",
                pki.person("aomori-police/hachinohe", "officer").key,
            ], input: content)
        for bytes in [[], [0x30, 0x00], content, signed] {
            let refusal = #expect(throws: Refusal.self) { try PartInspection(der: bytes) }
            #expect(refusal?.code == .partNotSealed)
        }
    }

    @Test func theTagHasSixteenBytes() throws {
        let part = try Envelope.seal(content, to: [Sealing.key(pki.party("aomori/hachinohe-shi")).certificate])
        #expect(try PartInspection(der: part).contentBytes == content.count)
        // aes-ICVlen INTEGER 16 is 02 01 10; RFC 5084 allows 12 to 16.
        let parameter = try #require(part.firstRange(of: [0x02, 0x01, 0x10]))
        for length: UInt8 in [4, 12, 15, 17] {
            var changed = part
            changed[parameter.upperBound - 1] = length
            let refusal = #expect(throws: Refusal.self) { try PartInspection(der: changed) }
            #expect(refusal?.message.en.contains("16 bytes") == true)
        }
        // The tag itself is the last octet string; one byte less breaks every length around it too.
        #expect(part[part.count - 18] == 0x04 && part[part.count - 17] == 16)
        #expect(throws: Refusal.self) { try PartInspection(der: Array(part.dropLast())) }
    }

    @Test func everyChangeOfTheOutsideIsRefusedOrHarmless() throws {
        let certificate = try Sealing.key(pki.party("aomori/hachinohe-shi")).certificate
        let part = try Envelope.seal(content, to: [certificate])
        for position in part.indices {
            var changed = part
            changed[position] = ~changed[position]
            // Never a crash; and when it is still read, the content's length stays.
            if let inspection = try? PartInspection(der: changed) {
                #expect(inspection.contentBytes == content.count, "byte \(position)")
            }
        }
    }
}
