// Sending: a manifest, its parts, the commit; the one-request form; the cancellation. A new stored receipt is 201, the
// repeat of one 200 with the same statement, so that a client that lost the first answer loses nothing.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

extension Routes {
    func submit(_ context: RelayContext) async throws -> Answer {
        storedReceipt(try await relay.submit(context.body, by: context.caller))
    }

    func begin(_ id: PackageID, _ context: RelayContext) async throws -> Answer {
        .json(try await relay.begin(id, manifest: context.body, by: context.caller))
    }

    func receivePart(_ number: Int, of id: PackageID, _ context: RelayContext) async throws -> Answer {
        try await relay.receivePart(number, of: id, bytes: context.body, by: context.caller)
        return .noContent
    }

    func commit(_ id: PackageID, _ context: RelayContext) async throws -> Answer {
        storedReceipt(try await relay.commit(id, by: context.caller))
    }

    func cancel(_ id: PackageID, _ context: RelayContext) async throws -> Answer {
        try await relay.cancel(id, by: context.caller)
        return .noContent
    }

    private func storedReceipt(_ stored: (receipt: [UInt8], isNew: Bool)) -> Answer {
        .bytes(stored.receipt, MediaType.signed, status: stored.isNew ? .created : .ok)
    }
}
