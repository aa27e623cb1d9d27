// `mimamori log prove`: that an entry stands in the log, as a file that convinces years later and without the relay
// (docs/evidence.md). The proof is checked here before anybody keeps it: against the vouched key, the head that this machine
// has pinned, and the receipt that names the entry. Checking such a file again is LogEvidence.swift's.

import Foundation
package import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriWire

package struct ProvedEntry: Sendable {
    package let index: Int64
    /// The size of the log whose signed head the proof leads to.
    package let size: Int64
    /// `nil` when it is not ours to see; then only its hash is proved.
    package let entry: AccessEntry?
    /// The receipt that names it, for a package.
    package let receipt: StoredReceipt?
    /// Trusted witnesses that cosigned the head.
    package let cosignedBy: [String]
    /// A C2SP tlog-proof: the file to keep.
    package let text: String
}

extension Session {
    /// Proves the entry that a package's stored receipt names.
    package func proveStored(
        _ id: PackageID, witnesses: TrustedWitnesses = TrustedWitnesses([])
    ) async throws -> ProvedEntry {
        let view = try await relay.package(id)
        let (_, receipt) = try verify(view, id: id, needsApproval: false)
        guard let receipt, let signed = view.storedReceipt else {
            throw ClientFailure(
                .missing,
                message: Bilingual(
                    ja: "この送付はまだ保管されていないので、証明する記録がありません。",
                    en: "This package is not stored yet: there is no entry to prove."),
                remedy: Bilingual(
                    ja: "mimamori send で送り終えてから、もう一度実行してください。", en: "Finish sending it (mimamori send), then try again."
                ))
        }
        return try await prove(
            receipt.logIndex, receipt: (receipt, Array(signed)), isOwn: receipt.sender == home.settings.person,
            witnesses: witnesses)
    }

    /// Proves any entry; auditors get the entry itself with it.
    package func prove(
        _ index: Int64, witnesses: TrustedWitnesses = TrustedWitnesses([])
    ) async throws -> ProvedEntry {
        try await prove(index, receipt: nil, isOwn: false, witnesses: witnesses)
    }

    private func prove(
        _ index: Int64, receipt: (statement: StoredReceipt, signed: [UInt8])?, isOwn: Bool,
        witnesses: TrustedWitnesses
    ) async throws -> ProvedEntry {
        let pins = try LogPins.load(from: home)
        let key = try await pinnedLogKey(pins)
        // Under a cosigned head the proof convinces those too who do not believe the relay.
        let cosigned = try await cosignedHeads(by: key.verifier, witnesses: witnesses)
        let size = cosigned.map(\.head.checkpoint.size).filter { $0 > index }.max()
        let text = try await relay.inclusionProof(of: index, size: size)
        guard let proof = InclusionProof(text: text), proof.index == index,
            var evidence = LeafEvidence(in: proof), let leaf = MerkleHash(bytes: Array(evidence.leafHash)),
            let head = proof.head(over: leaf, signedBy: key.verifier)
        else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "中継の示した証明が成り立ちません。記録が変えられているおそれがあります。",
                    en: "The proof that the relay gave does not hold: its log may have been changed."))
        }
        try await requireSameLog(as: pins.checkpoint, head)
        let mayRead = isOwn ? true : try await relay.whoAmI().person.roles.contains(.auditor)
        if mayRead { evidence.entry = try await relay.logEntries(first: index, count: 1).leaves.first?.entry }
        let entry = try evidence.readEntry(isStored: receipt?.statement)
        evidence.logKey = Data(key.statement)
        evidence.relayCertificate = Data(key.certificate.der)
        evidence.storedReceipt = receipt.map { Data($0.signed) }
        return ProvedEntry(
            index: index, size: head.size, entry: entry, receipt: receipt?.statement,
            cosignedBy: witnesses.cosignatures(in: proof.checkpoint).map(\.witness.name),
            text: proof.with(extra: CanonicalJSON.encode(evidence)).text)
    }

    /// The pinned head and this one must be of one log; either may be the older.
    private func requireSameLog(as pinned: Checkpoint?, _ head: Checkpoint) async throws {
        guard let pinned else { return }
        let (older, newer) = pinned.size <= head.size ? (pinned, head) : (head, pinned)
        try await requireContinuation(of: older, by: newer)
    }

    /// For the evidence that is kept of a received package: the proof of its stored entry, if there is one yet. Whatever
    /// stands in the way, the package is received without.
    func inclusionEvidence(of receipt: StoredReceipt) async -> [(name: String, bytes: [UInt8])] {
        guard let key = try? await vouchedLogKey(),
            let text = try? await relay.inclusionProof(of: receipt.logIndex),
            let proof = InclusionProof(text: text), proof.index == receipt.logIndex,
            var evidence = LeafEvidence(in: proof), let leaf = MerkleHash(bytes: Array(evidence.leafHash)),
            proof.head(over: leaf, signedBy: key.verifier) != nil
        else { return [] }
        evidence.logKey = Data(key.statement)
        evidence.relayCertificate = Data(key.certificate.der)
        let kept = proof.with(extra: CanonicalJSON.encode(evidence)).text
        return [(name: EvidenceFolder.inclusionProof, bytes: Array(kept.utf8))]
    }
}

extension LeafEvidence {
    /// `nil` when the proof has none.
    init?(in proof: InclusionProof) {
        guard let extra = proof.extra,
            case .success(let evidence) = CanonicalJSON.decode(LeafEvidence.self, from: extra),
            evidence.format == LeafEvidence.format
        else { return nil }
        self = evidence
    }

    /// The entry, which must be the one that was hashed and, for a stored package, say so; `nil` when there is none.
    func readEntry(isStored receipt: StoredReceipt?) throws(ClientFailure) -> AccessEntry? {
        guard let text = entry else { return nil }
        guard MerkleHash.leaf(Array(text.utf8)).bytes == Array(leafHash),
            case .success(let entry) = CanonicalJSON.decode(AccessEntry.self, from: Array(text.utf8))
        else {
            throw .notGenuine(
                Bilingual(
                    ja: "記録の中身が、証明された記録のものではありません。", en: "The entry is not the one that is proved."))
        }
        if let receipt {
            guard entry.action == .packageStored, entry.outcome == .done, entry.object == receipt.package.text,
                entry.actor.address == receipt.sender.text
            else {
                throw .notGenuine(
                    Bilingual(
                        ja: "受領証の示す番号の記録が、この送付の保管の記録ではありません。",
                        en: "The entry that the receipt names does not say that this package was stored."))
            }
        }
        return entry
    }
}
