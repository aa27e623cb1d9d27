// HTTP/1.1 over mutual TLS 1.3 to one relay (AsyncHTTPClient, NIOSSL): connections kept alive, the pinned roots and
// nothing else trusted, X25519MLKEM768 offered first. What the paths mean is RelayClient.swift's; what went wrong, when
// something did, is told by ConnectionDiagnosis.swift.

import AsyncHTTPClient
import MimamoriCore
import MimamoriWire
import NIOCore
import NIOHTTP1
import NIOSSL

package final class RelayConnection: RelayTransport {
    let url: RelayURL
    private let client: HTTPClient
    private let diagnosis: ConnectionDiagnosis

    /// Contacts nobody. `connections` is how many are kept at most. Throws when the PEM texts are not certificates and
    /// a key.
    package init(
        url: RelayURL, rootsPEM: String, certificatePEM: String, keyPEM: String, connections: Int = 4,
        diagnosis: ConnectionDiagnosis
    ) throws(ClientFailure) {
        self.url = url
        self.diagnosis = diagnosis
        do {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.minimumTLSVersion = .tlsv13
            tls.certificateVerification = .fullVerification
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(rootsPEM.utf8)))
            tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(certificatePEM.utf8))
                .map { .certificate($0) }
            tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem))
            tls.curves = [.x25519_MLKEM768, .x25519, .secp256r1, .secp384r1]
            var settings = HTTPClient.Configuration(tlsConfiguration: tls)
            settings.httpVersion = .http1Only
            settings.redirectConfiguration = .disallow
            settings.timeout = .init(connect: .seconds(10), read: .seconds(100))
            settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
            settings.connectionPool.retryConnectionEstablishment = false
            client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        } catch {
            throw ClientFailure(
                .configuration,
                message: Bilingual(
                    ja: "証明書か鍵を TLS に使えません。", en: "A certificate or key cannot be used for TLS."),
                remedy: Bilingual(
                    ja: "mimamori doctor で調べてください。", en: "See what mimamori doctor says."), cause: "\(error)")
        }
    }

    /// Must be called before the value goes away.
    package func close() async { try? await client.shutdown() }

    /// The whole answer, at most `limit` bytes. Throws `Refused` or `ClientFailure` for anything but a success.
    package func answer(to request: RelayRequest, limit: Int) async throws -> RelayAnswer {
        let response = try await head(of: request)
        let body = try await translating { try await response.body.collect(upTo: limit) }
        return RelayAnswer(
            status: response.status.code,
            headers: Dictionary(
                response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first }),
            body: Array(body.readableBytesView))
    }

    /// The answer's body piece by piece as it arrives; `status` comes first.
    package func stream(
        _ request: RelayRequest, begin: (_ status: UInt) throws -> Void, piece: ([UInt8]) throws -> Void
    ) async throws {
        let response = try await head(of: request)
        try begin(response.status.code)
        var pieces = response.body.makeAsyncIterator()
        while true {
            // Only the network's errors are translated; what the caller throws while writing is its own.
            let next: ByteBuffer?
            do {
                next = try await pieces.next()
            } catch {
                throw await diagnosis.failure(for: error, url: url)
            }
            guard let next else { return }
            try piece(Array(next.readableBytesView))
        }
    }

    /// Sends a request and lets only a success pass.
    private func head(of request: RelayRequest) async throws -> HTTPClientResponse {
        var message = HTTPClientRequest(url: url.origin + request.endpoint.path + Self.text(ofQuery: request.query))
        switch request.method {
        case .get: message.method = .GET
        case .post: message.method = .POST
        case .put: message.method = .PUT
        }
        message.headers.add(name: "User-Agent", value: "mimamori")
        for (name, value) in request.headers { message.headers.add(name: name, value: value) }
        if let body = request.body { message.body = .bytes(ByteBuffer(bytes: body)) }
        let sent = message
        let response = try await translating {
            try await self.client.execute(sent, timeout: .seconds(request.timeoutSeconds))
        }
        guard response.status.code >= 300 && response.status.code != 304 else { return response }
        let body = (try? await response.body.collect(upTo: 1024 * 1024)).map { Array($0.readableBytesView) } ?? []
        throw ProblemReading.error(status: response.status.code, body: body)
    }

    private func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            throw await diagnosis.failure(for: error, url: url)
        }
    }

    /// The protocol's query values are numbers, so that nothing needs escaping.
    private static func text(ofQuery query: [(String, String)]) -> String {
        query.isEmpty ? "" : "?" + query.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }
}
