// `mimamori receive`: everything is verified before anything visible is written: signatures, signers and their
// certificates, revocations, the relay's receipt, every part's digest, the opening, the tar. Then the folder appears
// whole, and the opened receipt is signed and sent. The steps are in the files this one calls; their order is the point.

import Foundation
package import MimamoriCore
import MimamoriCrypto
import MimamoriWire

package struct ReceivedPackage: Sendable {
    /// To be printed first (SD-CLS-2).
    package let label: Bilingual
    package let manifest: Manifest
    package let approvedBy: PersonAddress?
    package let storedReceipt: StoredReceipt
    /// The new folder, and the files in it, relative.
    package let folder: String
    package let files: [String]
    /// The text of `record.txt`, label line first.
    package let recordText: String
    /// Where the sealed record and the signed manifest differ: shown loudly, because the receiver must still get it.
    package let disagreements: [Refusal]
    /// `nil` when the relay has the opened receipt; otherwise why not: it is kept and sent by the next `receive`.
    package let receiptPending: ClientFailure?
}

extension Session {
    /// Verifies everything, unpacks into a new folder of `folder` and sends the opened receipt. On any failure nothing
    /// is left in `folder`; what was downloaded stays sealed in the home folder and is not fetched again.
    package func receive(
        _ id: PackageID, into folder: String, rendering: RecordRendering = .plain, progress: ProgressReport? = nil
    ) async throws -> ReceivedPackage {
        try await refreshRevocations()
        _ = await sendPendingReceipts()
        let view = try await relay.package(id)
        let (verified, stored) = try verify(view, id: id, needsApproval: true)
        let manifest = verified.manifest
        guard manifest.recipients.contains(home.settings.party) else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "署名された送付状の宛先に、あなたの所属がありません。", en: "Your party is not among the recipients that were signed."))
        }
        guard let stored, let label = manifest.label else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "中継の保管受領証か、取扱いの格付がありません。", en: "The relay's stored receipt or the handling label is missing."
                ))
        }
        _ = try Unpacking.place(of: manifest, in: folder, day: stored.storedAt)
        let download = Download(of: manifest, home: home, disk: world.disk)
        try await download.complete(from: relay, progress: progress)
        let receipt = try client.sign(
            CanonicalJSON.encode(
                OpenedReceipt(
                    package: id, manifestSHA256: verified.digest, openedBy: home.settings.person,
                    openedAt: world.now())))
        let proof = await inclusionEvidence(of: stored)
        let opened = try client.unpack(
            download, verified: verified, day: stored.storedAt, into: folder, rendering: rendering,
            evidence: EvidenceFolder.files(
                manifest: Array(view.manifest),
                // The opener's too: the folder must tell of itself on a machine that has nobody's certificate.
                signers: verified.signers + [home.personCertificate],
                storedReceipt: view.storedReceipt.map(Array.init),
                relayCertificate: view.relayCertificate.map(Array.init), openedReceipt: receipt)
                + proof)
        try keepPending(receipt, id: id)
        try download.discard()
        try client.remember(manifest, opened.look, text: opened.text, state: view.state)
        return ReceivedPackage(
            label: label.line, manifest: manifest, approvedBy: verified.approvedBy, storedReceipt: stored,
            folder: opened.target, files: opened.files, recordText: opened.text,
            disagreements: opened.look.disagreements(with: manifest),
            receiptPending: await sendPendingReceipts()[id])
    }

    /// The newest revocation list decides about signers; a relay that cannot give one stops nothing that an older list
    /// still covers.
    private func refreshRevocations() async throws {
        do {
            try RevocationCache.store(await relay.revocationList(), in: home, world: world)
        } catch let refused as Refused where refused.findings.contains(where: { $0.code == .notFound }) {
            return
        }
    }

    // Receipts that have not reached the relay yet: pending/<id>.cms

    private func keepPending(_ receipt: [UInt8], id: PackageID) throws {
        try world.disk.replace("\(home.folder)/pending/\(id).cms", with: receipt, suffix: world.newSuffix())
    }

    /// Sends what is pending; answers what could not be sent. A receipt that the relay has already, or that belongs to
    /// nothing any more, is let go.
    private func sendPendingReceipts() async -> [PackageID: ClientFailure] {
        var left: [PackageID: ClientFailure] = [:]
        let folder = home.folder + "/pending"
        for name in (try? Disk.names(in: folder)) ?? [] where name.hasSuffix(".cms") {
            guard let id = PackageID(String(name.dropLast(4))) else { continue }
            do {
                try await relay.submit(
                    openedReceipt: Disk.readPrivate("\(folder)/\(name)", limit: PackageLimits.manifestBytes), id: id)
                try world.disk.removeFile("\(folder)/\(name)")
            } catch let refused as Refused {
                let over: Set<Refusal.Code> = [.stateConflict, .notFound]
                if refused.findings.contains(where: { over.contains($0.code) }) {
                    try? world.disk.removeFile("\(folder)/\(name)")
                } else if let first = refused.findings.first {
                    left[id] = ClientFailure(.tryLater, message: first.message, remedy: first.remedy)
                }
            } catch let failure as ClientFailure {
                left[id] = failure
            } catch {
                left[id] = ClientFailure.interrupted
            }
        }
        return left
    }
}

