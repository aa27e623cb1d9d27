// The second person (SD-APR-1): approvers of the sender's party see what waits, read it, and release it by their own
// signature over the same manifest bytes, or reject it with a reason. Nothing is ever released by time alone (N14) and
// the recipient set cannot change, because both sign it (SD-APR-4). Who may approve is the policy's rule.

package import MimamoriCore
import MimamoriCrypto
import MimamoriStore
package import MimamoriWire

extension Relay {
    private static let listLimit = 200
    private static let longestReason = 2000

    /// What waits for a second person of the caller's party, oldest first.
    package func approvals(by caller: Caller) async throws -> ApprovalsPage {
        try await attempt(.approvalsListed, on: caller.party.text, by: caller) {
            try caller.require(.approver)
            let waiting = try await database.read { transaction in
                try transaction.packages(ofParty: caller.party, in: .awaitingApproval, limit: Self.listLimit)
                    .compactMap { row in try transaction.dataKey(KeyOwner.package(row.id)).map { (row, $0) } }
            }
            let items = try waiting.map { row, key in
                try summary(of: KeptPackage(row: row, key: try packageKey(key)), delivery: nil)
            }
            try await record(prepareLeaf(.approvalsListed, on: caller.party.text, by: caller))
            return ApprovalsPage(items: items)
        }
    }

    /// Releases a package. `signed` is its manifest with the approver's signature beside the sender's.
    package func approve(_ id: PackageID, manifest signed: [UInt8], by caller: Caller) async throws {
        try await attempt(.packageApproved, on: id.text, by: caller) {
            let kept = try await packageForApprover(id, by: caller)
            let read = try readManifestStatement(signed, signers: 2)
            guard read.digest == kept.row.manifestSHA256 else { throw Refusal.approvalSignature }
            let now = world.now()
            // The approver's own repeat, after an answer that was lost: it stays one though a request or a seat has ended
            // since. Whether the caller is an approver at all is asked first, because the sender has signed it, too.
            if kept.row.state == .released, try isSigned(kept, by: caller) {
                return try requireApprover(of: read.manifest, caller)
            }
            try await judge(read.manifest, at: .release, by: caller, now: now)
            try requireBothSignatures(on: read, approver: caller, at: now)

            let sealed = try kept.key.seal(signed, context: SealContext.manifest(id))
            let leaf = try prepareLeaf(.packageApproved, on: id.text, by: caller)
            let once = try await requestForOneCase(answeredBy: read.manifest)
            try await database.write { transaction in
                guard var row = try transaction.package(id) else { throw Refusal.notFound }
                // Of two that wait, released at the same moment, the second comes too late.
                if let once, try transaction.isAnswered(once, beside: read.manifest) { throw Refusal.requestAnswered }
                row.state = try row.state.after(.approved).get()
                row.sealedManifest = sealed
                try transaction.updatePackage(row)
                try transaction.deliver(row, to: read.manifest.recipients, at: now)
                try transaction.append(leaf)
            }
            journal.packageMoved(id, to: .released)
            mailroom.arrival(for: read.manifest.recipients)
        }
    }

    /// Refuses the release. The reason is sealed at rest and shown to the sender's party.
    package func reject(_ id: PackageID, reason: String, by caller: Caller) async throws {
        try await attempt(.packageRejected, on: id.text, by: caller) {
            let kept = try await packageForApprover(id, by: caller)
            guard !reason.isEmpty, reason.count <= Self.longestReason else { throw Refusal.rejectionReason }
            let manifest = try kept.manifest()
            try requireApprover(of: manifest, caller)
            let sealed = try kept.key.seal(Array(reason.utf8), context: SealContext.rejection(id))
            let leaf = try prepareLeaf(.packageRejected, on: id.text, by: caller)
            try await database.write { transaction in
                guard var row = try transaction.package(id) else { throw Refusal.notFound }
                row.state = try row.state.after(.rejected).get()
                row.sealedRejection = sealed
                try transaction.updatePackage(row)
                try transaction.append(leaf)
            }
            journal.packageMoved(id, to: .rejected)
        }
    }

