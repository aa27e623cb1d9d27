// docs/verify_log.py, which shares nothing with us, over heads, proofs and entries that the relay's code made: it takes
// what is genuine, and refuses each kind of tampering.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriWire
import TestSupport
import Testing

@testable import MimamoriRelay

@Suite struct IndependentVerifierTests {
    /// What the relay hands out of a log, as files.
    private struct Files {
        let folder: ScratchFolder
        let key: String
        let witness: String
        let size: Int64

        func verify(_ what: String, _ files: [String], witness: String? = nil, key: String? = nil) throws -> Int32 {
            let options = ["--key", key ?? self.key] + (witness.map { ["--witness", $0] } ?? [])
            let outcome = try ForeignTool("python3").outcome(
                [Repository.root.appending(path: "docs/verify_log.py").path] + options + [what]
                    + files.map { $0.hasPrefix("/") ? $0 : folder.path + "/" + $0 })
            let said = outcome.status == 0 ? outcome.text : outcome.errors
            #expect(said.hasPrefix(outcome.status == 0 ? "OK: " : "NOT GENUINE: "), "\(said)")
            return outcome.status
        }

        func text(_ name: String) throws -> String { String(decoding: try folder.read(name), as: UTF8.self) }

        func changed(_ name: String, _ change: (String) -> String) throws -> String {
            let (before, path) = (try text(name), "changed-\(name)")
            let after = change(before)
            #expect(after != before)
            return try folder.file(path, after.utf8)
        }
    }

    private struct Record: Codable {
        var sequence: Int64
        var hash: Data?
        var entry: String?
        var proof: [Data]?
    }

    private static func lines(_ records: [Record], head: String) -> [UInt8] {
        records.flatMap { CanonicalJSON.encode($0) + [0x0A] } + CanonicalJSON.encode(["checkpoint": head]) + [0x0A]
    }

    private static func path(_ text: String) -> [Data] {
        InclusionProof(text: text)?.path.map { Data($0.bytes) } ?? []
    }

    private func withFiles(_ body: (Files, [Record], _ head: String) throws -> Void) async throws {
        try await RelayFixture.with { fixture in
            let witness = try #require(Cosigner(name: "council.example/w", seed: Array(repeating: 1, count: 32)))
            let own = fixture.settings
            let relay = try await fixture.open(
                RelaySettings(
                    address: own.address, version: own.version, policy: own.policy,
                    configurationDigest: own.configurationDigest, useLimits: own.useLimits,
                    witnesses: [witness.verifierKey].compactMap(CosignatureVerifier.init(verifierKey:))))
            try await relay.signCheckpoint()
            let older = try await relay.logCheckpoint()
            _ = try await relay.directory(for: fixture.officer)
            _ = try await relay.approvals(by: fixture.chief)
            try await relay.signCheckpoint()
            let head = try #require(Self.head(try await relay.logCheckpoint()))
            let line = witness.cosign(head, at: fixture.clock.world.now().milliseconds / 1000)
            try await relay.acceptCosignatures(head.body + "\n" + line, by: fixture.auditor)
            let statement = try SignedStatement(der: relay.logKeyStatement())
            let key = try CanonicalJSON.decode(LogKeyStatement.self, from: statement.content).get().verifierKey

            let newest = try await relay.logCheckpoint(size: head.size)
            let page = try await relay.logPage(first: 0, count: Int(head.size), by: fixture.auditor)
            let records = page.leaves.enumerated().map {
                Record(sequence: Int64($0.offset), hash: $0.element.hash, entry: $0.element.entry, proof: nil)
            }
            let inclusion = try await relay.inclusionProof(of: 7, size: head.size)
            let oldSize = try #require(Self.head(older)).size
            let consistency = try await relay.consistencyProof(from: oldSize, to: head.size)
            var proved: [Record] = []
            for number in [3, Int(head.size) - 1] {
                var record = records[number]
                record.proof = Self.path(try await relay.inclusionProof(of: Int64(number), size: head.size))
                proved.append(record)
            }
            try ScratchFolder.with { folder in
                for (name, text) in [
                    ("older", older), ("head", newest), ("inclusion", inclusion), ("consistency", consistency),
                ] { _ = try folder.file(name, text.utf8) }
                _ = try folder.file("export", Self.lines(records, head: newest))
                _ = try folder.file("proved", Self.lines(proved, head: newest))
                try body(
                    Files(folder: folder, key: key, witness: witness.verifierKey, size: head.size), records, newest)
            }
        }
    }

