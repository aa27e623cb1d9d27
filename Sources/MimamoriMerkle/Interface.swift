// Interface to be filled in: the signatures that other rooms build on.

/// A node or leaf hash, 32 bytes.
package struct MerkleHash: Sendable, Hashable {
    package let bytes: [UInt8]
    package init?(bytes: [UInt8]) { guard bytes.count == 32 else { return nil }; self.bytes = bytes }
    /// SHA-256(0x00 ‖ entry), RFC 9162 §2.1.1.
    package static func leaf(_ entry: [UInt8]) -> MerkleHash { fatalError() }
}

/// The peaks of a tree: what is needed to append.
package struct Frontier: Sendable, Hashable {
    package let size: Int64
    package let peaks: [MerkleHash]
    /// The empty tree.
    package init() { fatalError() }
    /// `nil` when the number of peaks is not the number of one-bits in `size`.
    package init?(size: Int64, peaks: [MerkleHash]) { fatalError() }
    package mutating func append(_ leaf: MerkleHash) { fatalError() }
    package var root: MerkleHash { fatalError() }
}

/// A tree head as text: C2SP tlog-checkpoint.
package struct Checkpoint: Sendable, Hashable {
    package let origin: String
    package let size: Int64
    package let root: MerkleHash
    package init(origin: String, size: Int64, root: MerkleHash) { fatalError() }
    /// The body of the note, three lines each ending in a newline.
    package var body: String { fatalError() }
    package init?(body: String) { fatalError() }
}

/// A key that signs checkpoints: Ed25519 in the C2SP signed-note form.
package struct NoteSigner: Sendable {
    /// `seed` is the 32-byte Ed25519 private key.
    package init?(name: String, seed: [UInt8]) { fatalError() }
    /// `<name>+<key id>+<base64 key>`
    package var verifierKey: String { fatalError() }
    package func sign(_ body: String) -> String { fatalError() }
}

package struct NoteVerifier: Sendable {
    package let name: String
    package init?(verifierKey: String) { fatalError() }
    /// The body of the note when one of its signatures is this key's and right; `nil` otherwise.
    package func open(_ note: String) -> String? { fatalError() }
}
