// The whole audit over a relay that lies: each tampering is named for what it is, and the pins stay where they were.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriWire
import Testing

@testable import MimamoriClient

struct LogAuditTests {
    private struct World {
        let demo: Demo
        let relay: FakeRelay
        let client: Client

        init() throws {
            demo = try Demo()
            relay = try FakeRelay(demo)
            client = try demo.client(.auditor)
        }

        func serve(_ log: DemoLog) { relay.change { $0.accessLog = log } }

        func audit(_ audit: LogAudit = LogAudit()) async throws -> LogAuditReport {
            try await relay.session(client).verifyLog(audit)
        }

        /// An auditor who has seen the first twelve entries.
        static func afterTwelve() async throws -> World {
            let world = try World()
            world.serve(DemoLog(12))
            #expect(try await world.audit().isSound)
            return world
        }
    }

    @Test func anHonestLogIsSoundAndItsHeadIsRemembered() async throws {
        let world = try World()
        for (size, previous) in [(4, nil), (4, 4), (10, 4)] as [(Int, Int64?)] {
            world.serve(DemoLog(size))
            let report = try await world.audit()
            #expect(report.isSound && report.size == Int64(size) && report.previousSize == previous)
            #expect(report.entriesRead && report.lines.count == 1)
        }
        #expect(world.relay.requests.contains("get /v1/log/proof/consistency"))
        #expect(try await world.relay.session(world.client).logEntries(first: 3, count: 2).map(\.sequence) == [3, 4])
    }

    @Test func eachTamperingHasItsName() async throws {
        var edited = DemoLog(15)
        edited.leaves[4] = LogPage.Leaf(hash: edited.leaves[4].hash, entry: DemoLog.entry(4, salt: "b"))
        var flipped = DemoLog(15)
        flipped.leaves[4] = LogPage.Leaf(hash: flipped.leaves[4].hash, entry: nil)
        var deleted = DemoLog(15)
        deleted.leaves[4] = LogPage.Leaf(hash: nil, entry: nil)
        var cut = DemoLog(15)
        cut.leaves.removeLast(4)
        var rewritten = DemoLog(15)
        rewritten.rewrite(4, DemoLog.entry(4, salt: "b"))
        var sameSize = DemoLog(12)
        sameSize.rewrite(4, DemoLog.entry(4, salt: "b"))
        var yesterdayGoneOn = DemoLog(8)
        for number in 8..<15 { yesterdayGoneOn.append(DemoLog.entry(number, salt: "b")) }
        var rekeyed = DemoLog(15)
        rekeyed.signer = DemoLog.signer(2)
        var unsigned = DemoLog(15)
        (unsigned.signer, unsigned.stated) = (DemoLog.signer(2), DemoLog.signer(1))
        var renamed = DemoLog(15)
        renamed.origin = "another"
        var unproved = DemoLog(15)
        unproved.givesProofs = false
        let cases: [(String, DemoLog, [LogAuditReport.Finding])] = [
            ("an entry edited", edited, [.entriesEdited(4...4)]),
            ("a byte of an entry flipped", flipped, [.entriesDamaged(4...4)]),
            ("a row deleted", deleted, [.entriesMissing(4...4)]),
            ("the tail cut, the head left", cut, [.entriesMissing(11...14)]),
            ("yesterday's database", DemoLog(8), [.rolledBack(seen: 12, now: 8)]),
            ("yesterday's database, gone on since", yesterdayGoneOn, [.forked(seen: 12)]),
            ("rewritten and signed anew", rewritten, [.forked(seen: 12)]),
            ("another log of the same size", sameSize, [.forked(seen: 12)]),
            ("another key", rekeyed, [.keyChanged]), ("a head of another key", unsigned, [.headUnsigned]),
            ("another log's name", renamed, [.forked(seen: 12)]),
            ("no proof", unproved, [.unproved(seen: 12, now: 15)]),
        ]
        let world = try await World.afterTwelve()
        for (name, log, findings) in cases {
            world.serve(log)
            #expect(try await world.audit().findings == findings, "\(name)")
        }
        world.serve(DemoLog(15))
        let sound = try await world.audit()
        #expect(sound.isSound && sound.previousSize == 12, "what failed did not move the pin")
    }

