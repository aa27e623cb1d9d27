// Heads and proofs as everybody may have them: each holds, at any size, and says nothing that is not signed; what is
// damaged is neither proved nor signed; one's own entry is one's own.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriStore
import MimamoriWire
import Testing

@testable import MimamoriRelay

@Suite struct LogProofTests {
    private func verifier(_ fixture: RelayFixture) throws -> NoteVerifier {
        let statement = try SignedStatement(der: fixture.relay.logKeyStatement())
        let key = try CanonicalJSON.decode(LogKeyStatement.self, from: statement.content).get()
        return try #require(NoteVerifier(verifierKey: key.verifierKey))
    }

    private func head(_ note: String, _ fixture: RelayFixture) throws -> Checkpoint {
        try #require(try verifier(fixture).open(note).flatMap { Checkpoint(body: $0) })
    }

    private func size(_ fixture: RelayFixture) async throws -> Int64 {
        try await fixture.database.read { try $0.logFrontier().size }
    }

    @Test func aStoredPackagesLeafIsProvedByItsReceipt() async throws {
        try await RelayFixture.with { fixture in
            let (relay, officer) = (fixture.relay, try await fixture.officer)
            let package = try TestPackage.make(in: fixture)
            let signed = try SignedStatement(der: try await relay.submit(package.whole, by: officer).receipt)
            let receipt = try CanonicalJSON.decode(StoredReceipt.self, from: signed.content).get()
            try await relay.signCheckpoint()
            let text = try await relay.inclusionProof(of: receipt.logIndex)
            let proof = try #require(InclusionProof(text: text))
            let extra = try #require(proof.extra)
            let evidence = try CanonicalJSON.decode(LeafEvidence.self, from: extra).get()
            let leaf = try #require(MerkleHash(bytes: Array(evidence.leafHash)))
            #expect(evidence.format == "mimamori-leaf/1" && evidence.entry == nil)
            #expect(proof.index == receipt.logIndex)
            #expect(try proof.head(over: leaf, signedBy: verifier(fixture)) != nil)
            // The sender may see the entry itself, and it is the one that was hashed.
            let page = try await relay.logPage(first: receipt.logIndex, count: 1, by: officer)
            let entry = try #require(page.entries.first)
            #expect(MerkleHash.leaf(Array(entry.utf8)) == leaf && page.leaves[0].hash == evidence.leafHash)
            #expect(entry.contains(package.id.text) && entry.contains("package.stored"))
        }
    }

