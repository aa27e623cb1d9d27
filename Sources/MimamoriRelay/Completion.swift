// The second half of sending: with all parts in, package, deliveries and the access-log leaf are committed in one
// transaction, all or nothing, and then the sender gets the stored receipt. A repeat gets the receipt of the same
// statement again: it is made from the row, so it can be made at any time and is nothing to keep.

package import MimamoriCore
import MimamoriCrypto
import MimamoriStore

extension Relay {
    /// Completes a submission. The answer is the signed stored receipt (CMS); `isNew` is false for a repeat.
    package func commit(_ id: PackageID, by caller: Caller) async throws -> (receipt: [UInt8], isNew: Bool) {
        try await attempt(.packageStored, on: id.text, by: caller) {
            let kept = try await keptPackage(id, for: caller)
            guard kept.row.sender == caller.address else { throw Refusal.notFound }
            let manifest = try kept.manifest()
            if kept.row.storedAt != nil {
                return (try storedReceipt(kept.row, recipients: manifest.recipients), false)
            }
            let now = world.now()
            let leaf = try prepareLeaf(.packageStored, on: id.text, by: caller)
            let (row, isNew) = try await database.write { transaction -> (PackageRow, Bool) in
                guard var row = try transaction.package(id) else { throw Refusal.notFound }
                if row.storedAt != nil { return (row, false) }
                let missing = row.partCount - (try transaction.partNumbers(id).count)
                guard missing == 0 else { throw Refusal.partsMissing(missing) }
                row.state = try row.state.after(manifest.completion).get()
                row.storedAt = now
                row.retainedUntil = RetentionRule.lastDay(of: manifest.retention, madeAt: now)
                row.logIndex = try transaction.append(leaf)
                try transaction.updatePackage(row)
                try transaction.deliver(row, to: manifest.recipients, at: now)
                return (row, true)
            }
            if isNew { announceStored(row, manifest) }
            return (try storedReceipt(row, recipients: manifest.recipients), isNew)
        }
    }

    /// The one-request form: a signed manifest followed by all its parts. One transaction, one leaf, one fsync.
    package func submit(_ package: [UInt8], by caller: Caller) async throws -> (receipt: [UInt8], isNew: Bool) {
        guard let length = SignedStatement.length(ofFirst: package), length <= package.count else {
            return try await attempt(.packageStored, on: "-", by: caller) { throw Refusal.manifestUnreadable }
        }
        // Without a readable manifest there is no id to name in the log.
        let read = try await attempt(.packageStored, on: "-", by: caller) {
            try readManifestStatement(Array(package[..<length]))
        }
        let id = read.manifest.id
        return try await attempt(.packageStored, on: id.text, by: caller) {
            let vetted: VettedManifest
            do {
                vetted = try await vet(read, by: caller)
            } catch {
                // A repeat stays a repeat though the policy or a certificate has changed since.
                guard let receipt = try await receiptOfRepeat(read, by: caller) else { throw error }
                return (receipt, false)
            }
            let key = DataKey.random()
            let keyRow = try Self.row(for: key, owner: KeyOwner.package(id), keyring)
            let sealedParts = try sealParts(package[length...], of: vetted, key: key)
            let manifest = vetted.manifest
            var fresh = try newRow(vetted, key: key, state: try PackageState.receiving.after(manifest.completion).get())
            fresh.storedAt = fresh.begunAt
            fresh.retainedUntil = RetentionRule.lastDay(of: manifest.retention, madeAt: fresh.begunAt)
            let row = fresh
            let leaf = try prepareLeaf(.packageStored, on: id.text, by: caller)
            let stored = try await database.write { transaction -> PackageRow? in
                guard try transaction.package(id) == nil else { return nil }
                var row = row
                row.logIndex = try transaction.append(leaf)
                try transaction.insertPackage(row)
                try transaction.insertDataKey(keyRow)
                for (number, sealed) in sealedParts.enumerated() {
                    try transaction.putPart(id, number: number, sealed: sealed)
                }
                try transaction.deliver(row, to: manifest.recipients, at: row.begunAt)
                return row
            }
            guard let stored else {
                guard let receipt = try await receiptOfRepeat(read, by: caller) else {
                    throw Refusal.stateConflict(PackageState.receiving.name)
                }
                return (receipt, false)
            }
            announceStored(stored, manifest)
            return (try storedReceipt(stored, recipients: manifest.recipients), true)
        }
    }

    /// The original receipt when this very manifest is already stored; nil when the id is unknown or not complete.
    private func receiptOfRepeat(_ read: ReadStatement, by caller: Caller) async throws -> [UInt8]? {
        let id = read.manifest.id
        guard let row = try await database.read({ try $0.package(id) }) else { return nil }
        try row.requireSame(digest: read.digest, sender: caller)
        guard row.storedAt != nil else { return nil }
        return try storedReceipt(row, recipients: read.manifest.recipients)
    }

    private func sealParts(
        _ bytes: ArraySlice<UInt8>, of vetted: VettedManifest, key: DataKey
    ) throws -> [[UInt8]] {
        guard bytes.count == vetted.manifest.totalBytes else { throw Refusal.packageFraming }
        var rest = bytes
        return try vetted.manifest.parts.enumerated().map { number, part in
            let piece = rest.prefix(part.bytes)
            rest = rest.dropFirst(part.bytes)
            try vet(part: piece, number: number, of: vetted.manifest, readers: vetted.readers)
            return try key.seal(piece, context: SealContext.part(vetted.manifest.id, number))
        }
    }

    /// The receipt of a stored package: a pure function of its row, signed anew each time.
    func storedReceipt(_ row: PackageRow, recipients: [Address]) throws -> [UInt8] {
        guard let storedAt = row.storedAt, let logIndex = row.logIndex else {
            preconditionFailure("a package that is stored has its time and its leaf, written with it")
        }
        let receipt = StoredReceipt(
            package: row.id, manifestSHA256: row.manifestSHA256, sender: row.sender, recipients: recipients,
            storedAt: storedAt, logIndex: logIndex, relay: settings.address)
        return try statementSigner.sign(CanonicalJSON.encode(receipt))
    }

    private func announceStored(_ row: PackageRow, _ manifest: Manifest) {
        journal.packageStored(row.id, bytes: Int(row.totalBytes), leaf: row.logIndex ?? -1)
        if row.state == .released { mailroom.arrival(for: manifest.recipients) }
    }
}

extension Manifest {
    /// What happens when the last part is in: a second person is needed, or not.
    var completion: PackageState.Event {
        needsApproval ? .completedNeedingApproval : .completed
    }
}

extension Transaction {
    /// Puts a released package into every recipient's mailbox; does nothing before the release.
    func deliver(_ row: PackageRow, to recipients: [Address], at now: Timestamp) throws {
        guard row.state == .released else { return }
        for recipient in recipients {
            try insertDelivery(
                DeliveryRow(
                    package: row.id, recipient: recipient, state: .stored, storedAt: now, fetchedAt: nil,
                    openedAt: nil, sealedReceipt: nil, position: 0))
        }
    }
}
