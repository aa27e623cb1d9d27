// Reads the outside of a sealed part, which needs no key: that it is CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM
// (RFC 5084), and to whom it is sealed. The relay takes nothing else, and the client opens nothing else. Whether the
// recipients are the declared ones is the policy's question; opening is MimamoriEnvelope's.

package import MimamoriCore

/// The outside of a sealed part: what can be read without any key.
package struct PartInspection: Sendable {
    package let recipients: Set<IssuerAndSerial>
    /// Bytes of content inside.
    package let contentBytes: Int

    /// Refuses anything but one AuthEnvelopedData in DER: aes-256-gcm with a 12-byte nonce and a 16-byte tag; recipients
    /// by RSA-OAEP or ECDH with SHA-2, each named by issuer and serial; no password, no shared key, no originator's
    /// certificates, no attributes, no trailing bytes.
    package init(der: [UInt8]) throws(Refusal) {
        do {
            var result: Result<PartInspection, any Error>?
            der.withUnsafeBytes { bytes in result = Result { try PartInspection(reading: bytes) } }
            self = try (result ?? .failure(DERReader.Malformed())).get()
        } catch let flaw as Flaw {
            throw .partNotSealed(flaw.text)
        } catch {
            throw .partNotSealed(
                Bilingual(ja: "CMS（DER）として読めません", en: "it cannot be read as CMS in DER"))
        }
    }

    /// Readable, but not what we take.
    private struct Flaw: Error {
        let text: Bilingual
    }

    private init(reading bytes: UnsafeRawBufferPointer) throws {
        var outer = DERReader(bytes)
        var contentInfo = try outer.enter(DERReader.Tag.sequence)
        try outer.finish()
        guard Self.matches(try contentInfo.next(), ObjectIdentifiers.authEnvelopedData) else {
            throw Flaw(text: Bilingual(ja: "AuthEnvelopedData ではありません", en: "it is not AuthEnvelopedData"))
        }
        var explicit = try contentInfo.enter(DERReader.Tag.context(0))
        try contentInfo.finish()
        var data = try explicit.enter(DERReader.Tag.sequence)
        try explicit.finish()
        // RFC 5083 §2.1: version 0.
        guard try data.next(DERReader.Tag.integer).value.elementsEqual([0]) else { throw DERReader.Malformed() }
        var infos = try data.enter(DERReader.Tag.set)
        var found: [IssuerAndSerial] = []
        while !infos.isAtEnd { found += try Self.recipients(try infos.next()) }
        recipients = Set(found)
        guard !found.isEmpty, recipients.count == found.count else {
            throw Flaw(text: Bilingual(ja: "宛先が空か、重複しています", en: "its recipients are none, or repeated"))
        }
        contentBytes = try Self.contentBytes(try data.next(DERReader.Tag.sequence))
        let tag = try data.next(DERReader.Tag.octetString)
        guard tag.value.count == Self.tagBytes else { throw Self.wrongTag }
        guard data.isAtEnd else {
            throw Flaw(text: Bilingual(ja: "余分な属性が付いています", en: "it carries attributes"))
        }
    }

    private static let tagBytes = 16
    private static var wrongTag: Flaw {
        Flaw(text: Bilingual(ja: "認証タグが 16 バイトではありません", en: "its authentication tag is not of 16 bytes"))
    }

    /// The holders that one RecipientInfo (RFC 5652 §6.2) seals to.
    private static func recipients(_ info: DERReader.Element) throws -> [IssuerAndSerial] {
        var fields = DERReader(info.value)
        switch info.tag {
        case DERReader.Tag.sequence:
            _ = try fields.next(DERReader.Tag.integer)
            let recipient = try issuerAndSerial(try fields.next())
            try KeyWrapping.checkTransport(try fields.next(DERReader.Tag.sequence)).map { throw Flaw(text: $0) }
            _ = try fields.next(DERReader.Tag.octetString)
            try fields.finish()
            return [recipient]
        case DERReader.Tag.context(1):
            _ = try fields.next(DERReader.Tag.integer)
            _ = try fields.next(DERReader.Tag.context(0))
            _ = try fields.nextIfPresent(DERReader.Tag.context(1))
            try KeyWrapping.checkAgreement(try fields.next(DERReader.Tag.sequence)).map { throw Flaw(text: $0) }
            var keys = try fields.enter(DERReader.Tag.sequence)
            try fields.finish()
            var recipients: [IssuerAndSerial] = []
            while !keys.isAtEnd {
                var key = try keys.enter(DERReader.Tag.sequence)
                recipients.append(try issuerAndSerial(try key.next()))
                _ = try key.next(DERReader.Tag.octetString)
                try key.finish()
            }
            return recipients
        default:
            throw Flaw(
                text: Bilingual(ja: "パスワードや共有鍵による宛先があります", en: "it has a recipient by password or shared key"))
        }
    }

    private static func issuerAndSerial(_ identifier: DERReader.Element) throws -> IssuerAndSerial {
        guard identifier.tag == DERReader.Tag.sequence else {
            throw Flaw(
                text: Bilingual(
                    ja: "宛先が証明書の発行者と番号で示されていません", en: "a recipient is not named by issuer and serial number"))
        }
        var fields = DERReader(identifier.value)
        _ = try fields.next(DERReader.Tag.sequence)
        _ = try fields.next(DERReader.Tag.integer)
        try fields.finish()
        return IssuerAndSerial(bytes: Array(identifier.value))
    }

    /// Checks EncryptedContentInfo and measures what is inside.
    private static func contentBytes(_ info: DERReader.Element) throws -> Int {
        var fields = DERReader(info.value)
        guard matches(try fields.next(), ObjectIdentifiers.data) else { throw DERReader.Malformed() }
        var algorithm = try fields.enter(DERReader.Tag.sequence)
        guard matches(try algorithm.next(), ObjectIdentifiers.aes256GCM) else {
            throw Flaw(text: Bilingual(ja: "AES-256-GCM で暗号化されていません", en: "it is not encrypted with AES-256-GCM"))
        }
        var parameters = try algorithm.enter(DERReader.Tag.sequence)
        try algorithm.finish()
        guard try parameters.next(DERReader.Tag.octetString).value.count == 12 else {
            throw Flaw(text: Bilingual(ja: "ノンスが 12 バイトではありません", en: "its nonce is not of 12 bytes"))
        }
        // The default of RFC 5084 is 12, so that 16 is always written out.
        guard let length = try parameters.nextIfPresent(DERReader.Tag.integer),
            length.value.elementsEqual([UInt8(tagBytes)])
        else { throw wrongTag }
        try parameters.finish()
        let content = try fields.next(DERReader.Tag.contextPrimitive(0))
        try fields.finish()
        return content.value.count
    }

    private static func matches(_ element: DERReader.Element, _ identifier: [UInt8]) -> Bool {
        element.tag == DERReader.Tag.objectIdentifier && element.value.elementsEqual(identifier)
    }
}

extension Refusal {
    fileprivate static func partNotSealed(_ why: Bilingual) -> Refusal {
        Refusal(
            .partNotSealed, rule: "SD-APR-7, SD-CRY-1, RFC 5083",
            message: Bilingual(
                ja: "部分（part）が決められた形で封印されていません: \(why.ja)。", en: "The part is not sealed in the agreed form: \(why.en)."
            ),
            remedy: Bilingual(
                ja: "送信側のソフトウェアを確認してください。封印の形は docs/package-format.md にあります。",
                en: "The sending software is at fault; docs/package-format.md gives the form."))
    }
}
