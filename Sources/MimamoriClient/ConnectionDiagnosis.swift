// Says why a connection failed, in words that name whose fault it is: no such name, nobody answers, too slow, or TLS:
// and then whose certificate and which check (lessons: X-Road #197, #513, #893). To find that out after a failed
// handshake it connects once more, trusting nobody, sends nothing of ours, and looks at the certificate that is shown.

import AsyncHTTPClient
package import MimamoriCore
package import MimamoriCrypto
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

package struct ConnectionDiagnosis: Sendable {
    /// `nil` when the roots cannot be read; then only the handshake's own words are told.
    private let trust: TrustStore?
    private let now: @Sendable () -> Timestamp

    package init(trust: TrustStore?, now: @escaping @Sendable () -> Timestamp) {
        self.trust = trust
        self.now = now
    }

    /// Passes through what is already ours and cancellation; translates the rest.
    func failure(for error: any Error, url: RelayURL) async -> any Error {
        switch error {
        case is ClientFailure, is Refused, is CancellationError: return error
        case let error as NIOConnectionError: return Self.failure(for: error, url: url)
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: return await tlsFailure(error, url: url)
        case let error as IOError where Self.refusals.contains(error.errnoCode):
            return Self.noConnections(url, cause: "\(error)")
        case ChannelError.connectTimeout: return Self.silent(url, cause: "\(error)")
        case let error as HTTPClientError: return await failure(for: error, url: url)
        default: return Self.broken(url, cause: "\(error)")
        }
    }

    private func failure(for error: HTTPClientError, url: RelayURL) async -> any Error {
        switch error {
        case .cancelled: return CancellationError()
        case .connectTimeout: return Self.silent(url, cause: "\(error)")
        case .tlsHandshakeTimeout: return await tlsFailure(error, url: url)
        case .deadlineExceeded, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout:
            return ClientFailure(
                .tryLater,
                message: Bilingual(
                    ja: "中継 \(url.host) の応答が途中で止まりました。", en: "The relay \(url.host) stopped answering."),
                remedy: Self.again, cause: "\(error)")
        default: return Self.broken(url, cause: "\(error)")
        }
    }

    private static func silent(_ url: RelayURL, cause: String) -> ClientFailure {
        unreachable(url, Bilingual(ja: "時間内に応答がありません", en: "nobody answered in time"), cause: cause)
    }

    private static func broken(_ url: RelayURL, cause: String) -> ClientFailure {
        ClientFailure(
            .unreachable,
            message: Bilingual(
                ja: "中継 \(url.host) との接続が切れました。", en: "The connection to the relay \(url.host) broke."),
            remedy: again, cause: cause)
    }

    private static let again = Bilingual(
        ja: "もう一度実行してください。送り残しは送信箱にあり、続きから送られます。",
        en: "Run the command again. What was not sent is in the outbox and goes on from where it stopped.")

    private static func failure(for error: NIOConnectionError, url: RelayURL) -> ClientFailure {
        guard error.dnsAError == nil || error.dnsAAAAError == nil else {
            return unreachable(
                url, Bilingual(ja: "この名前は見つかりません（名前解決の失敗）", en: "there is no such name (DNS)"),
                cause: "\(error)")
        }
        let refused = error.connectionErrors.contains {
            ($0.error as? IOError).map { refusals.contains($0.errnoCode) } ?? false
        }
        if refused { return noConnections(url, cause: "\(error)") }
        return unreachable(
            url, Bilingual(ja: "届きません（回線かファイアウォール）", en: "it cannot be reached (network or firewall)"),
            cause: "\(error)")
    }

    /// What the system says when nobody listens there.
    private static let refusals: Set<CInt> = [ECONNREFUSED]

    private static func noConnections(_ url: RelayURL, cause: String) -> ClientFailure {
        unreachable(
            url,
            Bilingual(ja: "接続を受け付けていません（ポート \(url.port)）", en: "it takes no connections at port \(url.port)"),
            cause: cause)
    }

    private static func unreachable(_ url: RelayURL, _ detail: Bilingual, cause: String) -> ClientFailure {
        ClientFailure(
            .unreachable,
            message: Bilingual(
                ja: "中継に接続できません: \(url.host): \(detail.ja)。",
                en: "The relay cannot be reached: \(url.host): \(detail.en)."),
            remedy: Bilingual(
                ja: "client.toml の relay と回線を確かめ、続くなら運用担当者に知らせてください。送信箱の中身は失われていません。",
                en:
                    "Check relay in client.toml and the network; if it goes on, tell the relay's operator. The outbox is safe."
            ), cause: cause)
    }

    // TLS

    private func tlsFailure(_ error: any Error, url: RelayURL) async -> ClientFailure {
        let detail: Bilingual
        if let shown = await Self.certificate(shownBy: url) {
            if let refusal = trust?.refusal(of: shown, for: .server, at: now()) {
                detail = Bilingual(
                    ja: "中継の証明書が信頼できません: \(refusal.message.ja)",
                    en: "The relay's certificate is not trusted: \(refusal.message.en)")
            } else if Self.isOfAnotherHost(error) {
                detail = Bilingual(
                    ja: "中継の証明書は \(url.host) のものではありません（\(shown.subject)）。",
                    en: "The relay's certificate is not for \(url.host) (\(shown.subject)).")
            } else {
                detail = Bilingual(
                    ja: "中継の証明書は正しいのに、この端末の証明書での接続が断られました。",
                    en: "The relay's certificate is right, but it turned this machine's certificate away.")
            }
        } else {
            detail = Bilingual(
                ja: "相手は TLS 1.3 の中継ではないようです。", en: "The other side does not seem to be a relay with TLS 1.3.")
        }
        return ClientFailure(
            .unreachable,
            message: Bilingual(
                ja: "\(url.host) との暗号化接続ができません。\(detail.ja)",
                en: "No secure connection with \(url.host). \(detail.en)"),
            remedy: Bilingual(
                ja: "mimamori doctor で自分の証明書と ca.pem を確かめ、運用担当者にこの文を伝えてください。",
                en:
                    "Check your certificate and ca.pem with mimamori doctor and tell this sentence to the relay's operator."
            ),
            cause: "\(error)")
    }

    /// Of a certificate whose chain is sound: NIOSSL looks at the name after BoringSSL has looked at the chain.
    private static func isOfAnotherHost(_ error: any Error) -> Bool {
        error as? NIOSSLExtraError == .failedToValidateHostname || "\(error)".contains("CERTIFICATE_VERIFY_FAILED")
            || "\(error)".contains("unableToValidate")
    }

    /// The certificate that a server shows to one who trusts everybody and sends no certificate.
    private static func certificate(shownBy url: RelayURL) async -> Certificate? {
        let box = SeenCertificate()
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .none
        var settings = HTTPClient.Configuration(tlsConfiguration: tls)
        settings.timeout = .init(connect: .seconds(5), read: .seconds(5))
        settings.connectionPool.retryConnectionEstablishment = false
        settings.httpVersion = .http1Only
        settings.http1_1ConnectionDebugInitializer = { channel in
            channel.nioSSL_peerCertificate().map { certificate in
                let der = try? certificate?.toDERBytes()
                box.bytes.withLock { $0 = der }
            }
        }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        _ = try? await client.execute(HTTPClientRequest(url: url.origin + "/"), timeout: .seconds(5))
        try? await client.shutdown()
        return box.bytes.withLock { $0 }.flatMap { try? Certificate(der: $0) }
    }
}

private final class SeenCertificate: Sendable {
    let bytes = Mutex<[UInt8]?>(nil)
}
