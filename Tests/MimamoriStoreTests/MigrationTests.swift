// A database that version 1 made, with rows in it, opened by this version: nothing is lost, and what version 1 did not
// know is found to be filled in.

import MimamoriCore
import Testing

@testable import MimamoriStore

@Suite struct MigrationTests {
    /// Puts the tables of version 1 in the place of the present ones.
    private static func goBack(_ transaction: any Transaction) throws {
        let tables = try transaction.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'", []
        ).map { try $0.text(0) }
        for table in tables where table != "schema_version" { try transaction.execute("DROP TABLE \(table)", []) }
        for statement in SchemaV1.statements { try transaction.execute(statement, []) }
        try transaction.execute("UPDATE schema_version SET version = 1", [])
    }

    /// Rows as version 1 wrote them: a package that is stored, one that is coming in, and what belongs to them.
    private static func fill(_ transaction: any Transaction) throws {
        for (number, stored) in [(1, Sample.time.milliseconds as Int64?), (2, nil)] {
            try transaction.execute(
                """
                INSERT INTO packages (id, state, sender_party, sender_person, manifest_sha256, sealed_manifest,
                    sealed_rejection, total_bytes, part_count, begun_at, stored_at, log_index)
                VALUES ($1, $2, 'aomori-police/hachinohe', 'officer', $3, $4, NULL, 5000, 2, $5, $6, $6)
                """,
                [
                    .text(Sample.id(number).text), .text(stored == nil ? "receiving" : "released"),
                    .text(Sample.digest(1).hexadecimal), .blob([1, 2, 3]),
                    .integer(Sample.time.advanced(bySeconds: Int64(number)).milliseconds), .optional(stored),
                ])
            try transaction.putPart(Sample.id(number), number: 0, sealed: [UInt8(number)])
            try transaction.insertDataKey(
                DataKeyRow(owner: Sample.id(number).text, keyEncryptionKeyID: "k", wrapped: [UInt8(number)]))
        }
        try transaction.insertDelivery(Sample.delivery(1))
        try transaction.appendLeaf(Sample.leaf(0), frontierPeaks: [1])
        try transaction.execute(
            """
            INSERT INTO parties (address, kind, name, kana, aliases) VALUES ('aomori/hachinohe-shi', 'council', '八戸市',
                '', '[]')
            """, [])
    }

    @Test func theRowsOfVersion1ArePresentAndToBeFilledIn() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                try await database.write { transaction in
                    try Self.goBack(transaction)
                    try Self.fill(transaction)
                }
            }
            try await Scratch.open(path) { database async throws in
                var stored = Sample.package(1, state: .released, kind: nil)
                stored.storedAt = Sample.time
                stored.logIndex = Sample.time.milliseconds
                #expect(try await database.read { try $0.package(Sample.id(1)) } == stored)
                #expect(try await database.read { try $0.package(Sample.id(2)) } == Sample.package(2, kind: nil))
                #expect(try await database.read { try $0.part(Sample.id(2), number: 0) } == [2])
                #expect(try await database.read { try $0.dataKey(Sample.id(1).text) }?.wrapped == [1])
                #expect(try await database.read { try $0.delivery(Sample.id(1), to: Sample.council) } != nil)
                #expect(try await database.read { try $0.logFrontier().size } == 1)
                #expect(
                    try await database.read { try $0.parties() }
                        == [Party(address: Sample.council, kind: .council, name: "八戸市")])

                func open(after id: PackageID?, limit: Int = 9) async throws -> [PackageID] {
                    try await database.read { try $0.packagesWithoutKind(after: id, limit: limit).map(\.id) }
                }
                #expect(try await open(after: nil) == [1, 2].map(Sample.id))
                #expect(try await open(after: nil, limit: 1) == [Sample.id(1)])
                #expect(try await open(after: Sample.id(1)) == [Sample.id(2)])

                stored.kind = .referral
                stored.answers = Sample.id(7)
                stored.concerns = Sample.id(8)
                stored.retainedUntil = Sample.day("2032-03-31")
                try await database.write { [stored] in try $0.fillInPackage(stored) }
                #expect(try await database.read { try $0.package(Sample.id(1)) } == stored)
                #expect(try await open(after: nil) == [Sample.id(2)])
                // What is filled in stays as it is.
                var other = stored
                other.kind = .notice
                try await database.write { [other] in try $0.fillInPackage(other) }
                #expect(try await database.read { try $0.package(Sample.id(1)) } == stored)
            }
        }
    }

    /// A migrated database and a new one have the same tables and indexes.
    @Test func bothWaysLeadToOneSchema() async throws {
        @Sendable func schema(_ transaction: any Transaction) throws -> [String] {
            try transaction.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name", []).map {
                "\(try $0.text(0)): \(try $0.text(1))"
            }
        }
        try await Scratch.with { path async throws in
            let fresh = try await Scratch.open(path) { database async throws in
                let fresh = try await database.read { try schema($0) }
                try await database.write { transaction in
                    try Self.goBack(transaction)
                    try Self.fill(transaction)
                }
                return fresh
            }
            let migrated = try await Scratch.open(path) { try await $0.read { try schema($0) } }
            #expect(migrated == fresh)
        }
    }
}