    private static func head(_ note: String) -> Checkpoint? {
        SignedNote(note).flatMap { Checkpoint(body: String(decoding: $0.text, as: UTF8.self)) }
    }

    @Test func whatIsGenuineIsTaken() async throws {
        try await withFiles { (files, _, _) throws in
            #expect(try files.verify("checkpoint", ["older"]) == 0)
            #expect(try files.verify("checkpoint", ["head"], witness: files.witness) == 0)
            #expect(try files.verify("inclusion", ["inclusion"], witness: files.witness) == 0)
            #expect(try files.verify("consistency", ["older", "consistency"], witness: files.witness) == 0)
            #expect(try files.verify("export", ["export"], witness: files.witness) == 0)
            #expect(try files.verify("export", ["proved"]) == 0)
        }
    }

    /// docs/evidence.md shows a head to somebody who has nothing but a shell and openssl.
    @Test func theEvidencePagesShellChecksAHead() async throws {
        let page = try Repository.text("docs/evidence.md")
        let block = try #require(page.components(separatedBy: "\n```sh\n").dropFirst().first)
        let script = try #require(block.components(separatedBy: "\n```").first)
        try await withFiles { (files, _, _) throws in
            let other = try #require(NoteSigner(name: "other", seed: Array(repeating: 3, count: 32)))
            for (key, status) in [(files.key, 0), (other.verifierKey, 1)] as [(String, Int32)] {
                _ = try files.folder.file("head.txt", files.folder.read("head"))
                let outcome = try ForeignTool.bash.outcome([
                    "-c", "set -euo pipefail; cd '\(files.folder.path)'; KEY='\(key)'\n\(script)",
                ])
                #expect(outcome.status == status, "\(outcome.text)\(outcome.errors)")
            }
        }
    }

    @Test func whatWasTamperedWithIsNot() async throws {
        try await withFiles { (files, records, head) throws in
            let other = try #require(
                NoteSigner(name: "mimamori/aomori-relay/office/access-log", seed: Array(repeating: 3, count: 32)))
            let stranger = try #require(Cosigner(name: "stranger.example/w", seed: Array(repeating: 4, count: 32)))
            #expect(try files.verify("checkpoint", ["head"], key: other.verifierKey) == 1)
            #expect(try files.verify("checkpoint", ["older"], witness: files.witness) == 1)
            #expect(try files.verify("checkpoint", ["head"], witness: stranger.verifierKey) == 1)
            let grown = try files.changed("head") {
                $0.replacing("\n\(files.size)\n", with: "\n\(files.size + 1)\n")
            }
            #expect(try files.verify("checkpoint", [grown]) == 1)

            for change in [
                { $0.replacing("index 7", with: "index 8") }, { $0.replacing("index 7", with: "index 700") },
                { text in
                    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                    return (lines[..<3] + lines[4...]).joined(separator: "\n")
                },
                { $0.replacing("tlog-proof@v1", with: "tlog-proof@v2") },
            ] as [(String) -> String] {
                #expect(try files.verify("inclusion", [try files.changed("inclusion", change)]) == 1)
            }
            #expect(try files.verify("consistency", ["head", "consistency"]) == 1)
            let longer = try files.changed("consistency") {
                $0.replacing("\n\n", with: "\n\(Data(repeating: 7, count: 32).base64EncodedString())\n\n")
            }
            #expect(try files.verify("consistency", ["older", longer]) == 1)

            func refused(_ change: (inout [Record]) -> Void) throws -> Bool {
                var changed = records
                change(&changed)
                let path = try files.folder.file("tampered", Self.lines(changed, head: head))
                return try files.verify("export", [path]) == 1
            }
            #expect(try refused { $0[5].entry = $0[5].entry?.replacing("done", with: "refused") })
            #expect(try refused { $0[5].entry = $0[6].entry })
            #expect(try refused { $0[5].hash = $0[6].hash })
            #expect(try refused { ($0[5].entry, $0[5].hash) = ($0[6].entry, $0[6].hash) })
            #expect(try refused { $0.remove(at: 5) })
            #expect(try refused { $0.removeLast() })
            #expect(try refused { $0.append($0[0]) })
            #expect(try refused { $0[5].hash = nil })
            #expect(try refused { $0 = [] })
            #expect(try !refused { $0[5].entry = nil }, "a shredded entry leaves its hash")
            let cut = try files.changed("export") { String($0.prefix($0.count / 2)) }
            #expect(try files.verify("export", [cut]) == 1)
            let swapped = try files.changed("proved") { $0.replacing("\"sequence\":3", with: "\"sequence\":4") }
            #expect(try files.verify("export", [swapped]) == 1)
        }
    }
}
