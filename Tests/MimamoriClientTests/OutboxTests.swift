// The outbox survives being killed before any change of the disk: an entry is whole or absent, never half, never double.
// Nothing readable lies in the home folder.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriWire
import Synchronization
import Testing

@testable import MimamoriClient

/// Lets `limit` changes of the disk happen and then none any more, as if the process were dead.
final class DyingDisk: Sendable {
    struct Killed: Error {}

    private let left: Mutex<Int>
    private let used = Mutex(0)

    init(after limit: Int) { left = Mutex(limit) }

    var steps: Int { used.withLock { $0 } }

    var disk: Disk {
        Disk { [self] _ in
            try left.withLock {
                guard $0 > 0 else { throw Killed() }
                $0 -= 1
            }
            used.withLock { $0 += 1 }
        }
    }
}

extension Client {
    /// The same home as the next process sees it.
    func reopened(disk: Disk = .real) throws -> Client {
        let now = world.now
        return Client(
            home: try ClientHome.open(at: home.folder),
            world: ClientWorld(now: now, random: Randomness.bytes, disk: disk))
    }
}

struct OutboxTests {
    @Test func aPackageKilledAtAnyStepIsWholeOrAbsent() throws {
        let demo = try Demo()
        let attachment = try demo.file("写真.bin", [UInt8](repeating: 7, count: 5_000_000))
        let whole = try demo.client(.officer)
        let counting = DyingDisk(after: .max)
        _ = try whole.reopened(disk: counting.disk).prepare(demo.referral(attachments: [attachment]))
        let steps = counting.steps
        #expect(steps > 10)
        let client = try demo.client(.officer)
        var present = 0
        for step in 0..<steps {
            let before = try client.outbox().count
            #expect(throws: (any Error).self) {
                try client.reopened(disk: DyingDisk(after: step).disk).prepare(
                    demo.referral(attachments: [attachment]))
            }
            let entries = try client.reopened().outbox()
            #expect(entries.count - before == 0 || entries.count - before == 1, "step \(step)")
            for entry in entries {
                for (number, part) in entry.manifest.parts.enumerated() {
                    let bytes = try Disk.read(client.box.partPath(entry.id, number), limit: PackageLimits.partBytes)
                    #expect(Digest.sha256(bytes) == part.sha256)
                }
            }
            present = entries.count
            let left = try Disk.names(in: client.home.folder + "/outbox").filter { !$0.hasSuffix(".lock") }
            #expect(left.count == entries.count, "nothing half built stays after step \(step)")
        }
        // Only the last steps, after the rename, can leave a whole entry behind.
        #expect((0...1).contains(present))
    }

    @Test func movingToTheArchiveKilledAtAnyStepKeepsExactlyOne() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let receipt = try receipt(of: client.prepare(demo.notice()), demo: demo)
        let counting = DyingDisk(after: .max)
        let first = try #require(client.outbox().first)
        try client.reopened(disk: counting.disk).box.archive(first.id, receipt: receipt, suffix: "s")
        for step in 0..<counting.steps {
            let entry = try client.prepare(demo.notice())
            let receipt = try self.receipt(of: entry, demo: demo)
            #expect(throws: (any Error).self) {
                try client.reopened(disk: DyingDisk(after: step).disk).box.archive(
                    entry.id, receipt: receipt, suffix: "s")
            }
            let next = try client.reopened()
            let waiting = try next.outbox().filter { $0.id == entry.id }
            let archived = try next.archive().filter { $0.id == entry.id }
            #expect(waiting.count + archived.count == 1, "step \(step)")
            #expect(archived.allSatisfy { $0.receipt != nil })
            if !waiting.isEmpty { try next.box.archive(entry.id, receipt: receipt, suffix: "t") }
            let kept = try Disk.names(in: "\(client.home.folder)/archive/\(entry.id)")
            #expect(kept.filter { $0.hasPrefix("part.") }.isEmpty || !archived.isEmpty)
        }
        _ = try client.outbox()
        for entry in try client.archive() {
            #expect(
                try Disk.names(in: "\(client.home.folder)/archive/\(entry.id)") == ["entry.sealed", "receipt.sealed"])
        }
    }

    private func receipt(of entry: OutboxEntry, demo: Demo) throws -> ReceiptRecord {
        let signer = try demo.relaySigner()
        let receipt = StoredReceipt(
            package: entry.id, manifestSHA256: Digest.sha256(entry.manifest.canonicalBytes()),
            sender: entry.manifest.sender, recipients: entry.manifest.recipients, storedAt: demo.now, logIndex: 1,
            relay: try #require(signer.certificate.party))
        return ReceiptRecord(
            receipt: Data(try signer.sign(CanonicalJSON.encode(receipt))),
            relayCertificate: Data(signer.certificate.der))
    }

    @Test func aReplacedFileIsOldOrNew() throws {
        let demo = try Demo()
        let path = try demo.file("value", [1])
        let counting = DyingDisk(after: .max)
        try counting.disk.replace(path, with: [2], suffix: "x")
        for step in 0..<counting.steps {
            let path = try demo.file("value", [1])
            #expect(throws: DyingDisk.Killed.self) {
                try DyingDisk(after: step).disk.replace(path, with: [2], suffix: "x")
            }
            #expect([[1], [2]].contains(try Disk.read(path, limit: 10)))
        }
        #expect(try Disk.read(path, limit: 10) == [2])
    }

    @Test func whatIsInTheHomeCannotBeRead() throws {
        let demo = try Demo()
        let canary = "canary-5f2b91"
        let attachment = try demo.file("\(canary)-name.txt", Array("\(canary) 添付".utf8))
        let draft = try demo.notice(
            body: canary, attachments: [attachment], changes: ["notice.title": "\"件名 \(canary)\""])
        let client = try demo.client(.officer)
        let entry = try client.prepare(draft)
        #expect(entry.subject.contains(canary))
        try client.box.archive(client.prepare(draft).id, receipt: receipt(of: entry, demo: demo), suffix: "s")
        let files = try tree(client.home.folder)
        #expect(files.count > 8)
        for (path, bytes) in files {
            #expect(!path.contains(canary))
            #expect(Data(bytes).range(of: Data(canary.utf8)) == nil, "\(path)")
        }
    }

    @Test func aSealedFileInAnotherPlaceDoesNotOpen() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let sealed = try client.home.vault.seal([1, 2, 3], for: "outbox/a/entry")
        #expect(try client.home.vault.open(sealed, for: "outbox/a/entry") == [1, 2, 3])
        #expect(throws: ClientFailure.self) { try client.home.vault.open(sealed, for: "outbox/b/entry") }
        for index in stride(from: 0, to: sealed.count, by: 7) {
            var flipped = sealed
            flipped[index] ^= 1
            #expect(throws: ClientFailure.self) { try client.home.vault.open(flipped, for: "outbox/a/entry") }
        }
        #expect(throws: ClientFailure.self) {
            try client.home.vault.open(Array(sealed.prefix(20)), for: "outbox/a/entry")
        }
        #expect(throws: ClientFailure.self) { try client.home.vault.open([], for: "outbox/a/entry") }
    }

    @Test func onlyOneSendsAtATime() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let entry = try client.prepare(demo.notice())
        let lock = try client.box.sendingLock()
        #expect { try client.discard(entry.id) } throws: { ($0 as? ClientFailure)?.kind == .tryLater }
        _ = consume lock
        #expect(try client.discard(entry.id))
        #expect(try client.outbox().isEmpty)
        #expect(throws: Refused.self) { try client.discard(entry.id) }
    }

    @Test func whatMayHaveReachedTheRelayIsNotDiscardedAlone() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        let entry = try client.prepare(demo.notice())
        try client.box.markAttempted(entry.id)
        #expect(try !client.discard(entry.id))
        #expect(try client.outbox().map(\.attempted) == [true])
    }
}
