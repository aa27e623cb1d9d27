// `mimamori log export`: entries as JSON Lines that a stranger's program can check (docs/verify_log.py): each line an entry
// with its number and hash, and with its proof if wanted; the last line the signed head that they are proved under. All
// entries together need no proofs, because they give the root by themselves.

import Foundation
package import MimamoriCore
import MimamoriMerkle
import MimamoriWire

package struct LogExport: Sendable {
    package enum Selection: Sendable, Hashable {
        /// From an entry on, so many or all.
        case numbers(first: Int64, count: Int64?)
        /// Entries of this time; both ends are in it.
        case times(from: Timestamp, to: Timestamp)
    }

    package let selection: Selection
    /// A proof for each entry, one request each.
    package let withProofs: Bool

    package init(_ selection: Selection, withProofs: Bool) {
        self.selection = selection
        self.withProofs = withProofs
    }

    /// One line of the file.
    struct Record: Codable {
        let sequence: Int64
        let hash: String?
        let entry: String?
        let proof: [String]?
    }

    /// The last line.
    struct Head: Codable {
        let checkpoint: String
    }
}

package struct LogExported: Sendable {
    package let count: Int64
    /// The size of the log whose head is the last line.
    package let size: Int64
    /// Whether the file can be checked by itself: with proofs, or because every entry is in it.
    package let isSelfContained: Bool
}

extension Session {
    /// Entries can be written a little out of the order of their times, never by so much.
    private static let disorderSeconds: Int64 = 60

    /// Hands out the lines, each without its newline.
    package func exportLog(
        _ export: LogExport, line: (String) throws -> Void
    ) async throws -> LogExported {
        let pins = try LogPins.load(from: home)
        let key = try await pinnedLogKey(pins)
        let head = try await newestHead(by: key.verifier)
        try await requireContinuation(of: pins.checkpoint, by: head.checkpoint)
        let size = head.checkpoint.size
        var count: Int64 = 0
        let range = try await range(of: export.selection, size: size)
        var next = range.lowerBound
        while next < range.upperBound {
            let wanted = min(Int64(Self.logPageCount), range.upperBound - next)
            let page = try await relay.logEntries(first: next, count: Int(wanted))
            guard page.first == next, !page.leaves.isEmpty else {
                throw ClientFailure.notGenuine(
                    LogAuditReport.Finding.entriesMissing(next...range.upperBound - 1).message)
            }
            for leaf in page.leaves.prefix(Int(wanted)) {
                defer { next += 1 }
                guard export.selection.takes(leaf) else { continue }
                try line(Self.json(try await record(next, leaf, size: size, proved: export.withProofs)))
                count += 1
            }
        }
        try line(Self.json(LogExport.Head(checkpoint: head.note)))
        return LogExported(count: count, size: size, isSelfContained: export.withProofs || count == size)
    }

    private func record(
        _ sequence: Int64, _ leaf: LogPage.Leaf, size: Int64, proved: Bool
    ) async throws -> LogExport.Record {
        var path: [String]?
        if proved {
            path = InclusionProof(text: try await relay.inclusionProof(of: sequence, size: size))?.path.map {
                Data($0.bytes).base64EncodedString()
            }
        }
        return LogExport.Record(
            sequence: sequence, hash: leaf.hash?.base64EncodedString(), entry: leaf.entry, proof: path)
    }

    private static func json(_ value: some Encodable) -> String {
        String(decoding: CanonicalJSON.encode(value), as: UTF8.self)
    }

    private func range(of selection: LogExport.Selection, size: Int64) async throws -> Range<Int64> {
        switch selection {
        case .numbers(let first, let count):
            let first = min(first, size)
            return first..<min(size, first + min(count ?? size, size))
        case .times(let from, let to):
            let start = try await firstEntry(notBefore: from.advanced(bySeconds: -Self.disorderSeconds), size: size)
            let end = try await firstEntry(notBefore: to.advanced(bySeconds: Self.disorderSeconds), size: size)
            return start..<max(start, end)
        }
    }

    /// Halves the log until it is found: some twenty looks, each an entry of the log itself.
    private func firstEntry(notBefore time: Timestamp, size: Int64) async throws -> Int64 {
        var (low, high) = (Int64(0), size)
        while low < high {
            let middle = low + (high - low) / 2
            let page = try await relay.logEntries(first: middle, count: 1)
            // What cannot be read is taken for early, so that nothing after it is left out.
            let isEarly = page.leaves.first?.time.map { $0 < time } ?? true
            if isEarly { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension LogExport.Selection {
    fileprivate func takes(_ leaf: LogPage.Leaf) -> Bool {
        guard case .times(let from, let to) = self, let time = leaf.time else { return true }
        return from <= time && time <= to
    }
}

extension LogPage.Leaf {
    fileprivate var time: Timestamp? {
        guard let entry, case .success(let read) = CanonicalJSON.decode(AccessEntry.self, from: Array(entry.utf8))
        else {
            return nil
        }
        return read.time
    }
}
