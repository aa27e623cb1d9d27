// A tree head as text: the body of a C2SP tlog-checkpoint, three lines (origin, number of leaves, base64 of the root).
// Our logs write no extension lines and none are taken, so that one head has one text. Signing it is Note.swift's.

import Foundation

/// The head of a log at one size.
package struct Checkpoint: Sendable, Hashable {
    /// Names the log for ever; a schema-less URL by custom.
    package let origin: String
    package let size: Int64
    package let root: MerkleHash

    /// The origin is one non-empty line without control characters.
    package init(origin: String, size: Int64, root: MerkleHash) {
        precondition(Self.isOrigin(origin), "a log's origin is one line of text")
        precondition(size >= 0, "a tree has no negative size")
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The body of the note, three lines each ending in a newline.
    package var body: String {
        "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n"
    }

    /// Reads the canonical three lines and nothing else.
    package init?(body: String) {
        let lines = body.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count == 4, lines[3].isEmpty, let origin = String(lines[0]), Self.isOrigin(origin),
            let digits = String(lines[1]), let size = Int64(digits), size >= 0, let base64 = String(lines[2]),
            let decoded = Data(base64Encoded: base64), let root = MerkleHash(bytes: Array(decoded))
        else { return nil }
        self.origin = origin
        self.size = size
        self.root = root
        // Leading zeros, a plus sign or stray bits in the base64 would be a second spelling of the same head.
        guard Array(self.body.utf8) == Array(body.utf8) else { return nil }
    }

    private static func isOrigin(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
