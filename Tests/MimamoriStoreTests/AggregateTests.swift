// Every aggregate goes in and comes out as it was, through a real database of each engine.

import MimamoriCore
import Testing

@testable import MimamoriStore

@Suite struct PackageTests {
    @Test(arguments: Engine.allCases) func roundTrip(engine: Engine) async throws {
        try await engine.with { database async throws in
            var begun = Sample.package()
            begun.answers = Sample.id(8)
            begun.concerns = Sample.id(9)
            try await database.write { [begun] in try $0.insertPackage(begun) }
            #expect(try await database.read { try $0.package(Sample.id(1)) } == begun)

            var changed = begun
            changed.state = .rejected
            changed.sealedManifest = Array(repeating: 9, count: 3000)
            changed.sealedRejection = []
            changed.storedAt = Sample.time
            changed.logIndex = 0
            changed.retainedUntil = Sample.day("2032-03-31")
            try await database.write { [changed] in try $0.updatePackage(changed) }
            #expect(try await database.read { try $0.package(Sample.id(1)) } == changed)
            #expect(try await database.read { try $0.package(Sample.id(2)) } == nil)
        }
    }

    @Test(arguments: Engine.allCases) func listIsOldestFirstOfOnePartyAndState(engine: Engine) async throws {
        try await engine.with { database async throws in
            let other = try #require(PersonAddress("aomori-police/aomori:officer"))
            try await database.write { transaction in
                for number in [3, 1, 2] {
                    try transaction.insertPackage(Sample.package(number, state: .awaitingApproval))
                }
                try transaction.insertPackage(Sample.package(4, state: .released))
                try transaction.insertPackage(Sample.package(5, state: .awaitingApproval, sender: other))
            }
            let found = try await database.read { transaction in
                try transaction.packages(ofParty: Sample.station, in: .awaitingApproval, limit: 10)
            }
            #expect(found.map(\.id) == [1, 2, 3].map(Sample.id))
            let first = try await database.read { transaction in
                try transaction.packages(ofParty: Sample.station, in: .awaitingApproval, limit: 1)
            }
            #expect(first.map(\.id) == [Sample.id(1)])
        }
    }

    @Test(arguments: Engine.allCases) func anIdIsTakenOnce(engine: Engine) async throws {
        try await engine.with { database async throws in
            try await database.write { try $0.insertPackage(Sample.package()) }
            let kind = await failureKind { try await database.write { try $0.insertPackage(Sample.package()) } }
            #expect(kind == .corrupt)
            let missing = await failureKind { try await database.write { try $0.updatePackage(Sample.package(2)) } }
            #expect(missing == .corrupt)
        }
    }
}