    /// Without any entry, as everybody may: what the heads alone say.
    @Test func headsAloneFindRollbackAndFork() async throws {
        let world = try await World.afterTwelve()
        let headsOnly = LogAudit(readsEntries: false)
        var rewritten = DemoLog(15)
        rewritten.rewrite(4, DemoLog.entry(4, salt: "b"))
        for (log, findings) in [
            (DemoLog(8), [.rolledBack(seen: 12, now: 8)]), (rewritten, [.forked(seen: 12)]), (DemoLog(15), []),
        ] as [(DemoLog, [LogAuditReport.Finding])] {
            world.serve(log)
            let before = world.relay.requests.count
            let report = try await world.audit(headsOnly)
            #expect(report.findings == findings && !report.entriesRead)
            #expect(!world.relay.requests[before...].contains("get /v1/log/entries"))
        }
    }

    @Test func witnessesSeeAForkThatOneReaderCannot() async throws {
        let world = try World()
        let council = try #require(Cosigner(name: "council.example/w", seed: Array(repeating: 5, count: 32)))
        let police = try #require(Cosigner(name: "police.example/w", seed: Array(repeating: 6, count: 32)))
        let stranger = try #require(Cosigner(name: "stranger.example/w", seed: Array(repeating: 7, count: 32)))
        let trusted = TrustedWitnesses(
            [council, police].compactMap { CosignatureVerifier(verifierKey: $0.verifierKey) })
        var log = DemoLog(15)
        log.cosignatures = [
            9: [council.cosign(log.head(9), at: 1000)],
            15: [police.cosign(log.head(15), at: 2000), stranger.cosign(log.head(15), at: 2000)],
        ]
        world.serve(log)
        let sound = try await world.audit(LogAudit(witnesses: trusted))
        #expect(sound.isSound)
        #expect(sound.cosigned.map(\.witness) == ["police.example/w", "council.example/w"])
        #expect(sound.cosigned.map(\.size) == [15, 9])
        #expect(sound.cosigned.map(\.time.milliseconds) == [2_000_000, 1_000_000])
        #expect(try await world.audit().cosigned.isEmpty, "whom one does not trust does not count")

        // The council was shown another log than we are: found at the first look, with no head of our own.
        let fresh = try World()
        var other = DemoLog(15)
        other.rewrite(4, DemoLog.entry(4, salt: "b"))
        let elsewhere = log.note(9)
        fresh.serve(other)
        let audit = LogAudit(witnesses: trusted, seenElsewhere: [(by: "council", note: elsewhere)])
        #expect(try await fresh.audit(audit).findings == [.otherLogShown(to: "council", size: 9)])
        fresh.serve(log)
        #expect(try await fresh.audit(audit).isSound)
        fresh.serve(DemoLog(8))
        #expect(try await fresh.audit(audit).findings.contains(.otherLogShown(to: "council", size: 9)))
        await #expect(throws: ClientFailure.self) {
            try await fresh.audit(LogAudit(seenElsewhere: [(by: "nobody", note: "no note")]))
        }
    }

    @Test func aKeyThatTheRelayDidNotSignIsNotPinned() async throws {
        let world = try World()
        let key = DemoLog.signer(1)
        let statement = LogKeyStatement(
            relay: try #require(Address("aomori-relay/office")), verifierKey: key.verifierKey)
        let signed = try world.demo.signer(.clerk).sign(CanonicalJSON.encode(statement))
        world.relay.change { $0.accessLog.statement = signed }
        await #expect(throws: ClientFailure.self) { try await world.audit() }
        #expect(!Disk.exists(world.client.home.folder + "/log-key.txt"))
    }

    @Test func witnessesAreReadFromAFileOrNotAtAll() throws {
        let world = try World()
        #expect(try TrustedWitnesses.load(from: world.client.home).all.isEmpty)
        let key = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
        let path = try world.demo.file("w.txt", Array("# 証人\n\n\(key)\n".utf8))
        #expect(try TrustedWitnesses.load(from: world.client.home, path: path).all.map(\.name) == ["remora.n621.de"])
        let wrong = try world.demo.file("w.txt", Array("\(key)\nno key\n".utf8))
        #expect(throws: ClientFailure.self) { try TrustedWitnesses.load(from: world.client.home, path: wrong) }
    }
}
