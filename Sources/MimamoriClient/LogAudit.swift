// `mimamori log show` and `verify`: reads the access log and recomputes its Merkle tree from the entries' own bytes
// (RFC 9162 §2.1, C2SP tlog-checkpoint). The head must be signed by the pinned key, the head seen last time must be
// reproduced at its size: so a relay that cut, edited, rolled back or forked its log is found out. The mathematics is
// MimamoriMerkle's, pinning LogPins.swift's, the comparison LogComparison's and pure.

import Foundation
package import MimamoriCore
import MimamoriCrypto
package import MimamoriMerkle
import MimamoriWire

/// One entry with its place in the log.
package struct LoggedEntry: Sendable {
    package let sequence: Int64
    package let entry: AccessEntry
}

package struct LogAuditReport: Sendable {
    package enum Finding: Sendable, Hashable {
        /// The relay's head is smaller than one seen before, or entries below the head are missing.
        case truncated(seen: Int64, now: Int64)
        /// Entries that were there when the pinned head of this size was seen read otherwise now.
        case rewritten(before: Int64)
        /// The entries do not give the root that the relay signed.
        case headMismatch(size: Int64)
        /// The key that signs the log is not the pinned one.
        case keyChanged
        case headUnsigned
        /// An entry is not well formed.
        case entryInvalid(sequence: Int64)
    }

    package let size: Int64
    /// The root in the signed head, hexadecimal.
    package let root: String
    /// The size of the head that was pinned before; `nil` at the first audit.
    package let previousSize: Int64?
    package let findings: [Finding]

    package var isSound: Bool { findings.isEmpty }

    /// One sentence per finding, or one that says that all is well.
    package var lines: [Bilingual] {
        guard findings.isEmpty else { return findings.map(\.message) }
        guard let previousSize else {
            return [
                Bilingual(
                    ja: "アクセス記録 \(size) 件は、中継の署名した値と一致しています。",
                    en: "All \(size) entries of the access log agree with the signed head.")
            ]
        }
        return [
            Bilingual(
                ja: "アクセス記録 \(size) 件は中継の署名した値と一致し、前回確かめた \(previousSize) 件も変わっていません。",
                en: "All \(size) entries of the access log agree with the signed head, the \(previousSize) seen before "
                    + "unchanged.")
        ]
    }
}

extension LogAuditReport.Finding {
    package var message: Bilingual {
        switch self {
        case .truncated(let seen, let now):
            Bilingual(
                ja: "記録が切り詰められています: 前は \(seen) 件、今は \(now) 件です。",
                en: "The log was cut: \(seen) entries before, \(now) now.")
        case .rewritten(let before):
            Bilingual(
                ja: "前に確かめた \(before) 件までの中に、書き換えられた記録があります（または別の記録に差し替えられています）。",
                en: "Among the first \(before) entries, which were seen before, something was rewritten or replaced.")
        case .headMismatch(let size):
            Bilingual(
                ja: "記録 \(size) 件が、中継の署名した値と一致しません。記録が変えられています。",
                en: "The \(size) entries do not give the value that the relay signed: entries were changed.")
        case .keyChanged:
            Bilingual(
                ja: "記録に署名する鍵が、前に固定したものと違います。正当な交換かどうか、監査担当者が運用担当者に確かめてください。",
                en:
                    "The key that signs the log is not the pinned one. An auditor must ask the operator whether it was replaced."
            )
        case .headUnsigned:
            Bilingual(
                ja: "記録の先頭値に、固定した鍵の署名がありません。", en: "The head of the log is not signed by the pinned key.")
        case .entryInvalid(let sequence):
            Bilingual(ja: "記録 \(sequence) 番が読めません。", en: "Entry \(sequence) of the log cannot be read.")
        }
    }
}

