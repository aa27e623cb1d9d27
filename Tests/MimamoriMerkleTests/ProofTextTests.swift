// Proofs as texts: one spelling each, in the form of the specifications' own examples; and whom they convince.

import Foundation
import Testing

@testable import MimamoriMerkle

@Suite struct ProofTextTests {
    private static let leaves = Vectors.leaves(11)
    private let tree = KeptTree(Self.leaves)

    private func signer() throws -> NoteSigner {
        try #require(NoteSigner(name: "relay.example/log", seed: Array(repeating: 9, count: 32)))
    }

    private func head(_ size: Int64) throws -> Checkpoint {
        Checkpoint(origin: "relay.example/log", size: size, root: try tree.maker.root(size: size))
    }

    private func inclusion(_ index: Int64, extra: [UInt8]? = nil) throws -> InclusionProof {
        InclusionProof(
            index: index, path: try tree.maker.inclusionProof(of: index, size: 11),
            checkpoint: try signer().sign(head(11).body), extra: extra)
    }

    /// The lines of the example in C2SP tlog-proof, with a checkpoint that is whole.
    static let specified = """
        c2sp.org/tlog-proof@v1
        extra YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6
        index 73894
        gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
        B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
        EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
        RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
        AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=

        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=

        """

    @Test func theSpecifiedFormIsRead() throws {
        let proof = try #require(InclusionProof(text: Self.specified))
        #expect(proof.index == 73894 && proof.path.count == 5)
        #expect(proof.extra.map { String(decoding: $0, as: UTF8.self) } == "age-v1.2.1-darwin-arm64.tar.gz")
        #expect(proof.checkpoint.hasPrefix("example.com/behind-the-sofa\n20852163\n"))
        #expect(proof.text == Self.specified)
    }

    @Test(arguments: 0..<11) func anInclusionProofConvincesOfItsLeafOnly(index: Int) throws {
        let proof = try inclusion(Int64(index), extra: index.isMultiple(of: 2) ? Array("{}".utf8) : nil)
        let read = try #require(InclusionProof(text: proof.text))
        #expect(read == proof)
        let verifier = try #require(NoteVerifier(verifierKey: signer().verifierKey))
        for (number, leaf) in Self.leaves.enumerated() {
            #expect(try (read.head(over: leaf, signedBy: verifier) == head(11)) == (number == index))
        }
        let other = try #require(NoteSigner(name: "relay.example/log", seed: Array(repeating: 8, count: 32)))
        let stranger = try #require(NoteVerifier(verifierKey: other.verifierKey))
        #expect(read.head(over: Self.leaves[index], signedBy: stranger) == nil)
    }

    @Test func aConsistencyProofLeadsFromItsHeadOnly() throws {
        for old in Int64(1)...11 {
            let proof = ConsistencyProof(
                oldSize: old, path: try tree.maker.consistencyProof(from: old, to: 11),
                checkpoint: try signer().sign(head(11).body))
            let read = try #require(ConsistencyProof(text: proof.text))
            #expect(read == proof && read.text.hasPrefix("old \(old)\n"))
            for other in Int64(1)...11 {
                #expect(try read.leads(from: head(other), to: head(11)) == (other == old))
            }
            let elsewhere = Checkpoint(origin: "other.example/log", size: old, root: try head(old).root)
            #expect(try !read.leads(from: elsewhere, to: head(11)))
        }
    }

    static let malformed: [String] = [
        "", specified.replacingOccurrences(of: "@v1", with: "@v2"),
        specified.replacingOccurrences(of: "index", with: "Index"),
        specified.replacingOccurrences(of: "index 73894", with: "index 073894"),
        specified.replacingOccurrences(of: "index 73894", with: "index -1"),
        specified.replacingOccurrences(of: "index 73894", with: "index +73894"),
        specified.replacingOccurrences(of: "index 73894\n", with: ""),
        specified.replacingOccurrences(of: "extra YWdl", with: "extra ****"),
        specified.replacingOccurrences(of: "extra ", with: "extra"),
        specified.replacingOccurrences(of: "gSKyXoYZ", with: "gSKy"),
        specified.replacingOccurrences(of: "5vk=\n\n", with: "5vk=\n"),
        specified.replacingOccurrences(
            of: "5vk=\n",
            with: "5vk=\n" + String(repeating: "AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=\n", count: 64)),
        String(specified.prefix(40)),
    ]

    @Test(arguments: malformed) func otherTextIsNoInclusionProof(text: String) {
        #expect(InclusionProof(text: text) == nil)
    }

    @Test(arguments: [
        "", "old 3", "old 3\n", "old x\n\nlog\n", "old -3\n\nlog\n", "old 03\n\nlog\n", "new 3\n\nlog\n",
        "old 3\nAAAA\n\nlog\n",
    ])
    func otherTextIsNoConsistencyProof(text: String) {
        #expect(ConsistencyProof(text: text) == nil)
    }
}
