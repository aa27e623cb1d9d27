// The TLS side of the listener: TLS 1.3 only (SD-TLS-3), a client certificate on every connection (SD-AUT-1), post-
// quantum key agreement first. The handshake proves possession of the presented certificate's key and nothing more:
// whose it is and whether it may speak is judged on every request, because resumed sessions bring no new check and
// because an answer can say what is wrong where an alert cannot. Following RFC 8446 and RFC 9151's choice of curves.

import MimamoriCore
import NIOCore
package import NIOSSL
import Synchronization

/// Where the server's own certificate is, and which key agreements it offers.
package struct TLSSettings: Sendable, Hashable {
    /// PEM: the server's certificate, then the intermediate ones.
    package let certificateChainPath: String
    /// PEM, unencrypted.
    package let privateKeyPath: String
    /// Leaves plain X25519 out, which is not on the CRYPTREC list by itself (SD-CRY-1).
    package let strictGroups: Bool

    package init(certificateChainPath: String, privateKeyPath: String, strictGroups: Bool) {
        self.certificateChainPath = certificateChainPath
        self.privateKeyPath = privateKeyPath
        self.strictGroups = strictGroups
    }

    /// The offered groups, best first.
    package var groups: [NIOTLSCurve] {
        [.x25519_MLKEM768, .secp256r1, .secp384r1] + (strictGroups ? [] : [.x25519])
    }
}

/// The TLS context that new connections get. Replacing it leaves open connections alone and makes every session
/// ticket of the old one worthless.
package final class ServerTLS: Sendable {
    private let settings: TLSSettings
    private let present: Mutex<NIOSSLContext>

    /// Reads certificate and key; throws a ServerFailure that names the file at fault.
    package init(_ settings: TLSSettings) throws {
        self.settings = settings
        present = Mutex(try Self.context(settings))
    }

    package var context: NIOSSLContext { present.withLock { $0 } }

    /// Reads the same files anew. On a failure the context in use stays as it was.
    package func reload() throws {
        let fresh = try Self.context(settings)
        present.withLock { $0 = fresh }
    }

    private static func context(_ settings: TLSSettings) throws -> NIOSSLContext {
        let chain = try reading(settings.certificateChainPath, Part.certificate) {
            let certificates = try NIOSSLCertificate.fromPEMFile(settings.certificateChainPath)
            guard !certificates.isEmpty else { throw NIOSSLError.failedToLoadCertificate }
            return certificates
        }
        let key = try reading(settings.privateKeyPath, Part.privateKey) {
            try NIOSSLPrivateKey(file: settings.privateKeyPath, format: .pem)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv13
        configuration.maximumTLSVersion = .tlsv13
        configuration.curves = settings.groups
        // Required from every client; no host name is in a person's certificate. The chain is judged by the verifier
        // of SecureChannel.swift and per request, never by the system's roots.
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .certificates([])
        // For the peer's close_notify, which many never send; what we sent has left before we close.
        configuration.shutdownTimeout = .seconds(1)
        return try reading(settings.privateKeyPath, Part.pair) { try NIOSSLContext(configuration: configuration) }
    }

    private enum Part { case certificate, privateKey, pair }

    private static func reading<Value>(_ path: String, _ part: Part, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            let message =
                switch part {
                case .certificate:
                    Bilingual(
                        ja: "TLS の証明書ファイルを読み込めません（[tls] certificate）。PEM 形式か、読み取り権限があるかを確かめてください。",
                        en: "The TLS certificate file cannot be used ([tls] certificate). Check that it is PEM and "
                            + "that the relay may read it.")
                case .privateKey:
                    Bilingual(
                        ja: "TLS の秘密鍵ファイルを読み込めません（[tls] key）。パスフレーズのない PEM 形式か、読み取り権限があるかを確かめてください。",
                        en: "The TLS key file cannot be used ([tls] key). Check that it is PEM without a passphrase "
                            + "and that the relay may read it.")
                case .pair:
                    Bilingual(
                        ja: "TLS の秘密鍵が証明書と対になっていません（[tls] certificate、key）。",
                        en: "The TLS key does not belong to the certificate ([tls] certificate, key).")
                }
            throw ServerFailure(message: message, cause: "\(path): \(error)")
        }
    }
}
