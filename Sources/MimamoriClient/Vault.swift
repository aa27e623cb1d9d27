// Seals what lies in the home folder: each file under a data key of its own, which is wrapped by the key in `home.key`
// (SD-AUT-8). A sealed file is bound to its purpose, so that one put in another's place does not open. The ciphers and the key
// file are MimamoriCrypto's.

import MimamoriCore
import MimamoriCrypto

struct Vault: Sendable {
    private static let magic = Array("mimamori-sealed/1\n".utf8)

    private let keyring: Keyring

    init(keyPath: String) throws(ClientFailure) {
        do {
            keyring = try Keyring.read(path: keyPath)
        } catch {
            throw ClientFailure(.configuration, error)
        }
    }

    /// `purpose` names the file, such as `outbox/<id>/entry`; it must be the same when it is opened.
    func seal(_ bytes: [UInt8], for purpose: String) throws(ClientFailure) -> [UInt8] {
        do {
            let key = DataKey.random()
            let wrapped = try keyring.wrap(key, owner: purpose)
            let sealed = try key.seal(bytes, context: purpose)
            let id = Array(wrapped.keyEncryptionKeyID.utf8)
            precondition(id.count < 256 && wrapped.bytes.count < 256, "key ids and wrapped keys are short")
            return Self.magic + [UInt8(id.count)] + id + [UInt8(wrapped.bytes.count)] + wrapped.bytes + sealed
        } catch {
            throw ClientFailure(.configuration, error)
        }
    }

    func open(_ bytes: [UInt8], for purpose: String) throws(ClientFailure) -> [UInt8] {
        var rest = bytes[...]
        func take(_ count: Int) throws(ClientFailure) -> ArraySlice<UInt8> {
            guard rest.count >= count else { throw .unsealable(purpose) }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        guard try take(Self.magic.count).elementsEqual(Self.magic) else { throw .unsealable(purpose) }
        let id = try take(Int(try take(1).first ?? 0))
        let wrapped = WrappedKey(
            keyEncryptionKeyID: String(decoding: id, as: UTF8.self),
            bytes: Array(try take(Int(try take(1).first ?? 0))))
        do {
            return try keyring.unwrap(wrapped, owner: purpose).open(rest, context: purpose)
        } catch {
            throw .unsealable(purpose, cause: error.cause)
        }
    }
}

extension ClientFailure {
    /// Carries a failure of MimamoriCrypto on, with its own safe message.
    init(_ kind: Kind, _ failure: CryptoFailure) {
        self.init(
            kind, message: failure.message,
            remedy: Bilingual(
                ja: "mimamori doctor で証明書と鍵の状態を確かめてください。",
                en: "See the state of certificates and keys with mimamori doctor."), cause: failure.cause)
    }

    fileprivate static func unsealable(_ purpose: String, cause: String = "framing") -> ClientFailure {
        ClientFailure(
            .configuration,
            message: Bilingual(
                ja: "保管ファイルを開けません（\(purpose)）。壊れているか、別の鍵（home.key）で封じられています。",
                en: "A sealed file cannot be opened (\(purpose)): it is damaged, or sealed under another home.key."),
            remedy: Bilingual(
                ja: "ホームのフォルダーを控えから戻すか、mimamori init で作り直してください。",
                en: "Restore the home folder from a copy, or make it anew with mimamori init."), cause: cause)
    }
}
