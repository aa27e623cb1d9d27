// The tree against the vectors that every Certificate Transparency implementation is tested with, and against a
// second, naive computation of the root that shares nothing with the room's but the hash function.

import Crypto
import Testing

@testable import MimamoriMerkle

enum Vectors {
    /// The eight leaves of the Certificate Transparency tests, and the root at each size.
    static let entries = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    .map(hexadecimal)

    static let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ].map(hexadecimal)

    static func hexadecimal(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    /// Leaves with nothing in common but their kind.
    static func leaves(_ count: Int) -> [MerkleHash] {
        (0..<count).map { .leaf(Array("entry \($0)".utf8)) }
    }

    /// RFC 9162 §2.1.1, written down as it stands there.
    static func naiveRoot(_ leaves: [[UInt8]]) -> [UInt8] {
        guard leaves.count > 1 else { return leaves.first ?? Array(SHA256.hash(data: [] as [UInt8])) }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let left = naiveRoot(Array(leaves[..<split]))
        let right = naiveRoot(Array(leaves[split...]))
        return Array(SHA256.hash(data: [1] + left + right))
    }
}

@Suite struct TreeTests {
    @Test(arguments: 1...8) func certificateTransparencyRoots(size: Int) {
        let leaves = Vectors.entries.prefix(size).map(MerkleHash.leaf)
        var frontier = Frontier()
        for leaf in leaves { frontier.append(leaf) }
        #expect(frontier.root.bytes == Vectors.roots[size - 1])
        #expect(NaiveTree(leaves: leaves).root.bytes == Vectors.roots[size - 1])
    }

    @Test func emptyTree() {
        let root = Vectors.hexadecimal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Frontier().root.bytes == root)
        #expect(NaiveTree(leaves: []).root.bytes == root)
        #expect(Frontier().size == 0)
    }

    @Test func frontierEqualsNaiveRootAtEverySize() {
        let leaves = Vectors.leaves(130)
        var frontier = Frontier()
        for (index, leaf) in leaves.enumerated() {
            frontier.append(leaf)
            #expect(frontier.size == Int64(index + 1))
            #expect(frontier.peaks.count == (index + 1).nonzeroBitCount)
            #expect(frontier.root.bytes == Vectors.naiveRoot(leaves[...index].map(\.bytes)))
        }
    }

    @Test func frontierContinuesFromWhatWasKept() throws {
        var whole = Frontier()
        for leaf in Vectors.leaves(77) { whole.append(leaf) }
        var kept = Frontier()
        for leaf in Vectors.leaves(77) {
            kept = try #require(Frontier(size: kept.size, peaks: kept.peaks))
            kept.append(leaf)
        }
        #expect(kept == whole)
    }

    @Test(arguments: [(0, 1), (1, 0), (3, 1), (4, 2), (-1, 64), (7, 4)] as [(Int64, Int)])
    func frontierRefusesAWrongNumberOfPeaks(size: Int64, peaks: Int) {
        #expect(Frontier(size: size, peaks: Vectors.leaves(peaks)) == nil)
    }

    @Test(arguments: [0, 31, 33]) func hashesHave32Bytes(count: Int) {
        #expect(MerkleHash(bytes: Array(repeating: 7, count: count)) == nil)
    }

    @Test func leafAndNodeAreApart() throws {
        let left = MerkleHash.leaf([1])
        let right = MerkleHash.leaf([2])
        #expect(NaiveTree(leaves: [left, right]).root != .leaf(left.bytes + right.bytes))
    }
}
