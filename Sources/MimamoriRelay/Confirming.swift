// The second person (SD-ACC-6): confirms what another has proposed, and it is done. Holds and their release are one
// transaction. A disposal takes one for each package, so that a stop in between leaves each package whole or destroyed
// and confirming again goes on; the proposal is confirmed when the last one is done.

package import MimamoriCore
import MimamoriStore
package import MimamoriWire

extension Relay {
    /// Carries a proposal out. The confirmer's own repeat gets the same answer; nobody confirms what they proposed.
    package func confirm(_ id: ProposalID, by caller: Caller) async throws -> ProposalOutcome {
        try await attempt(.proposalConfirmed, on: id.text, by: caller) {
            try caller.requireKeeping()
            let (kept, packages) = try await keptProposal(id)
            guard kept.proposedBy != caller.address else { throw Refusal.confirmerIsProposer }
            if kept.state == .confirmed, kept.decidedBy == caller.address {
                return try await outcome(of: kept, packages)
            }
            guard kept.state == .open else { throw Refusal.stateConflict(kept.state.name) }
            if kept.action == .dispose { try await dispose(of: packages, by: kept, confirmedBy: caller) }
            let now = world.now()
            let leaf = try prepareLeaf(.proposalConfirmed, on: id.text, by: caller, reason: kept.action.rawValue)
            let effects = try effects(of: kept.action, on: packages, by: caller)
            let row = try await database.write { transaction in
                let row = try transaction.openProposal(id).decided(.confirmed, by: caller.address, at: now)
                for (package, leaf) in effects
                where try transaction.takeEffect(row.action, on: package, by: id, at: now) {
                    try transaction.append(leaf)
                }
                try transaction.updateProposal(row)
                try transaction.append(leaf)
                return row
            }
            journal.proposalMoved(id, row.action, to: .confirmed, packages: packages.count)
            return try await outcome(of: row, packages)
        }
    }

    /// Which packages now are as the proposal wants them.
    private func outcome(of row: ProposalRow, _ packages: [PackageID]) async throws -> ProposalOutcome {
        let standing = try await database.read { transaction in
            try packages.map { try transaction.stands(row.action, on: $0) }
        }
        func those(_ wanted: Bool) -> [PackageID] { zip(packages, standing).filter { $1 == wanted }.map(\.0) }
        return ProposalOutcome(
            proposal: try proposal(row, packages: packages), done: those(true), left: those(false))
    }

    /// The leaves of what the confirmation itself does to each package; a disposal has done its own by then.
    private func effects(
        of action: Proposal.Action, on packages: [PackageID], by caller: Caller
    ) throws -> [(PackageID, PreparedLeaf)] {
        let effect: AccessAction? =
            switch action {
            case .dispose: nil
            case .hold: .holdPlaced
            case .releaseHold: .holdReleased
            }
        guard let effect else { return [] }
        return try packages.map { ($0, try prepareLeaf(effect, on: $0.text, by: caller)) }
    }
}

extension Transaction {
    /// Returns whether something changed. A hold that is confirmed stands by the confirmed proposal, whichever placed it;
    /// one that was released since it was proposed is placed again.
    fileprivate func takeEffect(
        _ action: Proposal.Action, on package: PackageID, by proposal: ProposalID, at time: Timestamp
    ) throws -> Bool {
        switch action {
        case .dispose:
            return false
        case .releaseHold:
            return try releaseHold(package)
        case .hold:
            guard try self.package(package)?.state != .disposed else { return false }
            let isNew = try placeHold(package, proposal: proposal, at: time)
            if !isNew { try moveHold(package, to: proposal) }
            return isNew
        }
    }

    fileprivate func stands(_ action: Proposal.Action, on package: PackageID) throws -> Bool {
        switch action {
        case .dispose: try self.package(package)?.state == .disposed
        case .hold: try isOnHold(package)
        case .releaseHold: try !isOnHold(package)
        }
    }
}
