// What RelayClient asks of a connection: one request, one answer, or an answer in pieces. RelayConnection is the one over
// the network; a test brings one that lies, breaks off and remembers.

package import MimamoriWire

/// Every function throws `Refused`, `ClientFailure` or `CancellationError`; what is not a success is thrown.
package protocol RelayTransport: Sendable {
    /// The whole answer, at most `limit` bytes.
    func answer(to request: RelayRequest, limit: Int) async throws -> RelayAnswer

    /// The answer's body piece by piece as it arrives; its status comes first.
    func stream(
        _ request: RelayRequest, begin: (_ status: UInt) throws -> Void, piece: ([UInt8]) throws -> Void
    ) async throws
}

/// One request: what `RelayClient` makes of an endpoint.
package struct RelayRequest: Sendable {
    package enum Method: Sendable { case get, post, put }

    package let method: Method
    package let endpoint: Endpoint
    package var query: [(String, String)] = []
    package var headers: [(String, String)] = []
    package var body: [UInt8]?
    /// Whole seconds until the answer must have begun.
    package var timeoutSeconds: Int64 = 120
}

/// A whole answer that was a success.
package struct RelayAnswer: Sendable {
    package let status: UInt
    /// Names in lower case.
    package let headers: [String: String]
    package let body: [UInt8]

    package init(status: UInt, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
