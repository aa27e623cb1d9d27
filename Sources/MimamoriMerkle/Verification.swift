// Checking proofs as RFC 9162 §2.1.3.2 and §2.1.4.2 say, step by step, so that the code can be read beside the RFC.
// A checker needs no tree, only the heads and the proof; who signed the heads is Note.swift's question.

package enum MerkleVerification {
    /// Whether the leaf stands at `index` in the tree of `size` leaves with this root.
    package static func isIncluded(
        _ leaf: MerkleHash, at index: Int64, size: Int64, root: MerkleHash, proof: [MerkleHash]
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var fn = index
        var sn = size - 1
        var hash = leaf
        for sibling in proof {
            guard sn != 0 else { return false }
            if fn & 1 == 1 || fn == sn {
                hash = .node(sibling, hash)
                if fn & 1 == 0 {
                    let zeros = fn == 0 ? 0 : fn.trailingZeroBitCount
                    fn >>= zeros
                    sn >>= zeros
                }
            } else {
                hash = .node(hash, sibling)
            }
            fn >>= 1
            sn >>= 1
        }
        return sn == 0 && hash == root
    }

    /// Whether the tree of `newSize` leaves begins with the tree of `oldSize` leaves. A tree is consistent with
    /// itself by an empty proof; every tree begins with the empty one, likewise.
    package static func isConsistent(
        oldSize: Int64, oldRoot: MerkleHash, newSize: Int64, newRoot: MerkleHash, proof: [MerkleHash]
    ) -> Bool {
        guard oldSize >= 0, oldSize <= newSize else { return false }
        if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
        if oldSize == 0 { return proof.isEmpty && oldRoot == .emptyRoot }

        // A perfect old tree is a node of the new one, so its root is left out of the proof.
        var path = proof[...]
        if oldSize & (oldSize - 1) == 0 { path = ([oldRoot] + proof)[...] }
        guard let start = path.popFirst() else { return false }

        let zeros = (~(oldSize - 1)).trailingZeroBitCount
        var fn = (oldSize - 1) >> zeros
        var sn = (newSize - 1) >> zeros
        var old = start
        var new = start
        for sibling in path {
            guard sn != 0 else { return false }
            if fn & 1 == 1 || fn == sn {
                old = .node(sibling, old)
                new = .node(sibling, new)
                if fn & 1 == 0 {
                    let zeros = fn == 0 ? 0 : fn.trailingZeroBitCount
                    fn >>= zeros
                    sn >>= zeros
                }
            } else {
                new = .node(new, sibling)
            }
            fn >>= 1
            sn >>= 1
        }
        return sn == 0 && old == oldRoot && new == newRoot
    }
}
