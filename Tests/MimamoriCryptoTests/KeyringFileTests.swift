// The key file: who may read it, what it must hold, and that an old one is never lost.

import Foundation
import MimamoriCore
import MimamoriCrypto
import TestSupport
import Testing

@Suite struct KeyringFileTests {
    @Test func aCreatedFileIsPrivateAndReadsBack() throws {
        try ScratchFolder.with { folder in
            let path = folder.path + "/keys"
            try Keyring.create(path: path)
            #expect(try mode(of: path) == 0o600)
            let ring = try Keyring.read(path: path)
            let key = DataKey.random()
            let sealed = try key.seal([1], context: "c")
            let wrapped = try ring.wrap(key, owner: "o")
            #expect(try Keyring.read(path: path).unwrap(wrapped, owner: "o").open(sealed, context: "c") == [1])
        }
    }

    @Test func anExistingFileIsNeverOverwritten() throws {
        try ScratchFolder.with { folder in
            let path = folder.path + "/keys"
            try Keyring.create(path: path)
            let before = try folder.read("keys")
            let failure = #expect(throws: CryptoFailure.self) { try Keyring.create(path: path) }
            #expect(failure?.message.en.contains("exists already") == true)
            #expect(try folder.read("keys") == before)
            // Nor through a link that points nowhere yet.
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/link", withDestinationPath: folder.path + "/elsewhere")
            #expect(throws: CryptoFailure.self) { try Keyring.create(path: folder.path + "/link") }
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/elsewhere"))
            #expect(throws: CryptoFailure.self) { try Keyring.create(path: folder.path + "/absent/keys") }
        }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o666, 0o620, 0o444])
    func aFileThatOthersCanTouchIsRefused(_ mode: Int) throws {
        try ScratchFolder.with { folder in
            let path = folder.path + "/keys"
            try Keyring.create(path: path)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            let failure = #expect(throws: CryptoFailure.self) { try Keyring.read(path: path) }
            #expect(failure?.message.en.contains("Others can read") == true)
        }
    }

    @Test func aReadOnlyFileIsFine() throws {
        try ScratchFolder.with { folder in
            let path = folder.path + "/keys"
            try Keyring.create(path: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
            #expect(try Keyring.read(path: path).keyIDs.count == 1)
        }
    }

    @Test func severalKeysReadBackInOrder() throws {
        try ScratchFolder.with { folder in
            let ring = Keyring.ephemeral().rotated().rotated()
            try ring.write(path: folder.path + "/keys")
            #expect(try Keyring.read(path: folder.path + "/keys").keyIDs == ring.keyIDs)
        }
    }

    @Test func everyDamageIsFound() throws {
        try ScratchFolder.with { folder in
            try Keyring.ephemeral().rotated().write(path: folder.path + "/keys")
            let bytes = try folder.read("keys")
            var damaged: [[UInt8]] = bytes.indices.map { position in
                var changed = bytes
                changed[position] ^= 0x02
                return changed
            }
            damaged += bytes.indices.map { Array(bytes.prefix($0)) }
            damaged += [bytes + Array("\n".utf8), bytes + bytes, Array("mimamori-keyring/2\n".utf8)]
            for (number, content) in damaged.enumerated() {
                let path = try folder.file("damaged", content)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
                #expect(throws: CryptoFailure.self, "damage \(number)") { try Keyring.read(path: path) }
            }
        }
    }

    @Test func whatIsNoFileIsRefused() throws {
        try ScratchFolder.with { folder in
            for path in [folder.path, folder.path + "/absent", "/dev/null"] {
                let failure = #expect(throws: CryptoFailure.self) { try Keyring.read(path: path) }
                #expect(failure?.message.en.contains("cannot be read") == true)
                #expect(failure?.message.en.contains(folder.path) == false)
            }
        }
    }

    private func mode(of path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? NSNumber).intValue
    }
}