@Suite struct PartTests {
    @Test(arguments: Engine.allCases) func roundTripAndReplacement(engine: Engine) async throws {
        try await engine.with { database async throws in
            let large = (0..<(4 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let id = Sample.id(1)
            try await database.write { transaction in
                try transaction.insertPackage(Sample.package())
                try transaction.putPart(id, number: 1, sealed: large)
                try transaction.putPart(id, number: 0, sealed: [])
            }
            #expect(try await database.read { try $0.partNumbers(id) } == [0, 1])
            #expect(try await database.read { try $0.part(id, number: 1) } == large)
            #expect(try await database.read { try $0.part(id, number: 0) } == [])
            #expect(try await database.read { try $0.part(id, number: 2) } == nil)
            try await database.write { try $0.putPart(id, number: 1, sealed: [7]) }
            #expect(try await database.read { try $0.part(id, number: 1) } == [7])
        }
    }

    @Test(arguments: Engine.allCases) func deletionInBatches(engine: Engine) async throws {
        try await engine.with { database async throws in
            let id = Sample.id(1)
            try await database.write { transaction in
                for number in 1...2 { try transaction.insertPackage(Sample.package(number)) }
                for number in 0..<7 { try transaction.putPart(id, number: number, sealed: [UInt8(number)]) }
                try transaction.putPart(Sample.id(2), number: 0, sealed: [1])
            }
            var deleted: [Int] = []
            repeat {
                deleted.append(try await database.write { try $0.deleteParts(id, limit: 3) })
            } while deleted.last == 3
            #expect(deleted == [3, 3, 1])
            #expect(try await database.read { try $0.partNumbers(id) }.isEmpty)
            #expect(try await database.read { try $0.partNumbers(Sample.id(2)) } == [0])
        }
    }

    @Test(arguments: Engine.allCases) func aPartNeedsItsPackage(engine: Engine) async throws {
        try await engine.with { database async throws in
            let kind = await failureKind {
                try await database.write { try $0.putPart(Sample.id(1), number: 0, sealed: [1]) }
            }
            #expect(kind == .corrupt)
        }
    }
}

@Suite struct DeliveryTests {
    @Test(arguments: Engine.allCases) func roundTrip(engine: Engine) async throws {
        try await engine.with { database async throws in
            let position = try await database.write { transaction in
                try transaction.insertPackage(Sample.package())
                try transaction.insertDelivery(Sample.delivery(to: Sample.center))
                return try transaction.insertDelivery(Sample.delivery())
            }
            var expected = Sample.delivery()
            expected.position = position
            #expect(try await database.read { try $0.delivery(Sample.id(1), to: Sample.council) } == expected)

            expected.state = .opened
            expected.fetchedAt = Sample.time
            expected.openedAt = Sample.time.advanced(bySeconds: 60)
            expected.sealedReceipt = [4, 5]
            try await database.write { [expected] in try $0.updateDelivery(expected) }
            let all = try await database.read { try $0.deliveries(Sample.id(1)) }
            #expect(all.map(\.recipient) == [Sample.council, Sample.center])
            #expect(all.first == expected)
            #expect(try await database.read { try $0.delivery(Sample.id(1), to: Sample.station) } == nil)
        }
    }

    @Test(arguments: Engine.allCases) func mailboxIsReadByPosition(engine: Engine) async throws {
        try await engine.with { database async throws in
            let positions = try await database.write { transaction in
                try (1...5).map { number in
                    try transaction.insertPackage(Sample.package(number))
                    try transaction.insertDelivery(Sample.delivery(number, to: Sample.center))
                    return try transaction.insertDelivery(Sample.delivery(number))
                }
            }
            #expect(positions == positions.sorted())
            var cancelled = Sample.delivery(3)
            cancelled.state = .cancelled
            try await database.write { [cancelled] in try $0.updateDelivery(cancelled) }
            func mailbox(after position: Int64, limit: Int = 100) async throws -> [Int64] {
                try await database.read { transaction in
                    try transaction.mailbox(Sample.council, after: position, limit: limit).map(\.position)
                }
            }
            #expect(try await mailbox(after: 0) == [positions[0], positions[1], positions[3], positions[4]])
            #expect(try await mailbox(after: positions[1], limit: 1) == [positions[3]])
            #expect(try await mailbox(after: positions[4]).isEmpty)
            // What was disposed of takes no place in a page, or a page could be empty with more behind it.
            try await database.write { transaction in
                for number in [1, 2] { try transaction.updatePackage(Sample.package(number, state: .disposed)) }
            }
            #expect(try await mailbox(after: 0, limit: 1) == [positions[3]])
        }
    }

    @Test(arguments: Engine.allCases) func positionsAreNeverReused(engine: Engine) async throws {
        try await engine.with { database async throws in
            let first = try await database.write { transaction in
                try transaction.insertPackage(Sample.package())
                return try transaction.insertDelivery(Sample.delivery())
            }
            let second = try await database.write { transaction in
                try transaction.execute("DELETE FROM deliveries WHERE position = $1", [.integer(first)])
                return try transaction.insertDelivery(Sample.delivery())
            }
            #expect(second > first)
        }
    }

    @Test(arguments: Engine.allCases) func oneDeliveryForEachRecipient(engine: Engine) async throws {
        try await engine.with { database async throws in
            let kind = await failureKind {
                try await database.write { transaction in
                    try transaction.insertPackage(Sample.package())
                    try transaction.insertDelivery(Sample.delivery())
                    try transaction.insertDelivery(Sample.delivery())
                }
            }
            #expect(kind == .corrupt)
            #expect(try await database.read { try $0.package(Sample.id(1)) } == nil)
            let missing = await failureKind { try await database.write { try $0.updateDelivery(Sample.delivery()) } }
            #expect(missing == .corrupt)
        }
    }
}

@Suite struct DataKeyTests {
    @Test(arguments: Engine.allCases) func roundTripAndNoReplacement(engine: Engine) async throws {
        try await engine.with { database async throws in
            let key = DataKeyRow(owner: "log", keyEncryptionKeyID: "kek-1", wrapped: [1, 2, 3])
            try await database.write { try $0.insertDataKey(key) }
            #expect(try await database.read { try $0.dataKey("log") } == key)
            #expect(try await database.read { try $0.dataKey("other") } == nil)
            let kind = await failureKind { try await database.write { try $0.insertDataKey(key) } }
            #expect(kind == .corrupt)
            #expect(try await database.write { try $0.destroyDataKey("log") })
            #expect(try await database.write { try $0.destroyDataKey("log") } == false)
            #expect(try await database.read { try $0.dataKey("log") } == nil)
        }
    }
}
