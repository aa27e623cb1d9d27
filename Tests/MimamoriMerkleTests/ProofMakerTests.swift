// Proofs made from leaf hashes and kept nodes: the published ones, then against the recursion over all leaves at every
// small size and around every size at which a node is kept, and against the checker for large trees.

import Foundation
import Testing

@testable import MimamoriMerkle

/// A log's hashes in memory, kept as a store would keep them; counts what a proof reads.
final class KeptTree {
    private(set) var frontier = Frontier()
    private var levels: [[MerkleHash]] = [[]]
    private(set) var hashesRead = 0

    init(_ leaves: [MerkleHash]) {
        for leaf in leaves {
            levels[0].append(leaf)
            for node in frontier.append(leaf) {
                if node.level == levels.count { levels.append([]) }
                #expect(node.number == Int64(levels[node.level].count), "nodes of a level follow each other")
                levels[node.level].append(node.hash)
            }
        }
    }

    var kept: [Int] { levels.dropFirst().map(\.count) }
    func hashes(_ level: Int) -> [MerkleHash] { levels[level] }

    var maker: ProofMaker {
        ProofMaker { level, numbers in
            self.hashesRead += numbers.count
            return Array(self.levels[level][Int(numbers.lowerBound)..<Int(numbers.upperBound)])
        }
    }
}

@Suite struct ProofMakerTests {
    private static func hashes(_ base64: [String]) -> [[UInt8]] {
        base64.map { Array(Data(base64Encoded: $0) ?? Data()) }
    }

    /// The proofs over the Certificate Transparency leaves that other implementations test with.
    static let publishedInclusion: [(index: Int64, size: Int64, path: [String])] = [
        (0, 1, []),
        (
            0, 8,
            [
                "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=", "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
                "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
            ]
        ),
        (
            5, 8,
            [
                "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=", "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
                "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
            ]
        ),
        (2, 3, ["+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU="]),
        (
            1, 5,
            [
                "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=", "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
                "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
            ]
        ),
    ]

    static let publishedConsistency: [(from: Int64, to: Int64, path: [String])] = [
        (1, 1, []),
        (
            1, 8,
            [
                "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=", "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
                "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
            ]
        ),
        (
            6, 8,
            [
                "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=", "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
                "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
            ]
        ),
        (
            2, 5,
            ["Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=", "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms="]
        ),
        (
            6, 7,
            [
                "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=", "sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8=",
                "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
            ]
        ),
    ]

    @Test func publishedProofs() throws {
        let maker = KeptTree(Vectors.entries.map(MerkleHash.leaf)).maker
        for (index, size, path) in Self.publishedInclusion {
            #expect(try maker.inclusionProof(of: index, size: size).map(\.bytes) == Self.hashes(path))
        }
        for (from, to, path) in Self.publishedConsistency {
            #expect(try maker.consistencyProof(from: from, to: to).map(\.bytes) == Self.hashes(path))
        }
        for size in 1...8 { #expect(try maker.root(size: Int64(size)).bytes == Vectors.roots[size - 1]) }
    }

    /// Every proof of every tree up to a size, at that size and at every earlier one.
    @Test func asTheRecursionOverAllLeavesMakesThem() throws {
        let leaves = Vectors.leaves(37)
        let maker = KeptTree(leaves).maker
        for size in 1...37 {
            let naive = NaiveTree(leaves: Array(leaves.prefix(size)))
            #expect(try maker.root(size: Int64(size)) == naive.root)
            for other in 1...size {
                #expect(
                    try maker.inclusionProof(of: Int64(other - 1), size: Int64(size))
                        == naive.inclusionProof(of: other - 1))
                #expect(
                    try maker.consistencyProof(from: Int64(other), to: Int64(size))
                        == naive.consistencyProof(from: other))
            }
        }
    }

    @Test(arguments: [255, 256, 257, 511, 512, 513, 700, 1024, 1100])
    func aroundEveryKeptNode(size: Int) throws {
        let leaves = Vectors.leaves(size)
        let tree = KeptTree(leaves)
        #expect(tree.kept == (size / 256 > 0 ? [size / 256] : []))
        let naive = NaiveTree(leaves: leaves)
        for other in [0, 1, 127, 128, 254, 255, 256, 257, 400, 511, 512, 513, 699, 1023, 1024, 1099]
        where other < size {
            #expect(
                try tree.maker.inclusionProof(of: Int64(other), size: Int64(size)) == naive.inclusionProof(of: other))
            #expect(
                try tree.maker.consistencyProof(from: Int64(other + 1), to: Int64(size))
                    == naive.consistencyProof(from: other + 1))
        }
    }

    /// Two levels of kept nodes, and what one proof reads of them.
    @Test func twoLevels() throws {
        let size = 65_536 * 2 + 256 * 3 + 5
        let leaves = (0..<size).map { MerkleHash.leaf(withUnsafeBytes(of: UInt32($0)) { Array($0) }) }
        let tree = KeptTree(leaves)
        #expect(tree.kept == [2 * 256 + 3, 2])
        let root = tree.frontier.root
        for index in [0, 255, 256, 65_535, 65_536, 131_071, 131_072, 131_839, 131_840, size - 1] {
            let before = tree.hashesRead
            let path = try tree.maker.inclusionProof(of: Int64(index), size: Int64(size))
            #expect(tree.hashesRead - before <= 3 * 2 * 255)
            #expect(
                MerkleVerification.isIncluded(
                    leaves[index], at: Int64(index), size: Int64(size), root: root, proof: path))
            let old = Int64(index + 1)
            let consistency = try tree.maker.consistencyProof(from: old, to: Int64(size))
            #expect(
                MerkleVerification.isConsistent(
                    oldSize: old, oldRoot: try tree.maker.root(size: old), newSize: Int64(size), newRoot: root,
                    proof: consistency))
        }
    }

    @Test func aNodeIsWhatItsChildrenMakeIt() throws {
        let tree = KeptTree(Vectors.leaves(513))
        for number in 0..<2 {
            #expect(try tree.maker.node(level: 1, number: Int64(number)).hash == tree.hashes(1)[number])
        }
    }

    @Test func theEmptyTreeHasItsRoot() throws {
        #expect(try KeptTree([]).maker.root(size: 0) == Frontier().root)
    }
}
