// Cosignatures (C2SP tlog-cosignature, cosignature/v1, Ed25519): a witness says that at a certain time this was the largest
// head of the log that it had seen, consistent with all it saw before. Having checked that is the witness's own duty; here
// the line is made and verified.

import Crypto
import Foundation

/// One witness's line under a head.
package struct Cosignature: Sendable, Hashable {
    /// The key that it is by.
    package let verifierKey: String
    /// Seconds since 1970, as signed.
    package let time: Int64
    /// As it stands in the note, without its newline.
    package let line: String
}

/// A witness's key.
package struct Cosigner: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    private let identity: NoteKey

    /// `seed` is the 32-byte Ed25519 private key; `nil` for another length or a name that a note cannot carry. A key
    /// belongs to one name for ever: the signed message does not say whose it is.
    package init?(name: String, seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let identity = NoteKey(name: name, kind: .cosignature, publicKey: Array(key.publicKey.rawRepresentation))
        else { return nil }
        self.key = key
        self.identity = identity
    }

    package var name: String { identity.name }

    /// `<name>+<key id>+<base64 of 0x04 and the public key>`: what verifiers are given.
    package var verifierKey: String { identity.verifierKey }

    /// The signature line with its newline. `seconds` since 1970, not before.
    package func cosign(_ head: Checkpoint, at seconds: Int64) -> String {
        precondition(seconds >= 0, "a cosignature is not older than 1970")
        return identity.line(
            CosignatureMessage.timestamp(seconds) + key.sign(CosignatureMessage.bytes(head.body, seconds)))
    }
}

/// A witness's key as others have it.
package struct CosignatureVerifier: Sendable, Hashable {
    private let identity: NoteKey

    /// `nil` when the text is not a verifier key, its id does not belong to its name and key, or it is of another kind.
    package init?(verifierKey: String) {
        guard let identity = NoteKey(verifierKey: verifierKey, kind: .cosignature), identity.verifying != nil else {
            return nil
        }
        self.identity = identity
    }

    package var name: String { identity.name }
    package var verifierKey: String { identity.verifierKey }

    /// The newest cosignature of this key under the note; `nil` when there is none, or when one in its name is wrong.
    package func cosignature(in note: String) -> Cosignature? {
        guard let note = SignedNote(note), let key = identity.verifying else { return nil }
        var newest: Cosignature?
        for own in note.signatures(of: identity) {
            guard own.signature.count == 72, let time = CosignatureMessage.time(own.signature.prefix(8)),
                key.isValidSignature(
                    own.signature.dropFirst(8),
                    for: CosignatureMessage.bytes(String(decoding: note.text, as: UTF8.self), time))
            else { return nil }
            if time >= newest?.time ?? 0 {
                newest = Cosignature(verifierKey: verifierKey, time: time, line: own.line)
            }
        }
        return newest
    }
}

private enum CosignatureMessage {
    static func bytes(_ body: String, _ seconds: Int64) -> [UInt8] {
        Array("cosignature/v1\ntime \(seconds)\n\(body)".utf8)
    }

    /// Big-endian.
    static func timestamp(_ seconds: Int64) -> [UInt8] {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: seconds >> ($0 * 8)) }
    }

    /// `nil` beyond 2^63 - 1.
    static func time(_ bytes: ArraySlice<UInt8>) -> Int64? {
        Int64(exactly: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