/// Compares a log with a signed head and the head seen before. Pure: entries come in, findings come out.
package struct LogComparison {
    private let head: Checkpoint
    private let pinned: Checkpoint?
    private var frontier = Frontier()
    private var findings: [LogAuditReport.Finding] = []

    package init(head: Checkpoint, pinned: Checkpoint?) {
        self.head = head
        self.pinned = pinned
        if let pinned, pinned.size > head.size {
            findings.append(.truncated(seen: pinned.size, now: head.size))
        } else if let pinned, pinned.size == 0, pinned.root != frontier.root {
            findings.append(.rewritten(before: 0))
        }
    }

    /// How many entries were added.
    package var size: Int64 { frontier.size }

    /// The next entry, as it was hashed.
    package mutating func add(_ entry: [UInt8]) {
        if case .failure = CanonicalJSON.decode(AccessEntry.self, from: entry) {
            findings.append(.entryInvalid(sequence: frontier.size))
        }
        frontier.append(.leaf(entry))
        if let pinned, frontier.size == pinned.size, frontier.root != pinned.root {
            findings.append(.rewritten(before: pinned.size))
        }
    }

    /// Every finding, when no more entries come.
    package func finished() -> [LogAuditReport.Finding] {
        if frontier.size < head.size { return findings + [.truncated(seen: head.size, now: frontier.size)] }
        guard findings.isEmpty || pinned.map({ $0.size > head.size }) ?? false else { return findings }
        return frontier.root == head.root ? findings : findings + [.headMismatch(size: head.size)]
    }
}

extension Session {
    private static let pageCount = 500

    /// Up to `count` entries from `first` on, in as many requests as they take.
    package func logEntries(first: Int64, count: Int) async throws -> [LoggedEntry] {
        var entries: [LoggedEntry] = []
        while entries.count < count {
            let wanted = min(Self.pageCount, count - entries.count)
            let page = try await relay.logEntries(first: first + Int64(entries.count), count: wanted)
            for text in page.entries.prefix(wanted) {
                let sequence = first + Int64(entries.count)
                guard case .success(let entry) = CanonicalJSON.decode(AccessEntry.self, from: Array(text.utf8)) else {
                    throw ClientFailure.notGenuine(LogAuditReport.Finding.entryInvalid(sequence: sequence).message)
                }
                entries.append(LoggedEntry(sequence: sequence, entry: entry))
            }
            if page.entries.count < wanted { break }
        }
        return entries
    }

    /// Reads the whole log and compares it with the signed head and with the head seen last time, which the new one
    /// replaces only when everything agrees.
    package func verifyLog(
        progress: (@Sendable (_ done: Int64, _ total: Int64) -> Void)? = nil
    ) async throws -> LogAuditReport {
        var pins = try LogPins.load(from: home)
        let key = try await logKey()
        guard pins.key == nil || pins.key == key else { return report([.keyChanged], pins: pins) }
        let note = try await relay.logCheckpoint()
        guard let body = NoteVerifier(verifierKey: key)?.open(note), let head = Checkpoint(body: body) else {
            return report([.headUnsigned], pins: pins)
        }
        guard pins.checkpoint.map({ $0.origin == head.origin }) ?? true else {
            return report([.keyChanged], pins: pins)
        }
        var comparison = LogComparison(head: head, pinned: pins.checkpoint)
        while comparison.size < head.size {
            let wanted = min(Int64(Self.pageCount), head.size - comparison.size)
            let page = try await relay.logEntries(first: comparison.size, count: Int(wanted))
            guard page.first == comparison.size, !page.entries.isEmpty else { break }
            for entry in page.entries.prefix(Int(wanted)) { comparison.add(Array(entry.utf8)) }
            progress?(comparison.size, head.size)
        }
        let findings = comparison.finished()
        if findings.isEmpty {
            try pins.store(key: key, note: note, checkpoint: head, in: home, world: world)
        }
        return report(findings, pins: pins, head: head)
    }

    private func report(
        _ findings: [LogAuditReport.Finding], pins: LogPins, head: Checkpoint? = nil
    ) -> LogAuditReport {
        LogAuditReport(
            size: head?.size ?? 0, root: head.map { Hexadecimal.encode($0.root.bytes) } ?? "",
            previousSize: pins.previousSize, findings: findings)
    }

    /// The log's verifier key from the relay's statement, which the CA vouches for.
    private func logKey() async throws -> String {
        let statement = try Evidence.statement(await relay.logKey())
        let key = try Evidence.decode(LogKeyStatement.self, in: statement)
        let enrolled = try await refreshDirectory().directory.certificates.values.filter { $0.purpose == .statement }
        let signer = enrolled.compactMap { try? Certificate(der: $0.der) }
            .first { statement.signers == [$0.issuerAndSerial] }
        guard let signer else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "記録の鍵の証明に署名した証明書が名簿にありません。",
                    en: "The certificate that signed the log key's statement is not in the directory."))
        }
        try Evidence.check(signer, for: .statement, trust: home.trust(), at: [world.now()])
        guard key.format == LogKeyStatement.format, key.relay == signer.party, statement.isSigned(by: [signer]) else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "記録の鍵の証明が正しくありません。", en: "The statement of the log's key does not verify."))
        }
        return key.verifierKey
    }
}
