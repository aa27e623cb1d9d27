// The first half of sending: the manifest is judged before any byte of a part moves, then each part is taken in.
// Everything that can be computed (signature, policy, digests, sealing) is done before the one writer is asked.
// Completing a submission is Completion.swift's. Repeats are harmless at every step: the same bytes give the same answer.

package import MimamoriCore
import MimamoriCrypto
import MimamoriStore
package import MimamoriWire

/// Several findings at once, in the policy's order. A lone Refusal is thrown as itself.
package struct Refusals: Error, Sendable {
    package let all: [Refusal]

    init(_ all: [Refusal]) {
        precondition(all.count > 1, "one finding is thrown as a Refusal")
        self.all = all
    }

    /// Throws what there is; nothing when there is none.
    static func throwAny(of findings: [Refusal]) throws {
        guard let first = findings.first else { return }
        if findings.count == 1 { throw first }
        throw Refusals(findings)
    }
}

/// A manifest whose signature and policy have been judged sound for its sender, now.
struct VettedManifest: Sendable {
    let manifest: Manifest
    let digest: ContentDigest
    let signed: [UInt8]
    /// How CMS must name the readers of every part.
    let readers: Set<IssuerAndSerial>
}

extension Relay {
    /// Takes a signed manifest and says which parts are still missing. The same manifest again gives the same answer;
    /// another manifest under the same id is refused.
    package func begin(_ id: PackageID, manifest signed: [UInt8], by caller: Caller) async throws -> SubmissionAnswer {
        try await attempt(.submissionBegun, on: id.text, by: caller) {
            let statement = try readManifestStatement(signed)
            guard statement.manifest.id == id else {
                throw Refusal.manifestField("id", rule: "docs/protocol.md")
            }
            if let answer = try await begunAlready(id, digest: statement.digest, by: caller) { return answer }
            let vetted = try await vet(statement, by: caller)
            let key = DataKey.random()
            let keyRow = try Self.row(for: key, owner: KeyOwner.package(id), keyring)
            let row = try newRow(vetted, key: key, state: .receiving)
            let leaf = try prepareLeaf(.submissionBegun, on: id.text, by: caller)
            let isNew = try await database.write { transaction in
                guard try transaction.package(id) == nil else { return false }
                try transaction.insertPackage(row)
                try transaction.insertDataKey(keyRow)
                try transaction.append(leaf)
                return true
            }
            // Two requests with the same manifest at the same moment: the second is a repeat of the first.
            if !isNew, let answer = try await begunAlready(id, digest: vetted.digest, by: caller) { return answer }
            return SubmissionAnswer(id: id, state: .receiving, missing: Array(vetted.manifest.parts.indices))
        }
    }

    private func begunAlready(
        _ id: PackageID, digest: ContentDigest, by caller: Caller
    ) async throws -> SubmissionAnswer? {
        let kept = try await database.read { transaction in
            try transaction.package(id).map { ($0, Set(try transaction.partNumbers(id))) }
        }
        guard let (row, present) = kept else { return nil }
        try row.requireSame(digest: digest, sender: caller)
        let missing = row.storedAt == nil ? (0..<row.partCount).filter { !present.contains($0) } : []
        return SubmissionAnswer(id: id, state: row.state, missing: missing)
    }

    /// Takes one part: its digest must be the manifest's, and it must be sealed for exactly the declared readers.
    package func receivePart(_ number: Int, of id: PackageID, bytes: [UInt8], by caller: Caller) async throws {
        let object = "\(id)/\(number)"
        try await attempt(.submissionPart, on: object, by: caller) {
            let kept = try await keptPackage(id, for: caller)
            guard kept.row.sender == caller.address else { throw Refusal.notFound }
            let manifest = try kept.manifest()
            guard manifest.parts.indices.contains(number) else { throw Refusal.partUnexpected(number) }
            try vet(part: bytes, number: number, of: manifest, readers: try readers(of: manifest))
            // Already complete: the digest is right, so this is a repeat whose answer was lost.
            if kept.row.storedAt != nil { return }
            let sealed = try kept.key.seal(bytes, context: SealContext.part(id, number))
            let leaf = try prepareLeaf(.submissionPart, on: object, by: caller)
            try await database.write { transaction in
                guard let row = try transaction.package(id) else { throw Refusal.notFound }
                guard row.state == .receiving else { throw Refusal.stateConflict(row.state.name) }
                try transaction.putPart(id, number: number, sealed: sealed)
                try transaction.append(leaf)
            }
        }
    }

