// `mimamori log show` and `verify`: reads the access log, compares its head with those seen before by proof, and recomputes
// its Merkle tree from the entries' own bytes (RFC 9162 §2.1). So a relay that cut, edited, rolled back or forked its log is
// found out, and it is said what was done. The comparisons are LogHeads.swift's and LogComparison.swift's.

package import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriWire

/// One entry with its place in the log.
package struct LoggedEntry: Sendable {
    package let sequence: Int64
    package let entry: AccessEntry
}

/// What an audit looks at.
package struct LogAudit: Sendable {
    /// Every entry is read, which only auditors may; otherwise heads and proofs alone.
    package var readsEntries: Bool
    package var witnesses: TrustedWitnesses
    /// Heads that somebody else was shown, as signed notes: who, and the note.
    package var seenElsewhere: [(by: String, note: String)]

    package init(
        readsEntries: Bool = true, witnesses: TrustedWitnesses = TrustedWitnesses([]),
        seenElsewhere: [(by: String, note: String)] = []
    ) {
        self.readsEntries = readsEntries
        self.witnesses = witnesses
        self.seenElsewhere = seenElsewhere
    }
}

extension Session {
    static let logPageCount = 500

    /// Up to `count` entries from `first` on, in as many requests as they take.
    package func logEntries(first: Int64, count: Int) async throws -> [LoggedEntry] {
        var entries: [LoggedEntry] = []
        var next = first
        while entries.count < count {
            let wanted = min(Self.logPageCount, count - entries.count)
            let page = try await relay.logEntries(first: next, count: wanted)
            for leaf in page.leaves.prefix(wanted) {
                guard let text = leaf.entry else {
                    throw ClientFailure.notGenuine(
                        LogAuditReport.Finding.entriesDamaged(next...next).message)
                }
                guard case .success(let entry) = CanonicalJSON.decode(AccessEntry.self, from: Array(text.utf8)) else {
                    throw ClientFailure.notGenuine(LogAuditReport.Finding.entryInvalid(sequence: next).message)
                }
                entries.append(LoggedEntry(sequence: next, entry: entry))
                next += 1
            }
            if page.leaves.count < wanted { break }
        }
        return entries
    }

    /// Compares the log with its signed head and with every head seen before, which the new one replaces only when
    /// everything agrees.
    package func verifyLog(
        _ audit: LogAudit = LogAudit(), progress: (@Sendable (_ done: Int64, _ total: Int64) -> Void)? = nil
    ) async throws -> LogAuditReport {
        var pins = try LogPins.load(from: home)
        let key = try await vouchedLogKey()
        guard pins.key == nil || pins.key == key.verifierKey else { return Self.report([.keyChanged], pins) }
        let witnessed = try await cosignedHeads(by: key.verifier, witnesses: audit.witnesses)
        guard let head = SignedHead(try await relay.logCheckpoint(), by: key.verifier) else {
            return Self.report([.headUnsigned], pins)
        }
        var findings: [LogAuditReport.Finding] = []
        if let pinned = pins.checkpoint, let finding = try await contradiction(between: pinned, and: head.checkpoint) {
            findings.append(finding)
        }
        var cosigned: [LogAuditReport.Cosigned] = []
        for (seen, witness, time) in witnessed {
            if try await contradiction(between: seen.checkpoint, and: head.checkpoint) == nil {
                cosigned.append(.init(witness: witness, size: seen.checkpoint.size, time: time))
            } else {
                findings.append(.otherLogShown(to: witness, size: seen.checkpoint.size))
            }
        }
        findings += try await otherLogs(among: audit.seenElsewhere, beside: head, by: key.verifier)
        if audit.readsEntries {
            // What a proof has shown already is not told again, nor does a shorter log say more of a rollback.
            let isTold = findings.contains { if case .forked = $0 { true } else { false } }
            let pinned = isTold ? nil : pins.checkpoint
            findings += try await compareEntries(with: head.checkpoint, pinned: pinned, progress: progress)
        }
        if findings.isEmpty {
            try pins.store(key: key.verifierKey, note: head.note, checkpoint: head.checkpoint, in: home, world: world)
        }
        return Self.report(findings, pins, head: head.checkpoint, entriesRead: audit.readsEntries, cosigned: cosigned)
    }

    /// Heads from elsewhere: each must be this log's, though it may be newer than what we are shown.
    private func otherLogs(
        among seen: [(by: String, note: String)], beside head: SignedHead, by verifier: NoteVerifier
    ) async throws -> [LogAuditReport.Finding] {
        var findings: [LogAuditReport.Finding] = []
        for (whom, note) in seen {
            guard let other = SignedHead(note, by: verifier) else {
                throw ClientFailure.notGenuine(
                    Bilingual(
                        ja: "\(whom) は、この記録の鍵で署名された先頭値ではありません。",
                        en: "\(whom) is no head signed by this log's key."))
            }
            if try await contradiction(between: other.checkpoint, and: head.checkpoint) != nil {
                findings.append(.otherLogShown(to: whom, size: other.checkpoint.size))
            }
        }
        return findings
    }

    private func compareEntries(
        with head: Checkpoint, pinned: Checkpoint?, progress: (@Sendable (Int64, Int64) -> Void)?
    ) async throws -> [LogAuditReport.Finding] {
        var comparison = LogComparison(head: head, pinned: pinned)
        while comparison.size < head.size {
            let wanted = min(Int64(Self.logPageCount), head.size - comparison.size)
            let page = try await relay.logEntries(first: comparison.size, count: Int(wanted))
            guard page.first == comparison.size, !page.leaves.isEmpty else { break }
            for leaf in page.leaves.prefix(Int(wanted)) {
                comparison.add(
                    hash: leaf.hash.flatMap { MerkleHash(bytes: Array($0)) }, entry: leaf.entry.map { Array($0.utf8) })
            }
            progress?(comparison.size, head.size)
        }
        return comparison.finished()
    }

    private static func report(
        _ findings: [LogAuditReport.Finding], _ pins: LogPins, head: Checkpoint? = nil, entriesRead: Bool = false,
        cosigned: [LogAuditReport.Cosigned] = []
    ) -> LogAuditReport {
        LogAuditReport(
            size: head?.size ?? 0, root: head.map { Hexadecimal.encode($0.root.bytes) } ?? "",
            previousSize: pins.previousSize, findings: findings, entriesRead: entriesRead,
            cosigned: cosigned.sorted { ($1.size, $0.witness) < ($0.size, $1.witness) })
    }
}
