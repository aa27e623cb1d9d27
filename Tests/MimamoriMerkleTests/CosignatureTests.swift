// Cosignatures: a real one, given by a public witness to a real log, and our own both ways; what must be refused.

import Foundation
import Testing

@testable import MimamoriMerkle

@Suite struct CosignatureTests {
    /// A head of a Certificate Transparency log with the cosignatures of the public witness network, as published, and
    /// the key of one of the witnesses.
    static let published = """
        arche2025h1.staging.ct.transparency.dev
        1432088532
        U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

        — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
        — transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
        — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==

        """
    static let witness = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
    static let log = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"

    private static let head = Checkpoint(origin: "relay.example/log", size: 8, root: Frontier().root)

    private func cosigner(_ name: String = "council.example/witness", seed: UInt8 = 7) throws -> Cosigner {
        try #require(Cosigner(name: name, seed: Array(repeating: seed, count: 32)))
    }

    private func signed() throws -> String {
        try #require(NoteSigner(name: "relay.example/log", seed: Array(repeating: 9, count: 32))).sign(Self.head.body)
    }

    @Test func publishedCosignatureHolds() throws {
        let verifier = try #require(CosignatureVerifier(verifierKey: Self.witness))
        let found = try #require(verifier.cosignature(in: Self.published))
        #expect(verifier.name == "remora.n621.de" && found.time == 1_779_573_024)
        #expect(found.line.hasPrefix("— remora.n621.de 2net5w") && !found.line.hasSuffix("\n"))
        #expect(
            verifier.cosignature(in: Self.published.replacingOccurrences(of: "1432088532", with: "1432088533")) == nil)
    }

    @Test func publishedHeadIsSignedByItsLog() throws {
        let verifier = try #require(NoteVerifier(verifierKey: Self.log))
        let head = try #require(verifier.open(Self.published).flatMap { Checkpoint(body: $0) })
        #expect(head.size == 1_432_088_532 && head.origin == verifier.name)
    }

    @Test(arguments: [0, 1, 1_795_000_000, Int64.max]) func ourOwnHolds(time: Int64) throws {
        let cosigner = try cosigner()
        let verifier = try #require(CosignatureVerifier(verifierKey: cosigner.verifierKey))
        let note = try signed() + cosigner.cosign(Self.head, at: time)
        #expect(verifier.cosignature(in: note)?.time == time)
        #expect(verifier.cosignature(in: note)?.verifierKey == cosigner.verifierKey)
        #expect(try verifier.cosignature(in: signed()) == nil)
        // The log's own signature is not disturbed by it.
        let signer = try #require(NoteSigner(name: "relay.example/log", seed: Array(repeating: 9, count: 32)))
        #expect(try #require(NoteVerifier(verifierKey: signer.verifierKey)).open(note) == Self.head.body)
    }

    @Test func theNewestCounts() throws {
        let cosigner = try cosigner()
        let verifier = try #require(CosignatureVerifier(verifierKey: cosigner.verifierKey))
        let lines = [5, 9, 7].map { cosigner.cosign(Self.head, at: $0) }
        #expect(try verifier.cosignature(in: signed() + lines.joined())?.time == 9)
    }

    @Test func anyChangedByteIsRefused() throws {
        let cosigner = try cosigner()
        let verifier = try #require(CosignatureVerifier(verifierKey: cosigner.verifierKey))
        let note = Array("\(Self.head.body)\n\(cosigner.cosign(Self.head, at: 1_795_000_000))".utf8)
        for index in note.indices {
            var changed = note
            changed[index] ^= 1
            #expect(verifier.cosignature(in: String(decoding: changed, as: UTF8.self)) == nil, "byte \(index)")
        }
    }

    @Test func aWrongOneInItsNameSpoilsARightOne() throws {
        let cosigner = try cosigner()
        let verifier = try #require(CosignatureVerifier(verifierKey: cosigner.verifierKey))
        let other = Checkpoint(origin: "relay.example/log", size: 9, root: Frontier().root)
        let note = try signed() + cosigner.cosign(Self.head, at: 4) + cosigner.cosign(other, at: 5)
        #expect(verifier.cosignature(in: note) == nil)
    }

    /// Name and kind are in the key's id: neither a log's key nor another name's passes for a witness's.
    @Test func keysOfOtherKindsAndNames() throws {
        let cosigner = try cosigner()
        let same = try #require(NoteSigner(name: cosigner.name, seed: Array(repeating: 7, count: 32)))
        #expect(CosignatureVerifier(verifierKey: same.verifierKey) == nil)
        #expect(NoteVerifier(verifierKey: cosigner.verifierKey) == nil)
        let verifier = try #require(CosignatureVerifier(verifierKey: cosigner.verifierKey))
        #expect(verifier.cosignature(in: same.sign(Self.head.body)) == nil)
        let renamed = try self.cosigner("other.example/witness")
        let note = try signed() + renamed.cosign(Self.head, at: 4)
        #expect(verifier.cosignature(in: note) == nil)
        #expect(try #require(CosignatureVerifier(verifierKey: renamed.verifierKey)).cosignature(in: note)?.time == 4)
    }

    @Test func mangledVerifierKeysAreRefused() {
        let key = Array(Self.witness.utf8)
        for index in key.indices {
            var changed = key
            changed[index] += 1
            #expect(CosignatureVerifier(verifierKey: String(decoding: changed, as: UTF8.self)) == nil, "byte \(index)")
            #expect(CosignatureVerifier(verifierKey: String(decoding: key[..<index], as: UTF8.self)) == nil)
        }
    }

    @Test(arguments: ["", "two words", "a+b"]) func namesThatANoteCannotCarry(name: String) {
        #expect(Cosigner(name: name, seed: Array(repeating: 1, count: 32)) == nil)
    }
}
