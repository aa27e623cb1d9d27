// One accepted connection from the first byte to the last: puts TLS, HTTP/1.1 and the idle watch into its pipeline and
// hands each request to HTTPConnection.swift. Built on HummingbirdCore's public types, with a TLS context that can be
// replaced while connections stay open (which HummingbirdTLS cannot do).

import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOSSL

/// A request's and a response's parts on one connection.
typealias HTTPPipe = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

struct SecureChannel: ServerChildChannel {
    /// Heads above this are refused by the parser; the protocol's own stay below 2 KiB.
    private static let headBytes = 16 * 1024
    private static let headFields = 64

    let tls: ServerTLS
    let limits: ServerLimits
    let exchange: Exchange

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTPPipe> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(
                NIOSSLServerHandler(
                    context: tls.context,
                    // Possession of the key is proved by the handshake itself. Chain, revocation, dates, usage and
                    // enrolment are judged on every request, where a refusal can be explained.
                    customVerificationCallback: { _, promise in promise.succeed(.certificateVerified) }))
            var decoding = NIOHTTPDecoderLimitConfiguration()
            decoding.maxHeaderFieldSize = Self.headBytes
            decoding.maxHeaderListSize = Self.headBytes
            decoding.maxHeaderFieldCount = Self.headFields
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: decoding)
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: true))
            try pipeline.addHandler(ConnectionWatch(idle: limits.idle))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: HTTPPipe, logger: Logger) async {
        await HTTPConnection(channel: value.channel, limits: limits, exchange: exchange).run(value)
    }
}
