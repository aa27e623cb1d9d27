// What must be kept of a tree to append to it: its size and the roots of its perfect subtrees ("peaks"), one for each
// one-bit of the size, largest first. An append costs at most log2(size) hashes and needs no older leaf; the root is
// that of RFC 9162 §2.1.1. Keeping it in the transaction that adds the leaf is left to the relay and its store.

/// The root of 256^`level` leaves, kept so that a proof need not hash them again: together with the leaf hashes (level
/// 0), these are the hashes that Proof.swift is given.
package struct KeptNode: Sendable, Hashable {
    /// How many levels of the binary tree lie between two that are kept, as in C2SP tlog-tiles.
    package static let height = 8
    /// How many nodes of one level make one of the next.
    package static let width: Int64 = 1 << height

    /// From 1.
    package let level: Int
    /// From 0, in the order of the leaves.
    package let number: Int64
    package let hash: MerkleHash

    package init(level: Int, number: Int64, hash: MerkleHash) {
        self.level = level
        self.number = number
        self.hash = hash
    }
}

/// The peaks of a tree.
package struct Frontier: Sendable, Hashable {
    /// The number of leaves.
    package private(set) var size: Int64
    /// Largest subtree, and so oldest leaves, first.
    package private(set) var peaks: [MerkleHash]

    /// The empty tree.
    package init() {
        size = 0
        peaks = []
    }

    /// `nil` when the number of peaks is not the number of one-bits in `size`.
    package init?(size: Int64, peaks: [MerkleHash]) {
        guard size >= 0, peaks.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.peaks = peaks
    }

    /// Adds the leaf with the index `size`. The answer is the nodes that it completes and that are kept for proofs: one
    /// in 256 leaves.
    @discardableResult
    package mutating func append(_ leaf: MerkleHash) -> [KeptNode] {
        // Each trailing one-bit of the size is a subtree that the new leaf completes to one of twice its size.
        var peak = leaf
        var kept: [KeptNode] = []
        for height in 1..<1 + (~size).trailingZeroBitCount {
            peak = .node(peaks.removeLast(), peak)
            if height.isMultiple(of: KeptNode.height) {
                kept.append(KeptNode(level: height / KeptNode.height, number: size >> height, hash: peak))
            }
        }
        peaks.append(peak)
        size += 1
        return kept
    }

    package var root: MerkleHash {
        guard var root = peaks.last else { return .emptyRoot }
        for peak in peaks.dropLast().reversed() {
            root = .node(peak, root)
        }
        return root
    }
}
