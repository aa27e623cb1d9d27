// Destroying a package (N22, SD-DEL-1–3): its data key first, in one transaction with state, certificate and leaf, after
// which nothing of it can be opened; then the rows of its parts in small batches. Each is judged in that transaction, so
// that a hold placed at the last moment wins. Two persons have decided by then (Confirming.swift).

import MimamoriCore
import MimamoriCrypto
import MimamoriStore

extension Relay {
    /// So many parts, of 4 MiB at most, keep other writers waiting for a moment only.
    private static let partsPerBatch = 16

    /// Disposes of those against which no rule stands; each of the others has a refused leaf. A repeat goes on where a
    /// stop has interrupted it.
    func dispose(
        of packages: [PackageID], by proposal: ProposalRow, confirmedBy caller: Caller
    ) async throws {
        var destroyed: [PackageID] = []
        for id in packages {
            try Task.checkCancellation()
            let refusals: [Refusal]
            do {
                refusals = try await dispose(of: id, by: proposal, confirmedBy: caller)
            } catch let failure as any Failure {
                // One damaged package stops the rest; the operator must know which, and propose the others anew.
                journal.disposalFailed(id, cause: failure.cause)
                throw failure
            }
            if refusals.isEmpty {
                destroyed.append(id)
            } else {
                try await record(refusals, .packageDisposed, on: id.text, by: caller)
            }
        }
        _ = try await finishDisposals(of: destroyed)
    }

    /// What stands against the disposal; empty when the package is destroyed.
    private func dispose(
        of id: PackageID, by proposal: ProposalRow, confirmedBy caller: Caller
    ) async throws -> [Refusal] {
        let found = try await database.read { transaction in
            (try transaction.package(id), try transaction.dataKey(KeyOwner.package(id)))
        }
        guard let row = found.0 else { throw Refusal.notFound }
        if row.state == .disposed { return [] }
        guard let key = found.1 else { throw StoreFailure.packageWithoutKey(id) }
        let manifest = try KeptPackage(row: row, key: try packageKey(key)).manifest()
        let now = world.now()
        let leaf = try prepareLeaf(.packageDisposed, on: id.text, by: caller)
        let refusals = try await database.write { transaction -> [Refusal] in
            _ = try transaction.openProposal(proposal.id)
            guard var row = try transaction.package(id), row.state != .disposed else { return [] }
            let findings = try self.disposalFindings(
                on: manifest, row, isOnHold: transaction.isOnHold(id), proposedBy: proposal.proposedBy, by: caller,
                now: now)
            guard findings.isEmpty else { return findings }
            row.state = try row.state.after(.disposed).get()
            let index = try transaction.append(leaf)
            // Signed here, 0.1 ms of the one writer's time, because the certificate names its leaf and the leaf's index
            // is known only now; disposals are few.
            let certificate = try self.statementSigner.sign(
                CanonicalJSON.encode(
                    try row.disposalCertificate(
                        recipients: manifest.recipients, proposal, caller.address, at: now, logIndex: index,
                        relay: self.settings.address)))
            guard try transaction.destroyDataKey(KeyOwner.package(id)) else {
                throw StoreFailure.packageWithoutKey(id)
            }
            try transaction.updatePackage(row)
            try transaction.emptySealed(id)
            try transaction.deleteRelabellings(of: id)
            try transaction.insertDisposal(id, at: now, certificate: certificate)
            return []
        }
        if refusals.isEmpty {
            citedManifests.drop(id)
            journal.packageMoved(id, to: .disposed)
        }
        return refusals
    }

    /// What the rules of disposal say of a package as it is now.
    func disposalFindings(
        on manifest: Manifest, _ row: PackageRow, isOnHold: Bool, proposedBy: PersonAddress, by caller: Caller,
        now: Timestamp, rules: [PolicyRule] = PolicyRule.all
    ) throws -> [Refusal] {
        // A package that is not stored yet has no retention to end.
        guard let retainedUntil = row.retainedUntil else { return [.stateConflict(row.state.name)] }
        let facts = PolicyFacts(
            directory: directoryCache.directory, caller: caller.address, now: now, settings: settings.policy,
            keeping: KeepingFacts(retainedUntil: retainedUntil, isOnHold: isOnHold, proposedBy: proposedBy))
        return Policy.findings(on: manifest, at: .disposal, facts: facts, rules: rules)
    }

    // MARK: - What is left

    /// Deletes the parts of packages whose keys are gone, then has the database forget the keys. False when a reader of
    /// old pages is in the way: then it is done within the hour.
    private func finishDisposals(of packages: [PackageID]) async throws -> Bool {
        guard !packages.isEmpty else { return true }
        for id in packages {
            var deleted = Self.partsPerBatch
            while deleted == Self.partsPerBatch {
                try Task.checkCancellation()
                deleted = try await database.write { try $0.deleteParts(id, limit: Self.partsPerBatch) }
            }
        }
        do {
            try await database.forgetDeleted()
        } catch let failure as StoreFailure where failure.kind == .busy {
            journal.forgettingPutOff(packages: packages.count, cause: failure.cause)
            return false
        }
        let now = world.now()
        try await database.write { transaction in
            for id in packages { try transaction.finishDisposal(id, at: now) }
        }
        journal.disposalsFinished(packages: packages.count)
        return true
    }

    /// Finishes what a stop has interrupted.
    package func finishInterruptedDisposals() async throws {
        var isFinished = true
        while isFinished {
            let open = try await database.read { try $0.unfinishedDisposals(limit: 100) }
            guard !open.isEmpty else { return }
            isFinished = try await finishDisposals(of: open)
        }
    }
}

extension PackageRow {
    fileprivate func disposalCertificate(
        recipients: [Address], _ proposal: ProposalRow, _ confirmer: PersonAddress, at now: Timestamp,
        logIndex: Int64, relay: Address
    ) throws -> DisposalCertificate {
        guard let storedAt, let retainedUntil else { throw Refusal.stateConflict(state.name) }
        return DisposalCertificate(
            package: id, manifestSHA256: manifestSHA256, sender: sender, recipients: recipients,
            partCount: partCount, totalBytes: totalBytes, storedAt: storedAt, retainedUntil: retainedUntil,
            proposedBy: proposal.proposedBy, confirmedBy: confirmer, disposedAt: now, logIndex: logIndex,
            relay: relay)
    }
}

extension StoreFailure {
    fileprivate static func packageWithoutKey(_ id: PackageID) -> StoreFailure {
        StoreFailure(
            .corrupt,
            message: Bilingual(
                ja: "廃棄されていない送付の鍵がありません。運用担当者に連絡してください。",
                en: "The key of a package that was not disposed of is missing; tell the relay's operator."),
            cause: "no data key of \(id)")
    }
}
