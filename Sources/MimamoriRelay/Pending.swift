package import MimamoriCore
import MimamoriCrypto
import MimamoriStore
package import MimamoriWire

extension Relay {
    package func thread(of id: PackageID, by caller: Caller) async throws -> ThreadPage {
        preconditionFailure("pending")
    }
    package func relabel(_ id: PackageID, statement signed: [UInt8], by caller: Caller) async throws {
        preconditionFailure("pending")
    }
    package func report(from: CivilDate, to: CivilDate, by caller: Caller) async throws -> ActivityReport {
        preconditionFailure("pending")
    }
    package func dueDisposals(before day: CivilDate?, after id: PackageID?, by caller: Caller) async throws -> DuePage {
        preconditionFailure("pending")
    }
    package func proposals(in state: Proposal.State, by caller: Caller) async throws -> ProposalsPage {
        preconditionFailure("pending")
    }
    package func propose(_ request: ProposalRequest, by caller: Caller) async throws -> Proposal {
        preconditionFailure("pending")
    }
    package func confirm(_ id: ProposalID, by caller: Caller) async throws -> ProposalOutcome {
        preconditionFailure("pending")
    }
    package func withdraw(_ id: ProposalID, by caller: Caller) async throws -> Proposal {
        preconditionFailure("pending")
    }
    package func disposalCertificate(of id: PackageID, by caller: Caller) async throws -> [UInt8] {
        preconditionFailure("pending")
    }
}
