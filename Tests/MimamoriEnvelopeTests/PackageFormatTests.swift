// docs/package-format.md is run as it stands; what stock tools made there is read with the house's own code.

import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope
import TestSupport
import Testing

@Suite struct PackageFormatTests {
    @Test func theStoryGoesAsItIsWritten() throws {
        let pki = try DevelopmentPKI.shared()
        try ScratchFolder.with { folder in
            let document = try ShellDocument("docs/package-format.md")
            #expect(document.blocks.count == 7)
            let outcome = try document.run(in: folder, variables: ["PKI": pki.folder])
            try #require(outcome.status == 0, "\(outcome.text)\(outcome.errors)")
            #expect(outcome.text.contains("aomori-police/hachinohe/officer"))
            #expect(outcome.text.contains("aomori-police/hachinohe/chief"))
            #expect(outcome.text.contains("練習用の記録"))

            let signers = try Certificate.all(
                inPEM: String(decoding: folder.read("signers.pem"), as: UTF8.self))
            let statement = try SignedStatement(der: folder.read("manifest.cms"))
            #expect(statement.isSigned(by: signers))
            let manifest = try Manifest.read(statement.content).get()
            let parts = try [folder.read("part.00"), folder.read("part.01")]
            #expect(manifest.parts.map(\.sha256) == parts.map { Digest.sha256($0) })
            #expect(manifest.parts.map(\.bytes) == parts.map(\.count))
            #expect(manifest.sealedTo.count == 3)
            #expect(manifest.answers != nil && manifest.criterion == CivilDate("2025-04-01"))
            for file in ["encryption", "encryption-next"] {
                let key = try Sealing.key(pki.party("aomori/hachinohe-shi", file))
                #expect(manifest.sealedTo.contains(key.certificate.fingerprint))
                let tar = try parts.flatMap { try Envelope.open($0, with: key) }
                #expect(tar.starts(with: try folder.read("piece.00")))
                #expect(tar.count == (try folder.read("piece.00").count + folder.read("piece.01").count))
            }
        }
    }

    @Test func aChangedPartIsFoundByStockTools() throws {
        let pki = try DevelopmentPKI.shared()
        try ScratchFolder.with { folder in
            let pair = pki.party("aomori/hachinohe-shi")
            var part = try Envelope.seal(Array("content".utf8), to: [Sealing.key(pair).certificate])
            part[part.count - 20] ^= 1
            let outcome = try ForeignTool.openssl.outcome([
                "cms", "-decrypt", "-binary", "-inform", "DER", "-in", folder.file("part", part), "-recip",
                pair.certificate, "-inkey", pair.key,
            ])
            #expect(outcome.status != 0)
        }
    }
}
