// Typed identifiers: a package's id can never be handed where a certificate's fingerprint is meant, and none is ever
// reused (SD-AUT-4). Package ids are UUIDv7 (RFC 9562 §5.7), made by the client, so that a repeat is recognised for
// ever. Randomness and time come in from outside.

/// The id of one package, a UUIDv7 in lower-case canonical form.
package struct PackageID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 36 characters, lower case.
    package let text: String

    package var description: String { text }

    package static func < (left: PackageID, right: PackageID) -> Bool { left.text < right.text }

    /// Reads the canonical form and nothing else: 8-4-4-4-12 lower-case hexadecimal digits, version 7, variant 10.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return nil }
        for (index, byte) in bytes.enumerated() {
            switch index {
            case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return nil }
            case 14: guard byte == UInt8(ascii: "7") else { return nil }
            case 19: guard "89ab".utf8.contains(byte) else { return nil }
            default: guard Hexadecimal.digits.contains(byte) else { return nil }
            }
        }
        self.text = text
    }

    /// A new id at `time` with 10 random bytes, of which 74 bits are used.
    package init(at time: Timestamp, random: [UInt8]) {
        precondition(random.count == 10, "a UUIDv7 takes ten random bytes")
        var bytes: [UInt8] = (0..<6).map { UInt8(truncatingIfNeeded: time.milliseconds >> (40 - 8 * $0)) }
        bytes += random
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hexadecimal.encode(bytes))
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        text = groups.map { String(digits[$0]) }.joined(separator: "-")
    }

    /// The moment that the maker of the id wrote into it.
    package var madeAt: Timestamp {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }.prefix(12)
        let value = digits.reduce(Int64(0)) { $0 << 4 | Int64(Hexadecimal.value(of: $1) ?? 0) }
        return Timestamp(milliseconds: value)
    }
}

/// SHA-256 of a certificate's DER encoding: the name under which a certificate is enrolled.
package struct CertificateFingerprint: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package let hexadecimal: String

    package var description: String { hexadecimal }

    package static func < (left: Self, right: Self) -> Bool { left.hexadecimal < right.hexadecimal }

    package init?(_ hexadecimal: String) {
        guard hexadecimal.utf8.count == 64, hexadecimal.utf8.allSatisfy(Hexadecimal.digits.contains) else { return nil }
        self.hexadecimal = hexadecimal
    }
}

/// SHA-256 of some bytes: a part, or the manifest.
package struct ContentDigest: Sendable, Hashable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package let hexadecimal: String

    package var description: String { hexadecimal }

    package init?(_ hexadecimal: String) {
        guard hexadecimal.utf8.count == 64, hexadecimal.utf8.allSatisfy(Hexadecimal.digits.contains) else { return nil }
        self.hexadecimal = hexadecimal
    }

    /// Takes the 32 bytes of a computed SHA-256; computing it is left to the rooms that may.
    package init(bytes: some Sequence<UInt8>) {
        hexadecimal = Hexadecimal.encode(bytes)
        precondition(hexadecimal.utf8.count == 64, "a SHA-256 digest has 32 bytes")
    }
}

/// Names one request to the relay in its log and in its answer, so that a caller can quote it.
package struct RequestID: Sendable, Hashable, CustomStringConvertible {
    package let text: String
    package var description: String { text }
    package init(_ text: String) { self.text = text }
}

/// Lower-case hexadecimal, the only base in which digests are written.
package enum Hexadecimal {
    package static let digits = Set("0123456789abcdef".utf8)
    private static let alphabet = Array("0123456789abcdef".utf8)

    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in bytes {
            text.append(alphabet[Int(byte >> 4)])
            text.append(alphabet[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    package static func decode(_ text: String) -> [UInt8]? {
        let values = text.utf8.compactMap { value(of: $0) }
        guard values.count == text.utf8.count, values.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }

    package static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
