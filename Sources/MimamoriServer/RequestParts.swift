// The inbound half of a connection as requests: heads, bodies within a limit, and what is left over. One connection's
// task uses it and nobody else. Framing is NIO's; limits and times come from HTTPConnection.swift.

import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

final class RequestParts {
    typealias Iterator = NIOAsyncChannelInboundStream<HTTPRequestPart>.AsyncIterator

    private var iterator: Iterator
    /// The present request has been read to its end; true before the first one.
    private(set) var isAtEnd = true

    init(_ iterator: Iterator) { self.iterator = iterator }

    /// The next request's head, or `nil` when the peer has gone.
    func nextHead() async throws -> HTTPRequest? {
        precondition(isAtEnd, "a connection with an unread body is closed, not reused")
        while let part = try await next() {
            if case .head(let head) = part {
                isAtEnd = false
                return head
            }
        }
        return nil
    }

    /// The rest of the present request's body. Throws a RequestDefect: `defect` as soon as more than `limit` bytes have
    /// come, another one when the rest never comes or is not HTTP, because half a body is no body.
    func body(expecting announced: Int, upTo limit: Int, orElse defect: RequestDefect) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(announced)
        while let part = try await nextOfBody() {
            switch part {
            case .body(let buffer):
                guard bytes.count + buffer.readableBytes <= limit else { throw defect }
                bytes.append(contentsOf: buffer.readableBytesView)
            case .end:
                isAtEnd = true
                return bytes
            case .head:
                preconditionFailure("NIO's decoder ends a request before it begins the next")
            }
        }
        throw RequestDefect.bodyIncomplete
    }

    private func nextOfBody() async throws -> HTTPRequestPart? {
        do {
            return try await next()
        } catch let defect as RequestDefect {
            throw defect
        } catch is HTTPParserError {
            throw RequestDefect.framingInvalid
        } catch {
            throw RequestDefect.bodyIncomplete
        }
    }

    /// Takes the end of a request that has no body, when nobody has read it yet.
    func finishEmpty() async throws {
        guard !isAtEnd, case .end = try await next() else { return }
        isAtEnd = true
    }

    /// Reads and forgets until the peer closes or the connection breaks.
    func discardRest() async {
        while let part = try? await next() { _ = part }
    }

    private func next() async throws -> HTTPRequestPart? {
        var present = iterator
        defer { iterator = present }
        return try await present.next()
    }
}
