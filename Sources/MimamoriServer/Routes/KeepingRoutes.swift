// Retention: what is due, and what two persons propose and confirm.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

extension Routes {
    func dueDisposals(_ context: RelayContext) async throws -> Answer {
        try context.query.allow("before", "after")
        let before = try context.query.value("before") { CivilDate($0) }
        let after = try context.query.value("after") { PackageID($0) }
        return .json(try await relay.dueDisposals(before: before, after: after, by: context.caller))
    }

    func proposals(_ context: RelayContext) async throws -> Answer {
        try context.query.allow("state")
        let state = try context.query.value("state") { Proposal.State(rawValue: $0) } ?? .open
        return .json(try await relay.proposals(in: state, by: context.caller))
    }

    func propose(_ context: RelayContext) async throws -> Answer {
        var answer = Answer.json(
            try await relay.propose(try context.json(ProposalRequest.self), by: context.caller))
        answer.status = .created
        return answer
    }
}
