// Heads of the log, compared by proof (RFC 9162 §2.1.4): whether one that was seen before, here or by somebody else, is the
// start of the one that the relay shows now. So a log that was rolled back, rewritten or forked is found out without any
// entry. What is made of a finding is left to who asked.

import MimamoriCore
import MimamoriMerkle
import MimamoriWire

/// A head that the log's key signed.
struct SignedHead: Sendable {
    let checkpoint: Checkpoint
    /// As it was given, with whatever cosignatures.
    let note: String

    init?(_ note: String, by verifier: NoteVerifier) {
        guard let checkpoint = verifier.open(note).flatMap({ Checkpoint(body: $0) }) else { return nil }
        self.checkpoint = checkpoint
        self.note = note
    }
}

extension Session {
    /// The relay's newest head; throws when it is not signed by the key.
    func newestHead(by verifier: NoteVerifier) async throws -> SignedHead {
        guard let head = SignedHead(try await relay.logCheckpoint(), by: verifier) else {
            throw ClientFailure.notGenuine(LogAuditReport.Finding.headUnsigned.message)
        }
        return head
    }

    /// What is wrong when `seen` was a head of the log and `head` is its newest; `nil` when one leads to the other.
    func contradiction(
        between seen: Checkpoint, and head: Checkpoint
    ) async throws -> LogAuditReport.Finding? {
        guard seen.origin == head.origin else { return .forked(seen: seen.size) }
        guard seen.size <= head.size else { return .rolledBack(seen: seen.size, now: head.size) }
        guard seen.size < head.size else { return seen.root == head.root ? nil : .forked(seen: seen.size) }
        // Every log begins with nothing, and no proof shows it.
        guard seen.size > 0 else { return seen.root == Frontier().root ? nil : .forked(seen: 0) }
        let text: String
        do {
            text = try await relay.consistencyProof(from: seen.size, to: head.size)
        } catch let failure as ClientFailure where failure.kind == .unreachable {
            throw failure
        } catch is Refused {
            return .unproved(seen: seen.size, now: head.size)
        } catch is ClientFailure {
            // A tree that is damaged where it stands gives no proof.
            return .unproved(seen: seen.size, now: head.size)
        }
        guard let proof = ConsistencyProof(text: text) else { return .unproved(seen: seen.size, now: head.size) }
        return proof.leads(from: seen, to: head) ? nil : .forked(seen: seen.size)
    }

    /// Throws what is wrong, as something that is not genuine, unless this is the same log as the one seen.
    func requireContinuation(of seen: Checkpoint?, by head: Checkpoint) async throws {
        guard let seen, let finding = try await contradiction(between: seen, and: head) else { return }
        throw ClientFailure.notGenuine(finding.message)
    }

    /// The newest head of each trusted witness. Ask before the newest head, which then is no older.
    func cosignedHeads(
        by verifier: NoteVerifier, witnesses: TrustedWitnesses
    ) async throws -> [(head: SignedHead, witness: String, time: Timestamp)] {
        guard !witnesses.all.isEmpty else { return [] }
        return try await relay.cosignedHeads().checkpoints.compactMap { SignedHead($0, by: verifier) }.flatMap { head in
            witnesses.cosignatures(in: head.note).map { (head, $0.witness.name, $0.time) }
        }
    }
}