extension Client {
    /// Opens a complete download into a new folder. On any failure nothing is left of it.
    func unpack(
        _ download: Download, verified: VerifiedManifest, day: Timestamp, into folder: String,
        rendering: RecordRendering, evidence: [(name: String, bytes: [UInt8])]
    ) throws -> (target: String, files: [String], text: String, look: LookingSink) {
        let manifest = verified.manifest
        var unpacking = try Unpacking(
            of: manifest, into: folder, day: day, suffix: world.newSuffix(), disk: world.disk)
        do {
            try PackageOpening(manifest: manifest, keys: home.partyKeys).open(
                part: { number in
                    guard let part = try download.sealedPart(number) else {
                        throw ClientFailure.damaged(download.folder)
                    }
                    return part
                }, into: &unpacking)
            let text = rendering.document(unpacking.look.record, of: manifest)
            try unpacking.add(recordText: text)
            try unpacking.add(evidence: evidence)
            try unpacking.reveal()
            return (unpacking.target, unpacking.files, text, unpacking.look)
        } catch {
            unpacking.discard()
            throw error
        }
    }
}

/// The files of `evidence/`: enough to check a package with stock openssl, and by `mimamori verify`.
package enum EvidenceFolder {
    package static let manifest = "manifest.cms"
    package static let signers = "signers.pem"
    package static let storedReceipt = "stored-receipt.cms"
    package static let relay = "relay.pem"
    package static let openedReceipt = "opened-receipt.cms"
    /// Proves the stored receipt's entry in the relay's log; absent when no proof was at hand.
    package static let inclusionProof = "inclusion-proof.txt"

    static func files(
        manifest: [UInt8], signers: [Certificate], storedReceipt: [UInt8]?, relayCertificate: [UInt8]?,
        openedReceipt: [UInt8]?
    ) throws -> [(name: String, bytes: [UInt8])] {
        var files = [(Self.manifest, manifest), (Self.signers, Array(signers.map(\.pem).joined().utf8))]
        if let storedReceipt { files.append((Self.storedReceipt, storedReceipt)) }
        if let relayCertificate {
            files.append((Self.relay, Array(try Evidence.certificate(relayCertificate).pem.utf8)))
        }
        if let openedReceipt { files.append((Self.openedReceipt, openedReceipt)) }
        return files.map { (name: $0.0, bytes: $0.1) }
    }
}

extension ClientFailure {
    static let interrupted = ClientFailure(
        .tryLater, message: Bilingual(ja: "途中で止められました。", en: "It was interrupted."),
        remedy: Bilingual(ja: "もう一度実行してください。", en: "Run the command again."))
}