    /// Withdraws what the caller sent, as long as nobody has fetched it.
    package func cancel(_ id: PackageID, by caller: Caller) async throws {
        try await attempt(.packageCancelled, on: id.text, by: caller) {
            let kept = try await keptPackage(id, for: caller)
            guard kept.row.sender == caller.address else { throw Refusal.notFound }
            if kept.row.state == .cancelled { return }
            let leaf = try prepareLeaf(.packageCancelled, on: id.text, by: caller)
            try await database.write { transaction in
                guard var row = try transaction.package(id) else { throw Refusal.notFound }
                row.state = try row.state.after(.cancelled).get()
                for var delivery in try transaction.deliveries(id) {
                    delivery.state = try delivery.state.after(.cancelled).get()
                    try transaction.updateDelivery(delivery)
                }
                try transaction.updatePackage(row)
                try transaction.append(leaf)
            }
            journal.packageMoved(id, to: .cancelled)
        }
    }

    /// A package of the caller's own party. To anybody else it does not exist (SD-ACC-4); a colleague who is not an
    /// approver learns which role is missing from the policy's rule.
    private func packageForApprover(_ id: PackageID, by caller: Caller) async throws -> KeptPackage {
        let kept = try await keptPackage(id, for: caller)
        guard kept.row.sender.party == caller.party, kept.row.state != .receiving else { throw Refusal.notFound }
        return kept
    }

    /// The rules about the person alone: a package that can no longer be released can still be rejected.
    private func requireApprover(of manifest: Manifest, _ caller: Caller) throws {
        let facts = PolicyFacts(
            directory: directoryCache.directory, caller: caller.address, now: world.now(), settings: settings.policy)
        let rules = [PolicyRule.approverIsAnother, PolicyRule.approverMayApprove]
        try Refusals.throwAny(of: Policy.findings(on: manifest, at: .release, facts: facts, rules: rules))
    }

    private func requireBothSignatures(on read: ReadStatement, approver: Caller, at now: Timestamp) throws {
        let certificates = read.statement.signers.compactMap { directoryCache.certificate($0) }
        let enrolled = directoryCache.directory.certificates
        let persons = certificates.map { enrolled[$0.fingerprint]?.person }
        guard certificates.count == 2, read.statement.signers.count == 2,
            Set(persons) == [read.manifest.sender, approver.address], read.statement.isSigned(by: certificates)
        else { throw Refusal.approvalSignature }
        for certificate in certificates {
            if let refusal = directoryCache.refusal(of: certificate, for: .client, at: now) { throw refusal }
        }
    }

    private func isSigned(_ kept: KeptPackage, by caller: Caller) throws -> Bool {
        try SignedStatement(der: kept.signedManifest()).signers.contains { name in
            directoryCache.certificate(name)?.person == caller.address
        }
    }
}

extension Refusal {
    fileprivate static let approvalSignature = Refusal(
        .approvalSignatureInvalid, rule: "SD-APR-1",
        message: Bilingual(
            ja: "承認には、保存されている送付状と同じ内容への、送信者とあなたの両方の正しい署名が必要です。",
            en: "An approval needs right signatures of the sender and of you over the very manifest that is stored."),
        remedy: Bilingual(
            ja: "mimamori approve で承認し直してください。", en: "Approve again with mimamori approve."))

    fileprivate static let rejectionReason = Refusal(
        .requestMalformed, rule: "SD-APR-1",
        message: Bilingual(
            ja: "差戻しの理由がないか、長すぎます。", en: "The reason for the rejection is missing or too long."),
        remedy: Bilingual(ja: "理由を2000字以内で書いてください。", en: "Give a reason of at most 2,000 characters."))
}
