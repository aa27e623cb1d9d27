// Addresses of parties and persons (design §4): `realm/office[/desk]` and `realm/office[/desk]/person` in certificates.
// Lower-case ASCII labels only, so that an address is safe in a URI, a file name and a log line, and never carries a
// person's name. Whether an address exists is the directory's question.

/// A party's address: two or three labels, such as `aomori/hachinohe-shi` or `aomori/hachinohe-shi/center`.
package struct Address: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let text: String

    package var description: String { text }

    package static func < (left: Address, right: Address) -> Bool { left.text < right.text }

    package init?(_ text: String) {
        let labels = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (2...3).contains(labels.count), labels.allSatisfy(Label.isValid) else { return nil }
        self.text = text
    }

    /// The first label: a prefecture of the councils (`aomori`) or a police force (`aomori-police`).
    package var realm: Substring { text.prefix { $0 != "/" } }

    /// The SAN URI of this party's encryption certificates.
    package var uri: String { "mimamori://\(text)" }
}

/// A person's address: the party and the person's id in it, such as `aomori-police/hachinohe` and `tanaka`.
package struct PersonAddress: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let party: Address
    package let person: String

    package var description: String { text }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    package init?(party: Address, person: String) {
        guard Label.isValid(person[...]) else { return nil }
        self.party = party
        self.person = person
    }

    /// Reads `realm/office[/desk]:person`, the written form outside certificates.
    package init?(_ text: String) {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count == 2, let party = Address(String(halves[0])) else { return nil }
        self.init(party: party, person: String(halves[1]))
    }

    package var text: String { "\(party.text):\(person)" }

    /// The SAN URI of this person's certificate.
    package var uri: String { "mimamori://\(party.text)/\(person)" }
}

/// What a certificate's SAN URI says of its holder. `mimamori://a/b/c` can be a party with a desk or a person of the
/// party `a/b`; the certificate's purpose decides which reading is asked for, so both are offered.
package enum IdentityURI {
    private static let scheme = "mimamori://"

    package static func party(_ uri: String) -> Address? {
        uri.hasPrefix(scheme) ? Address(String(uri.dropFirst(scheme.count))) : nil
    }

    package static func person(_ uri: String) -> PersonAddress? {
        guard uri.hasPrefix(scheme), let slash = uri.lastIndex(of: "/") else { return nil }
        let start = uri.index(uri.startIndex, offsetBy: scheme.count)
        guard slash > start, let party = Address(String(uri[start..<slash])) else { return nil }
        return PersonAddress(party: party, person: String(uri[uri.index(after: slash)...]))
    }
}

private enum Label {
    /// 1–63 characters of `a–z 0–9 -`, neither first nor last a hyphen (as RFC 1123 §2.1 has it for host labels).
    static func isValid(_ label: Substring) -> Bool {
        let bytes = Array(label.utf8)
        guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-") else {
            return false
        }
        return bytes.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
    }
}
