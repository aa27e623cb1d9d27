// A note taken apart (C2SP signed-note), nothing verified: text, an empty line, and one line per signature; and what ties
// a key to its name. Which signatures hold is asked by Note.swift and Cosignature.swift, each of its own kind of key.

import Crypto
import Foundation

package struct SignedNote: Sendable {
    package struct Signature: Sendable, Hashable {
        package let name: String
        let keyID: [UInt8]
        let signature: [UInt8]
        /// As it stands in the note, without its newline.
        package let line: String
    }

    /// The lines that are signed, each with its newline.
    package let text: [UInt8]
    package let signatures: [Signature]

    /// As the specification bounds what a reader must take: no more signatures, no larger note.
    private static let maximumSignatures = 100
    private static let maximumBytes = 1_000_000

    package init?(_ note: String) {
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
        guard NoteKey.isName(name) else { return nil }
        return Signature(
            name: name, keyID: Array(blob.prefix(4)), signature: Array(blob.dropFirst(4)),
            line: String(decoding: line, as: UTF8.self))
    }

    /// Signatures in this key's name, right or wrong.
    func signatures(of key: NoteKey) -> [Signature] {
        signatures.filter { $0.name == key.name && $0.keyID == key.id }
    }

    static func isText(_ bytes: [UInt8]) -> Bool {
        bytes.last == UInt8(ascii: "\n") && bytes.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") }
    }
}

/// A public key with its name and the id that binds both: the first four bytes of SHA-256(name ‖ newline ‖ kind ‖ key).
struct NoteKey: Sendable, Hashable {
    /// The signature types of C2SP signed-note that are spoken here.
    enum Kind: UInt8, Sendable {
        case ed25519 = 0x01
        case cosignature = 0x04
    }

    let name: String
    let kind: Kind
    /// 32 bytes, Ed25519.
    let publicKey: [UInt8]
    let id: [UInt8]

    /// `nil` for a name that a note cannot carry.
    init?(name: String, kind: Kind, publicKey: [UInt8]) {
        guard Self.isName(name) else { return nil }
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
        id = Array(SHA256.hash(data: Array(name.utf8) + [0x0A, kind.rawValue] + publicKey).prefix(4))
    }

    /// `nil` when the text is not a verifier key of this kind, or its id does not belong to its name and key.
    init?(verifierKey: String, kind: Kind) {
        // Base64 may hold a plus sign; names and ids may not.
        let fields = verifierKey.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, let typed = Data(base64Encoded: String(fields[2])), typed.count == 33,
            typed.first == kind.rawValue
        else { return nil }
        self.init(name: String(fields[0]), kind: kind, publicKey: Array(typed.dropFirst()))
        guard self.verifierKey == verifierKey else { return nil }
    }

    /// `<name>+<key id>+<base64 of the kind and the public key>`: what verifiers are given.
    var verifierKey: String {
        let identifier = id.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
        return "\(name)+\(identifier)+\(Data([kind.rawValue] + publicKey).base64EncodedString())"
    }

    /// A signature line with its newline.
    func line(_ signature: [UInt8]) -> String {
        "\u{2014} \(name) \(Data(id + signature).base64EncodedString())\n"
    }

    var verifying: Curve25519.Signing.PublicKey? {
        try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
    }

    /// Not empty, no space, no plus sign, no control character.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.unicodeScalars.allSatisfy { $0.value > 0x20 && !$0.properties.isWhitespace && $0 != "+" }
    }
}

extension Curve25519.Signing.PrivateKey {
    func sign(_ message: [UInt8]) -> [UInt8] {
        guard let signature = try? signature(for: message) else {
            preconditionFailure("Ed25519 signs any message with any key of the right length")
        }
        return Array(signature)
    }
}
