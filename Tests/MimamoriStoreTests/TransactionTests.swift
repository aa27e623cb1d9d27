// The contract of Database.swift: what a write and a read are, alone and among many at once.

import MimamoriCore
import Testing

@testable import MimamoriStore

@Suite struct TransactionTests {
    @Test(arguments: Engine.allCases) func anErrorTakesBackItsOwnBodyAndNoOther(engine: Engine) async throws {
        try await engine.with { database async throws in
            try await database.write { try $0.insertPackage(Sample.package(0)) }
            // All at once, so that they share transactions; every third one throws after it has written.
            let failed = try await withThrowingTaskGroup(of: Int?.self) { group in
                for number in 1...90 {
                    group.addTask {
                        do {
                            try await database.write { transaction in
                                try transaction.insertPackage(Sample.package(number))
                                try transaction.putPart(Sample.id(number), number: 0, sealed: [1])
                                if number.isMultiple(of: 3) { throw OwnError(number: number) }
                            }
                            return nil
                        } catch let error as OwnError {
                            return error.number
                        }
                    }
                }
                return try await group.reduce(into: Set<Int>()) { $0.formUnion($1.map { [$0] } ?? []) }
            }
            #expect(failed == Set(stride(from: 3, through: 90, by: 3)))
            for number in 0...90 {
                let isThere = try await database.read { try $0.package(Sample.id(number)) } != nil
                #expect(isThere == !failed.contains(number), "package \(number)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func aStatementThatFailsTakesBackTheWholeBody(engine: Engine) async throws {
        try await engine.with { database async throws in
            let kind = await failureKind {
                try await database.write { transaction in
                    try transaction.insertPackage(Sample.package(1))
                    try transaction.insertPackage(Sample.package(1))
                }
            }
            #expect(kind == .corrupt)
            #expect(try await database.read { try $0.package(Sample.id(1)) } == nil)
        }
    }

    @Test(arguments: Engine.allCases) func manyWritersAllLandExactlyOnce(engine: Engine) async throws {
        try await engine.with { database async throws in
            let writers = 64
            let writes = 200
            let runs = Shared<Int>(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        for write in 0..<writes {
                            try await database.write { transaction in
                                runs.change { $0 += 1 }
                                try transaction.insertDataKey(
                                    DataKeyRow(owner: "\(writer)/\(write)", keyEncryptionKeyID: "k", wrapped: [1]))
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await database.read { try $0.rows("SELECT count(*) FROM data_keys", [])[0].integer(0) }
            #expect(count == Int64(writers * writes))
            #expect(runs.value == writers * writes)
        }
    }

    @Test(arguments: Engine.allCases) func aWriteSeesEveryEarlierOne(engine: Engine) async throws {
        try await engine.with { database async throws in
            // Lost updates would make the sum smaller.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<300 {
                    group.addTask {
                        try await database.write { transaction in
                            let version = try transaction.directoryVersion()
                            try transaction.execute("UPDATE directory SET version = $1", [.integer(version + 1)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.read { try $0.directoryVersion() } == 300)
        }
    }

    @Test(arguments: Engine.allCases) func aReadWaitsForNoWrite(engine: Engine) async throws {
        try await engine.with { database async throws in
            try await database.write { try $0.insertPackage(Sample.package(1)) }
            let isInside = Latch()
            let mayGoOn = Latch()
            async let write: Void = database.write { transaction in
                try transaction.insertPackage(Sample.package(2))
                isInside.open()
                mayGoOn.wait()
            }
            await isInside.opened()
            // The writer stands in the middle of its transaction until the reads are done.
            for _ in 0..<10 {
                #expect(try await database.read { try $0.package(Sample.id(1)) } != nil)
                #expect(try await database.read { try $0.package(Sample.id(2)) } == nil)
            }
            mayGoOn.open()
            try await write
            #expect(try await database.read { try $0.package(Sample.id(2)) } != nil)
        }
    }

    @Test(arguments: Engine.allCases) func aReadSeesOneMoment(engine: Engine) async throws {
        try await engine.with { database async throws in
            let hasLooked = Latch()
            let mayGoOn = Latch()
            async let versions = database.read { transaction in
                let first = try transaction.directoryVersion()
                hasLooked.open()
                mayGoOn.wait()
                return [first, try transaction.directoryVersion()]
            }
            await hasLooked.opened()
            // No write waits for the read that is under way.
            _ = try await database.write { try $0.execute("UPDATE directory SET version = 7", []) }
            mayGoOn.open()
            #expect(try await versions == [0, 0])
            #expect(try await database.read { try $0.directoryVersion() } == 7)
        }
    }

    @Test(arguments: Engine.allCases) func aReadChangesNothing(engine: Engine) async throws {
        try await engine.with { database async throws in
            let kind = await failureKind { try await database.read { try $0.insertPackage(Sample.package()) } }
            #expect(kind == .unavailable)
            #expect(try await database.read { try $0.package(Sample.id(1)) } == nil)
        }
    }

    @Test(arguments: Engine.allCases) func anOwnErrorComesOutOfARead(engine: Engine) async throws {
        try await engine.with { database async throws in
            let body: @Sendable (any Transaction) throws -> Void = { _ in throw OwnError(number: 4) }
            await #expect(throws: OwnError(number: 4)) { try await database.read(body) }
        }
    }

    @Test(arguments: Engine.allCases) func acceptedWritesOutliveTheirTask(engine: Engine) async throws {
        try await engine.with { database async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { try await database.write { try $0.insertPackage(Sample.package(1)) } }
                try await group.waitForAll()
            }
            #expect(try await database.read { try $0.package(Sample.id(1)) } != nil)
        }
    }

    private static let values: [SQLValue] = [
        .null, .integer(.min), .integer(.max), .text(""), .text("八戸市 — 'quoted' $1 ?1\u{0}tail"), .blob([]),
        .blob([0, 255]), .blob(Array(repeating: 7, count: 100_000)),
    ]

    @Test(arguments: Engine.allCases, values) func valuesComeBackAsTheyWent(
        engine: Engine, value: SQLValue
    ) async throws {
        try await engine.with { database async throws in
            // Parameters go by their numbers, in whatever order the statement names them.
            let row = try #require(
                try await database.read { transaction in
                    try transaction.rows("SELECT $2, $1, $2, '$1'", [.integer(1), value]).first
                })
            #expect(try row.integer(1) == 1)
            #expect(try row.text(3) == "$1")
            switch value {
            case .null: #expect(try row.optionalText(0) == nil && row.optionalBlob(0) == nil)
            case .integer(let number): #expect(try row.optionalInteger(2) == number)
            case .text(let text): #expect(try row.optionalText(0) == text)
            case .blob(let bytes): #expect(try row.optionalBlob(2) == bytes)
            }
        }
    }

    @Test(arguments: Engine.allCases) func aValueOfAnotherKindIsDamage(engine: Engine) async throws {
        try await engine.with { database async throws in
            let row = try #require(
                try await database.read { try $0.rows("SELECT $1, $2", [.text("seven"), .null]).first })
            #expect(await failureKind { try row.integer(0) } == .corrupt)
            #expect(await failureKind { try row.blob(0) } == .corrupt)
            #expect(await failureKind { try row.text(1) } == .corrupt)
            #expect(await failureKind { try row.value(0, PackageState.init) } == .corrupt)
        }
    }
}

@Suite struct ParameterTests {
    @Test(arguments: [
        ("SELECT 1", "SELECT 1"), ("a = $1 AND b = $12", "a = ?1 AND b = ?12"), ("'$1' = $2", "'$1' = ?2"),
        ("'it''s $1', $1", "'it''s $1', ?1"), ("$ $x $1", "$ $x ?1"), ("$", "$"),
    ])
    func rewriting(sql: String, expected: String) {
        let parameters = SQLiteParameters()
        #expect(parameters.rewritten(sql) == expected)
        #expect(parameters.rewritten(sql) == expected)
    }
}
