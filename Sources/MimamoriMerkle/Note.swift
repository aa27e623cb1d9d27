// Signed notes (C2SP signed-note) with Ed25519 keys: text, an empty line, and one signature line per key, so that
// others can cosign a checkpoint by adding a line. The key id binds a key to its name; Ed25519 is swift-crypto's.
// What the text says, and whom to trust, is left to the caller.

import Crypto
import Foundation

/// A key that signs notes.
package struct NoteSigner: Sendable {
    package let name: String
    private let key: Curve25519.Signing.PrivateKey
    private let identity: NoteKeyIdentity

    /// `seed` is the 32-byte Ed25519 private key; `nil` for another length or a name that a note cannot carry.
    package init?(name: String, seed: [UInt8]) {
        guard NoteKeyIdentity.isName(name), let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            return nil
        }
        self.name = name
        self.key = key
        identity = NoteKeyIdentity(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// `<name>+<key id>+<base64 of 0x01 and the public key>`: what verifiers are given.
    package var verifierKey: String {
        let typed = Data([NoteKeyIdentity.ed25519] + identity.publicKey)
        return "\(name)+\(identity.hexadecimalID)+\(typed.base64EncodedString())"
    }

    /// The note: the body, an empty line, this key's signature line. The body is text whose every line ends in a
    /// newline, without other control characters.
    package func sign(_ body: String) -> String {
        precondition(
            SignedNote.isText(Array(body.utf8)), "a note's text ends in a newline and has no control characters")
        guard let signature = try? key.signature(for: Data(body.utf8)) else {
            preconditionFailure("Ed25519 signs any message with any key of the right length")
        }
        return "\(body)\n\u{2014} \(name) \(Data(identity.id + Array(signature)).base64EncodedString())\n"
    }
}

/// A key that notes are checked with.
package struct NoteVerifier: Sendable {
    package let name: String
    private let key: Curve25519.Signing.PublicKey
    private let identity: NoteKeyIdentity

    /// `nil` when the text is not a verifier key, its id does not belong to its name and key, or it is not Ed25519.
    package init?(verifierKey: String) {
        // Base64 may hold a plus sign; names and ids may not.
        let fields = verifierKey.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, NoteKeyIdentity.isName(String(fields[0])),
            let typed = Data(base64Encoded: String(fields[2])), typed.count == 33,
            typed.first == NoteKeyIdentity.ed25519,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: typed.dropFirst())
        else { return nil }
        name = String(fields[0])
        self.key = key
        identity = NoteKeyIdentity(name: name, publicKey: Array(typed.dropFirst()))
        guard identity.hexadecimalID == fields[1] else { return nil }
    }

    /// The body of the note when this key signed it; `nil` otherwise. Signatures by other keys are passed over, a
    /// wrong one in this key's name is not.
    package func open(_ note: String) -> String? {
        guard let note = SignedNote(note) else { return nil }
        let own = note.signatures.filter { $0.name == name && $0.keyID == identity.id }
        guard !own.isEmpty, own.allSatisfy({ key.isValidSignature($0.signature, for: note.text) }) else { return nil }
        return String(decoding: note.text, as: UTF8.self)
    }
}

/// A note taken apart, nothing verified.
private struct SignedNote {
    struct Signature {
        let name: String
        let keyID: [UInt8]
        let signature: [UInt8]
    }

    let text: [UInt8]
    let signatures: [Signature]

    /// As the specification bounds what a reader must take: no more signatures, no larger note.
    private static let maximumSignatures = 100
    private static let maximumBytes = 1_000_000

    init?(_ note: String) {
        let bytes = Array(note.utf8)
        let newline = UInt8(ascii: "\n")
        guard bytes.count <= Self.maximumBytes, bytes.last == newline,
            let gap = bytes.indices.dropLast().last(where: { bytes[$0] == newline && bytes[$0 + 1] == newline })
        else { return nil }
        text = Array(bytes[...gap])
        let lines = bytes[(gap + 2)...].dropLast().split(separator: newline, omittingEmptySubsequences: false)
        let signatures = lines.compactMap(Self.signature)
        guard Self.isText(text), !signatures.isEmpty, signatures.count == lines.count,
            signatures.count <= Self.maximumSignatures
        else { return nil }
        self.signatures = signatures
    }

    /// `— <name> <base64 of the key id's four bytes and the signature>`
    private static func signature(_ line: ArraySlice<UInt8>) -> Signature? {
        let mark = Array("\u{2014} ".utf8)
        guard line.starts(with: mark) else { return nil }
        let fields = line.dropFirst(mark.count).split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard fields.count == 2, let blob = Data(base64Encoded: Data(fields[1])), blob.count > 4 else { return nil }
        let name = String(decoding: fields[0], as: UTF8.self)
        guard NoteKeyIdentity.isName(name) else { return nil }
        return Signature(name: name, keyID: Array(blob.prefix(4)), signature: Array(blob.dropFirst(4)))
    }

    static func isText(_ bytes: [UInt8]) -> Bool {
        bytes.last == UInt8(ascii: "\n") && bytes.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") }
    }
}

/// What ties a key to its name: the first four bytes of SHA-256(name ‖ newline ‖ algorithm ‖ public key).
private struct NoteKeyIdentity {
    static let ed25519: UInt8 = 0x01

    let publicKey: [UInt8]
    let id: [UInt8]

    init(name: String, publicKey: [UInt8]) {
        self.publicKey = publicKey
        id = Array(SHA256.hash(data: Array(name.utf8) + [0x0A, Self.ed25519] + publicKey).prefix(4))
    }

    var hexadecimalID: String {
        id.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// Not empty, no space, no plus sign, no control character.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.unicodeScalars.allSatisfy { $0.value > 0x20 && !$0.properties.isWhitespace && $0 != "+" }
    }
}
