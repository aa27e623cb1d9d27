// Signing and verifying statements, by ourselves and with stock openssl on either side.

import MimamoriCore
import MimamoriCrypto
import TestSupport
import Testing

@Suite struct StatementTests {
    let pki: DevelopmentPKI
    let content = Array(#"{"format":"mimamori-manifest/1","kind":"referral"}"#.utf8)

    init() throws { pki = try DevelopmentPKI.shared() }

    @Test func whatIsSignedVerifies() throws {
        let signer = try Identities.signer(pki.officer)
        for bytes in [[], content, [UInt8](repeating: 0x0A, count: 100_000)] {
            let statement = try SignedStatement(der: try signer.sign(bytes))
            #expect(statement.content == bytes)
            #expect(statement.signers == [signer.certificate.issuerAndSerial])
            #expect(statement.isSigned(by: [signer.certificate]))
        }
    }

    @Test func everySignerNeedsItsCertificate() throws {
        let officer = try Identities.signer(pki.officer)
        let chief = try Identities.signer(pki.chief)
        let one = try SignedStatement(der: try officer.sign(content))
        let two = try SignedStatement(der: try chief.countersign(one))
        #expect(two.content == content)
        #expect(Set(two.signers) == [officer.certificate.issuerAndSerial, chief.certificate.issuerAndSerial])
        let both = [chief.certificate, officer.certificate]
        #expect(two.isSigned(by: both))
        #expect(!two.isSigned(by: [officer.certificate]))
        #expect(!two.isSigned(by: [chief.certificate]))
        #expect(!two.isSigned(by: []))
        // Each answer stands alone: none is helped by the one before.
        #expect(two.isSigned(by: both))
        #expect(!one.isSigned(by: [chief.certificate]))
        #expect(one.isSigned(by: both))
    }

    @Test func nobodySignsTwice() throws {
        let officer = try Identities.signer(pki.officer)
        let one = try SignedStatement(der: try officer.sign(content))
        let failure = #expect(throws: CryptoFailure.self) { try officer.countersign(one) }
        #expect(failure?.message.en.contains("Another person") == true)
    }

    @Test func aKeyMustFitItsCertificate() throws {
        let certificate = try Identities.certificate(pki.officer)
        let key = try pki.text(of: pki.chief.key)
        #expect(throws: CryptoFailure.self) { try StatementSigner(certificate: certificate, privateKeyPEM: key) }
        let weak = pki.bad(.weakKey)
        let failure = #expect(throws: CryptoFailure.self) { try Identities.signer(weak) }
        #expect(failure?.message.en.contains("RSA 2048") == true)
    }

    @Test func aFlippedBitNeverVerifiesOtherContent() throws {
        let officer = try Identities.signer(pki.officer)
        let chief = try Identities.signer(pki.chief)
        let one = try officer.sign(content)
        let two = try chief.countersign(SignedStatement(der: one))
        let certificates = [officer.certificate, chief.certificate]
        for (der, signers) in [(one, 1), (two, 2)] {
            for position in der.indices {
                for bit: UInt8 in [0x01, 0x20, 0x80] {
                    var changed = der
                    changed[position] ^= bit
                    guard let statement = try? SignedStatement(der: changed) else { continue }
                    guard statement.isSigned(by: certificates) else { continue }
                    // What no signature covers (a version, an algorithm's NULL) may differ; what was signed may not.
                    #expect(statement.content == content, "byte \(position)")
                    #expect(statement.signers.count == signers, "byte \(position)")
                }
            }
        }
    }

    @Test func everyTruncationAndAnyTrailingByteFails() throws {
        let der = try Identities.signer(pki.officer).sign(content)
        for count in der.indices {
            #expect(throws: CryptoFailure.self) { try SignedStatement(der: Array(der.prefix(count))) }
        }
        #expect(throws: CryptoFailure.self) { try SignedStatement(der: der + [0]) }
    }

    @Test func theLengthOfTheFirstValueIsRead() throws {
        let der = try Identities.signer(pki.officer).sign(content)
        #expect(SignedStatement.length(ofFirst: der) == der.count)
        #expect(SignedStatement.length(ofFirst: der + content) == der.count)
        #expect(SignedStatement.length(ofFirst: (content + der)[content.count...]) == der.count)
        let cases: [([UInt8], Int?)] = [
            ([0x30, 0x00], 2), ([0x30, 0x7F], 129), ([0x30, 0x81, 0x80], 131), ([0x30, 0x82, 0x01, 0x00], 260),
            ([], nil), ([0x30], nil), ([0x30, 0x80], nil), ([0x30, 0x81, 0x7F], nil), ([0x30, 0x82, 0x00, 0xFF], nil),
            ([0x30, 0x85, 1, 0, 0, 0, 0], nil), ([0x30, 0x82, 0x01], nil), ([0x31, 0x00], nil),
        ]
        for (bytes, length) in cases { #expect(SignedStatement.length(ofFirst: bytes) == length, "\(bytes)") }
    }

    @Test func manyThreadsSignAndVerify() async throws {
        let officer = try Identities.signer(pki.officer)
        let statement = try SignedStatement(der: try officer.sign(content))
        let verified = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let own = try? SignedStatement(der: officer.sign([UInt8(number)]))
                    return own?.isSigned(by: [officer.certificate]) == true
                        && statement.isSigned(by: [officer.certificate])
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(verified == 64)
    }
}
