// SHA-256 against the vectors of FIPS 180-4 and stock openssl, at once and in pieces.

import MimamoriCore
import MimamoriCrypto
import TestSupport
import Testing

@Suite struct DigestTests {
    static let vectors = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test(arguments: vectors)
    func vectorsAgree(_ text: String, _ digest: String) {
        #expect(Digest.sha256(text.utf8).hexadecimal == digest)
        #expect(Digest.sha256(AnySequence(Array(text.utf8))).hexadecimal == digest)
    }

    @Test func piecesAgreeWithTheWholeAndWithOpenSSL() throws {
        let bytes = Randomness.bytes(100_000)
        var digest = Digest.Incremental()
        for start in stride(from: 0, to: bytes.count, by: 777) {
            digest.update(bytes[start..<min(bytes.count, start + 777)])
        }
        let printed = try ForeignTool.openssl.run(["dgst", "-sha256", "-r"], input: bytes)
        #expect(digest.bytes == bytes.count)
        #expect(digest.finalize() == Digest.sha256(bytes))
        #expect(String(decoding: printed, as: UTF8.self).hasPrefix(digest.finalize().hexadecimal))
    }

    @Test func randomBytesDiffer() {
        #expect(Randomness.bytes(32).count == 32)
        #expect(Randomness.bytes(32) != Randomness.bytes(32))
        #expect(Randomness.bytes(0).isEmpty)
    }
}
