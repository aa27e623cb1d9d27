// What must be kept of a tree to append to it: its size and the roots of its perfect subtrees ("peaks"), one for each
// one-bit of the size, largest first. An append costs at most log2(size) hashes and needs no older leaf; the root is
// that of RFC 9162 §2.1.1. Keeping it in the transaction that adds the leaf is left to the relay and its store.

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

    /// Adds the leaf with the index `size`.
    package mutating func append(_ leaf: MerkleHash) {
        // Each trailing one-bit of the size is a subtree that the new leaf completes to one of twice its size.
        var peak = leaf
        for _ in 0..<(~size).trailingZeroBitCount {
            peak = .node(peaks.removeLast(), peak)
        }
        peaks.append(peak)
        size += 1
    }

    package var root: MerkleHash {
        guard var root = peaks.last else { return .emptyRoot }
        for peak in peaks.dropLast().reversed() {
            root = .node(peak, root)
        }
        return root
    }
}
