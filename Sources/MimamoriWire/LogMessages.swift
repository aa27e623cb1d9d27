// Messages about the access log. Entries travel as the very bytes that were hashed, so that a reader recomputes every
// leaf; the tree's mathematics is MimamoriMerkle's.

package import Foundation
package import MimamoriCore

package struct LogPage: Sendable, Codable {
    /// What the relay has at one place of the log.
    package struct Leaf: Sendable, Hashable, Codable {
        /// The hash in the tree, 32 bytes; absent when the row is gone.
        package let hash: Data?
        /// Canonical JSON of the entry, as hashed; `AccessEntry` reads it. Absent when it was shredded or cannot be opened.
        package let entry: String?

        package init(hash: Data?, entry: String?) {
            self.hash = hash
            self.entry = entry
        }
    }

    package let first: Int64
    /// One for each sequence number from `first` on, without a gap.
    package let leaves: [Leaf]

    package init(first: Int64, leaves: [Leaf]) {
        self.first = first
        self.leaves = leaves
    }

    /// The entries that could be read.
    package var entries: [String] { leaves.compactMap(\.entry) }
}

/// What goes with an inclusion proof, in its `extra` line: nobody vouches for it, but the proof shows whether the hash is
/// the leaf's and the entry the hash's.
package struct LeafEvidence: Sendable, Hashable, Codable {
    package static let format = "mimamori-leaf/1"

    package let format: String
    package let leafHash: Data
    /// The entry as hashed, for whoever may see it.
    package var entry: String?
    /// A `LogKeyStatement` (CMS) and the relay's statement certificate (DER), so that the CA alone is enough to check.
    package var logKey: Data?
    package var relayCertificate: Data?
    /// The stored receipt (CMS) that names this leaf.
    package var storedReceipt: Data?

    package init(leafHash: Data) {
        format = Self.format
        self.leafHash = leafHash
    }

    package enum CodingKeys: String, CodingKey {
        case format, entry
        case leafHash = "leaf_hash"
        case logKey = "log_key"
        case relayCertificate = "relay_certificate"
        case storedReceipt = "stored_receipt"
    }
}

/// The newest head that each witness cosigned, as signed notes, largest first.
package struct CosignedHeads: Sendable, Codable {
    package let checkpoints: [String]

    package init(checkpoints: [String]) { self.checkpoints = checkpoints }
}

/// The relay's own statement of the key that signs its checkpoints, so that the CA vouches for the log key too.
package struct LogKeyStatement: Sendable, Codable {
    package static let format = "mimamori-log-key/1"

    package let format: String
    package let relay: Address
    /// A verifier key of the signed-note format (C2SP signed-note): name, key id, key.
    package let verifierKey: String

    package init(relay: Address, verifierKey: String) {
        format = Self.format
        self.relay = relay
        self.verifierKey = verifierKey
    }

    package enum CodingKeys: String, CodingKey {
        case format, relay
        case verifierKey = "verifier_key"
    }
}
