// Signed notes and checkpoints: the published example of golang.org/x/mod/sumdb/note both ways (Ed25519 signatures are
// determined by key and message), and what must be refused.

import Foundation
import Testing

@testable import MimamoriMerkle

@Suite struct NoteTests {
    static let verifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    static let privateKey = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    static let text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    static let signature =
        "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

    private func verifier() throws -> NoteVerifier { try #require(NoteVerifier(verifierKey: Self.verifierKey)) }

    private func signer(_ name: String = "PeterNeumann") throws -> NoteSigner {
        let typed = try #require(Data(base64Encoded: Self.privateKey))
        return try #require(NoteSigner(name: name, seed: Array(typed.dropFirst())))
    }

    @Test func publishedNoteOpens() throws {
        #expect(try verifier().open(Self.text + "\n" + Self.signature) == Self.text)
        #expect(try verifier().name == "PeterNeumann")
    }

    @Test func publishedNoteIsWhatWeSign() throws {
        #expect(try signer().sign(Self.text) == Self.text + "\n" + Self.signature)
        #expect(try signer().verifierKey == Self.verifierKey)
    }

    @Test func signaturesOfOthersArePassedOver() throws {
        let other = try signer("cosigner.example").sign(Self.text).split(separator: "\n").last.map { "\($0)\n" } ?? ""
        #expect(try verifier().open(Self.text + "\n" + other + Self.signature) == Self.text)
        #expect(try verifier().open(Self.text + "\n" + other) == nil)
    }

    @Test func anyChangedCharacterIsRefused() throws {
        let verifier = try verifier()
        let note = Array((Self.text + "\n" + Self.signature).utf8)
        for index in note.indices {
            var changed = note
            changed[index] ^= 1
            #expect(verifier.open(String(decoding: changed, as: UTF8.self)) == nil, "byte \(index)")
        }
    }

    static let malformed: [String] = [
        "", "\n", text, text + "\n", text + signature, text + "\n" + signature + "\n",
        text + "\n" + signature.dropLast(), text + "\n" + signature.replacingOccurrences(of: "\u{2014}", with: "-"),
        text + "\n" + signature + "\u{2014} PeterNeumann AAAA\n", text + "\n" + signature + "no signature\n",
        // A wrong signature in the key's own name spoils the right one.
        text + "\n" + signature + "\u{2014} PeterNeumann x08go/ZJ\n",
        text + "\n" + String(repeating: signature, count: 101),
        text + "\u{7}\n\n" + signature,
    ]

    @Test(arguments: malformed) func malformedNotesAreRefused(note: String) throws {
        #expect(try verifier().open(note) == nil)
    }

    @Test func mangledVerifierKeysAreRefused() {
        let key = Array(Self.verifierKey.utf8)
        for index in key.indices {
            var changed = key
            changed[index] += 1
            #expect(NoteVerifier(verifierKey: String(decoding: changed, as: UTF8.self)) == nil, "byte \(index)")
            #expect(NoteVerifier(verifierKey: String(decoding: key[..<index], as: UTF8.self)) == nil)
        }
    }

    @Test(arguments: ["", "two words", "a+b", "tab\there", "ideographic\u{3000}space"])
    func namesThatANoteCannotCarry(name: String) {
        #expect(NoteSigner(name: name, seed: Array(repeating: 1, count: 32)) == nil)
    }

    @Test(arguments: [0, 31, 33]) func seedsOfAnotherLength(count: Int) {
        #expect(NoteSigner(name: "a", seed: Array(repeating: 1, count: count)) == nil)
    }
}

@Suite struct CheckpointTests {
    private static let root = Data(Vectors.roots[7]).base64EncodedString()

    @Test func bodyIsThreeLines() throws {
        let root = try #require(MerkleHash(bytes: Vectors.roots[7]))
        let checkpoint = Checkpoint(origin: "relay.example/log", size: 8, root: root)
        #expect(checkpoint.body == "relay.example/log\n8\n\(Self.root)\n")
        #expect(Checkpoint(body: checkpoint.body) == checkpoint)
    }

    @Test func signedAndOpened() throws {
        let root = try #require(MerkleHash(bytes: Vectors.roots[0]))
        let checkpoint = Checkpoint(origin: "relay.example/log", size: 1, root: root)
        let signer = try #require(NoteSigner(name: "relay.example/log", seed: Array(repeating: 9, count: 32)))
        let verifier = try #require(NoteVerifier(verifierKey: signer.verifierKey))
        let body = try #require(verifier.open(signer.sign(checkpoint.body)))
        #expect(Checkpoint(body: body) == checkpoint)
    }

    static let malformed = [
        "", "log\n8\n", "log\n8\n\(root)", "log\n8\n\(root)\n\n", "log\n8\n\(root)\nextension\n", "\n8\n\(root)\n",
        "log\n-8\n\(root)\n", "log\n+8\n\(root)\n", "log\n08\n\(root)\n", "log\n8 \n\(root)\n", "log\neight\n\(root)\n",
        "log\n9223372036854775808\n\(root)\n", "log\n8\nAAAA\n", "log\n8\n\(root.dropLast())\n", "log\r\n8\n\(root)\n",
        "log\n8\n\(root.dropLast(2))h=\n",
    ]

    @Test(arguments: malformed) func otherTextIsNoCheckpoint(body: String) {
        #expect(Checkpoint(body: body) == nil)
    }
}
