// One request and its answer, in the order that keeps a stranger out: who asks, then which endpoint, then how large,
// and only then is a body read. Every error on the way becomes a problem here, and nowhere else. What the endpoints do
// is in Routes/.

import HTTPTypes
import MimamoriCore
package import MimamoriRelay
import MimamoriWire

package struct Exchange: Sendable {
    let routes: Routes
    let journal: ServerJournal
    let world: RelayWorld

    package init(relay: Relay, journal: ServerJournal, world: RelayWorld) {
        routes = Routes(relay: relay)
        self.journal = journal
        self.world = world
    }

    /// 64 random bits: enough to find one request in the log, short enough to read out on the telephone.
    func newRequestID() -> RequestID { RequestID(Hexadecimal.encode(world.random(8))) }

    /// Serves one request; never throws, because every error has an answer. `body` reads the request's body up to a
    /// limit in bytes, and is called at most once.
    func answer(
        to head: HTTPRequest, from peer: PeerIdentity, request: RequestID, body: (Int) async throws -> [UInt8]
    ) async -> Answer {
        let caller: Caller
        do {
            caller = try await routes.relay.identify(
                certificateDER: peer.certificateDER, source: peer.source, request: request)
        } catch {
            var problem = ProblemMapping.answer(to: error, request: request)
            problem.closes = true
            return report(problem, request)
        }
        do {
            let target = (head.path ?? "").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            guard let path = target.first, let endpoint = Endpoint(path: path) else { throw RequestDefect.unknownPath }
            guard endpoint.methods.contains(head.method) else {
                throw RequestDefect.methodNotAllowed(endpoint.methods)
            }
            let context = RelayContext(
                caller: caller, endpoint: endpoint, method: head.method, headers: head.headerFields,
                query: try QueryParameters(target.count > 1 ? target[1] : ""),
                body: try await body(endpoint.bodyLimit(for: head.method)))
            return try await routes.answer(context)
        } catch {
            return report(ProblemMapping.answer(to: error, request: request), request)
        }
    }

    /// The problem for a request that could not even be read.
    func answer(to defect: RequestDefect, request: RequestID) -> Answer {
        var problem = ProblemMapping.answer(to: defect, request: request)
        problem.closes = true
        return report(problem, request)
    }

    private func report(_ problem: ProblemAnswer, _ request: RequestID) -> Answer {
        if let cause = problem.cause { journal.failed(request, status: problem.status.code, cause: cause) }
        return .problem(problem)
    }
}
