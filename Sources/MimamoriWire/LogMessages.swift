// Messages about the access log. Entries travel as the very bytes that were hashed, so that a reader recomputes every
// leaf; the tree's mathematics is MimamoriMerkle's.

package import MimamoriCore

package struct LogPage: Sendable, Codable {
    package let first: Int64
    /// Canonical JSON of each entry, as hashed; `AccessEntry` reads it.
    package let entries: [String]

    package init(first: Int64, entries: [String]) {
        self.first = first
        self.entries = entries
    }
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
