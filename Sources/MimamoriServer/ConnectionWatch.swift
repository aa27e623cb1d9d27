// Watches one connection on its event loop: closes it when nothing happens for too long (SD-AUT-13), and when the server
// stops, at once if it is idle, else when the answer under way has reached the peer's socket. HummingbirdCore's own
// handler is not used because it closes without waiting for the last bytes to leave.

import NIOCore
import NIOHTTPTypes

final class ConnectionWatch: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// An outbound event whose promise is fulfilled when the last whole answer has been handed to the kernel.
    struct AnswerHasLeft: Sendable {}

    /// A peer that has said nothing yet is nobody: it has less time than one that did.
    private static let beforeFirstRequest = TimeAmount.seconds(15)

    private let idle: TimeAmount
    private var allowed: TimeAmount
    private var lastActive = NIODeadline.now()
    /// Answered requests count until their answer has left.
    private var requestsInProgress = 0
    private var isBodyArriving = false
    private var isStopping = false
    private var lastAnswer: EventLoopFuture<Void>?
    private var check: Scheduled<Void>?

    init(idle: Duration) {
        self.idle = TimeAmount(idle)
        allowed = min(self.idle, Self.beforeFirstRequest)
    }

    func handlerAdded(context: ChannelHandlerContext) { scheduleCheck(context) }

    func handlerRemoved(context: ChannelHandlerContext) { check?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastActive = .now()
        switch unwrapInboundIn(data) {
        case .head:
            allowed = idle
            requestsInProgress += 1
            isBodyArriving = true
        case .body: break
        case .end: isBodyArriving = false
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        let left = promise ?? context.eventLoop.makePromise()
        lastAnswer = left.futureResult
        context.write(data, promise: left)
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        left.futureResult.assumeIsolated().whenComplete { _ in
            self.requestsInProgress -= 1
            self.lastActive = .now()
            if self.isStopping, self.requestsInProgress == 0 { self.closeBehindAnswer(context.value) }
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is AnswerHasLeft else { return context.triggerUserOutboundEvent(event, promise: promise) }
        if let lastAnswer { lastAnswer.cascade(to: promise) } else { promise?.succeed() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        isStopping = true
        if requestsInProgress == 0 { context.close(promise: nil) }
    }

    /// Ends our half, so that the peer reads the answer and then the end; whoever does not close then is closed.
    private func closeBehindAnswer(_ context: ChannelHandlerContext) {
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        check?.cancel()
        check = context.eventLoop.scheduleTask(in: .seconds(2)) { bound.value.close(promise: nil) }
    }

    private func scheduleCheck(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((watch: self, context: context), eventLoop: context.eventLoop)
        check = context.eventLoop.scheduleTask(deadline: lastActive + allowed) {
            bound.value.watch.closeIfIdle(bound.value.context)
        }
    }

    private func closeIfIdle(_ context: ChannelHandlerContext) {
        // While a request is being worked on, the peer has nothing to say; HTTPConnection.swift watches the answer.
        if requestsInProgress > 0, !isBodyArriving { lastActive = .now() }
        if lastActive + allowed <= .now() { return context.close(promise: nil) }
        scheduleCheck(context)
    }
}

@available(*, unavailable)
extension ConnectionWatch: Sendable {}
