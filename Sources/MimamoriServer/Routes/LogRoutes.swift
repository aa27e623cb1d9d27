// Entries of the access log by sequence number, for auditors. Checkpoint and key need no harness of their own.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

extension Routes {
    func logEntries(_ context: RelayContext) async throws -> Answer {
        try context.query.allow("first", "count")
        let first = try context.query.number("first", standard: 0)
        let count = try context.query.number("count", standard: Int64(Relay.longestLogPage))
        guard (1...Int64(Relay.longestLogPage)).contains(count) else {
            throw RequestDefect.queryInvalid(name: "count")
        }
        return .json(try await relay.logPage(first: first, count: Int(count), by: context.caller))
    }
}
