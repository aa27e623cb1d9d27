// Reads a configuration from TOML (toml.io v1.0). Every mistake is kept and reported with its key: unknown keys, wrong
// types, values outside their range, values that contradict each other. Relative paths start from the file's own folder.
// Whether the named files can be used is Material.swift's question.

package import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriServer
import TOMLKit

package enum ConfigurationFile {
    /// Throws ConfigurationMistakes.
    package static func read(path: String) throws -> Configuration {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw ConfigurationMistakes(all: [
                ConfigurationMistake(
                    key: path,
                    message: Bilingual(
                        ja: "設定ファイルを読み取れません。場所と読み取り権限、文字コード（UTF-8）を確かめてください。",
                        en: "The configuration file cannot be read. Check its place, its permissions and that it is "
                            + "UTF-8."))
            ])
        }
        let folder = URL(fileURLWithPath: path).absoluteURL.deletingLastPathComponent()
        return try parse(text, folder: folder, name: path)
    }

    /// `folder` is where relative paths start; `name` is what a syntax error is reported under.
    package static func parse(_ text: String, folder: URL, name: String) throws -> Configuration {
        try refuseMalformedHeads(text, name: name)
        let document: TOMLTable
        do {
            document = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let line = error.source.begin.line
            throw ConfigurationMistakes(all: [
                ConfigurationMistake(
                    key: name,
                    message: Bilingual(
                        ja: "\(line) 行目が TOML として読めません: \(error.description)",
                        en: "Line \(line) is not TOML: \(error.description)"))
            ])
        }
        var reader = ConfigurationReader(document, folder: folder)
        let configuration = reader.configuration(digest: Digest.sha256(Array(text.utf8)))
        guard let configuration, reader.mistakes.isEmpty else {
            throw ConfigurationMistakes(all: reader.mistakes)
        }
        return configuration
    }

    /// toml++, under TOMLKit, ends the whole process with an assertion at a head such as `[見守り]` or `[[[`. Every table
    /// of ours has a plain name, so whatever else begins with `[` is refused before it gets there.
    private static func refuseMalformedHeads(_ text: String, name: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let mistakes = lines.enumerated().compactMap { number, line -> ConfigurationMistake? in
            let line = line.drop { $0 == " " || $0 == "\t" }
            guard line.first == "[", line.prefixMatch(of: /\[[a-z_]+\][ \t\r]*(?:#|$)/) == nil else { return nil }
            return ConfigurationMistake(
                key: name,
                message: Bilingual(
                    ja: "\(number + 1) 行目は [relay] のような見出しとして読めません。",
                    en: "Line \(number + 1) is not a heading such as [relay]."))
        }
        guard mistakes.isEmpty else { throw ConfigurationMistakes(all: mistakes) }
    }
}

extension ConfigurationReader {
    /// `nil` exactly when something required is missing or wrong; then there is a mistake.
    mutating func configuration(digest: ContentDigest) -> Configuration? {
        refuseUnknownKeys()
        let address = text(.relayAddress, as: Address.init, form: "realm/office")
        let listener = optionalText(.listenAPI, as: Configuration.Listener.init, form: "127.0.0.1:8443")
        let addressFile = optionalPath(.listenAddressFile)
        let certificate = path(.tlsCertificate)
        let key = path(.tlsKey)
        let roots = path(.tlsRoots)
        let lists = paths(.tlsRevocationLists)
        let strict = flag(.tlsStrictGroups, standard: false)
        let statement = (path(.statementCertificate), path(.statementKey))
        let database = path(.storeDatabase)
        let keys = path(.keysKeyEncryptionKeys)
        let seed = path(.keysLogSeed)
        let policy = policy()
        let dutyNotice = optionalPath(.dutyNoticeFile)
        let useLimits = useLimits()
        var limits = ServerLimits()
        limits.connections = number(.limitsConnections, in: 1...100_000, standard: limits.connections)
        limits.idle = .seconds(number(.limitsIdleSeconds, in: 5...3600, standard: limits.idle.wholeSeconds))
        limits.transfer = .seconds(number(.limitsUploadSeconds, in: 5...3600, standard: limits.transfer.wholeSeconds))
        let level = optionalText(
            .logLevel, as: Configuration.LogLevel.init,
            form: Configuration.LogLevel.allCases.map(\.rawValue).joined(separator: " | "))
        let witnesses = texts(
            .logWitnesses, as: CosignatureVerifier.init(verifierKey:), form: "[\"name+0123abcd+BA…\"]")
        refuseSharedFiles([.storeDatabase, .keysKeyEncryptionKeys, .keysLogSeed, .listenAddressFile])
        guard let address, let certificate, let key, let roots, let statementCertificate = statement.0,
            let statementKey = statement.1, let database, let keys, let seed
        else { return nil }
        var configuration = Configuration(
            address: address,
            tls: TLSSettings(
                certificateChainPath: certificate, privateKeyPath: key, strictGroups: strict),
            rootsPath: roots, statementCertificatePath: statementCertificate, statementKeyPath: statementKey,
            databasePath: database, keyEncryptionKeysPath: keys, logSeedPath: seed, digest: digest)
        configuration.listener = listener ?? configuration.listener
        configuration.addressFile = addressFile
        configuration.revocationListPaths = lists
        configuration.policy = policy
        configuration.dutyNoticePath = dutyNotice
        configuration.useLimits = useLimits
        configuration.limits = limits
        configuration.logLevel = level ?? configuration.logLevel
        configuration.witnesses = witnesses
        return configuration
    }
}

extension Configuration.Listener {
    /// `host:port`; an IPv6 address stands in brackets.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
        self.init(host: String(host), port: Int(port))
    }
}

extension Duration {
    var wholeSeconds: Int { Int(components.seconds) }
}
