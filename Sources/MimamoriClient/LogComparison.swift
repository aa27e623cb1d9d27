// Compares a log, entry by entry, with a signed head and the head seen before. Pure: leaves come in, findings come out.
// Which entry is wrong can be said because the relay keeps each entry's hash beside it; that those hashes are the right
// ones is said by the root alone.

import MimamoriCore
package import MimamoriMerkle

package struct LogComparison {
    private let head: Checkpoint
    private let pinned: Checkpoint?
    private var frontier = Frontier()
    /// False once a hash was missing: then no root can be computed any more.
    private var isWhole = true
    private var findings: [LogAuditReport.Finding] = []

    package init(head: Checkpoint, pinned: Checkpoint?) {
        self.head = head
        self.pinned = pinned
    }

    /// How many leaves were added.
    package private(set) var size: Int64 = 0

    /// The next leaf: its hash as the tree has it, and its entry as hashed; `nil` for what the relay does not have.
    package mutating func add(hash: MerkleHash?, entry: [UInt8]?) {
        let sequence = size
        size += 1
        let computed = entry.map(MerkleHash.leaf)
        if let hash, let computed, hash != computed {
            note(.entriesEdited(sequence...sequence))
        } else if let entry {
            if case .failure = CanonicalJSON.decode(AccessEntry.self, from: entry) {
                findings.append(.entryInvalid(sequence: sequence))
            }
        } else {
            note(hash == nil ? .entriesMissing(sequence...sequence) : .entriesDamaged(sequence...sequence))
        }
        guard isWhole, let leaf = hash ?? computed else {
            isWhole = false
            return
        }
        frontier.append(leaf)
        if let pinned, frontier.size == pinned.size, frontier.root != pinned.root {
            findings.append(.forked(seen: pinned.size))
        }
    }

    /// Every finding, when no more leaves come.
    package func finished() -> [LogAuditReport.Finding] {
        var ended = self
        if size < head.size { ended.note(.entriesMissing(size...head.size - 1)) }
        let found = ended.findings
        guard isWhole, size == head.size, frontier.root != head.root else { return found }
        // The same change, seen twice, is told once.
        let isTold = found.contains { if case .forked = $0 { true } else { false } }
        return isTold ? found : found + [.headMismatch(size: head.size)]
    }

    /// Adds a finding about entries, to the one before it when they follow each other.
    private mutating func note(_ finding: LogAuditReport.Finding) {
        switch (findings.last, finding) {
        case (.entriesMissing(let before), .entriesMissing(let next)) where before.upperBound + 1 == next.lowerBound:
            findings[findings.count - 1] = .entriesMissing(before.lowerBound...next.upperBound)
        case (.entriesEdited(let before), .entriesEdited(let next)) where before.upperBound + 1 == next.lowerBound:
            findings[findings.count - 1] = .entriesEdited(before.lowerBound...next.upperBound)
        case (.entriesDamaged(let before), .entriesDamaged(let next)) where before.upperBound + 1 == next.lowerBound:
            findings[findings.count - 1] = .entriesDamaged(before.lowerBound...next.upperBound)
        default:
            findings.append(finding)
        }
    }
}
