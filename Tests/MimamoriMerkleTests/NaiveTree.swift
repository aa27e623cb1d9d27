// A second way to the same proofs: the recursion of RFC 9162 §2.1.3.1 and §2.1.4.1 over all leaves, as the RFC writes it
// down. It keeps nothing and reads every leaf, so it is slow and easy to believe.

@testable import MimamoriMerkle

/// The leaf hashes of a tree, in order.
struct NaiveTree: Sendable {
    let leaves: [MerkleHash]

    init(leaves: [MerkleHash]) {
        self.leaves = leaves
    }

    var root: MerkleHash { Self.root(of: leaves[...]) }

    /// The sibling hashes on the way from the leaf to the root, lowest first; `nil` when there is no such leaf.
    func inclusionProof(of index: Int) -> [MerkleHash]? {
        leaves.indices.contains(index) ? Self.path(index, leaves[...]) : nil
    }

    /// Shows that the first `size` leaves are the start of this tree; empty when they are all of it. `nil` when there
    /// are not so many leaves, or for a tree of none, which every tree begins with and no proof can show.
    func consistencyProof(from size: Int) -> [MerkleHash]? {
        guard (1...max(1, leaves.count)).contains(size), size <= leaves.count else { return nil }
        return Self.subproof(size, leaves[...], isOldTree: true)
    }

    private static func root(of leaves: ArraySlice<MerkleHash>) -> MerkleHash {
        guard let first = leaves.first else { return .emptyRoot }
        guard leaves.count > 1 else { return first }
        let split = leaves.startIndex + splitPoint(leaves.count)
        return .node(root(of: leaves[..<split]), root(of: leaves[split...]))
    }

    /// PATH(m, D_n).
    private static func path(_ index: Int, _ leaves: ArraySlice<MerkleHash>) -> [MerkleHash] {
        guard leaves.count > 1 else { return [] }
        let left = splitPoint(leaves.count)
        let split = leaves.startIndex + left
        return index < left
            ? path(index, leaves[..<split]) + [root(of: leaves[split...])]
            : path(index - left, leaves[split...]) + [root(of: leaves[..<split])]
    }

    /// SUBPROOF(m, D_n, b): `isOldTree` while the verifier knows the hash of `leaves` as the old root.
    private static func subproof(_ size: Int, _ leaves: ArraySlice<MerkleHash>, isOldTree: Bool) -> [MerkleHash] {
        guard size < leaves.count else { return isOldTree ? [] : [root(of: leaves)] }
        let left = splitPoint(leaves.count)
        let split = leaves.startIndex + left
        return size <= left
            ? subproof(size, leaves[..<split], isOldTree: isOldTree) + [root(of: leaves[split...])]
            : subproof(size - left, leaves[split...], isOldTree: false) + [root(of: leaves[..<split])]
    }

    /// The largest power of two below `count`, which is at least 2.
    private static func splitPoint(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
