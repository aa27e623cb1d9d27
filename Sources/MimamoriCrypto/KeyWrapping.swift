// The ways of handing a part's key to a recipient that the house takes (SD-CRY-1): RSAES-OAEP with SHA-2 (RFC 3560,
// RFC 4055), and ephemeral-static ECDH with a SHA-2 KDF (RFC 5753) and AES-256 key wrap (RFC 3565). PKCS #1 v1.5 and
// SHA-1, which stock OpenSSL takes when it is told nothing, are not among them.

import MimamoriCore

enum KeyWrapping {
    /// Why a KeyTransRecipientInfo's algorithm is refused, if it is.
    static func checkTransport(_ algorithm: DERReader.Element) throws(DERReader.Malformed) -> Bilingual? {
        var fields = DERReader(algorithm.value)
        guard try fields.next(DERReader.Tag.objectIdentifier).value.elementsEqual(ObjectIdentifiers.rsaesOAEP) else {
            return Bilingual(ja: "RSA の宛先が OAEP ではありません", en: "an RSA recipient does not use OAEP")
        }
        // RSAES-OAEP-params: [0] hash, [1] mask generation by the same kind of hash; absent means SHA-1. No label [2].
        let weak = Bilingual(ja: "RSA-OAEP のハッシュが SHA-2 ではありません", en: "an RSA-OAEP recipient does not use SHA-2")
        var parameters = try fields.enter(DERReader.Tag.sequence)
        try fields.finish()
        guard var hash = try parameters.nextIfPresent(DERReader.Tag.context(0)).map({ DERReader($0.value) }),
            var mask = try parameters.nextIfPresent(DERReader.Tag.context(1)).map({ DERReader($0.value) })
        else { return weak }
        try parameters.finish()
        var generator = try mask.enter(DERReader.Tag.sequence)
        guard try generator.next(DERReader.Tag.objectIdentifier).value.elementsEqual(ObjectIdentifiers.mgf1),
            try isSHA2(&hash), try isSHA2(&generator)
        else { return weak }
        return nil
    }

    /// Why a KeyAgreeRecipientInfo's algorithm is refused, if it is.
    static func checkAgreement(_ algorithm: DERReader.Element) throws(DERReader.Malformed) -> Bilingual? {
        var fields = DERReader(algorithm.value)
        let scheme = Array(try fields.next(DERReader.Tag.objectIdentifier).value)
        guard ObjectIdentifiers.ecdhWithSHA2.contains(scheme) else {
            return Bilingual(
                ja: "楕円曲線の宛先の鍵導出が SHA-2 ではありません", en: "an elliptic-curve recipient's key derivation is not SHA-2")
        }
        var wrap = try fields.enter(DERReader.Tag.sequence)
        guard try wrap.next(DERReader.Tag.objectIdentifier).value.elementsEqual(ObjectIdentifiers.aes256Wrap) else {
            return Bilingual(ja: "鍵の包装が AES-256 ではありません", en: "a recipient's key is not wrapped with AES-256")
        }
        return nil
    }

    private static func isSHA2(_ reader: inout DERReader) throws(DERReader.Malformed) -> Bool {
        var algorithm = try reader.enter(DERReader.Tag.sequence)
        return ObjectIdentifiers.sha2.contains(Array(try algorithm.next(DERReader.Tag.objectIdentifier).value))
    }
}

/// The value bytes of the object identifiers that a part may name.
enum ObjectIdentifiers {
    /// 1.2.840.113549.1.7.1
    static let data: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01]
    /// 1.2.840.113549.1.9.16.1.23
    static let authEnvelopedData: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17]
    /// 2.16.840.1.101.3.4.1.46
    static let aes256GCM: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2E]
    /// 2.16.840.1.101.3.4.1.45
    static let aes256Wrap: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2D]
    /// 1.2.840.113549.1.1.7
    static let rsaesOAEP: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x07]
    /// 1.2.840.113549.1.1.8
    static let mgf1: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x08]
    /// 2.16.840.1.101.3.4.2.1 to .3: SHA-256, SHA-384, SHA-512
    static let sha2: Set<[UInt8]> = Set((1...3).map { [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, $0] })
    /// 1.3.132.1.11.1 to .3: dhSinglePass-stdDH with the KDF of SHA-256, SHA-384, SHA-512
    static let ecdhWithSHA2: Set<[UInt8]> = Set((1...3).map { [0x2B, 0x81, 0x04, 0x01, 0x0B, $0] })
}
