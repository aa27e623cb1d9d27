// The hashes of the access log's tree (RFC 9162 §2.1.1): a leaf is hashed under 0x00 and an inner node under 0x01, so
// that neither can be passed off as the other. SHA-256 is swift-crypto's. What an entry says is no business of this
// room: it knows bytes and positions only.

import Crypto

/// A node or leaf hash, 32 bytes.
package struct MerkleHash: Sendable, Hashable {
    package let bytes: [UInt8]

    /// `nil` unless there are 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    package static let byteCount = 32

    /// SHA-256(0x00 ‖ entry).
    package static func leaf(_ entry: [UInt8]) -> MerkleHash {
        var hasher = SHA256()
        hasher.update(data: [0x00] as [UInt8])
        hasher.update(data: entry)
        return MerkleHash(hasher.finalize())
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        var hasher = SHA256()
        hasher.update(data: [0x01] as [UInt8])
        hasher.update(data: left.bytes)
        hasher.update(data: right.bytes)
        return MerkleHash(hasher.finalize())
    }

    /// The root above so many hashes of one height, a power of two.
    static func root(ofComplete hashes: [MerkleHash]) -> MerkleHash {
        precondition(hashes.count.nonzeroBitCount == 1, "a complete tree has a power of two of leaves")
        var hashes = hashes
        while hashes.count > 1 {
            hashes = stride(from: 0, to: hashes.count, by: 2).map { .node(hashes[$0], hashes[$0 + 1]) }
        }
        return hashes[0]
    }

    /// The root of a tree without leaves: SHA-256 of nothing.
    static let emptyRoot = MerkleHash(SHA256.hash(data: [] as [UInt8]))

    private init(_ digest: SHA256.Digest) {
        bytes = Array(digest)
    }
}
