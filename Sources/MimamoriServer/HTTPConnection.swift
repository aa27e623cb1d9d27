// Serves the requests of one connection, one after the other (RFC 9112). Reads a body only as far as its endpoint allows
// and only for as long as an upload may take; says `100 Continue` only when the request is going to be read; closes when
// a body was left unread, and then waits a moment so that the answer reaches a peer that is still sending. What is
// answered is Exchange.swift's.

import HTTPTypes
import Logging
import MimamoriCore
import MimamoriRelay
import MimamoriWire
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import ServiceLifecycle

struct HTTPConnection: Sendable {
    typealias Writer = NIOAsyncChannelOutboundWriter<HTTPResponsePart>

    /// Large bodies go out in pieces, so that a slow reader holds back the writer and not the memory.
    private static let pieceBytes = 256 * 1024
    /// How long a peer may go on sending after an answer that ends the connection.
    private static let lingerSeconds: Int64 = 2

    let channel: any Channel
    let limits: ServerLimits
    let exchange: Exchange

    /// Runs until either side closes. An error here is a broken connection: nobody is left to tell.
    func run(_ pipe: HTTPPipe) async {
        try? await withTaskCancellationHandler {
            try await pipe.executeThenClose { inbound, outbound in
                let parts = RequestParts(inbound.makeAsyncIterator())
                do {
                    try await serve(parts, outbound)
                } catch is HTTPParserError {
                    let request = exchange.newRequestID()
                    exchange.journal.defective(request, status: HTTPResponse.Status.badRequest.code)
                    try await write(exchange.answer(to: .framingInvalid, request: request), request, outbound, of: nil)
                }
                outbound.finish()
                await linger(parts)
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    private func serve(_ parts: RequestParts, _ outbound: Writer) async throws {
        var peer: PeerIdentity?
        while let head = try await parts.nextHead() {
            let request = exchange.newRequestID()
            let began = exchange.world.now()
            if peer == nil { peer = try await PeerIdentity.of(channel) }
            guard let peer else { return }
            var answer = await exchange.answer(to: head, from: peer, request: request) { limit in
                try await read(parts, of: head, upTo: limit, outbound)
            }
            if !Self.hasBody(head) { try await parts.finishEmpty() }
            answer.closes =
                answer.closes || !parts.isAtEnd || Task.isShuttingDownGracefully
                || head.headerFields[.connection]?.lowercased() == "close"
            try await write(answer, request, outbound, of: head)
            exchange.journal.answered(
                request, method: head.method.rawValue, path: head.path ?? "", status: answer.status.code,
                milliseconds: exchange.world.now().milliseconds - began.milliseconds)
            if answer.closes { return }
        }
    }

    /// RFC 9112 §6: a request has a body when one of these fields says so.
    private static func hasBody(_ head: HTTPRequest) -> Bool {
        head.headerFields[.transferEncoding] != nil || (head.headerFields[.contentLength] ?? "0") != "0"
    }

    /// The whole body, or a RequestDefect when it is too large or too slow.
    private func read(
        _ parts: RequestParts, of head: HTTPRequest, upTo limit: Int, _ outbound: Writer
    ) async throws -> [UInt8] {
        let announced = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        let defect: RequestDefect = limit == 0 ? .bodyNotExpected : .bodyTooLarge(limitBytes: limit)
        if announced > limit { throw defect }
        if head.headerFields[.expect]?.lowercased() == "100-continue" {
            try await outbound.write(.head(HTTPResponse(status: .continue)))
        }
        let seconds = limits.transfer.components.seconds
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(limits.transfer)) {
            channel.pipeline.fireErrorCaught(RequestDefect.uploadTooSlow(seconds: seconds))
        }
        defer { deadline.cancel() }
        return try await parts.body(expecting: announced, upTo: limit, orElse: defect)
    }

    private func write(
        _ answer: Answer, _ request: RequestID, _ outbound: Writer, of head: HTTPRequest?
    ) async throws {
        var response = HTTPResponse(status: answer.status, headerFields: answer.headers)
        response.headerFields[.date] = HTTPDate.text(of: exchange.world.now())
        response.headerFields[.cacheControl] = "no-store"
        if let name = HTTPField.Name(HeaderName.request) { response.headerFields[name] = request.text }
        if answer.closes { response.headerFields[.connection] = "close" }
        let isEmptyByNature = answer.status == .noContent || answer.status == .notModified
        if !isEmptyByNature {
            response.headerFields[.contentLength] = String(answer.announcedBytes ?? answer.body.count)
        }
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(limits.transfer)) {
            channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        let body = head?.method == .head ? [] : answer.body
        if body.count <= Self.pieceBytes {
            let content: [HTTPResponsePart] = body.isEmpty ? [] : [.body(ByteBuffer(bytes: body))]
            try await outbound.write(contentsOf: [.head(response)] + content + [.end(nil)])
        } else {
            try await outbound.write(.head(response))
            var rest = ByteBuffer(bytes: body)
            while let piece = rest.readSlice(length: min(Self.pieceBytes, rest.readableBytes)), piece.readableBytes > 0
            {
                try await outbound.write(.body(piece))
            }
            try await outbound.write(.end(nil))
        }
        // A large answer has its time, and a last one must not be cut off by the close that follows it.
        if answer.closes || body.count > Self.pieceBytes {
            try await channel.triggerUserOutboundEvent(ConnectionWatch.AnswerHasLeft()).get()
        }
    }

    /// Lets the peer read the last answer: closing a socket with unread input would throw that answer away.
    private func linger(_ parts: RequestParts) async {
        let deadline = channel.eventLoop.scheduleTask(in: .seconds(Self.lingerSeconds)) {
            channel.close(promise: nil)
        }
        await parts.discardRest()
        deadline.cancel()
    }
}

extension HTTPField.Name {
    static let expect = HTTPField.Name("Expect") ?? .accept
}
