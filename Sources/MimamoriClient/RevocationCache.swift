// The revocation list as last fetched from the relay. It is the CA's word, not the relay's: it is kept only when a
// pinned root signed it, and never replaced by an older one, so that a relay cannot hide a revocation that was seen.

import Foundation
import MimamoriCore
import MimamoriCrypto

enum RevocationCache {
    /// 16 MiB hold some 400,000 revocations.
    static let largest = 16 * 1024 * 1024

    static func trust(rootsPEM: String, list: [UInt8]?) throws(ClientFailure) -> TrustStore {
        do {
            return try TrustStore(rootsPEM: rootsPEM, revocationListsPEM: list.map(pem))
        } catch {
            throw ClientFailure(.configuration, error)
        }
    }

    /// RFC 7468 §5.
    private static func pem(_ der: [UInt8]) -> String {
        let text = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN X509 CRL-----\n\(text)\n-----END X509 CRL-----\n"
    }

    /// Keeps `list` when it is genuine and not older than the one at hand.
    static func store(_ list: [UInt8], in home: ClientHome, world: ClientWorld) throws {
        let fresh: TrustStore
        do {
            fresh = try trust(rootsPEM: home.rootsPEM, list: list)
        } catch {
            throw ClientFailure(
                .notGenuine,
                message: Bilingual(
                    ja: "中継が渡した失効リストは、固定した認証局の署名ではありません。",
                    en: "The relay handed out a revocation list that the pinned certificate authority did not sign."),
                remedy: Bilingual(
                    ja: "運用担当者に知らせてください。前に取得したリストを使い続けます。",
                    en: "Tell the relay's operator. The list fetched before stays in use."), cause: error.cause)
        }
        let known = try home.trust()
        if let old = known.revocationListNextUpdate, let new = fresh.revocationListNextUpdate, new < old { return }
        guard known.revocationListDER != list else { return }
        try world.disk.replace(home.folder + "/crl.der", with: list, suffix: world.newSuffix())
    }
}