    // MARK: - Judging

    struct ReadStatement {
        let statement: SignedStatement
        let manifest: Manifest
        let digest: ContentDigest
    }

    /// Reads a signed manifest without believing it yet.
    func readManifestStatement(_ signed: [UInt8], signers: Int = 1) throws -> ReadStatement {
        guard signed.count <= PackageLimits.manifestBytes else { throw Refusal.manifestUnreadable }
        let statement: SignedStatement
        do {
            statement = try SignedStatement(der: signed, maximumSigners: signers)
        } catch {
            throw Refusal.manifestUnreadable
        }
        let manifest = try Manifest.read(statement.content).get()
        return ReadStatement(
            statement: statement, manifest: manifest, digest: Digest.sha256(statement.content))
    }

    /// Signature first, then the policy with every finding.
    func vet(_ read: ReadStatement, by caller: Caller) async throws -> VettedManifest {
        let now = world.now()
        try requireSignature(of: read.manifest.sender, on: read.statement, at: now)
        try await judge(read.manifest, at: .submission, by: caller, now: now)
        return VettedManifest(
            manifest: read.manifest, digest: read.digest, signed: read.statement.der,
            readers: try readers(of: read.manifest))
    }

    /// Throws every finding of a stage's rules. What the manifest cites is looked up first.
    func judge(
        _ manifest: Manifest, at stage: PolicyRule.Stage, by caller: Caller, now: Timestamp, duty: DutyFacts? = nil,
        keeping: KeepingFacts? = nil
    ) async throws {
        let cited = stage == .submission || stage == .release ? try await citedPackages(by: manifest) : [:]
        let facts = PolicyFacts(
            directory: directoryCache.directory, caller: caller.address, now: now, settings: settings.policy,
            cited: cited, duty: duty, keeping: keeping)
        try Refusals.throwAny(of: Policy.findings(on: manifest, at: stage, facts: facts))
    }

    /// The one signature is the sender's, by a certificate enrolled for that person and in force now.
    private func requireSignature(
        of sender: PersonAddress, on statement: SignedStatement, at now: Timestamp
    ) throws {
        guard statement.signers.count == 1, let name = statement.signers.first,
            let certificate = directoryCache.certificate(name),
            directoryCache.directory.certificates[certificate.fingerprint]?.person == sender,
            statement.isSigned(by: [certificate])
        else { throw Refusal.manifestSignature(of: sender) }
        if let refusal = directoryCache.refusal(of: certificate, for: .client, at: now) { throw refusal }
    }

    func readers(of manifest: Manifest) throws -> Set<IssuerAndSerial> {
        Set(
            try manifest.sealedTo.map { fingerprint in
                guard let certificate = directoryCache.certificate(fingerprint) else {
                    throw Refusal.partSealedToOthers(nil)
                }
                return certificate.issuerAndSerial
            })
    }

    func vet(
        part bytes: some Collection<UInt8>, number: Int, of manifest: Manifest, readers: Set<IssuerAndSerial>
    ) throws {
        let declared = manifest.parts[number]
        guard bytes.count == declared.bytes, Digest.sha256(bytes) == declared.sha256 else {
            throw Refusal.partDigestMismatch(number)
        }
        let inspection = try PartInspection(der: Array(bytes))
        guard inspection.recipients == readers else { throw Refusal.partSealedToOthers(number) }
    }

    func newRow(_ vetted: VettedManifest, key: DataKey, state: PackageState) throws -> PackageRow {
        let manifest = vetted.manifest
        return PackageRow(
            id: manifest.id, state: state, sender: manifest.sender, manifestSHA256: vetted.digest,
            sealedManifest: try key.seal(vetted.signed, context: SealContext.manifest(manifest.id)),
            sealedRejection: nil, totalBytes: Int64(manifest.totalBytes), partCount: manifest.parts.count,
            begunAt: world.now(), storedAt: nil, logIndex: nil, kind: manifest.kind, answers: manifest.answers,
            concerns: manifest.concerns)
    }
}

extension PackageRow {
    /// A repeat must come from the same sender with the same manifest; anything else would be a second package
    /// under a used id (SD-AUT-4).
    func requireSame(digest: ContentDigest, sender: Caller) throws {
        guard manifestSHA256 == digest, self.sender == sender.address else { throw Refusal.idInUse }
    }
}
