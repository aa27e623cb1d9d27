// A witness vouches for one history: it remembers before it signs, cosigns what continues it, and refuses the rest.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriWire
import Synchronization
import Testing

@testable import MimamoriClient

struct WitnessTests {
    private struct World {
        let demo: Demo
        let relay: FakeRelay
        let client: Client
        let cosigner: Cosigner

        init() throws {
            demo = try Demo()
            relay = try FakeRelay(demo)
            client = try demo.client(.auditor)
            let path = try demo.newFolder("keys") + "/witness.key"
            let key = try WitnessKey.create(path: path, name: "council.example/w", world: demo.world())
            cosigner = try WitnessKey.read(path: path)
            #expect(key == cosigner.verifierKey)
        }

        func serve(_ log: DemoLog) { relay.change { $0.accessLog = log } }
        var log: DemoLog { relay.state.withLock { $0.accessLog } }
        func witness() async throws -> WitnessedHead { try await relay.session(client).witness(cosigner) }
        var remembered: String? { try? ClientHome.text(client.home.folder + "/witness-checkpoint.txt") }
    }

    @Test func whatContinuesIsCosigned() async throws {
        let world = try World()
        let verifier = try #require(CosignatureVerifier(verifierKey: world.cosigner.verifierKey))
        for (size, previous) in [(4, nil), (4, 4), (9, 4)] as [(Int, Int64?)] {
            world.serve(DemoLog(size))
            let head = try await world.witness()
            #expect(head.size == Int64(size) && head.previousSize == previous)
            let note = world.log.note(size)
            #expect(verifier.cosignature(in: note)?.time == world.demo.now.milliseconds / 1000)
        }
        // What it keeps is evidence of what it signed.
        let remembered = try #require(world.remembered)
        #expect(verifier.cosignature(in: remembered) != nil)
        #expect(NoteVerifier(verifierKey: DemoLog.signer(1).verifierKey)?.open(remembered) == world.log.head(9).body)
        #expect(!Disk.exists(world.client.home.folder + "/checkpoint.txt"), "an audit remembers by itself")
    }

    @Test func aRollbackOrForkIsRefusedAndNothingIsSigned() async throws {
        let world = try World()
        world.serve(DemoLog(12))
        _ = try await world.witness()
        let remembered = world.remembered
        var rewritten = DemoLog(15)
        rewritten.rewrite(4, DemoLog.entry(4, salt: "b"))
        var sameSize = DemoLog(12)
        sameSize.rewrite(4, DemoLog.entry(4, salt: "b"))
        var rekeyed = DemoLog(15)
        rekeyed.signer = DemoLog.signer(2)
        var unsigned = rekeyed
        unsigned.stated = DemoLog.signer(1)
        var unproved = DemoLog(15)
        unproved.givesProofs = false
        let cases: [(String, DemoLog, LogAuditReport.Finding)] = [
            ("rollback", DemoLog(8), .rolledBack(seen: 12, now: 8)), ("rewritten", rewritten, .forked(seen: 12)),
            ("same size", sameSize, .forked(seen: 12)), ("another key", rekeyed, .keyChanged),
            ("unsigned", unsigned, .headUnsigned), ("no proof", unproved, .unproved(seen: 12, now: 15)),
        ]
        for (name, log, finding) in cases {
            world.serve(log)
            let failure = await #expect(throws: ClientFailure.self, "\(name)") { try await world.witness() }
            #expect(failure?.kind == .notGenuine && failure?.message.en == finding.message.en, "\(name)")
            #expect(world.log.cosignatures.isEmpty && world.remembered == remembered, "\(name)")
        }
        world.serve(DemoLog(15))
        #expect(try await world.witness().previousSize == 12)
    }

    /// A crash between remembering and handing in loses a cosignature and never vouches for two logs.
    @Test func itRemembersBeforeItHandsIn() async throws {
        let world = try World()
        world.serve(DemoLog(5))
        world.relay.change { $0.refusals["/v1/log/cosignatures"] = Refused(.roleMissing(.auditor)) }
        await #expect(throws: Refused.self) { try await world.witness() }
        #expect(world.remembered?.contains("\n5\n") == true)
        var other = DemoLog(7)
        other.rewrite(2, DemoLog.entry(2, salt: "b"))
        world.relay.change { $0.refusals = [:] }
        world.serve(other)
        await #expect(throws: ClientFailure.self) { try await world.witness() }
    }

    @Test func aDiskThatRefusesSignsNothing() async throws {
        let world = try World()
        world.serve(DemoLog(5))
        let full = Disk { step in if step == "write" { throw ClientFailure.disk(step, "x", ENOSPC) } }
        let client = Client(home: world.client.home, world: world.demo.world(disk: full))
        await #expect(throws: ClientFailure.self) { try await world.relay.session(client).witness(world.cosigner) }
        #expect(world.log.cosignatures.isEmpty)
    }

    @Test func theKeyFileIsItsOwnersAndStays() throws {
        let world = try World()
        let path = try world.demo.newFolder("keys") + "/w.key"
        _ = try WitnessKey.create(path: path, name: "a.example/w", world: world.demo.world())
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(throws: ClientFailure.self) {
            try WitnessKey.create(path: path, name: "a.example/w", world: world.demo.world())
        }
        #expect(try WitnessKey.read(path: path, name: "a.example/w").name == "a.example/w")
        #expect(throws: ClientFailure.self) { try WitnessKey.read(path: path, name: "b.example/w") }
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(throws: ClientFailure.self) { try WitnessKey.read(path: path) }
        for text in ["", "a.example/w\n", "a.example/w\nzz\n", "two words\n\(String(repeating: "0", count: 64))\n"] {
            let damaged = try world.demo.file("w.key", Array(text.utf8))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: damaged)
            #expect(throws: ClientFailure.self) { try WitnessKey.read(path: damaged) }
        }
        #expect(throws: ClientFailure.self) {
            try WitnessKey.create(path: path + "2", name: "two words", world: world.demo.world())
        }
    }
}
