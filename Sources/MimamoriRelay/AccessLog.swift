// The third law of the house: no effect without a leaf. A use case prepares its leaf (encoded, hashed, sealed) before it
// asks for the writer, and appends it in the transaction of its effect; if the log cannot be written, nothing happens.
// Refused attempts get a leaf in a transaction of their own (SD-LOG-3). How a leaf joins the tree is LogTree.swift's.

import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriStore

/// A leaf that is ready to be appended: computed outside the writer, because the writer is one.
struct PreparedLeaf: Sendable {
    let hash: MerkleHash
    let sealedEntry: [UInt8]
}

extension Relay {
    /// The associated data of every sealed entry. An entry's place is bound by the tree itself.
    static let logContext = "log_leaves"

    func prepareLeaf(
        _ action: AccessAction, on object: String, by actor: AccessActor, request: RequestID,
        outcome: AccessOutcome = .done, reason: String? = nil
    ) throws -> PreparedLeaf {
        let entry = AccessEntry(
            time: world.now(), actor: actor, request: request.text, action: action, object: object, outcome: outcome,
            reason: reason, salt: Hexadecimal.encode(world.random(16)))
        let bytes = CanonicalJSON.encode(entry)
        return PreparedLeaf(hash: .leaf(bytes), sealedEntry: try logKey.seal(bytes, context: Self.logContext))
    }

    func prepareLeaf(
        _ action: AccessAction, on object: String, by caller: Caller, outcome: AccessOutcome = .done,
        reason: String? = nil
    ) throws -> PreparedLeaf {
        try prepareLeaf(
            action, on: object, by: caller.actor, request: caller.request, outcome: outcome, reason: reason)
    }

    /// A leaf alone, for reads and refusals: they have no other effect.
    func record(_ leaf: PreparedLeaf) async throws {
        _ = try await database.write { try $0.append(leaf) }
    }

    /// Runs a use case; when it ends in a refusal, the refusal has its leaf before the caller hears of it.
    func attempt<Answer: Sendable>(
        _ action: AccessAction, on object: String, by caller: Caller, _ body: () async throws -> Answer
    ) async throws -> Answer {
        do {
            return try await body()
        } catch let refusal as Refusal {
            try await record([refusal], action, on: object, by: caller)
            throw refusal
        } catch let refusals as Refusals {
            try await record(refusals.all, action, on: object, by: caller)
            throw refusals
        }
    }

    /// The leaf of an attempt that a rule has refused.
    func record(
        _ refusals: [Refusal], _ action: AccessAction, on object: String, by caller: Caller
    ) async throws {
        for refusal in refusals { journal.refused(refusal, action: action, request: caller.request) }
        let reason = refusals.map { "\($0.code.rawValue) (\($0.rule))" }.joined(separator: ", ")
        try await record(prepareLeaf(action, on: object, by: caller, outcome: .refused, reason: reason))
        try await noteRefusal(refusals, of: caller)
    }
}
