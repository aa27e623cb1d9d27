// Proofs as evidence: made against a relay, checked by ourselves without it and by the independent verifier; and every way
// in which one does not hold.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle
import MimamoriWire
import Synchronization
import TestSupport
import Testing

@testable import MimamoriClient

struct LogProvingTests {
    /// A referral that the station sent and the council received.
    private func received() async throws -> (
        demo: Demo, relay: FakeRelay, officer: Client, id: PackageID, folder: String
    ) {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        relay.change { $0.accessLog = DemoLog(5) }
        let officer = try demo.client(.officer)
        let id = try officer.prepare(demo.referral()).id
        _ = try await relay.session(officer).send()
        let chief = try relay.session(demo.client(.chief))
        try await chief.approve(chief.examine(id))
        let folder = try await relay.session(demo.client(.clerk)).receive(id, into: demo.newFolder("into")).folder
        return (demo, relay, officer, id, folder)
    }

    private func verifyIndependently(_ path: String) throws -> ForeignTool.Outcome {
        try ForeignTool("python3").outcome([
            Repository.root.appending(path: "docs/verify_log.py").path, "--key", DemoLog.signer(1).verifierKey,
            "inclusion", path,
        ])
    }

    @Test func aSendersProofConvincesAnywhere() async throws {
        let (demo, relay, officer, id, _) = try await received()
        relay.change { $0.accessLog.append(DemoLog.entry(99)) }
        let proved = try await relay.session(officer).proveStored(id)
        #expect(proved.receipt?.logIndex == proved.index && proved.receipt?.package == id)
        #expect(proved.entry?.action == .packageStored && proved.entry?.object == id.text)
        let path = try demo.file("proof.txt", Array(proved.text.utf8))
        // On another organisation's machine, which has pinned no key of the log and knows nobody's certificate.
        let report = try demo.client(.towada).verify(path)
        #expect(report.subject == .logProof && report.verdict == .genuine, "\(report.lines.map(\.text.en))")
        #expect(report.lines.contains { $0.text.en.contains("package.stored") && $0.text.en.contains(id.text) })
        #expect(report.lines.contains { $0.text.en.contains("stored \(id)") })
        let independent = try verifyIndependently(path)
        #expect(independent.status == 0 && independent.text.contains("package.stored"), "\(independent.errors)")
    }

    @Test func anAuditorProvesAnyEntryAndOthersItsHash() async throws {
        let (demo, relay, _, _, _) = try await received()
        let audited = try await relay.session(demo.client(.auditor)).prove(2)
        #expect(audited.entry?.action == .logRead && audited.receipt == nil)
        let hashed = try await relay.session(demo.client(.clerk)).prove(2)
        #expect(hashed.entry == nil && hashed.index == 2)
        for text in [audited.text, hashed.text] {
            let path = try demo.file("proof.txt", Array(text.utf8))
            #expect(try demo.client(.towada).verify(path).verdict == .genuine)
            #expect(try verifyIndependently(path).status == 0)
        }
    }

    @Test func underACosignedHeadWhenThereIsOne() async throws {
        let (demo, relay, officer, id, _) = try await received()
        let council = try #require(Cosigner(name: "council.example/w", seed: Array(repeating: 5, count: 32)))
        let trusted = TrustedWitnesses([council.verifierKey].compactMap(CosignatureVerifier.init(verifierKey:)))
        relay.change { state in
            let size = state.accessLog.size
            state.accessLog.cosignatures[size] = [council.cosign(state.accessLog.head(size), at: 1000)]
            for number in 0..<4 { state.accessLog.append(DemoLog.entry(90 + number)) }
        }
        let proved = try await relay.session(officer).proveStored(id, witnesses: trusted)
        #expect(proved.cosignedBy == ["council.example/w"])
        #expect(try await relay.session(officer).proveStored(id).cosignedBy.isEmpty)
        let towada = try demo.client(.towada)
        try Data("\(council.verifierKey)\n".utf8).write(
            to: URL(fileURLWithPath: "\(towada.home.folder)/witnesses.txt"))
        let report = try towada.verify(demo.file("proof.txt", Array(proved.text.utf8)))
        #expect(report.verdict == .genuine && report.lines.contains { $0.text.en.contains("council.example/w") })
    }

    @Test func theReceivedEvidenceHoldsTheProof() async throws {
        let (demo, relay, _, id, folder) = try await received()
        let path = "\(folder)/evidence/inclusion-proof.txt"
        #expect(Disk.exists(path))
        let report = try demo.client(.towada).verify(folder)
        #expect(report.verdict == .genuine, "\(report.lines.map(\.text.en))")
        #expect(report.lines.contains { $0.text.en.hasPrefix("inclusion-proof.txt: Entry 5 is in the log") })
        #expect(try demo.client(.towada).verify(path).verdict == .genuine)
        #expect(try verifyIndependently(path).status == 0)
        // A receipt that was damaged is told beside a proof that holds.
        let receipt = "\(folder)/evidence/stored-receipt.cms"
        let signed = try Disk.read(receipt, limit: 1 << 20)
        for index in [40, signed.count / 2] {
            var flipped = signed
            flipped[index] ^= 1
            try Data(flipped).write(to: URL(fileURLWithPath: receipt))
            #expect(try demo.client(.towada).verify(folder).verdict == .notGenuine)
        }
        try Data(signed).write(to: URL(fileURLWithPath: receipt))
        // Another package's proof beside this one's receipt.
        let other = try await relay.session(demo.client(.auditor)).prove(2)
        try Data(other.text.utf8).write(to: URL(fileURLWithPath: path))
        #expect(try demo.client(.towada).verify(folder).verdict == .notGenuine, "\(id)")
    }

