// Making proofs (RFC 9162 §2.1.3.1, §2.1.4.1) for any size that a log ever had, from the few hashes it keeps: leaf hashes
// and the root of every complete 256, 65 536, … of them (`KeptNode`). A proof reads at most two runs of 255 hashes a level,
// however large the log is. Where hashes are kept is the caller's; checking proofs is Verification.swift's.

package struct ProofMaker {
    /// Answers the hashes with these numbers of a level, all of them and in order: leaf hashes for level 0, kept nodes
    /// for the others. Asked for complete subtrees only.
    package typealias Source = (_ level: Int, _ numbers: Range<Int64>) throws -> [MerkleHash]

    private let source: Source

    package init(_ source: @escaping Source) { self.source = source }

    /// The root of the first `size` leaves.
    package func root(size: Int64) throws -> MerkleHash {
        size == 0 ? .emptyRoot : try root(of: 0..<size)
    }

    /// The sibling hashes on the way from the leaf to the root of the first `size` leaves, lowest first: PATH(m, D_n).
    package func inclusionProof(of index: Int64, size: Int64) throws -> [MerkleHash] {
        precondition(index >= 0 && index < size, "a leaf stands within its tree")
        var rest = 0..<size
        var path: [MerkleHash] = []
        while rest.count > 1 {
            let split = rest.lowerBound + Self.splitPoint(rest)
            let (own, other) = Self.halves(of: rest, at: split, keeping: index)
            path.append(try root(of: other))
            rest = own
        }
        return path.reversed()
    }

    /// Shows that the first `oldSize` leaves are the start of the first `newSize`; empty when they are all of them:
    /// PROOF(m, D_n).
    package func consistencyProof(from oldSize: Int64, to newSize: Int64) throws -> [MerkleHash] {
        precondition(oldSize > 0 && oldSize <= newSize, "a proof leads from leaves to no fewer leaves")
        var rest = 0..<newSize
        var path: [MerkleHash] = []
        while oldSize < rest.upperBound {
            let split = rest.lowerBound + Self.splitPoint(rest)
            let (own, other) = Self.halves(of: rest, at: split, keeping: oldSize - 1)
            path.append(try root(of: other))
            rest = own
        }
        // The verifier knows the old root, and with it a subtree that is the whole old tree.
        if rest.lowerBound > 0 { path.append(try root(of: rest)) }
        return path.reversed()
    }

    /// The kept node above `KeptNode.width` hashes of the level below it.
    package func node(level: Int, number: Int64) throws -> KeptNode {
        let below = number * KeptNode.width..<(number + 1) * KeptNode.width
        return KeptNode(level: level, number: number, hash: .root(ofComplete: try source(level - 1, below)))
    }

    private static func halves(
        of range: Range<Int64>, at split: Int64, keeping index: Int64
    ) -> (own: Range<Int64>, other: Range<Int64>) {
        let (left, right) = (range.lowerBound..<split, split..<range.upperBound)
        return index < split ? (left, right) : (right, left)
    }

    /// MTH(D[range]); the range begins where a subtree of its size can begin, as the halves of a tree do.
    private func root(of range: Range<Int64>) throws -> MerkleHash {
        let count = Int64(range.count)
        guard count.nonzeroBitCount > 1 else {
            let height = count.trailingZeroBitCount
            return try complete(height: height, number: range.lowerBound >> height)
        }
        let split = range.lowerBound + Self.splitPoint(range)
        return .node(try root(of: range.lowerBound..<split), try root(of: split..<range.upperBound))
    }

    /// The root of the complete subtree with 2^`height` leaves.
    private func complete(height: Int, number: Int64) throws -> MerkleHash {
        let (level, above) = height.quotientAndRemainder(dividingBy: KeptNode.height)
        let hashes = try source(level, number << above..<(number + 1) << above)
        precondition(hashes.count == 1 << above, "the source answers every hash that was asked for")
        return .root(ofComplete: hashes)
    }

    /// The largest power of two below the number of leaves, which is at least 2.
    private static func splitPoint(_ range: Range<Int64>) -> Int64 {
        1 << (Int64.bitWidth - 1 - Int64(range.count - 1).leadingZeroBitCount)
    }
}
