// The access log as others see it: entries for auditors, as the very bytes that were hashed, and for everybody the signed
// tree head with the CA-vouched key that signs it. Every look into the entries is itself an entry. Recomputing the tree
// from them is the reader's own doing (`mimamori log verify`), because the relay's word proves nothing.

import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriStore
package import MimamoriWire

extension Relay {
    package static let longestLogPage = 1000

    package func logPage(first: Int64, count: Int, by caller: Caller) async throws -> LogPage {
        try await attempt(.logRead, on: "\(first)+\(count)", by: caller) {
            try caller.require(.auditor)
            guard first >= 0, count > 0 else {
                throw Refusal.requestMalformed(
                    Bilingual(ja: "記録の範囲の指定が正しくありません。", en: "The range of entries is not valid."))
            }
            let limit = min(count, Self.longestLogPage)
            let rows = try await database.read { try $0.leaves(from: first, limit: limit) }
            let entries = try rows.map { row in
                String(decoding: try logKey.open(row.sealedEntry, context: Self.logContext), as: UTF8.self)
            }
            try await record(prepareLeaf(.logRead, on: "\(first)+\(rows.count)", by: caller))
            return LogPage(first: first, entries: entries)
        }
    }

    /// The newest signed tree head, a C2SP signed note. One is signed on the spot when there is none yet.
    package func logCheckpoint() async throws -> String {
        if let latest = try await database.read({ try $0.latestCheckpoint() }) { return latest.note }
        try await signCheckpoint()
        return try await database.read { try $0.latestCheckpoint() }?.note ?? ""
    }

    /// The key that signs tree heads, in a statement signed by the relay's statement certificate (CMS), so that the CA
    /// vouches for the log key too.
    package func logKeyStatement() throws -> [UInt8] {
        let statement = LogKeyStatement(relay: settings.address, verifierKey: noteSigner.verifierKey)
        return try statementSigner.sign(CanonicalJSON.encode(statement))
    }

    /// Signs the present head, unless the newest checkpoint already is it.
    func signCheckpoint() async throws {
        let (frontier, latest) = try await database.read { transaction in
            (try transaction.frontier(), try transaction.latestCheckpoint()?.size)
        }
        guard frontier.size != latest else { return }
        let checkpoint = Checkpoint(origin: settings.logOrigin, size: frontier.size, root: frontier.root)
        let note = noteSigner.sign(checkpoint.body)
        let now = world.now()
        try await database.write { try $0.insertCheckpoint(size: frontier.size, time: now, note: note) }
        journal.checkpointSigned(size: frontier.size)
    }
}

extension RelaySettings {
    /// The log's name in its checkpoints (C2SP tlog-checkpoint: a schema-less URL); also the name of its key.
    package var logOrigin: String { "mimamori/\(address)/access-log" }
}
