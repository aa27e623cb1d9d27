// `client.toml` of the home folder: where the relay is and who this person is. Unknown keys are refused, so that a
// misspelt one is not silently ignored (lessons: phoss-ap #58). Keys and certificates are ClientHome.swift's.

package import MimamoriCore
import TOMLKit

package struct ClientSettings: Sendable, Hashable {
    /// `https://relay.example.jp:8443`, without a path.
    package let relay: String
    package let person: PersonAddress

    package var party: Address { person.party }

    package init(relay: String, person: PersonAddress) {
        self.relay = relay
        self.person = person
    }

    /// The host in `relay`: a name, or an address literal without brackets.
    package var host: String { RelayURL(relay)?.host ?? "" }
    package var port: Int { RelayURL(relay)?.port ?? 443 }

    static let keys: Set<String> = ["relay", "person"]

    /// The text of the file.
    var toml: String {
        """
        # mimamori の設定です。mimamori init が書きました。
        # Settings of mimamori, written by mimamori init.

        # 中継の場所 / where the relay is
        relay = "\(relay)"
        # この端末を使う人（証明書と同じもの） / whose home this is; the same as in the certificate
        person = "\(person)"

        """
    }

    static func read(toml text: String, path: String) throws(ClientFailure) -> ClientSettings {
        // toml++ would end the process at such a line (KeyLines.swift).
        guard KeyLines(text).malformedHeads.isEmpty else {
            throw invalid(path, Bilingual(ja: "TOML として読めません", en: "it is not TOML"), cause: "a table's head")
        }
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch {
            throw invalid(path, Bilingual(ja: "TOML として読めません", en: "it is not TOML"), cause: "\(error)")
        }
        if let unknown = Set(table.keys).subtracting(keys).min() {
            throw invalid(path, Bilingual(ja: "知らない項目 \(unknown) があります", en: "it has an unknown key \(unknown)"))
        }
        guard let relay = table["relay"]?.string, RelayURL(relay) != nil else {
            throw invalid(
                path, Bilingual(ja: "relay は https://ホスト:ポート の形で書きます", en: "relay must be https://host:port"))
        }
        guard let person = table["person"]?.string.flatMap({ PersonAddress($0) }) else {
            throw invalid(
                path, Bilingual(ja: "person は 所属:個人 の形で書きます", en: "person must be realm/office:person"))
        }
        return ClientSettings(relay: relay, person: person)
    }

    private static func invalid(_ path: String, _ detail: Bilingual, cause: String = "") -> ClientFailure {
        ClientFailure(
            .configuration,
            message: Bilingual(
                ja: "設定ファイルが正しくありません: \(path): \(detail.ja)。",
                en: "The settings are not right: \(path): \(detail.en)."),
            remedy: Bilingual(
                ja: "ファイルを直すか、mimamori init で作り直してください。",
                en: "Correct the file, or make the home anew with mimamori init."), cause: cause)
    }
}

/// `https://host[:port]` with nothing after it, taken apart by hand so that no lenient parser guesses.
package struct RelayURL: Sendable, Hashable {
    package let host: String
    package let port: Int

    package init?(_ text: String) {
        let scheme = "https://"
        guard text.hasPrefix(scheme) else { return nil }
        var rest = text.dropFirst(scheme.count)
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        var port = 443
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("]") {
            let digits = rest[rest.index(after: colon)...]
            guard let number = Int(digits), (1...65535).contains(number), digits.allSatisfy(\.isASCII) else {
                return nil
            }
            port = number
            rest = rest[..<colon]
        }
        let bracketed = rest.hasPrefix("[") && rest.hasSuffix("]")
        let name = bracketed ? rest.dropFirst().dropLast() : rest
        let allowed =
            bracketed ? "0123456789abcdefABCDEF:." : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
        guard !name.isEmpty, name.allSatisfy(allowed.contains) else { return nil }
        host = String(name)
        self.port = port
    }

    /// The beginning of every request's URL.
    package var origin: String { host.contains(":") ? "https://[\(host)]:\(port)" : "https://\(host):\(port)" }
}
