// Takes cosignatures of the log's heads from witnesses (C2SP tlog-cosignature). Which witnesses count here is configured;
// an auditor's certificate brings the line. A head that is not this log's is refused loudly: whoever cosigned it was shown
// another log. What a witness checks before it signs is its own business (`mimamori witness`).

import MimamoriCore
import MimamoriMerkle
import MimamoriStore

extension Relay {
    /// Takes a signed note with one or more cosignatures; a repeat changes nothing and has no leaf.
    package func acceptCosignatures(_ note: String, by caller: Caller) async throws {
        let head = SignedNote(note).flatMap { Checkpoint(body: String(decoding: $0.text, as: UTF8.self)) }
        try await attempt(.logCosigned, on: Self.object(head), by: caller) {
            try caller.require(.auditor)
            guard let head, head.origin == settings.logOrigin else {
                throw Refusal.cosignatureInvalid(
                    Bilingual(ja: "この中継の記録の署名付き先頭値ではありません。", en: "it is no signed head of this relay's log."))
            }
            let given = settings.witnesses.compactMap { witness in
                witness.cosignature(in: note).map { (witness, $0) }
            }
            guard !given.isEmpty else { throw Refusal.cosignatureUnknown }
            try await requireOwn(head, request: caller.request)
            let now = world.now()
            for (witness, cosignature) in given {
                let time = Timestamp(milliseconds: min(cosignature.time, Int64.max / 1000) * 1000)
                guard time <= now.advanced(bySeconds: settings.policy.clockToleranceSeconds) else {
                    throw Refusal.cosignatureInvalid(
                        Bilingual(ja: "証人の時計が進みすぎています。", en: "the witness's clock is ahead."))
                }
                let row = CosignatureRow(
                    witness: witness.verifierKey, size: head.size, time: time, line: cosignature.line)
                let leaf = try prepareLeaf(.logCosigned, on: Self.object(head), by: caller, reason: witness.name)
                let isNew = try await database.write { transaction in
                    guard try transaction.putCosignature(row) else { return false }
                    try transaction.append(leaf)
                    return true
                }
                if isNew { journal.cosigned(size: head.size, witness: witness.name) }
            }
        }
    }

    private static func object(_ head: Checkpoint?) -> String { head.map { "checkpoint/\($0.size)" } ?? "checkpoint" }

    /// Throws unless the head is one of this log's past or present.
    private func requireOwn(_ head: Checkpoint, request: RequestID) async throws {
        let isOwn = try await readLog { log in
            guard head.size >= 1, head.size <= log.newest.size else { return false }
            return try log.head(size: head.size) == head
        }
        guard isOwn else {
            journal.foreignHead(size: head.size, request: request)
            throw Refusal.cosignatureInvalid(
                Bilingual(
                    ja: "この中継の記録にはない先頭値です。証人に別の記録が示されたか、この中継の記録が差し替えられています。監査担当者は直ちに調べてください。",
                    en: "this log never had that head. The witness was shown another log, or this one was replaced: "
                        + "an auditor must look into it at once."))
        }
    }
}
