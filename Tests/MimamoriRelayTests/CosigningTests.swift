// Cosignatures: taken from an auditor, by a configured witness, of a head of this log; kept once, shown under the head.

import MimamoriCore
import MimamoriMerkle
import MimamoriStore
import MimamoriWire
import Testing

@testable import MimamoriRelay

@Suite struct CosigningTests {
    private static func cosigner(_ name: String, _ seed: UInt8) throws -> Cosigner {
        try #require(Cosigner(name: name, seed: Array(repeating: seed, count: 32)))
    }

    /// A relay that knows two witnesses, with a signed head.
    private func withWitnesses(
        _ body: (Relay, RelayFixture, _ council: Cosigner, _ police: Cosigner, Checkpoint) async throws -> Void
    ) async throws {
        try await RelayFixture.with { fixture in
            let (council, police) = (
                try Self.cosigner("council.example/w", 1), try Self.cosigner("police.example/w", 2)
            )
            let own = fixture.settings
            let relay = try await fixture.open(
                RelaySettings(
                    address: own.address, version: own.version, policy: own.policy,
                    configurationDigest: own.configurationDigest, dutyNotice: own.dutyNotice,
                    useLimits: own.useLimits,
                    witnesses: [council, police].compactMap { CosignatureVerifier(verifierKey: $0.verifierKey) }))
            try await relay.signCheckpoint()
            try await body(relay, fixture, council, police, Self.head(try await relay.logCheckpoint()))
        }
    }

    private static func head(_ note: String) throws -> Checkpoint {
        try #require(SignedNote(note).flatMap { Checkpoint(body: String(decoding: $0.text, as: UTF8.self)) })
    }

    private static func note(_ head: Checkpoint, _ lines: String...) -> String { head.body + "\n" + lines.joined() }

    private func seconds(_ fixture: RelayFixture) -> Int64 { fixture.clock.world.now().milliseconds / 1000 }

    private func size(_ fixture: RelayFixture) async throws -> Int64 {
        try await fixture.database.read { try $0.logFrontier().size }
    }

    @Test func aCosignatureIsKeptOnceAndShownUnderItsHead() async throws {
        try await withWitnesses { relay, fixture, council, police, head in
            let (auditor, now) = (try await fixture.auditor, seconds(fixture))
            #expect(try await relay.cosignedHeads().checkpoints.isEmpty)
            let before = try await size(fixture)
            let note = Self.note(head, council.cosign(head, at: now))
            try await relay.acceptCosignatures(note, by: auditor)
            try await relay.acceptCosignatures(note, by: auditor)
            #expect(try await size(fixture) == before + 1, "a repeat has no leaf")
            let entry = try await fixture.entries()[Int(before)]
            #expect(entry.action == .logCosigned && entry.object == "checkpoint/\(head.size)")
            #expect(entry.reason == "council.example/w" && entry.outcome == .done)
            let shown = try await relay.logCheckpoint(size: head.size)
            let verifier = try #require(CosignatureVerifier(verifierKey: council.verifierKey))
            #expect(verifier.cosignature(in: shown)?.time == now)
            let proof = try await relay.inclusionProof(of: 0, size: head.size)
            #expect(proof.hasSuffix(council.cosign(head, at: now)))

            // The other witness comes later, when the log has grown.
            try await relay.signCheckpoint()
            let later = try Self.head(try await relay.logCheckpoint())
            try await relay.acceptCosignatures(Self.note(later, police.cosign(later, at: now)), by: auditor)
            let sizes = try await relay.cosignedHeads().checkpoints.map { try Self.head($0).size }
            #expect(sizes == [later.size, head.size])
        }
    }

    @Test func severalLinesOfOneNoteAreTaken() async throws {
        try await withWitnesses { relay, fixture, council, police, head in
            let now = seconds(fixture)
            let stranger = try Self.cosigner("stranger.example/w", 3)
            let note = Self.note(
                head, council.cosign(head, at: now), stranger.cosign(head, at: now), police.cosign(head, at: now))
            try await relay.acceptCosignatures(note, by: fixture.auditor)
            let shown = try await relay.logCheckpoint(size: head.size)
            #expect(
                SignedNote(shown)?.signatures.map(\.name).sorted()
                    == [
                        "council.example/w", relay.settings.logOrigin, "police.example/w",
                    ].sorted())
        }
    }

    @Test func whoMayNotAndWhatIsNoneIsRefusedWithItsLeaf() async throws {
        try await withWitnesses { relay, fixture, council, _, head in
            let (auditor, now) = (try await fixture.auditor, seconds(fixture))
            let good = Self.note(head, council.cosign(head, at: now))
            let other = Checkpoint(origin: head.origin, size: head.size, root: .leaf([1]))
            let beyond = Checkpoint(origin: head.origin, size: head.size + 1000, root: head.root)
            let elsewhere = Checkpoint(origin: "other.example/log", size: head.size, root: head.root)
            let stranger = try Self.cosigner("stranger.example/w", 3)
            let tolerance = relay.settings.policy.clockToleranceSeconds
            let cases: [(String, Refusal.Code, Caller)] = [
                (good, .roleMissing, try await fixture.officer), (good, .roleMissing, try await fixture.administrator),
                ("", .cosignatureInvalid, auditor), ("no note", .cosignatureInvalid, auditor),
                (Self.note(other, council.cosign(other, at: now)), .cosignatureInvalid, auditor),
                (Self.note(beyond, council.cosign(beyond, at: now)), .cosignatureInvalid, auditor),
                (Self.note(elsewhere, council.cosign(elsewhere, at: now)), .cosignatureInvalid, auditor),
                (Self.note(head, stranger.cosign(head, at: now)), .cosignatureInvalid, auditor),
                (Self.note(head, council.cosign(other, at: now)), .cosignatureInvalid, auditor),
                (Self.note(head, council.cosign(head, at: now + tolerance + 60)), .cosignatureInvalid, auditor),
                (Self.note(head, council.cosign(head, at: .max)), .cosignatureInvalid, auditor),
                (try await relay.logCheckpoint(), .cosignatureInvalid, auditor),
            ]
            for (number, (note, code, caller)) in cases.enumerated() {
                let before = try await size(fixture)
                #expect(
                    try await refusals { try await relay.acceptCosignatures(note, by: caller) } == [code], "\(number)")
                let entry = try await fixture.entries()[Int(before)]
                #expect(entry.action == .logCosigned && entry.outcome == .refused, "\(number)")
            }
            #expect(try await relay.cosignedHeads().checkpoints.isEmpty)
        }
    }
}
