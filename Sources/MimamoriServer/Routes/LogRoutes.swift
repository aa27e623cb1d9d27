// The access log: entries by sequence number, heads and proofs by size, cosignatures. The key needs no harness of its own.

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

    func logCheckpoint(_ context: RelayContext) async throws -> Answer {
        try context.query.allow("size")
        return Self.text(try await relay.logCheckpoint(size: try context.query.number("size")))
    }

    func logInclusion(_ context: RelayContext) async throws -> Answer {
        try context.query.allow("index", "size")
        guard let index = try context.query.number("index") else { throw RequestDefect.queryInvalid(name: "index") }
        return Self.text(try await relay.inclusionProof(of: index, size: try context.query.number("size")))
    }

    func logConsistency(_ context: RelayContext) async throws -> Answer {
        try context.query.allow("from", "to")
        guard let from = try context.query.number("from") else { throw RequestDefect.queryInvalid(name: "from") }
        return Self.text(try await relay.consistencyProof(from: from, to: try context.query.number("to")))
    }

    func logCosignatures(_ context: RelayContext) async throws -> Answer {
        guard context.method == .post else { return .json(try await relay.cosignedHeads()) }
        guard let note = String(validating: context.body, as: UTF8.self) else {
            throw RequestDefect.bodyInvalid(field: "(UTF-8)")
        }
        try await relay.acceptCosignatures(note, by: context.caller)
        return .noContent
    }

    private static func text(_ text: String) -> Answer { .bytes(Array(text.utf8), MediaType.text) }
}
