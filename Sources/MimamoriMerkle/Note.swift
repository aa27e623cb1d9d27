// Signed notes (C2SP signed-note) with Ed25519 keys: what the log's own key signs and how that is checked. Others cosign a
// checkpoint by adding a line of another kind, Cosignature.swift. Taking a note apart is SignedNote.swift's; what the text
// says, and whom to trust, is left to the caller.

import Crypto
import Foundation

/// A key that signs notes.
package struct NoteSigner: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    private let identity: NoteKey

    /// `seed` is the 32-byte Ed25519 private key; `nil` for another length or a name that a note cannot carry.
    package init?(name: String, seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let identity = NoteKey(name: name, kind: .ed25519, publicKey: Array(key.publicKey.rawRepresentation))
        else { return nil }
        self.key = key
        self.identity = identity
    }

    package var name: String { identity.name }

    /// `<name>+<key id>+<base64 of 0x01 and the public key>`: what verifiers are given.
    package var verifierKey: String { identity.verifierKey }

    /// The note: the body, an empty line, this key's signature line. The body is text whose every line ends in a
    /// newline, without other control characters.
    package func sign(_ body: String) -> String {
        precondition(
            SignedNote.isText(Array(body.utf8)), "a note's text ends in a newline and has no control characters")
        return body + "\n" + identity.line(key.sign(Array(body.utf8)))
    }
}

/// A key that notes are checked with.
package struct NoteVerifier: Sendable {
    private let key: Curve25519.Signing.PublicKey
    private let identity: NoteKey

    /// `nil` when the text is not a verifier key, its id does not belong to its name and key, or it is not Ed25519.
    package init?(verifierKey: String) {
        guard let identity = NoteKey(verifierKey: verifierKey, kind: .ed25519), let key = identity.verifying else {
            return nil
        }
        self.key = key
        self.identity = identity
    }

    package var name: String { identity.name }

    /// The body of the note when this key signed it; `nil` otherwise. Signatures by other keys are passed over, a
    /// wrong one in this key's name is not.
    package func open(_ note: String) -> String? {
        guard let note = SignedNote(note) else { return nil }
        let own = note.signatures(of: identity)
        guard !own.isEmpty, own.allSatisfy({ key.isValidSignature($0.signature, for: note.text) }) else { return nil }
        return String(decoding: note.text, as: UTF8.self)
    }
}
