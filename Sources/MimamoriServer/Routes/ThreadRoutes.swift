// What belongs to a package beside itself: a decider's relabelling; and the duty's acknowledgement, which every reader
// of personal information gives. Threads and the duty's text need no harness of their own.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

extension Routes {
    func relabel(_ id: PackageID, _ context: RelayContext) async throws -> Answer {
        try await relay.relabel(id, statement: context.body, by: context.caller)
        return .noContent
    }

    func acknowledgeDuty(_ context: RelayContext) async throws -> Answer {
        try await relay.acknowledgeDuty(context.body, by: context.caller)
        return .noContent
    }

    func report(_ context: RelayContext) async throws -> Answer {
        try context.query.allow("from", "to")
        guard let from = try context.query.value("from", { CivilDate($0) }) else {
            throw RequestDefect.queryInvalid(name: "from")
        }
        guard let to = try context.query.value("to", { CivilDate($0) }), from <= to else {
            throw RequestDefect.queryInvalid(name: "to")
        }
        return .json(try await relay.report(from: from, to: to, by: context.caller))
    }
}
