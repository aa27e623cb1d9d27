// The server's part of the operational log, a closed vocabulary like MimamoriRelay's Journal: one typed method an event,
// with ids, codes, counts and times only. Paths of packages are written as ids; no header, no body, no name.

package import Logging
import MimamoriCore

package struct ServerJournal: Sendable {
    private let logger: Logger

    package init(_ logger: Logger) { self.logger = logger }

    func listening(address: String) {
        logger.notice("server.listening", metadata: ["address": "\(address)"])
    }

    func stopping() {
        logger.notice("server.stopping")
    }

    func answered(_ request: RequestID, method: String, path: String, status: Int, milliseconds: Int64) {
        logger.debug(
            "request.answered",
            metadata: [
                "request": "\(request)", "method": "\(method)", "path": "\(path)", "status": "\(status)",
                "ms": "\(milliseconds)",
            ])
    }

    /// Something broke while this request was served; `cause` is for the person who runs the relay.
    func failed(_ request: RequestID, status: Int, cause: String) {
        logger.error(
            "request.failed", metadata: ["request": "\(request)", "status": "\(status)", "cause": "\(cause)"])
    }

    /// A request that no use case saw: unknown path, wrong method, too large, too slow.
    func defective(_ request: RequestID, status: Int) {
        logger.info("request.defective", metadata: ["request": "\(request)", "status": "\(status)"])
    }

    package func tlsReloaded() {
        logger.notice("tls.reloaded")
    }

    /// New files could not be used; the ones in force stay.
    package func reloadFailed(cause: String) {
        logger.error("reload.failed", metadata: ["cause": "\(cause)"])
    }
}
