// From an endpoint to the verb of the use cases: one exhaustive switch, so that an endpoint of the protocol that is not
// served does not compile. The harnesses beside this file decode, call one verb and encode; they decide nothing.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

struct Routes: Sendable {
    let relay: Relay

    func answer(_ context: RelayContext) async throws -> Answer {
        if !context.endpoint.takesQuery { try context.query.allow() }
        return switch context.endpoint {
        case .whoAmI: .json(relay.whoAmI(context.caller))
        case .directory: try await directory(context)
        case .revocationList: try revocationList()
        case .packages: try await submit(context)
        case .manifest(let id): try await begin(id, context)
        case .part(let id, let number):
            switch context.method {
            case .put: try await receivePart(number, of: id, context)
            case .head: try await describePart(number, of: id, context)
            default: try await readPart(number, of: id, context)
            }
        case .commit(let id): try await commit(id, context)
        case .package(let id): .json(try await relay.view(id, by: context.caller))
        case .cancellation(let id): try await cancel(id, context)
        case .approvals: .json(try await relay.approvals(by: context.caller))
        case .approval(let id): try await approve(id, context)
        case .rejection(let id): try await reject(id, context)
        case .inbox: try await inbox(context)
        case .openedReceipt(let id): try await acceptOpenedReceipt(id, context)
        case .thread(let id): .json(try await relay.thread(of: id, by: context.caller))
        case .label(let id): try await relabel(id, context)
        case .duty: .json(try await relay.duty(of: context.caller))
        case .dutyAcknowledgements: try await acknowledgeDuty(context)
        case .report: try await report(context)
        case .dueDisposals: try await dueDisposals(context)
        case .proposals:
            context.method == .post ? try await propose(context) : try await proposals(context)
        case .proposalConfirmation(let id): .json(try await relay.confirm(id, by: context.caller))
        case .proposalWithdrawal(let id): .json(try await relay.withdraw(id, by: context.caller))
        case .disposalCertificate(let id):
            .bytes(try await relay.disposalCertificate(of: id, by: context.caller), MediaType.signed)
        case .logEntries: try await logEntries(context)
        case .logCheckpoint: try await logCheckpoint(context)
        case .logInclusion: try await logInclusion(context)
        case .logConsistency: try await logConsistency(context)
        case .logCosignatures: try await logCosignatures(context)
        case .logKey: .bytes(try relay.logKeyStatement(), MediaType.signed)
        case .parties: .json(try await relay.register(try context.json([Party].self), by: context.caller))
        case .persons: .json(try await relay.register(try context.json(Person.self), by: context.caller))
        case .roles: .json(try await relay.change(try context.json(RoleChange.self), by: context.caller))
        case .certificates:
            .json(try await relay.enrol(try context.json(CertificateEnrolment.self), by: context.caller))
        case .certificateWithdrawals:
            .json(try await relay.withdraw(try context.json(CertificateWithdrawal.self), by: context.caller))
        case .memberships: .json(try await relay.change(try context.json(Membership.self), by: context.caller))
        }
    }
}

extension Endpoint {
    fileprivate var takesQuery: Bool {
        switch self {
        case .inbox, .logEntries, .logCheckpoint, .logInclusion, .logConsistency, .report, .dueDisposals, .proposals:
            true
        default: false
        }
    }
}
