// The file with the seed of the log's key: made once, private, and refused in every other state.

import Foundation
import Glibc
import MimamoriCrypto
import MimamoriMerkle
import TestSupport
import Testing

@testable import mimamorid

struct LogSeedTests {
    private static let origin = "mimamori/aomori-relay/office/access-log"

    @Test func theSameFileGivesTheSameKey() throws {
        try ScratchFolder.with { folder in
            let path = folder.path + "/seed"
            try LogSeed.create(path: path, random: { Array(repeating: 7, count: $0) })
            #expect(try folder.read("seed") == Array((String(repeating: "07", count: 32) + "\n").utf8))
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            let keys = try (0..<2).map { _ in try LogSeed.signer(path: path, origin: Self.origin).verifierKey }
            #expect(keys[0] == keys[1] && keys[0].hasPrefix(Self.origin + "+"))
        }
    }

    @Test func nothingIsWrittenOver() throws {
        try ScratchFolder.with { folder in
            let path = try folder.file("seed", "mine".utf8)
            #expect(throws: CryptoFailure.self) {
                try LogSeed.create(path: path, random: { Array(repeating: 7, count: $0) })
            }
            #expect(try folder.read("seed") == Array("mine".utf8))
            let link = folder.path + "/link"
            #expect(symlink(folder.path + "/elsewhere", link) == 0)
            #expect(throws: CryptoFailure.self) {
                try LogSeed.create(path: link, random: { Array(repeating: 7, count: $0) })
            }
            #expect(access(folder.path + "/elsewhere", F_OK) != 0)
        }
    }

    private static let seed = String(repeating: "0a", count: 32)

    @Test(arguments: [
        "", "\n", seed, seed + "\n\n", "0" + seed + "\n", String(seed.dropLast(2)) + "\n", seed.uppercased() + "\n",
        seed.replacing("a", with: "g") + "\n", seed + seed + "\n", String(repeating: "0", count: 500) + "\n",
    ])
    func aDamagedFileIsRefused(_ text: String) throws {
        try ScratchFolder.with { folder in
            let path = try folder.file("seed", text.utf8)
            try #require(chmod(path, 0o600) == 0)
            #expect(throws: CryptoFailure.self) { try LogSeed.signer(path: path, origin: Self.origin) }
        }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o666] as [mode_t])
    func aFileThatOthersCanReadIsRefused(_ mode: mode_t) throws {
        try ScratchFolder.with { folder in
            let path = try folder.file("seed", (Self.seed + "\n").utf8)
            try #require(chmod(path, mode) == 0)
            #expect(throws: CryptoFailure.self) { try LogSeed.signer(path: path, origin: Self.origin) }
            try #require(chmod(path, 0o400) == 0)
            #expect(try !LogSeed.signer(path: path, origin: Self.origin).verifierKey.isEmpty)
        }
    }
}
