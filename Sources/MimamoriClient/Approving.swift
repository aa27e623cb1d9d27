// `mimamori approvals`, `approve`, `reject`: the second person's examination and release (SD-APR-1). What is
// countersigned is the very manifest whose content was shown, bound by its digest; the policy judges the release here
// and again at the relay.

import Foundation
package import MimamoriCore
import MimamoriCrypto
import MimamoriWire

/// A package awaiting approval: verified, downloaded and opened.
package struct ExaminedPackage: Sendable {
    package let manifest: Manifest
    package let manifestDigest: ContentDigest
    /// What a person reads; the label's line first.
    package let recordText: String
    package let record: [UInt8]
    package let attachments: [OpenedAttachment]
    /// Where record and manifest differ; such a package is not released.
    package let disagreements: [Refusal]
    /// Where the content was unpacked, when a folder was given.
    package let folder: String?

    fileprivate init(_ verified: VerifiedManifest, _ look: LookingSink, text: String, folder: String?) {
        manifest = verified.manifest
        manifestDigest = verified.digest
        recordText = text
        record = look.record
        attachments = look.attachments
        disagreements = look.disagreements(with: verified.manifest)
        self.folder = folder
    }
}

extension Session {
    /// Verifies the sender's signature, downloads and opens the parts and shows the content. With `into` everything is
    /// unpacked there as `receive` does; without, nothing is written outside the home folder, and there only sealed.
    package func examine(
        _ id: PackageID, into folder: String? = nil, rendering: RecordRendering = .plain,
        progress: ProgressReport? = nil
    ) async throws -> ExaminedPackage {
        // The policy judges the release by it: a machine that has none yet must not find out after a person has read.
        if (try? client.knownDirectory()) == nil { _ = try await refreshDirectory() }
        let view = try await relay.package(id)
        let (verified, stored) = try verify(view, id: id, needsApproval: false)
        let manifest = verified.manifest
        let download = Download(of: manifest, home: home, disk: world.disk)
        try await download.complete(from: relay, progress: progress)
        guard let folder else {
            var look = LookingSink()
            try PackageOpening(manifest: manifest, keys: home.partyKeys).open(
                part: { number in
                    guard let part = try download.sealedPart(number) else {
                        throw ClientFailure.damaged(download.folder)
                    }
                    return part
                }, into: &look)
            return ExaminedPackage(
                verified, look, text: rendering.document(look.record, of: manifest), folder: nil)
        }
        let opened = try client.unpack(
            download, verified: verified, day: stored?.storedAt ?? manifest.created, into: folder,
            rendering: rendering,
            evidence: EvidenceFolder.files(
                manifest: Array(view.manifest), signers: verified.signers,
                storedReceipt: view.storedReceipt.map(Array.init),
                relayCertificate: view.relayCertificate.map(Array.init), openedReceipt: nil))
        return ExaminedPackage(verified, opened.look, text: opened.text, folder: opened.target)
    }

    /// Countersigns the very manifest that was examined and sends the approval. Throws `Refused` with everything in which
    /// the record disagrees or with every finding of the policy, `ClientFailure(.notGenuine)` when the relay now shows
    /// another manifest.
    package func approve(_ examined: ExaminedPackage) async throws {
        let id = examined.manifest.id
        guard examined.disagreements.isEmpty else { throw Refused(examined.disagreements) }
        let view = try await relay.package(id)
        let (verified, _) = try verify(view, id: id, needsApproval: false)
        guard verified.digest == examined.manifestDigest else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "確認したものと違う送付状が渡されたので、承認しません。",
                    en: "The relay shows another manifest than the one that was examined; it is not approved."))
        }
        try await refreshCited(verified.manifest.cited)
        let facts = try client.knownDirectory().facts(
            caller: home.settings.person, now: world.now(), cited: client.citedPackages(verified.manifest.cited))
        let findings = Policy.findings(on: verified.manifest, at: .release, facts: facts)
        guard findings.isEmpty else { throw Refused(findings) }
        let signed: [UInt8]
        do {
            signed = try home.signer.countersign(Evidence.statement(Array(view.manifest)))
        } catch let failure as CryptoFailure {
            throw ClientFailure(.configuration, failure)
        }
        try await relay.approve(id, manifest: signed)
        try discardDownload(of: id)
    }

    /// `reason` is shown to the sender's party; 1 to 1,000 characters.
    package func reject(_ id: PackageID, reason: String) async throws {
        guard (1...1000).contains(reason.count), !reason.allSatisfy(\.isWhitespace) else {
            throw ClientFailure(
                .content,
                message: Bilingual(ja: "差し戻しの理由がないか、長すぎます。", en: "The reason is missing or too long."),
                remedy: Bilingual(
                    ja: "送信者が直せるように、1,000字以内で書いてください。",
                    en: "Say in up to 1,000 characters what the sender should change."))
        }
        try await relay.reject(id, Rejection(reason: reason))
        try discardDownload(of: id)
    }

    private func discardDownload(of id: PackageID) throws {
        try world.disk.removeTree("\(home.folder)/incoming/\(id)")
    }
}
