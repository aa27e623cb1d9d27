// The access log's entries for auditors, and for each person those of its own actions, as the very bytes that were hashed;
// and the CA-vouched key that signs its heads. Every look into the entries is itself an entry. Recomputing the tree from
// them is the reader's own doing (`mimamori log verify`), because the relay's word proves nothing.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriStore
package import MimamoriWire

extension Relay {
    package static let longestLogPage = 1000
    /// Beyond what any log will hold, so that no sum of numbers overflows.
    private static let longestLog: Int64 = 1 << 62

    package func logPage(first: Int64, count: Int, by caller: Caller) async throws -> LogPage {
        try await attempt(.logRead, on: "\(first)+\(count)", by: caller) {
            // One's own action is no secret to oneself; whose an entry is, is seen when it is open.
            if count != 1 { try caller.require(.auditor) }
            guard (0..<Self.longestLog).contains(first), count > 0 else {
                throw Refusal.requestMalformed(
                    Bilingual(ja: "記録の範囲の指定が正しくありません。", en: "The range of entries is not valid."))
            }
            let limit = min(count, Self.longestLogPage)
            let (rows, size) = try await database.read { transaction in
                (try transaction.leaves(from: first, limit: limit), try transaction.logFrontier().size)
            }
            let leaves = leaves(first..<min(first + Int64(limit), max(size, first)), of: rows)
            let damaged = leaves.indices.filter { leaves[$0].entry == nil }
            if let one = damaged.first { journal.logDamaged(from: first + Int64(one), count: damaged.count) }
            if count == 1 { try requireOwn(leaves.first, of: caller) }
            try await record(prepareLeaf(.logRead, on: "\(first)+\(leaves.count)", by: caller))
            return LogPage(first: first, leaves: leaves)
        }
    }

    /// One for each sequence number, whatever has become of its row, so that a reader sees what is missing or damaged.
    private func leaves(_ sequences: Range<Int64>, of rows: [LogLeafRow]) -> [LogPage.Leaf] {
        let rows = Dictionary(uniqueKeysWithValues: rows.map { ($0.sequence, $0) })
        return sequences.map { sequence in
            guard let row = rows[sequence] else { return LogPage.Leaf(hash: nil, entry: nil) }
            let entry = try? logKey.open(row.sealedEntry, context: Self.logContext)
            return LogPage.Leaf(
                hash: Data(row.leafHash), entry: entry.map { String(decoding: $0, as: UTF8.self) })
        }
    }

    private func requireOwn(_ leaf: LogPage.Leaf?, of caller: Caller) throws {
        guard !caller.person.roles.contains(.auditor) else { return }
        guard let text = leaf?.entry,
            case .success(let entry) = CanonicalJSON.decode(AccessEntry.self, from: Array(text.utf8)),
            entry.actor.address == caller.address.text
        else { return try caller.require(.auditor) }
    }

    /// The key that signs tree heads, in a statement signed by the relay's statement certificate (CMS), so that the CA
    /// vouches for the log key too.
    package func logKeyStatement() throws -> [UInt8] {
        let statement = LogKeyStatement(relay: settings.address, verifierKey: noteSigner.verifierKey)
        return try statementSigner.sign(CanonicalJSON.encode(statement))
    }
}

extension RelaySettings {
    /// The log's name in its checkpoints (C2SP tlog-checkpoint: a schema-less URL); also the name of its key.
    package var logOrigin: String { "mimamori/\(address)/access-log" }
}
