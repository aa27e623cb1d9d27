// A recipient's mailbox with long poll, and the receipt that a person signs after opening.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

extension Routes {
    func inbox(_ context: RelayContext) async throws -> Answer {
        try context.query.allow("after", "wait")
        let position = try context.query.number("after", standard: 0)
        let wait = try context.query.number("wait", standard: 0)
        guard wait <= Int64(Relay.longestWaitSeconds) else { throw RequestDefect.queryInvalid(name: "wait") }
        return .json(try await relay.inbox(after: position, waitSeconds: Int(wait), by: context.caller))
    }

    func acceptOpenedReceipt(_ id: PackageID, _ context: RelayContext) async throws -> Answer {
        try await relay.acceptOpenedReceipt(context.body, for: id, by: context.caller)
        return .noContent
    }
}
