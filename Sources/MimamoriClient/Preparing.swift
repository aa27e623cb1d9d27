// `mimamori queue`: a draft becomes a sealed and signed package in the outbox, with no network. The policy judges twice,
// by the same code as the relay: before sealing, so that a refusal costs nothing, and the finished manifest before it is
// signed. Streaming and sealing are Content.swift's, durability Outbox.swift's.

import Foundation
import MimamoriCore
import MimamoriCrypto

extension Client {
    /// Judges a draft without writing anything. Throws `Refused` when its attachments or the certificates to seal to
    /// are not in order, `ClientFailure` when a file is missing or the directory was never fetched.
    package func dryRun(_ draft: PackageDraft) throws -> DryRun {
        let known = try knownDirectory()
        let now = world.now()
        let content = try Content(record: draft.record, attachments: draft.attachments, modified: now)
        let sealing = try sealing(draft, known: known, now: now)
        // Digests and sizes stand in for those that sealing will give; the policy reads counts and limits only.
        let placeholder = Manifest.Part(bytes: 1, sha256: Digest.sha256([]))
        let parts = Array(repeating: placeholder, count: content.partCount)
        let manifest = manifest(of: draft, id: world.newPackageID(), now: now, sealing: sealing, parts: parts)
        return DryRun(
            findings: findings(on: manifest, known: known, now: now), parts: content.partCount,
            contentBytes: content.bytes, recipients: draft.recipients.compactMap { known.directory.parties[$0] })
    }

    /// Seals, judges and signs a draft and puts it into the outbox; durable when this returns. Throws `Refused` with
    /// every finding. `progress` counts bytes of content. Memory stays flat whatever the attachments weigh.
    package func prepare(_ draft: PackageDraft, progress: ProgressReport? = nil) throws -> OutboxEntry {
        let known = try knownDirectory()
        let judged = try dryRun(draft)
        guard judged.findings.isEmpty else { throw Refused(judged.findings) }
        let now = world.now()
        let id = world.newPackageID()
        let content = try Content(record: draft.record, attachments: draft.attachments, modified: now)
        let sealing = try sealing(draft, known: known, now: now)
        var made: OutboxEntry?
        try box.add(id) { folder in
            var sealer = PartSealer(folder: folder, certificates: sealing.certificates, disk: world.disk)
            var done: Int64 = 0
            try content.stream { piece in
                try sealer.append(piece)
                done += Int64(piece.count)
                progress?(TransferProgress(package: id, bytesDone: done, bytesTotal: content.bytes))
            }
            try sealer.finish()
            let manifest = manifest(of: draft, id: id, now: now, sealing: sealing, parts: sealer.parts)
            let findings = findings(on: manifest, known: known, now: now)
            guard findings.isEmpty else { throw Refused(findings) }
            let signed = try sign(manifest.canonicalBytes())
            made = OutboxEntry(
                manifest: manifest, subject: draft.subject, queuedAt: now, attempted: false, receipt: nil,
                signedManifest: signed)
            return EntryRecord(manifest: Data(signed), subject: draft.subject, queuedAt: now)
        }
        guard let made else { preconditionFailure("add returns only after its build ran to the end") }
        return made
    }

    func sign(_ bytes: [UInt8]) throws(ClientFailure) -> [UInt8] {
        do {
            return try home.signer.sign(bytes)
        } catch {
            throw ClientFailure(.configuration, error)
        }
    }

    private func sealing(_ draft: PackageDraft, known: KnownDirectory, now: Timestamp) throws -> SealingCertificates {
        try SealingCertificates(
            of: draft.recipients + [home.settings.party], in: known.directory, trust: home.trust(), now: now)
    }

    private func findings(on manifest: Manifest, known: KnownDirectory, now: Timestamp) -> [Refusal] {
        Policy.findings(on: manifest, at: .submission, facts: known.facts(caller: home.settings.person, now: now))
    }

    private func manifest(
        of draft: PackageDraft, id: PackageID, now: Timestamp, sealing: SealingCertificates, parts: [Manifest.Part]
    ) -> Manifest {
        Manifest(
            id: id, kind: draft.kind, created: now, sender: home.settings.person, recipients: draft.recipients,
            legalBasis: draft.legalBasis, consent: draft.consent, label: draft.label, answers: draft.answers,
            retention: draft.retention, sealedTo: sealing.fingerprints, parts: parts)
    }
}
