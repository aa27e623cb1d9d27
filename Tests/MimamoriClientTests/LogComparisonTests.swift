// The comparison of entries with a head, and what each kind of tampering is called.

import Foundation
import MimamoriCore
import MimamoriMerkle
import MimamoriWire
import Testing

@testable import MimamoriClient

struct LogComparisonTests {
    @Test(arguments: [0, 1, 2, 7, 8, 20], [0, 1, 5, 8, 20])
    func anHonestLogPasses(size: Int, pinned: Int) {
        var log = DemoLog(20)
        log.headSize = size
        #expect(log.findings(pinned: log.head(min(size, pinned))).isEmpty)
        #expect(log.findings(pinned: nil).isEmpty)
    }

    @Test(arguments: [0, 6, 7, 12, 19]) func anEntryChangedInTheDatabaseIsNamed(index: Int) {
        let log = DemoLog(20)
        var edited = log
        edited.leaves[index] = LogPage.Leaf(hash: edited.leaves[index].hash, entry: DemoLog.entry(index, salt: "b"))
        #expect(edited.findings(pinned: log.head(7)) == [.entriesEdited(Int64(index)...Int64(index))])
    }

    @Test(arguments: [0, 6, 7, 12, 19]) func anEntryChangedWithItsHashIsNamed(index: Int) {
        let log = DemoLog(20)
        let other = DemoLog(20, salt: "b").leaves[index]
        var edited = log
        edited.leaves[index] = other
        // The head is over what was there before.
        #expect(edited.findings(pinned: nil) == [.headMismatch(size: 20)])
        #expect(edited.findings(pinned: log.head(7)) == [index < 7 ? .forked(seen: 7) : .headMismatch(size: 20)])
        // The relay signed a new head: only who has seen the old one finds out, as far as it reached.
        var forked = log
        forked.rewrite(index, DemoLog.entry(index, salt: "b"))
        #expect(forked.findings(pinned: nil).isEmpty)
        #expect(forked.findings(pinned: log.head(7)) == (index < 7 ? [.forked(seen: 7)] : []))
        #expect(forked.findings(pinned: log.head(20)) == [.forked(seen: 20)])
    }

    @Test func whatFollowsEachOtherIsToldTogether() {
        var log = DemoLog(20)
        for index in [3, 4, 5, 9] { log.leaves[index] = LogPage.Leaf(hash: log.leaves[index].hash, entry: "x") }
        #expect(log.findings(pinned: nil) == [.entriesEdited(3...5), .entriesEdited(9...9)])
        for index in 11...13 { log.leaves[index] = LogPage.Leaf(hash: log.leaves[index].hash, entry: nil) }
        log.leaves[14] = LogPage.Leaf(hash: nil, entry: nil)
        log.leaves.removeLast(2)
        #expect(
            log.findings(pinned: nil) == [
                .entriesEdited(3...5), .entriesEdited(9...9), .entriesDamaged(11...13), .entriesMissing(14...14),
                .entriesMissing(18...19),
            ])
    }

    @Test func anEntryThatIsNoneIsNamed() {
        var log = DemoLog(5)
        log.rewrite(3, "{}")
        #expect(log.findings(pinned: nil) == [.entryInvalid(sequence: 3)])
    }

    static let findings: [LogAuditReport.Finding] = [
        .rolledBack(seen: 2, now: 1), .forked(seen: 1), .otherLogShown(to: "w", size: 1), .unproved(seen: 1, now: 2),
        .headMismatch(size: 1), .keyChanged, .headUnsigned, .entriesMissing(1...1), .entriesEdited(1...2),
        .entriesDamaged(1...9), .entryInvalid(sequence: 1),
    ]

    @Test(arguments: findings) func everyFindingIsToldInBothLanguages(_ finding: LogAuditReport.Finding) {
        #expect(!finding.message.ja.isEmpty && !finding.message.en.isEmpty)
        #expect(finding.message.ja.contains { $0 > "\u{3000}" } && finding.message.en.allSatisfy(\.isASCII))
    }
}
