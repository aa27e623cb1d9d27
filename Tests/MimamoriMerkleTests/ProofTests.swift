// Proofs: the published ones of the Certificate Transparency tests, then every proof of every tree up to a size, each
// of which must hold and must fail as soon as anything about it is different.

import Testing

@testable import MimamoriMerkle

@Suite struct ProofTests {
    private static let node = Vectors.hexadecimal

    @Test func publishedInclusionProof() {
        let leaves = Vectors.entries.map(MerkleHash.leaf)
        let proof = NaiveTree(leaves: leaves).inclusionProof(of: 5)
        #expect(
            proof?.map(\.bytes) == [
                Self.node("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
                Self.node("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                Self.node("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
            ])
    }

    @Test func publishedConsistencyProofs() {
        let leaves = Vectors.entries.map(MerkleHash.leaf)
        #expect(
            NaiveTree(leaves: leaves).consistencyProof(from: 6)?.map(\.bytes) == [
                Self.node("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
                Self.node("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                Self.node("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
            ])
        #expect(
            NaiveTree(leaves: Array(leaves.prefix(5))).consistencyProof(from: 2)?.map(\.bytes) == [
                Self.node("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                Self.node("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
            ])
    }

    @Test(arguments: 1...34) func everyInclusionProofHoldsAndNoOther(size: Int) throws {
        let leaves = Vectors.leaves(size)
        let tree = NaiveTree(leaves: leaves)
        let root = tree.root
        func holds(_ leaf: Int, at index: Int64, size: Int, _ root: MerkleHash, _ proof: [MerkleHash]) -> Bool {
            MerkleVerification.isIncluded(leaves[leaf], at: index, size: Int64(size), root: root, proof: proof)
        }
        for index in leaves.indices {
            let proof = try #require(tree.inclusionProof(of: index))
            #expect(holds(index, at: Int64(index), size: size, root, proof))
            #expect(!holds(index, at: Int64(index), size: size, root.changed(), proof))
            #expect(!holds(index, at: Int64(size), size: size, root, proof))
            #expect(!holds(index, at: -1, size: size, root, proof))
            #expect(!holds(index, at: Int64(index), size: size, root, proof + [root]))
            for other in leaves.indices where other != index {
                #expect(!holds(other, at: Int64(index), size: size, root, proof))
                #expect(!holds(index, at: Int64(other), size: size, root, proof))
            }
            for position in proof.indices {
                var changed = proof
                changed[position] = proof[position].changed()
                #expect(!holds(index, at: Int64(index), size: size, root, changed))
                changed.remove(at: position)
                #expect(!holds(index, at: Int64(index), size: size, root, changed))
            }
        }
    }

    @Test(arguments: 1...34) func everyConsistencyProofHoldsAndNoOther(size: Int) throws {
        let leaves = Vectors.leaves(size)
        let tree = NaiveTree(leaves: leaves)
        let newRoot = tree.root
        for oldSize in 1...size {
            let oldRoot = NaiveTree(leaves: Array(leaves.prefix(oldSize))).root
            let proof = try #require(tree.consistencyProof(from: oldSize))
            func holds(
                _ old: MerkleHash, _ new: MerkleHash, _ proof: [MerkleHash], oldSize: Int64 = Int64(oldSize)
            ) -> Bool {
                MerkleVerification.isConsistent(
                    oldSize: oldSize, oldRoot: old, newSize: Int64(size), newRoot: new, proof: proof)
            }
            #expect(holds(oldRoot, newRoot, proof))
            #expect(!holds(oldRoot.changed(), newRoot, proof))
            #expect(!holds(oldRoot, newRoot.changed(), proof))
            #expect(!holds(oldRoot, newRoot, proof + [newRoot]))
            #expect(!holds(oldRoot, newRoot, proof, oldSize: Int64(size) + 1))
            #expect(!holds(oldRoot, newRoot, proof, oldSize: -1))
            for position in proof.indices {
                var changed = proof
                changed[position] = proof[position].changed()
                #expect(!holds(oldRoot, newRoot, changed))
                changed.remove(at: position)
                #expect(!holds(oldRoot, newRoot, changed))
            }
        }
    }

    @Test func everyBitOfAProofCounts() throws {
        let leaves = Vectors.leaves(7)
        let tree = NaiveTree(leaves: leaves)
        let proof = try #require(tree.inclusionProof(of: 4))
        for position in proof.indices {
            for bit in 0..<256 {
                var changed = proof
                changed[position] = proof[position].changed(bit: bit)
                #expect(
                    !MerkleVerification.isIncluded(leaves[4], at: 4, size: 7, root: tree.root, proof: changed))
            }
        }
    }

    @Test func thereIsNoProofOfWhatIsNotThere() {
        let tree = NaiveTree(leaves: Vectors.leaves(4))
        #expect(tree.inclusionProof(of: 4) == nil)
        #expect(tree.inclusionProof(of: -1) == nil)
        #expect(tree.consistencyProof(from: 5) == nil)
        #expect(tree.consistencyProof(from: 0) == nil)
        #expect(NaiveTree(leaves: []).consistencyProof(from: 1) == nil)
    }

    @Test func everyTreeBeginsWithTheEmptyOne() {
        let root = NaiveTree(leaves: Vectors.leaves(3)).root
        func holds(_ old: MerkleHash, _ proof: [MerkleHash]) -> Bool {
            MerkleVerification.isConsistent(oldSize: 0, oldRoot: old, newSize: 3, newRoot: root, proof: proof)
        }
        #expect(holds(Frontier().root, []))
        #expect(!holds(Frontier().root, [root]))
        #expect(!holds(root, []))
    }
}

extension MerkleHash {
    /// This hash with one bit turned.
    fileprivate func changed(bit: Int = 100) -> MerkleHash {
        var bytes = bytes
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return MerkleHash(bytes: bytes) ?? self
    }
}
