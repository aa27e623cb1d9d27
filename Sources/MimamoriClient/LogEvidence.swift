// `mimamori verify` on a proof about the log: whether the entry stands in the log, by the CA and the log's key alone. The
// key comes with the proof, vouched for by the relay's certificate, or is the one that this machine has pinned. What a
// receipt beside it says must be about this very entry.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriWire

extension OfflineVerifier {
    /// `nil` when the text is no proof at all.
    func report(onProof text: String, besideReceipt receipt: StoredReceipt? = nil) -> VerificationReport? {
        guard let proof = InclusionProof(text: text) else { return nil }
        return VerificationReport(subject: .logProof, lines: lines(onProof: proof, besideReceipt: receipt))
    }

    private func lines(onProof proof: InclusionProof, besideReceipt given: StoredReceipt?) -> [VerificationReport.Line]
    {
        guard let evidence = LeafEvidence(in: proof), let leaf = MerkleHash(bytes: Array(evidence.leafHash)) else {
            return [bad("証明に記録のハッシュ値がありません。", "The proof does not carry the entry's hash.")]
        }
        do {
            var lines: [VerificationReport.Line] = []
            var receipt = given
            if let signed = evidence.storedReceipt {
                let statement = try Evidence.statement(Array(signed))
                lines += report(on: statement, with: try evidence.certificate.map { [$0] } ?? []).lines
                receipt = try Evidence.decode(StoredReceipt.self, in: statement)
            }
            guard let verifier = try key(of: evidence, at: receipt?.storedAt) else { return lines + [keyMissing] }
            guard let head = proof.head(over: leaf, signedBy: verifier) else {
                return lines + [bad("証明が成り立ちません。", "The proof does not hold.")]
            }
            lines.append(
                good(
                    "記録 \(proof.index) 番は、中継の署名した \(head.size) 件の記録に含まれています。",
                    "Entry \(proof.index) is in the log of \(head.size) entries that the relay signed."))
            if let receipt, receipt.logIndex != proof.index {
                lines.append(bad("受領証は別の記録を指しています。", "The receipt names another entry."))
            }
            lines.append(told(try evidence.readEntry(isStored: receipt), proof.index))
            return lines + cosignatures(in: proof.checkpoint)
        } catch {
            return [bad(error)]
        }
    }

    /// The vouched key, else the pinned one; when both are there they must be the same.
    private func key(of evidence: LeafEvidence, at time: Timestamp?) throws -> NoteVerifier? {
        var vouched: VouchedLogKey?
        if let statement = evidence.logKey, let certificate = try evidence.certificate {
            vouched = try VouchedLogKey(
                statement: Array(statement), certificate: certificate, trust: trust, at: [time ?? now, now])
        }
        guard let vouched else { return pinnedLogKey.flatMap { NoteVerifier(verifierKey: $0) } }
        guard pinnedLogKey == nil || pinnedLogKey == vouched.verifierKey else {
            throw ClientFailure.notGenuine(LogAuditReport.Finding.keyChanged.message)
        }
        return vouched.verifier
    }

    private func told(_ entry: AccessEntry?, _ index: Int64) -> VerificationReport.Line {
        guard let entry else {
            return good(
                "記録の中身は付いていません（ハッシュ値だけが証明されています）。",
                "The entry itself is not here: its hash alone is proved.")
        }
        let who = entry.actor.address ?? entry.actor.source ?? "–"
        return good(
            "記録の内容: \(entry.time) \(who) \(entry.action.rawValue) \(entry.object)（\(entry.outcome.rawValue)）",
            "It says: \(entry.time) \(who) \(entry.action.rawValue) \(entry.object) (\(entry.outcome.rawValue))")
    }

    private func cosignatures(in note: String) -> [VerificationReport.Line] {
        witnesses.cosignatures(in: note).map { witness, time in
            good("証人 \(witness.name) が \(time) に連署しています。", "Cosigned by the witness \(witness.name) at \(time).")
        }
    }

    private var keyMissing: VerificationReport.Line {
        .init(
            verdict: .undecided,
            text: Bilingual(
                ja: "記録の鍵が分からないので決められません。中継とつながる端末で mimamori log verify を一度実行してください。",
                en: "The log's key is not known here. Run mimamori log verify once where the relay can be reached."))
    }
}

extension LeafEvidence {
    fileprivate var certificate: Certificate? {
        get throws { try relayCertificate.map { try Evidence.certificate(Array($0)) } }
    }
}