    @Test func everyProofHoldsAtEverySizeAndAddsNoLeaf() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            try await relay.signCheckpoint()
            let size = try await size(fixture)
            let newest = try head(try await relay.logCheckpoint(), fixture)
            #expect(newest.size == size && size > 20)
            let hashes = try await fixture.database.read { try $0.logHashes(level: 0, 0..<size) }
            for old in 1...size {
                let note = try await relay.logCheckpoint(size: old)
                let oldHead = try head(note, fixture)
                let text = try await relay.consistencyProof(from: old)
                let consistency = try #require(ConsistencyProof(text: text))
                #expect(consistency.leads(from: oldHead, to: newest))
                #expect(try head(consistency.checkpoint, fixture) == newest)
                let leaf = try #require(MerkleHash(bytes: hashes[Int(old - 1)]))
                for at in Set([old, size, min(size, old + 3)]) {
                    let text = try await relay.inclusionProof(of: old - 1, size: at)
                    let proof = try #require(InclusionProof(text: text))
                    #expect(try proof.head(over: leaf, signedBy: verifier(fixture))?.size == at)
                }
            }
            #expect(try await self.size(fixture) == size)
        }
    }

    @Test func whatLiesOutsideTheSignedLogIsRefused() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            try await relay.signCheckpoint()
            let size = try await size(fixture)
            for (index, at) in [(-1, nil), (size, nil), (0, 0), (0, -1), (0, size + 1), (5, 5), (Int64.max, nil)]
                as [(Int64, Int64?)]
            {
                #expect(
                    try await refusals { _ = try await relay.inclusionProof(of: index, size: at) }
                        == [.requestMalformed], "\(index) in \(String(describing: at))")
            }
            for (from, to) in [(0, nil), (-1, nil), (size + 1, nil), (6, 5), (1, 0), (1, size + 1)] as [(Int64, Int64?)]
            {
                #expect(
                    try await refusals { _ = try await relay.consistencyProof(from: from, to: to) }
                        == [.requestMalformed], "\(from) to \(String(describing: to))")
            }
            for at in [0, -1, size + 1, Int64.max] {
                #expect(try await refusals { _ = try await relay.logCheckpoint(size: at) } == [.requestMalformed])
            }
            // What was written since the newest head waits for the next.
            _ = try await relay.logPage(first: 0, count: 1, by: fixture.auditor)
            #expect(try await refusals { _ = try await relay.inclusionProof(of: size) } == [.busy])
            try await relay.signCheckpoint()
            #expect(try await relay.inclusionProof(of: size).hasPrefix("c2sp.org/tlog-proof@v1\n"))
        }
    }

    @Test func onesOwnEntryIsReadOneAtATimeAndNobodyElses() async throws {
        try await RelayFixture.with { fixture in
            let (relay, officer) = (fixture.relay, try await fixture.officer)
            let before = try await size(fixture)
            _ = try await relay.approvals(by: fixture.chief)
            _ = try await relay.directory(for: officer)
            #expect(
                try await refusals { _ = try await relay.logPage(first: before, count: 1, by: officer) }
                    == [.roleMissing])
            let own = try await relay.logPage(first: before + 1, count: 1, by: officer)
            #expect(own.entries.first?.contains("directory.read") == true)
            #expect(
                try await refusals { _ = try await relay.logPage(first: before + 1, count: 2, by: officer) }
                    == [.roleMissing])
            // Each look has its leaf, the refused ones too.
            let after = try await fixture.entries().suffix(from: Int(before) + 2).prefix(3)
            #expect(after.map(\.action) == [.logRead, .logRead, .logRead])
            #expect(after.map(\.outcome) == [.refused, .done, .refused])
        }
    }

    @Test(arguments: [
        "UPDATE log_leaves SET leaf_hash = zeroblob(32) WHERE sequence = 3",
        "DELETE FROM log_leaves WHERE sequence = 3",
    ])
    func whatIsDamagedIsNeitherProvedNorSigned(statement: String) async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            try await relay.signCheckpoint()
            try await fixture.database.inner.write { _ = try $0.execute(statement, []) }
            func isDamage(_ body: () async throws -> Void) async -> Bool {
                do {
                    try await body()
                    return false
                } catch {
                    return (error as? StoreFailure)?.kind == .corrupt
                }
            }
            #expect(await isDamage { _ = try await relay.inclusionProof(of: 3) })
            #expect(await isDamage { _ = try await relay.inclusionProof(of: 2) })
            #expect(await isDamage { _ = try await relay.consistencyProof(from: 4) })
            #expect(await isDamage { _ = try await relay.logCheckpoint(size: 5) })
            // The newest head was signed before, and what is not touched is still served.
            _ = try head(try await relay.logCheckpoint(), fixture)
        }
    }

    @Test func anAuditorSeesWhatIsMissingOrCannotBeOpened() async throws {
        try await RelayFixture.with { fixture in
            let auditor = try await fixture.auditor
            try await fixture.database.inner.write { transaction in
                try transaction.execute("DELETE FROM log_leaves WHERE sequence = 3", [])
                try transaction.execute("UPDATE log_leaves SET sealed_entry = x'00' WHERE sequence = 5", [])
            }
            let page = try await fixture.relay.logPage(first: 2, count: 5, by: auditor)
            #expect(page.leaves.count == 5)
            #expect(page.leaves.map { $0.hash == nil } == [false, true, false, false, false])
            #expect(page.leaves.map { $0.entry == nil } == [false, true, false, true, false])
            let size = try await size(fixture)
            #expect(try await fixture.relay.logPage(first: size, count: 5, by: auditor).leaves.isEmpty)
            #expect(
                try await refusals { _ = try await fixture.relay.logPage(first: .max, count: 5, by: auditor) }
                    == [.requestMalformed])
        }
    }

    @Test func headsAreSignedWhenTheLogGrewOrAnHourPassed() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            func times() async throws -> [Int64] {
                try await fixture.database.read { transaction in
                    try transaction.rows("SELECT time FROM checkpoints ORDER BY size", []).map { try $0.integer(0) }
                }
            }
            // To the beginning of an hour, so that none passes unnoticed.
            let milliseconds = fixture.clock.world.now().milliseconds
            fixture.clock.advance(seconds: 3601 - milliseconds / 1000 % 3600)
            try await relay.signCheckpoint()
            let first = try await times()
            fixture.clock.advance(seconds: 1800)
            try await relay.signCheckpoint()
            #expect(try await times() == first, "nothing new")
            _ = try await relay.logPage(first: 0, count: 1, by: fixture.auditor)
            try await relay.signCheckpoint()
            let second = try await times()
            #expect(second.count == first.count && second != first, "within the hour the newest replaces the last")
            fixture.clock.advance(seconds: 3600)
            try await relay.signCheckpoint()
            let third = try await times()
            #expect(third.count == second.count && third != second, "the same head, an hour later")
            _ = try await relay.logPage(first: 0, count: 1, by: fixture.auditor)
            fixture.clock.advance(seconds: 3600)
            try await relay.signCheckpoint()
            #expect(try await times().count == third.count + 1, "the last head of an hour stays")
        }
    }
}
