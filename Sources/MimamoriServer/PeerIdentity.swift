// What the connection itself says of the peer: the certificate whose key it proved to hold, and its network address.
// Read once a connection, after the handshake; a resumed session brings the certificate of the first one. Whose
// certificate it is and whether it may speak is MimamoriRelay's question, asked on every request.

import NIOCore
import NIOSSL

struct PeerIdentity: Sendable {
    /// `nil` when no certificate was presented.
    let certificateDER: [UInt8]?
    /// Without port.
    let source: String?

    /// Call it when the first request has arrived: then the handshake is over.
    static func of(_ channel: any Channel) async throws -> PeerIdentity {
        let certificate = try await channel.nioSSL_peerCertificate().get()
        return PeerIdentity(
            certificateDER: try certificate?.toDERBytes(), source: channel.remoteAddress?.ipAddress)
    }
}
