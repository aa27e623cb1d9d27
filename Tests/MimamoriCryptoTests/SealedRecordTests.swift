// Data keys and what they seal; keyrings and what they wrap.

import MimamoriCore
import MimamoriCrypto
import TestSupport
import Testing

@Suite struct SealedRecordTests {
    let key = DataKey.random()

    static let sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_001]

    @Test(arguments: sizes)
    func whatIsSealedOpens(_ size: Int) throws {
        let plain = Randomness.bytes(size)
        let sealed = try key.seal(plain, context: "parts/1/0")
        #expect(sealed.count == size + DataKey.overhead(for: size))
        #expect(try key.open(sealed, context: "parts/1/0") == plain)
        // A collection without contiguous storage takes the other path.
        #expect(try key.open(sealed.lazy.map { $0 }, context: "parts/1/0") == plain)
        #expect(try key.open(try key.seal(plain.lazy.map { $0 }, context: "c"), context: "c") == plain)
    }

    @Test func theSameBytesAreNeverSealedAlike() throws {
        #expect(try key.seal([1, 2, 3], context: "a") != key.seal([1, 2, 3], context: "a"))
    }

    @Test func whatIsMovedDoesNotOpen() throws {
        let sealed = try key.seal([1, 2, 3], context: "packages/17/manifest")
        for context in ["packages/18/manifest", "packages/17/manifest/", "", "packages/17"] {
            #expect(throws: CryptoFailure.self) { try key.open(sealed, context: context) }
        }
        #expect(throws: CryptoFailure.self) { try DataKey.random().open(sealed, context: "packages/17/manifest") }
    }

    @Test func aChangedByteDoesNotOpen() throws {
        let sealed = try key.seal(Array("わずかな内容".utf8), context: "c")
        for position in sealed.indices {
            var changed = sealed
            changed[position] ^= 1
            #expect(throws: CryptoFailure.self) { try key.open(changed, context: "c") }
        }
        for count in sealed.indices {
            #expect(throws: CryptoFailure.self) { try key.open(sealed.prefix(count), context: "c") }
        }
        #expect(throws: CryptoFailure.self) { try key.open(sealed + [0], context: "c") }
    }

    @Test func chunksCannotBeDroppedDoubledOrSwapped() throws {
        let sealed = try key.seal(Randomness.bytes(3 * 65_536), context: "c")
        let chunk = 65_536 + 28
        let chunks = (0..<3).map { Array(sealed[(1 + $0 * chunk)..<(1 + ($0 + 1) * chunk)]) }
        #expect(try key.open([1] + chunks.joined(), context: "c").count == 3 * 65_536)
        for order in [[0, 1], [0, 0, 1, 2], [1, 0, 2], [0, 2, 1], [0, 1, 2, 2], [1, 2], []] {
            let changed: [UInt8] = [1] + order.map { chunks[$0] }.joined()
            #expect(throws: CryptoFailure.self, "\(order)") { try key.open(changed, context: "c") }
        }
    }

    @Test func anUnknownVersionSaysSo() throws {
        var sealed = try key.seal([1], context: "c")
        sealed[0] = 2
        let failure = #expect(throws: CryptoFailure.self) { try key.open(sealed, context: "c") }
        #expect(failure?.message.en.contains("version 2") == true)
    }

    @Test func nothingPrintsAKey() {
        let ring = Keyring.ephemeral()
        for text in [String(describing: key), String(reflecting: key), "\(ring)", String(reflecting: ring)] {
            #expect(text.contains("redacted"))
        }
        #expect(Mirror(reflecting: key).children.isEmpty && Mirror(reflecting: ring).children.isEmpty)
    }

    @Test func aKeyringUnwrapsWhatItWrapped() throws {
        let ring = Keyring.ephemeral()
        let wrapped = try ring.wrap(key, owner: "package/17")
        let sealed = try key.seal([9, 9], context: "c")
        #expect(wrapped.keyEncryptionKeyID == ring.activeKeyID)
        #expect(try ring.unwrap(wrapped, owner: "package/17").open(sealed, context: "c") == [9, 9])
        #expect(throws: CryptoFailure.self) { try ring.unwrap(wrapped, owner: "package/18") }
        #expect(throws: CryptoFailure.self) { try Keyring.ephemeral().unwrap(wrapped, owner: "package/17") }
        for position in wrapped.bytes.indices {
            var bytes = wrapped.bytes
            bytes[position] ^= 1
            let changed = WrappedKey(keyEncryptionKeyID: wrapped.keyEncryptionKeyID, bytes: bytes)
            #expect(throws: CryptoFailure.self) { try ring.unwrap(changed, owner: "package/17") }
        }
        let short = WrappedKey(keyEncryptionKeyID: wrapped.keyEncryptionKeyID, bytes: [])
        #expect(throws: CryptoFailure.self) { try ring.unwrap(short, owner: "package/17") }
    }

    @Test func aRotatedKeyringStillUnwraps() throws {
        let before = Keyring.ephemeral()
        let wrapped = try before.wrap(key, owner: "o")
        let after = before.rotated()
        #expect(after.activeKeyID != before.activeKeyID)
        #expect(after.keyIDs == [after.activeKeyID, before.activeKeyID])
        let sealed = try key.seal([5], context: "c")
        #expect(try after.unwrap(wrapped, owner: "o").open(sealed, context: "c") == [5])
        #expect(throws: CryptoFailure.self) { try before.unwrap(after.wrap(key, owner: "o"), owner: "o") }
    }
}
