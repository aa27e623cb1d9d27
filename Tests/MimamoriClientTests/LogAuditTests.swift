// An honest log passes; a cut, edited, rolled back, forked or re-keyed one is named for what it is, and the pins stay.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriWire
import Testing

@testable import MimamoriClient

/// A log of numbered entries, with a signed head of any size.
struct DemoLog {
    var entries: [String]

    init(_ count: Int, salt: String = "a") {
        entries = (0..<count).map { number in
            let entry = AccessEntry(
                time: Timestamp(milliseconds: Int64(number)),
                actor: AccessActor(address: nil, certificate: nil, roles: [], source: nil), request: "r\(number)",
                action: .logRead, object: "log", outcome: .done, reason: nil, salt: salt)
            return String(decoding: CanonicalJSON.encode(entry), as: UTF8.self)
        }
    }

    func root(_ size: Int) -> MerkleHash {
        var frontier = Frontier()
        for entry in entries.prefix(size) { frontier.append(.leaf(Array(entry.utf8))) }
        return frontier.root
    }

    func head(_ size: Int) -> Checkpoint { Checkpoint(origin: "demo", size: Int64(size), root: root(size)) }

    func findings(head: Checkpoint, pinned: Checkpoint?) -> [LogAuditReport.Finding] {
        var comparison = LogComparison(head: head, pinned: pinned)
        for entry in entries.prefix(Int(head.size)) { comparison.add(Array(entry.utf8)) }
        return comparison.finished()
    }
}

struct LogAuditTests {
    @Test(arguments: [0, 1, 2, 7, 8, 20], [0, 1, 5, 8, 20])
    func anHonestLogPasses(size: Int, pinned: Int) {
        let log = DemoLog(20)
        let seen = min(size, pinned)
        #expect(log.findings(head: log.head(size), pinned: log.head(seen)).isEmpty)
        #expect(log.findings(head: log.head(size), pinned: nil).isEmpty)
    }

    @Test func aRollbackIsNamed() {
        let log = DemoLog(20)
        #expect(log.findings(head: log.head(8), pinned: log.head(20)) == [.truncated(seen: 20, now: 8)])
    }

    @Test func missingEntriesAreNamed() {
        let log = DemoLog(20)
        var cut = log
        cut.entries.removeLast(3)
        #expect(cut.findings(head: log.head(20), pinned: nil) == [.truncated(seen: 20, now: 17)])
    }

    @Test(arguments: [0, 6, 7, 12, 19])
    func anEditIsNamedByWhetherItWasSeenBefore(index: Int) {
        let log = DemoLog(20)
        var edited = log
        edited.entries[index] = DemoLog(20, salt: "b").entries[index]
        // The relay kept its head: the entries no longer give it.
        let kept = edited.findings(head: log.head(20), pinned: log.head(7))
        #expect(kept == (index < 7 ? [.rewritten(before: 7)] : [.headMismatch(size: 20)]))
        // The relay signed a new head over the edited entries: a fork. Only the pin finds it, and only where it reaches.
        let forked = edited.findings(head: edited.head(20), pinned: log.head(7))
        #expect(forked == (index < 7 ? [.rewritten(before: 7)] : []))
        #expect(edited.findings(head: edited.head(20), pinned: log.head(20)) == [.rewritten(before: 20)])
    }

    @Test func anEntryThatIsNoneIsNamed() {
        var log = DemoLog(5)
        log.entries[3] = "{}"
        #expect(log.findings(head: log.head(5), pinned: nil) == [.entryInvalid(sequence: 3)])
    }

    @Test func theWholeAuditPinsAndFindsTheKeyChanged() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.auditor)
        let log = DemoLog(10)
        let key = try #require(NoteSigner(name: "demo", seed: [UInt8](repeating: 1, count: 32)))
        let other = try #require(NoteSigner(name: "demo", seed: [UInt8](repeating: 2, count: 32)))
        func serve(_ log: DemoLog, _ size: Int, _ signer: NoteSigner, statementOf named: NoteSigner) throws {
            let relaySigner = try demo.relaySigner()
            let statement = LogKeyStatement(
                relay: try #require(relaySigner.certificate.party), verifierKey: named.verifierKey)
            let signed = try relaySigner.sign(CanonicalJSON.encode(statement))
            let note = signer.sign(log.head(size).body)
            relay.change {
                $0.log = log.entries
                $0.note = note
                $0.logKey = signed
            }
        }
        func audit() async throws -> LogAuditReport { try await relay.session(client).verifyLog() }

        try serve(log, 4, key, statementOf: key)
        let first = try await audit()
        #expect(first.isSound && first.size == 4 && first.previousSize == nil)
        try serve(log, 10, key, statementOf: key)
        let second = try await audit()
        #expect(second.isSound && second.size == 10 && second.previousSize == 4)
        try serve(log, 10, other, statementOf: other)
        #expect(try await audit().findings == [.keyChanged])
        try serve(log, 10, other, statementOf: key)
        #expect(try await audit().findings == [.headUnsigned])
        try serve(log, 4, key, statementOf: key)
        #expect(try await audit().findings == [.truncated(seen: 10, now: 4)])
        let fork = DemoLog(12, salt: "b")
        try serve(fork, 12, key, statementOf: key)
        #expect(try await audit().findings == [.rewritten(before: 10)])
        try serve(log, 10, key, statementOf: key)
        #expect(try await audit().previousSize == 10, "what failed did not move the pin")
        #expect(try await relay.session(client).logEntries(first: 3, count: 2).map(\.sequence) == [3, 4])
    }

    @Test func aKeyThatTheRelayDidNotSignIsNotPinned() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.auditor)
        let key = try #require(NoteSigner(name: "demo", seed: [UInt8](repeating: 1, count: 32)))
        let statement = LogKeyStatement(
            relay: try #require(Address("aomori-relay/office")), verifierKey: key.verifierKey)
        let signed = try demo.signer(.clerk).sign(CanonicalJSON.encode(statement))
        relay.change { $0.logKey = signed }
        await #expect(throws: ClientFailure.self) { try await relay.session(client).verifyLog() }
        #expect(!Disk.exists(client.home.folder + "/log-key.txt"))
    }

    @Test(arguments: [
        LogAuditReport.Finding.truncated(seen: 2, now: 1), .rewritten(before: 1), .headMismatch(size: 1), .keyChanged,
        .headUnsigned, .entryInvalid(sequence: 1),
    ])
    func everyFindingIsToldInBothLanguages(_ finding: LogAuditReport.Finding) {
        #expect(!finding.message.ja.isEmpty && !finding.message.en.isEmpty)
    }
}
