// A package to as many recipients as the limits allow still fits: what CMS writes for each reader makes the content of a part
// smaller, never the part too large (N6: many councils at once).

import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope
import TestSupport
import Testing

@testable import MimamoriClient

struct ManyRecipientsTests {
    /// `encryption` is on P-256, `encryption-next` RSA of 3072 bits.
    @Test(arguments: ["encryption", "encryption-next"], [1, 29, PackageLimits.recipientCount + 1])
    func aPartFitsWhateverTheReaders(file: String, readers: Int) throws {
        let demo = try Demo()
        let certificate = try Certificate(
            pem: demo.pki.text(of: demo.pki.party("aomori/hachinohe-shi", file).certificate))
        let sealing = SealingCertificates(Array(repeating: certificate, count: readers))
        if readers <= 29 { #expect(sealing.partContentBytes == PackageLimits.partContentBytes) }
        #expect(sealing.partContentBytes > PackageLimits.partContentBytes / 2)
        let content = [UInt8](repeating: 0x41, count: sealing.partContentBytes)
        #expect(try Envelope.seal(content, to: sealing.certificates).count <= PackageLimits.partBytes)
    }

    /// Parts smaller than 4 MiB are opened like any other.
    @Test func contentIsCutByWhatFits() throws {
        let demo = try Demo()
        let content = try Content(
            record: Array("{}".utf8), attachments: [demo.file("a.txt", [UInt8](repeating: 0x41, count: 10_000))],
            modified: demo.now)
        #expect(content.partCount(of: 4096) == Int(content.bytes + 4095) / 4096)
        #expect(content.partCount(of: PackageLimits.partContentBytes) == 1)
    }
}
