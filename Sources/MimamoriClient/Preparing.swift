// `mimamori queue`: a draft becomes a sealed and signed package in the outbox, with no network. The content is checked
// (ContentCheck.swift), then the policy judges twice, by the same code as the relay: before sealing, so that a refusal
// costs nothing, and the finished manifest before it is signed. Streaming and sealing are Content.swift's, durability
// Outbox.swift's.

import Foundation
import MimamoriCore
import MimamoriCrypto

/// A draft with everything that must be known to judge and to seal it.
private struct CheckedDraft {
    let draft: PackageDraft
    let reason: String?
    let check: ContentCheck
    let content: Content
    let sealing: SealingCertificates
    let facts: PolicyFacts
    let recipients: [Party]
    /// Cited packages that this machine has never seen and could not ask the relay about.
    let unseen: [PackageID]

    /// What the rules have against it. Of what was never seen nothing is known here: the relay judges it when the package
    /// comes, and meanwhile it can be queued.
    func findings(on manifest: Manifest) -> [Refusal] {
        let findings = Policy.findings(on: manifest, at: .submission, facts: facts)
        return unseen.isEmpty
            ? findings : findings.filter { $0.code != .requestUnknown && $0.code != .concernUnknown }
    }

    func manifest(id: PackageID, parts: [Manifest.Part]) -> Manifest {
        Manifest(
            id: id, kind: draft.kind, created: facts.now, sender: facts.caller, recipients: draft.recipients,
            legalBasis: draft.legalBasis, consent: draft.consent, label: draft.label, answers: draft.answers,
            concerns: draft.concerns, request: draft.request, decision: draft.decision, criterion: draft.criterion,
            screening: check.screening(reason: reason), retention: draft.retention, sealedTo: sealing.fingerprints,
            parts: parts)
    }

    /// Digests and sizes stand in for those that sealing will give; the policy reads counts and limits only.
    func dryRun(id: PackageID) -> DryRun {
        let parts = Array(
            repeating: Manifest.Part(bytes: 1, sha256: Digest.sha256([])),
            count: content.partCount(of: sealing.partContentBytes))
        let manifest = manifest(id: id, parts: parts)
        return DryRun(
            findings: check.findings(reason: reason) + findings(on: manifest),
            warnings: check.isApprovedAnyway ? check.places.map(\.refusal.message) : [], unseen: unseen,
            parts: parts.count, contentBytes: content.bytes, recipients: recipients,
            needsApproval: manifest.needsApproval)
    }
}

extension Client {
    /// Judges a draft without writing anything. Throws `Refused` when its attachments or the certificates to seal to
    /// are not in order, `ClientFailure` when a file is missing or the directory was never fetched. `asked` is whether the
    /// relay was just asked about what the draft cites: then what is not known does not exist.
    package func dryRun(_ draft: PackageDraft, asked: Bool = true) throws -> DryRun {
        try check(draft, asked: asked).dryRun(id: world.newPackageID())
    }

    /// Seals, judges and signs a draft and puts it into the outbox; durable when this returns. Throws `Refused` with
    /// every finding. `progress` counts bytes of content. Memory stays flat whatever the attachments weigh.
    package func prepare(
        _ draft: PackageDraft, asked: Bool = true, progress: ProgressReport? = nil
    ) throws -> OutboxEntry {
        let checked = try check(draft, asked: asked)
        let id = world.newPackageID()
        let judged = checked.dryRun(id: id)
        guard judged.findings.isEmpty else { throw Refused(judged.findings) }
        var made: OutboxEntry?
        try box.add(id) { folder in
            var sealer = PartSealer(folder: folder, sealing: checked.sealing, disk: world.disk)
            var done: Int64 = 0
            try checked.content.stream { piece in
                try sealer.append(piece)
                done += Int64(piece.count)
                progress?(TransferProgress(package: id, bytesDone: done, bytesTotal: checked.content.bytes))
            }
            try sealer.finish()
            let manifest = checked.manifest(id: id, parts: sealer.parts)
            let findings = checked.findings(on: manifest)
            guard findings.isEmpty else { throw Refused(findings) }
            let signed = try sign(manifest.canonicalBytes())
            made = OutboxEntry(
                manifest: manifest, subject: draft.subject, queuedAt: manifest.created, attempted: false, receipt: nil,
                signedManifest: signed, warnings: judged.warnings)
            return EntryRecord(manifest: Data(signed), subject: draft.subject, queuedAt: manifest.created)
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

    private func check(_ draft: PackageDraft, asked: Bool) throws -> CheckedDraft {
        let known = try knownDirectory()
        let now = world.now()
        let reason = try draft.falseAlarmReason.map(ContentCheck.checkedReason)
        let check = try ContentCheck(of: draft, notForwarded: notForwarded)
        let recipients = draft.recipients.compactMap { known.directory.parties[$0] }
        let handling = draft.label.map {
            Record.Section.handling(
                of: $0, basis: draft.legalBasis, recipients: recipients, guide: known.policy.labelGuide)
        }
        let cited = try citedPackages(draft.cited)
        let record = draft.record.adding([check.section(reason: reason), handling].compactMap { $0 })
        return CheckedDraft(
            draft: draft, reason: reason, check: check,
            content: try Content(record: record.canonicalBytes(), attachments: draft.attachments, modified: now),
            sealing: try SealingCertificates(
                of: draft.recipients + [home.settings.party], in: known.directory, trust: home.trust(), now: now),
            facts: known.facts(caller: home.settings.person, now: now, cited: cited),
            recipients: recipients, unseen: asked ? [] : draft.cited.filter { cited[$0] == nil })
    }
}
