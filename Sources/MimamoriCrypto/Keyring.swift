// Key-encryption keys, kept outside the database (design §7), and what they wrap. One key is active and wraps new data
// keys; retired ones only unwrap, so that a key can be replaced step by step (SD-CRY-5). Wrapping is AES-256-GCM by
// swift-crypto with the owner bound, so that a wrapped key moved to another row does not open. The file itself is
// KeyringFile's.

import Crypto
import Foundation
import MimamoriCore

/// Wraps and unwraps data keys under key-encryption keys that are not in the database. Its description is redacted.
package struct Keyring: Sendable, CustomStringConvertible, CustomReflectable {
    struct Entry: Sendable {
        let id: String
        let key: SymmetricKey
    }

    /// The first is the active one.
    let entries: [Entry]

    init(entries: [Entry]) {
        precondition(!entries.isEmpty, "a keyring has an active key")
        self.entries = entries
    }

    /// A keyring with one fresh key, in memory only.
    package static func ephemeral() -> Keyring { Keyring(entries: [freshEntry()]) }

    /// This keyring with a fresh active key; the one before becomes retired and still unwraps.
    package func rotated() -> Keyring { Keyring(entries: [Self.freshEntry()] + entries) }

    package var description: String { "Keyring(\(entries.count) keys, redacted)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    /// The key under which new data keys are wrapped.
    package var activeKeyID: String { entries[0].id }

    /// Every key's id, the active one first.
    package var keyIDs: [String] { entries.map(\.id) }

    package func wrap(_ key: DataKey, owner: String) throws(CryptoFailure) -> WrappedKey {
        let active = entries[0]
        do {
            let box = try key.withBytes {
                try AES.GCM.seal($0, using: active.key, authenticating: Self.associatedData(active.id, owner))
            }
            return WrappedKey(
                keyEncryptionKeyID: active.id, bytes: [Self.version] + box.nonce + box.ciphertext + box.tag)
        } catch {
            throw .library(doing: "AES-GCM wrap")
        }
    }

    package func unwrap(_ wrapped: WrappedKey, owner: String) throws(CryptoFailure) -> DataKey {
        guard let entry = entries.first(where: { $0.id == wrapped.keyEncryptionKeyID }) else {
            throw CryptoFailure(
                message: Bilingual(
                    ja: "データの鍵を包んだ鍵暗号化鍵が鍵ファイルにありません。鍵ファイルが、このデータベースのものか確認してください。",
                    en: "The key file lacks the key under which this data's key is wrapped. Check that it belongs to "
                        + "this database."),
                cause: "no key-encryption key \(wrapped.keyEncryptionKeyID)")
        }
        // Version, nonce, 32 bytes of key, tag.
        guard wrapped.bytes.count == 1 + 12 + 32 + 16, wrapped.bytes[0] == Self.version else {
            throw .wrappedKeyBroken("length \(wrapped.bytes.count), version \(wrapped.bytes.first ?? 0)")
        }
        do {
            var plain = try AES.GCM.open(
                AES.GCM.SealedBox(combined: wrapped.bytes.dropFirst()), using: entry.key,
                authenticating: Self.associatedData(entry.id, owner))
            defer { plain.resetBytes(in: plain.startIndex..<plain.endIndex) }
            return DataKey(key: SymmetricKey(data: plain))
        } catch {
            throw .wrappedKeyBroken("authentication failed")
        }
    }

    private static let version: UInt8 = 1

    private static func associatedData(_ id: String, _ owner: String) -> [UInt8] {
        Array("mimamori-wrapped/1\0\(id)\0\(owner)".utf8)
    }

    private static func freshEntry() -> Entry {
        Entry(id: Hexadecimal.encode(Randomness.bytes(8)), key: SymmetricKey(size: .bits256))
    }
}

package struct WrappedKey: Sendable, Hashable {
    package let keyEncryptionKeyID: String
    package let bytes: [UInt8]

    package init(keyEncryptionKeyID: String, bytes: [UInt8]) {
        self.keyEncryptionKeyID = keyEncryptionKeyID
        self.bytes = bytes
    }
}

extension CryptoFailure {
    fileprivate static func wrappedKeyBroken(_ cause: String) -> CryptoFailure {
        CryptoFailure(
            message: Bilingual(
                ja: "保存されたデータの鍵を取り出せません。データが壊れているか、別の場所から移されています。運用担当者は"
                    + "バックアップを確認してください。",
                en: "The key of stored data cannot be unwrapped: it is damaged or was moved from elsewhere. The "
                    + "operator should check the backup."),
            cause: "wrapped key: \(cause)")
    }
}