    @Test func aPackageIsReceivedWithoutAProofToo() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let id = try officer.prepare(demo.notice()).id
        _ = try await relay.session(officer).send()
        relay.change { $0.accessLog.givesProofs = false }
        let folder = try await relay.session(demo.client(.clerk)).receive(id, into: demo.newFolder("into")).folder
        #expect(!Disk.exists("\(folder)/evidence/inclusion-proof.txt"))
        #expect(try demo.client(.towada).verify(folder).verdict == .genuine)
    }

    @Test func whatDoesNotHoldIsNotGenuine() async throws {
        let (demo, relay, officer, id, _) = try await received()
        let text = try await relay.session(officer).proveStored(id).text
        let proof = try #require(InclusionProof(text: text))
        let evidence = try #require(LeafEvidence(in: proof))
        func with(_ change: (inout LeafEvidence) throws -> Void) rethrows -> String {
            var changed = evidence
            try change(&changed)
            return proof.with(extra: CanonicalJSON.encode(changed)).text
        }
        let clerkSigned = try demo.signer(.clerk).sign(
            CanonicalJSON.encode(
                LogKeyStatement(
                    relay: try #require(Address("aomori-relay/office")), verifierKey: DemoLog.signer(1).verifierKey)))
        let otherKey = try demo.relaySigner().sign(
            CanonicalJSON.encode(
                LogKeyStatement(
                    relay: try #require(Address("aomori-relay/office")), verifierKey: DemoLog.signer(2).verifierKey)))
        let cases: [(String, String, VerificationReport.Verdict)] = [
            ("unchanged", text, .genuine),
            ("another index", text.replacing("index 5", with: "index 4"), .notGenuine),
            (
                "a shorter path",
                InclusionProof(
                    index: proof.index, path: proof.path.dropLast(), checkpoint: proof.checkpoint, extra: proof.extra
                ).text, .notGenuine
            ),
            ("another entry", with { $0.entry = DemoLog.entry(3) }, .notGenuine),
            ("an edited entry", with { $0.entry = $0.entry?.replacing("officer", with: "deputy") }, .notGenuine),
            ("no receipt", with { $0.storedReceipt = nil }, .genuine),
            ("no entry", with { $0.entry = nil }, .genuine),
            ("no key", with { $0.logKey = nil }, .undecided),
            ("a key that a person signed", with { $0.logKey = Data(clerkSigned) }, .notGenuine),
            ("another key", with { $0.logKey = Data(otherKey) }, .notGenuine),
            ("no hash", proof.with(extra: nil).text, .notGenuine),
            ("a receipt that is none", with { $0.storedReceipt = Data([1, 2, 3]) }, .notGenuine),
        ]
        let towada = try demo.client(.towada)
        for (name, text, verdict) in cases {
            let report = try towada.verify(demo.file("proof.txt", Array(text.utf8)))
            #expect(report.verdict == verdict, "\(name): \(report.lines.map(\.text.en))")
        }
        // With a pinned key, one that comes with the proof must be the same, and none need come.
        let auditor = try demo.client(.auditor)
        _ = try await relay.session(auditor).verifyLog()
        #expect(try auditor.verify(demo.file("p", Array(with { $0.logKey = nil }.utf8))).verdict == .genuine)
    }

    @Test func aRelayThatProvesSomethingElseIsNotBelieved() async throws {
        let (_, relay, officer, id, _) = try await received()
        let session = try relay.session(officer)
        _ = try await session.verifyLog(LogAudit(readsEntries: false))
        let honest = relay.state.withLock { $0.accessLog }
        var edited = honest
        edited.leaves[5] = LogPage.Leaf(hash: honest.leaves[5].hash, entry: honest.leaves[4].entry)
        var forked = honest
        forked.rewrite(2, DemoLog.entry(2, salt: "b"))
        var another = honest
        another.rewrite(5, DemoLog.entry(5))
        for (name, log) in [("edited", edited), ("forked", forked), ("another entry", another)] {
            relay.change { $0.accessLog = log }
            let failure = await #expect(throws: ClientFailure.self, "\(name)") { try await session.proveStored(id) }
            #expect(failure?.kind == .notGenuine, "\(name)")
        }
        relay.change { $0.accessLog = honest }
        #expect(try await session.proveStored(id).entry != nil)
    }
}
