// SHA-256 (FIPS 180-4) by swift-crypto, at once and in pieces, and the operating system's randomness.

import Crypto
package import MimamoriCore

/// SHA-256 at once and in pieces.
package enum Digest {
    package static func sha256(_ bytes: some Sequence<UInt8>) -> ContentDigest {
        var digest = Incremental()
        digest.update(bytes)
        return digest.finalize()
    }

    /// A digest over bytes that arrive in pieces; flat in memory.
    package struct Incremental: Sendable {
        private var hash = SHA256()
        /// How many bytes have gone in.
        package private(set) var bytes = 0

        package init() {}

        package mutating func update(_ piece: some Sequence<UInt8>) {
            let done: Void? = piece.withContiguousStorageIfAvailable { take(UnsafeRawBufferPointer($0)) }
            if done == nil { Array(piece).withUnsafeBytes { take($0) } }
        }

        package mutating func update(_ piece: UnsafeRawBufferPointer) { take(piece) }

        /// The digest of everything so far; more may follow.
        package func finalize() -> ContentDigest { ContentDigest(bytes: hash.finalize()) }

        private mutating func take(_ piece: UnsafeRawBufferPointer) {
            hash.update(bufferPointer: piece)
            bytes += piece.count
        }
    }
}

extension CertificateFingerprint {
    init(sha256 der: [UInt8]) {
        guard let fingerprint = CertificateFingerprint(Digest.sha256(der).hexadecimal) else {
            preconditionFailure("64 hexadecimal digits are a fingerprint")
        }
        self = fingerprint
    }
}

/// The operating system's randomness.
package enum Randomness {
    package static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        // Each draw is a system call, so all eight bytes of it are used.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
        }
        return Array(bytes.prefix(count))
    }
}
