// The directory with its version as validator, so that a client asks often and pays only for changes; and the
// revocation list, which everybody needs.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

extension Routes {
    func directory(_ context: RelayContext) async throws -> Answer {
        let etag = Self.etag(relay.directoryVersion(), for: context.caller)
        if context.headers[.ifNoneMatch] == etag {
            return Answer(status: .notModified, headers: [.eTag: etag])
        }
        let message = try await relay.directory(for: context.caller)
        var answer = Answer.json(message)
        answer.headers[.eTag] = Self.etag(message.version, for: context.caller)
        return answer
    }

    func revocationList() throws -> Answer {
        guard let list = relay.revocationList() else { throw Refusal.notFound }
        return .bytes(list, MediaType.revocationList)
    }

    /// What is shown depends on the caller, so the validator names the caller's certificate too.
    private static func etag(_ version: Int64, for caller: Caller) -> String {
        "\"\(version)-\(caller.certificate.hexadecimal.prefix(16))\""
    }
}
