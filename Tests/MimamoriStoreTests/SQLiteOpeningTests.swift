// Opening the embedded engine: what it makes, what it proves, and what it refuses to open.

import Foundation
import MimamoriCore
import Testing

@testable import MimamoriStore

@Suite struct SQLiteOpeningTests {
    @Test(arguments: [
        ("synchronous", "2"), ("foreign_keys", "1"), ("trusted_schema", "0"), ("secure_delete", "2"),
        ("temp_store", "2"),
        ("page_size", "8192"),
    ])
    func settingsOfTheWriter(pragma: String, value: String) async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                let found = try await database.write { try $0.rows("PRAGMA \(pragma)", [])[0].integer(0) }
                #expect(String(found) == value)
                #expect(try await database.write { try $0.rows("PRAGMA journal_mode", [])[0].text(0) } == "wal")
            }
        }
    }

    @Test func filesAreTheirOwnersAlone() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                try await database.write { try $0.insertPackage(Sample.package()) }
                for suffix in ["", "-wal", "-shm", ".lock"] {
                    let attributes = try FileManager.default.attributesOfItem(atPath: path + suffix)
                    #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
                }
            }
        }
    }

    @Test func whatWasWrittenIsThereAfterAReopening() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { try await $0.write { try $0.insertPackage(Sample.package()) } }
            try await Scratch.open(path) { database async throws in
                #expect(try await database.read { try $0.package(Sample.id(1)) } == Sample.package())
            }
        }
    }

    @Test func aSecondOpenerIsRefusedUntilTheFirstHasClosed() async throws {
        try await Scratch.with { path async throws in
            let first = try SQLiteDatabase(path: path, create: true)
            #expect(await failureKind { try SQLiteDatabase(path: path, create: true) } == .unavailable)
            await first.close()
            await first.close()
            let second = try SQLiteDatabase(path: path, create: false)
            await second.close()
        }
    }

    @Test func aClosedDatabaseAnswersNothing() async throws {
        try await Scratch.with { path async throws in
            let database = try SQLiteDatabase(path: path, create: true)
            await database.close()
            #expect(await failureKind { try await database.write { try $0.directoryVersion() } } == .unavailable)
            #expect(await failureKind { try await database.read { try $0.directoryVersion() } } == .unavailable)
            #expect(await failureKind { try await database.forgetDeleted() } == .unavailable)
        }
    }

    @Test func closingWaitsForAcceptedWrites() async throws {
        try await Scratch.with { path async throws in
            let database = try SQLiteDatabase(path: path, create: true)
            #expect(try await database.read { try $0.directoryVersion() } == 0)
            let isInside = Latch()
            let mayGoOn = Latch()
            async let first: Void = database.write { _ in
                isInside.open()
                mayGoOn.wait()
            }
            await isInside.opened()
            async let closed: Void = database.close()
            mayGoOn.open()
            try await first
            await closed
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        }
    }

    @Test func aMissingFileIsMadeOnlyOnDemand() async throws {
        try await Scratch.with { path async throws in
            #expect(await failureKind { try SQLiteDatabase(path: path, create: false) } == .unavailable)
            #expect(!FileManager.default.fileExists(atPath: path))
            let nowhere = path + "/no/directory"
            #expect(await failureKind { try SQLiteDatabase(path: nowhere, create: true) } == .unavailable)
        }
    }

    @Test func aNewerSchemaIsRefusedAsOftenAsItIsTried() async throws {
        try await Scratch.with { path async throws in
            let newer = Int64(Migrator.versions.count + 1)
            try await Scratch.open(path) { database async throws in
                _ = try await database.write { transaction in
                    try transaction.execute("UPDATE schema_version SET version = $1", [.integer(newer)])
                }
            }
            for _ in 0..<3 {
                #expect(await failureKind { try SQLiteDatabase(path: path, create: false) } == .schema)
            }
        }
    }

    @Test func aForeignDatabaseIsRefused() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                _ = try await database.write { try $0.execute("ALTER TABLE schema_version RENAME TO theirs", []) }
            }
            #expect(await failureKind { try SQLiteDatabase(path: path, create: false) } == .schema)
        }
    }

    @Test func aFileThatIsNoDatabaseIsRefusedAndLeftAlone() async throws {
        try await Scratch.with { path async throws in
            let content = Data("これはデータベースではありません。".utf8) + Data(repeating: 1, count: 5000)
            try content.write(to: URL(fileURLWithPath: path))
            #expect(await failureKind { try SQLiteDatabase(path: path, create: true) } == .corrupt)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == content)
        }
    }

    private static func schema(_ transaction: any Transaction) throws -> [String] {
        try transaction.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name", [])
            .map { try $0.text(0) }
    }

    @Test func migratingTwiceChangesNothing() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                let before = try await database.read { try Self.schema($0) }
                try await database.write { try Migrator.migrate($0) }
                #expect(try await database.read { try Self.schema($0) } == before)
                #expect(before.count > 10)
            }
        }
    }
}
