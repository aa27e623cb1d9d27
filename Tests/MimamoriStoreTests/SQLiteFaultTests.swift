// What the embedded engine does when its world breaks: no space, a failing disk, too many callers, a killed process.

import Foundation
import MimamoriCore
import Testing

@testable import MimamoriStore

@Suite struct SQLiteFaultTests {
    private static let ioErrorFlush: CInt = 1034  // SQLITE_IOERR_FSYNC
    private static let full: CInt = 13  // SQLITE_FULL

    /// The answer may be given only when the bytes are in the files, so a copy taken without closing, which is what a
    /// killed process leaves, must open and hold the row.
    @Test func anAnsweredWriteIsThereAfterAKill() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                for number in 1...20 {
                    try await database.write { transaction in
                        try transaction.insertPackage(Sample.package(number))
                        try transaction.putPart(
                            Sample.id(number), number: 0, sealed: Array(repeating: 3, count: 5000))
                    }
                    let copy = "\(path)-copy\(number)"
                    for suffix in ["", "-wal"] {
                        try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
                    }
                    try await Scratch.open(copy) { copy async throws in
                        for earlier in 1...number {
                            #expect(try await copy.read { try $0.package(Sample.id(earlier)) } != nil)
                            #expect(try await copy.read { try $0.part(Sample.id(earlier), number: 0)?.count } == 5000)
                        }
                    }
                }
            }
        }
    }

    @Test func anUnansweredWriteIsNotThereAfterAKill() async throws {
        try await Scratch.with { path async throws in
            let isInside = Latch()
            let mayGoOn = Latch()
            try await Scratch.open(path) { database async throws in
                async let write: Void = database.write { transaction in
                    try transaction.insertPackage(Sample.package(1))
                    isInside.open()
                    mayGoOn.wait()
                }
                await isInside.opened()
                for suffix in ["", "-wal"] {
                    try FileManager.default.copyItem(atPath: path + suffix, toPath: path + "-copy" + suffix)
                }
                mayGoOn.open()
                try await write
            }
            try await Scratch.open(path + "-copy") { copy async throws in
                #expect(try await copy.read { try $0.package(Sample.id(1)) } == nil)
            }
        }
    }

    @Test func afterAFailedFlushNothingIsWrittenAnyMore() async throws {
        try await Scratch.with { path async throws in
            let fails = Shared<Bool>(false)
            let commits = Shared<Int>(0)
            let commit: @Sendable (SQLiteWriter) -> CInt = { writer in
                commits.change { $0 += 1 }
                return fails.value ? Self.ioErrorFlush : writer.commit()
            }
            try await Scratch.open(path, commit: commit) { database async throws in
                try await database.write { try $0.insertPackage(Sample.package(1)) }
                fails.set(true)
                let first = await failureKind { try await database.write { try $0.insertPackage(Sample.package(2)) } }
                #expect(first == .unavailable)
                let tried = commits.value

                // The disk is well again, and still the engine takes no second "yes" from it.
                fails.set(false)
                let later = await failureKind { try await database.write { try $0.insertPackage(Sample.package(3)) } }
                #expect(later == .unavailable)
                #expect(commits.value == tried)
                #expect(try await database.read { try $0.package(Sample.id(1)) } != nil)
            }
            try await Scratch.open(path) { database async throws in
                #expect(try await database.read { try $0.package(Sample.id(1)) } != nil)
                #expect(try await database.read { try $0.package(Sample.id(2)) } == nil)
                try await database.write { try $0.insertPackage(Sample.package(3)) }
            }
        }
    }

    @Test func aCommitThatFailsFailsItsWholeGroup() async throws {
        try await Scratch.with { path async throws in
            let code = Shared<CInt>(0)
            let commit: @Sendable (SQLiteWriter) -> CInt = { writer in
                code.value == 0 ? writer.commit() : code.value
            }
            try await Scratch.open(path, commit: commit) { database async throws in
                let isInside = Latch()
                let mayGoOn = Latch()
                code.set(Self.full)
                // The first write holds the writer while the others gather to one group; one of those throws.
                async let first = failureKind {
                    try await database.write { _ in
                        isInside.open()
                        mayGoOn.wait()
                    }
                }
                await isInside.opened()
                let kinds = await withTaskGroup(of: StoreFailure.Kind?.self) { group in
                    for number in 1...8 {
                        group.addTask {
                            await failureKind {
                                try await database.write { transaction in
                                    try transaction.insertPackage(Sample.package(number))
                                    if number == 4 { throw OwnError(number: 4) }
                                }
                            }
                        }
                    }
                    mayGoOn.open()
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(await first == .full)
                #expect(kinds == Array(repeating: .full, count: 8))

                code.set(0)
                for number in 1...8 {
                    #expect(try await database.read { try $0.package(Sample.id(number)) } == nil)
                }
                try await database.write { try $0.insertPackage(Sample.package(1)) }
            }
        }
    }

    /// SQLite gives up the whole transaction when it finds no page, in the middle of a body.
    @Test func aFullDiskIsSaidAndRecoveredFrom() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                try await database.write { try $0.insertPackage(Sample.package(1)) }
                try await database.write { transaction in
                    let pages = try transaction.rows("PRAGMA page_count", [])[0].integer(0)
                    _ = try transaction.rows("PRAGMA max_page_count = \(pages + 40)", [])
                }
                let large = Array(repeating: UInt8(1), count: 1 << 20)
                let kind = await failureKind {
                    try await database.write { try $0.putPart(Sample.id(1), number: 0, sealed: large) }
                }
                #expect(kind == .full)
                let swallowed = await failureKind {
                    try await database.write { transaction in
                        try? transaction.putPart(Sample.id(1), number: 0, sealed: large)
                    }
                }
                #expect(swallowed == .full)
                #expect(try await database.read { try $0.partNumbers(Sample.id(1)) }.isEmpty)

                try await database.write { try $0.putPart(Sample.id(1), number: 1, sealed: [1]) }
                try await database.write { _ = try $0.rows("PRAGMA max_page_count = 1000000", []) }
                try await database.write { try $0.putPart(Sample.id(1), number: 0, sealed: large) }
                #expect(try await database.read { try $0.partNumbers(Sample.id(1)) } == [0, 1])
            }
        }
    }

    @Test func aFullQueueIsBusyAndEmptiesItself() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path, maximumWaiting: 5) { database async throws in
                let isInside = Latch()
                let mayGoOn = Latch()
                async let first: Void = database.write { _ in
                    isInside.open()
                    mayGoOn.wait()
                }
                await isInside.opened()
                // The first is at work and waits no more; of the next twenty, five may wait.
                let outcomes = await withTaskGroup(of: StoreFailure.Kind?.self) { group in
                    for number in 1...20 {
                        group.addTask {
                            do {
                                try await database.write { try $0.insertPackage(Sample.package(number)) }
                                return nil
                            } catch {
                                return (error as? StoreFailure)?.kind
                            }
                        }
                    }
                    var outcomes: [StoreFailure.Kind?] = []
                    while outcomes.count < 15, let outcome = await group.next() { outcomes.append(outcome) }
                    mayGoOn.open()
                    for await outcome in group { outcomes.append(outcome) }
                    return outcomes
                }
                try await first
                #expect(outcomes.filter { $0 == .busy }.count == 15)
                #expect(outcomes.filter { $0 == nil }.count == 5)
                let count = try await database.read { try $0.rows("SELECT count(*) FROM packages", [])[0].integer(0) }
                #expect(count == 5)
                try await database.write { try $0.insertPackage(Sample.package(99)) }
            }
        }
    }

    @Test func groupsAreCutByTheirBytes() async throws {
        try await Scratch.with { path async throws in
            let commits = Shared<Int>(0)
            let commit: @Sendable (SQLiteWriter) -> CInt = { writer in
                commits.change { $0 += 1 }
                return writer.commit()
            }
            try await Scratch.open(path, commit: commit) { database async throws in
                try await database.write { try $0.insertPackage(Sample.package(1)) }
                let isInside = Latch()
                let mayGoOn = Latch()
                async let first: Void = database.write { _ in
                    isInside.open()
                    mayGoOn.wait()
                }
                await isInside.opened()
                let before = commits.value
                let part = Array(repeating: UInt8(1), count: 4 << 20)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<6 {
                        group.addTask {
                            try await database.write { try $0.putPart(Sample.id(1), number: number, sealed: part) }
                        }
                    }
                    mayGoOn.open()
                    try await group.waitForAll()
                }
                try await first
                // One for the first, and at most two parts of 4 MiB in each of the others.
                #expect(commits.value - before >= 4)
            }
        }
    }
}
