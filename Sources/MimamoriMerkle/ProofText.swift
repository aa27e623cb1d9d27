// Proofs as texts that stand alone, in the forms that other logs' tools read: an inclusion proof as C2SP tlog-proof, a
// consistency proof as the request body of C2SP tlog-witness (`add-checkpoint`), each with the signed head it leads to.
// One proof has one text; reading refuses any other spelling.

import Foundation

/// That a leaf stands in the log at an index. Which leaf it is, the reader must know: the text does not say.
package struct InclusionProof: Sendable, Hashable {
    private static let firstLine = "c2sp.org/tlog-proof@v1"

    package let index: Int64
    /// Lowest first.
    package let path: [MerkleHash]
    /// The signed note, with any cosignatures.
    package let checkpoint: String
    /// Whatever goes with it; vouched for by nobody.
    package let extra: [UInt8]?

    package init(index: Int64, path: [MerkleHash], checkpoint: String, extra: [UInt8]? = nil) {
        precondition(index >= 0, "leaves are counted from 0")
        self.index = index
        self.path = path
        self.checkpoint = checkpoint
        self.extra = extra
    }

    package var text: String {
        let extra = extra.map { "extra \(Data($0).base64EncodedString())\n" } ?? ""
        return "\(Self.firstLine)\n\(extra)index \(index)\n\(ProofLines.text(path))\n\(checkpoint)"
    }

    package init?(text: String) {
        guard var lines = ProofLines(text), lines.next() == Self.firstLine, var line = lines.next() else { return nil }
        var extra: [UInt8]?
        if let encoded = ProofLines.value(of: "extra", in: line) {
            guard let data = Data(base64Encoded: encoded), let next = lines.next() else { return nil }
            extra = Array(data)
            line = next
        }
        guard let index = ProofLines.number(of: "index", in: line), let path = lines.path() else { return nil }
        self.init(index: index, path: path, checkpoint: lines.checkpoint, extra: extra)
        guard self.text == text else { return nil }
    }

    /// The same with something else beside it.
    package func with(extra: [UInt8]?) -> InclusionProof {
        InclusionProof(index: index, path: path, checkpoint: checkpoint, extra: extra)
    }

    /// The head under which this leaf stands, when the log's key signed it and the path leads there; else `nil`.
    package func head(over leaf: MerkleHash, signedBy verifier: NoteVerifier) -> Checkpoint? {
        guard let body = verifier.open(checkpoint), let head = Checkpoint(body: body),
            MerkleVerification.isIncluded(leaf, at: index, size: head.size, root: head.root, proof: path)
        else { return nil }
        return head
    }
}

/// That the log, when it had so many leaves, was the start of the log that the checkpoint is of.
package struct ConsistencyProof: Sendable, Hashable {
    package let oldSize: Int64
    package let path: [MerkleHash]
    /// The signed note of the newer head, with any cosignatures.
    package let checkpoint: String

    package init(oldSize: Int64, path: [MerkleHash], checkpoint: String) {
        precondition(oldSize >= 0, "a tree has no negative size")
        self.oldSize = oldSize
        self.path = path
        self.checkpoint = checkpoint
    }

    package var text: String { "old \(oldSize)\n\(ProofLines.text(path))\n\(checkpoint)" }

    package init?(text: String) {
        guard var lines = ProofLines(text), let line = lines.next(),
            let oldSize = ProofLines.number(of: "old", in: line), let path = lines.path()
        else { return nil }
        self.init(oldSize: oldSize, path: path, checkpoint: lines.checkpoint)
        guard self.text == text else { return nil }
    }

    /// Whether it leads from the one head to the other.
    package func leads(from old: Checkpoint, to new: Checkpoint) -> Bool {
        oldSize == old.size && old.origin == new.origin
            && MerkleVerification.isConsistent(
                oldSize: old.size, oldRoot: old.root, newSize: new.size, newRoot: new.root, proof: path)
    }
}

/// The lines of a proof, taken from the top.
private struct ProofLines {
    /// The longest path in a tree whose size fits 64 bits; no more is read.
    private static let longestPath = 64

    private var rest: Substring

    init?(_ text: String) {
        guard text.utf8.count <= 2_000_000 else { return nil }
        rest = text[...]
    }

    /// The next line, without its newline.
    mutating func next() -> String? {
        guard let end = rest.utf8.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { rest = rest[rest.utf8.index(after: end)...] }
        return String(rest[..<end])
    }

    /// Hashes up to an empty line.
    mutating func path() -> [MerkleHash]? {
        var path: [MerkleHash] = []
        while let line = next(), path.count <= Self.longestPath {
            if line.isEmpty { return path }
            guard let data = Data(base64Encoded: line), let hash = MerkleHash(bytes: Array(data)) else { return nil }
            path.append(hash)
        }
        return nil
    }

    /// What follows the empty line.
    var checkpoint: String { String(rest) }

    static func text(_ path: [MerkleHash]) -> String {
        path.map { Data($0.bytes).base64EncodedString() + "\n" }.joined()
    }

    static func value(of name: String, in line: String) -> String? {
        line.hasPrefix(name + " ") ? String(line.dropFirst(name.count + 1)) : nil
    }

    static func number(of name: String, in line: String) -> Int64? {
        guard let number = value(of: name, in: line).flatMap({ Int64($0) }), number >= 0 else { return nil }
        return number
    }
}
