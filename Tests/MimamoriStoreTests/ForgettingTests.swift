// A destroyed key is in no file of the database: not on a page that became free, not in the write-ahead log. The files
// are searched as somebody would who has stolen the disk.

import Foundation
import MimamoriCore
import Synchronization
import Testing

@testable import MimamoriStore

@Suite struct ForgettingTests {
    /// Bytes that occur nowhere else.
    private static func key(_ number: Int) -> [UInt8] {
        Array("a wrapped key, the one with number \(number + 100_000)".utf8)
    }

    private static func owner(_ number: Int) -> String { "package/\(Sample.id(number))" }

    private static func insertKeys(_ numbers: Range<Int>, _ database: SQLiteDatabase) async throws {
        try await database.write { transaction in
            for number in numbers {
                try transaction.insertDataKey(
                    DataKeyRow(owner: owner(number), keyEncryptionKeyID: "kek-1", wrapped: key(number)))
            }
        }
    }

    /// Which of the keys are in the database's files.
    private static func found(_ numbers: [Int], _ path: String) throws -> [Int] {
        let files = try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: path + $0)) }
        return numbers.filter { number in files.contains { $0.range(of: Data(key(number))) != nil } }
    }

    /// Enough of them that pages are split and joined: a page that is given up holds copies of rows that live on
    /// elsewhere, and one of those may be destroyed next.
    @Test(arguments: [1, 3]) func aDestroyedKeyIsInNoFile(step: Int) async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                try await Self.insertKeys(0..<900, database)
                let destroyed = Array(stride(from: 0, to: step == 1 ? 600 : 900, by: step))
                for number in destroyed {
                    #expect(try await database.write { try $0.destroyDataKey(Self.owner(number)) })
                }
                #expect(try !Self.found(destroyed, path).isEmpty, "the write-ahead log still has them")
                try await database.forgetDeleted()
                #expect(try Self.found(destroyed, path) == [])
                let kept = (0..<900).filter { !destroyed.contains($0) }
                #expect(try Self.found(kept, path) == kept)
                #expect(try await database.read { try $0.dataKey(Self.owner(kept[0])) }?.wrapped == Self.key(kept[0]))
            }
        }
    }

    /// The rest of the database is deleted at the old price.
    @Test func onlyKeysAreShredded() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                func setting() async throws -> Int64 {
                    try await database.write { try $0.rows("PRAGMA secure_delete", [])[0].integer(0) }
                }
                let inside = try await database.write { transaction in
                    try transaction.shredding { try transaction.rows("PRAGMA secure_delete", [])[0].integer(0) }
                }
                #expect(inside == 1)
                #expect(try await setting() == 2)
                await #expect(throws: OwnError(number: 1)) {
                    try await database.write { try $0.shredding { throw OwnError(number: 1) } }
                }
                #expect(try await setting() == 2)
            }
        }
    }

    /// A reader that began before keeps its view, nobody waits for ever, and the next call does it.
    @Test func aReaderOfOldPagesIsLeftAlone() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                try await Self.insertKeys(0..<2, database)
                let isReading = Latch()
                let mayEnd = Latch()
                async let seen = database.read { transaction in
                    _ = try transaction.dataKey(Self.owner(0))
                    isReading.open()
                    mayEnd.wait()
                    return try transaction.dataKey(Self.owner(0))?.wrapped
                }
                await isReading.opened()
                _ = try await database.write { try $0.destroyDataKey(Self.owner(0)) }
                #expect(await failureKind { try await database.forgetDeleted() } == .busy)
                // Writing goes on meanwhile.
                try await Self.insertKeys(2..<3, database)
                mayEnd.open()
                #expect(try await seen == Self.key(0))
                try await database.forgetDeleted()
                #expect(try Self.found([0, 1, 2], path) == [1, 2])
            }
        }
    }

    /// Writers who never pause do not keep it from its turn.
    @Test func itHasItsTurnAmongWriters() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                try await Self.insertKeys(0..<1, database)
                _ = try await database.write { try $0.destroyDataKey(Self.owner(0)) }
                let isOver = Shared(false)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for writer in 1...8 {
                        group.addTask {
                            var number = writer
                            while !isOver.value {
                                try await Self.insertKeys(number..<(number + 1), database)
                                number += 8
                            }
                        }
                    }
                    group.addTask {
                        for _ in 0..<3 { try await database.forgetDeleted() }
                        isOver.set(true)
                    }
                    try await group.waitForAll()
                }
                #expect(try Self.found([0], path) == [])
            }
        }
    }
}
