// What everybody with a certificate may have of the access log: its signed heads, with what witnesses cosigned, and proofs
// that an entry is in it or that one head leads to another. They tell sizes and hashes and nothing of any entry, so they
// have no leaf of their own. No proof is given that does not hold: a damaged tree is a failure, not an answer.

import Foundation
import MimamoriCore
import MimamoriMerkle
import MimamoriStore
package import MimamoriWire

extension Relay {
    /// The signed head of the tree of this size, of the newest signed one by default: a C2SP signed note with every
    /// cosignature under it.
    package func logCheckpoint(size: Int64? = nil) async throws -> String {
        try await readLog { log in try log.note(size: size) }
    }

    /// That the entry is in the log of this size, by default of the newest signed head: a C2SP tlog-proof, whose `extra` is
    /// a `LeafEvidence` with the leaf's hash.
    package func inclusionProof(of index: Int64, size: Int64? = nil) async throws -> String {
        try await readLog { log in
            let head = try log.head(size: size, holding: index)
            let leaf = try log.leafHash(index)
            let proof = InclusionProof(
                index: index, path: try log.maker.inclusionProof(of: index, size: head.size),
                checkpoint: try log.note(of: head),
                extra: CanonicalJSON.encode(LeafEvidence(leafHash: Data(leaf.bytes))))
            guard
                MerkleVerification.isIncluded(
                    leaf, at: index, size: head.size, root: head.root, proof: proof.path)
            else { throw StoreFailure.logDamaged("no inclusion proof of \(index) in \(head.size) holds") }
            return proof.text
        }
    }

    /// That the log of `oldSize` entries is the start of the log of `newSize`, by default of the newest signed head: the
    /// body of C2SP tlog-witness `add-checkpoint`.
    package func consistencyProof(from oldSize: Int64, to newSize: Int64? = nil) async throws -> String {
        try await readLog { log in
            let head = try log.head(size: newSize)
            guard (1...head.size).contains(oldSize) else { throw Refusal.logSizeOutside(head.size) }
            let old = try log.head(size: oldSize)
            let path = try log.path(from: old, to: head)
            return ConsistencyProof(oldSize: oldSize, path: path, checkpoint: try log.note(of: head)).text
        }
    }

    /// The newest head that each witness cosigned, largest first, as signed notes.
    package func cosignedHeads() async throws -> CosignedHeads {
        let witnesses = settings.witnesses
        return try await readLog { log in
            let sizes = try witnesses.compactMap { try log.transaction.newestCosignedSize(by: $0.verifierKey) }
            return CosignedHeads(
                checkpoints: try Set(sizes).sorted(by: >).filter { $0 <= log.newest.size }.map {
                    try log.note(size: $0)
                })
        }
    }

    /// Reads one moment of the log, with a signed head in it.
    func readLog<Answer: Sendable>(
        _ body: @escaping @Sendable (LogMoment) throws -> Answer
    ) async throws -> Answer {
        let (signer, origin) = (noteSigner, settings.logOrigin)
        func attempt() async throws -> Answer? {
            try await database.read { transaction in
                try LogMoment(transaction, signer: signer, origin: origin).map(body)
            }
        }
        if let answer = try await attempt() { return answer }
        try await signCheckpoint()
        guard let answer = try await attempt() else {
            preconditionFailure("a head that was signed is there")
        }
        return answer
    }
}

/// The log within one transaction, as far as its newest signed head reaches: nothing beyond it is proved or signed.
struct LogMoment {
    let transaction: any Transaction
    let newest: Checkpoint
    private let newestNote: String
    private let signer: NoteSigner

    /// `nil` while no head is signed.
    init?(_ transaction: any Transaction, signer: NoteSigner, origin: String) throws {
        guard let latest = try transaction.latestCheckpoint() else { return nil }
        let text = SignedNote(latest.note).map { String(decoding: $0.text, as: UTF8.self) }
        guard let head = text.flatMap({ Checkpoint(body: $0) }), head.size == latest.size, head.origin == origin else {
            throw StoreFailure.logDamaged("the checkpoint of size \(latest.size) is no head of this log")
        }
        self.transaction = transaction
        self.signer = signer
        newest = head
        newestNote = latest.note
    }

    var maker: ProofMaker { transaction.proofMaker }

    func leafHash(_ index: Int64) throws -> MerkleHash {
        guard let hash = try transaction.logHashes(level: 0, index..<index + 1).first.flatMap(MerkleHash.init) else {
            throw StoreFailure.logDamaged("leaf \(index) is missing")
        }
        return hash
    }

    /// The head of this size; an older one only if it leads to the newest, so that damage is never signed.
    func head(size: Int64?) throws -> Checkpoint {
        guard let size, size != newest.size else { return newest }
        guard (1..<newest.size).contains(size) else { throw Refusal.logSizeOutside(newest.size) }
        let head = Checkpoint(origin: newest.origin, size: size, root: try maker.root(size: size))
        _ = try path(from: head, to: newest)
        return head
    }

    /// The head of this size, which must have the leaf in it.
    func head(size: Int64?, holding index: Int64) throws -> Checkpoint {
        let head = try head(size: size)
        guard index >= 0, index < head.size else {
            // An entry of this moment waits for the next head, a second at most.
            let written = try transaction.logFrontier().size
            let isWritten = (0..<written).contains(index) && size == nil
            throw isWritten ? .headNotSignedYet : Refusal.logSizeOutside(head.size)
        }
        return head
    }

    func path(from old: Checkpoint, to new: Checkpoint) throws -> [MerkleHash] {
        let path = try maker.consistencyProof(from: old.size, to: new.size)
        guard
            MerkleVerification.isConsistent(
                oldSize: old.size, oldRoot: old.root, newSize: new.size, newRoot: new.root, proof: path)
        else { throw StoreFailure.logDamaged("no consistency proof from \(old.size) to \(new.size) holds") }
        return path
    }

    func note(size: Int64?) throws -> String { try note(of: try head(size: size)) }

    /// Signed anew when it is not the newest: the same key signs the same head with the same bytes.
    func note(of head: Checkpoint) throws -> String {
        let note = head.size == newest.size ? newestNote : signer.sign(head.body)
        return note + (try transaction.cosignatures(size: head.size)).map { $0.line + "\n" }.joined()
    }
}
