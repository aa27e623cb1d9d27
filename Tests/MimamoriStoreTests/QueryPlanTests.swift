// Every statement on a hot path finds its rows by an index, so that a package costs the same among ten million: SQLite
// is asked for the plan of each statement while it is run.

import MimamoriCore
import Testing

@testable import MimamoriStore

/// Runs statements and keeps the plan of each.
private final class Explaining: Transaction {
    private let inner: any Transaction
    private(set) var plans: [(sql: String, steps: [String])] = []

    init(_ inner: any Transaction) { self.inner = inner }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try explain(sql, arguments)
        return try inner.execute(sql, arguments)
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        try explain(sql, arguments)
        return try inner.rows(sql, arguments)
    }

    private func explain(_ sql: String, _ arguments: [SQLValue]) throws {
        let steps = try inner.rows("EXPLAIN QUERY PLAN " + sql, arguments).map { try $0.text(3) }
        plans.append((sql, steps))
    }
}

@Suite struct QueryPlanTests {
    /// Tables that grow with the traffic. The others hold one row, or a directory that is read whole, or, for the
    /// newest checkpoint, are read from their end and no further than one row.
    private static let growing = ["packages", "parts", "deliveries", "log_leaves", "data_keys"]

    private static func everyHotStatement(_ transaction: any Transaction) throws {
        let id = Sample.id(1)
        try transaction.insertPackage(Sample.package())
        _ = try transaction.package(id)
        try transaction.updatePackage(Sample.package())
        _ = try transaction.packages(ofParty: Sample.station, in: .receiving, limit: 10)
        try transaction.putPart(id, number: 0, sealed: [1])
        _ = try transaction.part(id, number: 0)
        _ = try transaction.partNumbers(id)
        _ = try transaction.deleteParts(id, limit: 10)
        try transaction.insertDelivery(Sample.delivery())
        _ = try transaction.delivery(id, to: Sample.council)
        _ = try transaction.deliveries(id)
        try transaction.updateDelivery(Sample.delivery())
        _ = try transaction.mailbox(Sample.council, after: 0, limit: 10)
        try transaction.insertDataKey(DataKeyRow(owner: "log", keyEncryptionKeyID: "k", wrapped: []))
        _ = try transaction.dataKey("log")
        try transaction.appendLeaf(Sample.leaf(0), frontierPeaks: [1])
        _ = try transaction.leaves(from: 0, limit: 10)
        try transaction.insertCheckpoint(size: 1, time: Sample.time, note: "note")
        _ = try transaction.latestCheckpoint()
        _ = try transaction.person(Sample.officer)
        _ = try transaction.isWithdrawn(Sample.fingerprint(1))
    }

    @Test func nothingIsScannedOrSorted() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                let plans = try await database.write { transaction in
                    let explaining = Explaining(transaction)
                    try Self.everyHotStatement(explaining)
                    return explaining.plans
                }
                #expect(plans.count >= 21)
                #expect(plans.contains { $0.steps.contains { $0.hasPrefix("SEARCH parts USING") } })
                for (sql, steps) in plans {
                    for step in steps {
                        let scans = Self.growing.contains { step == "SCAN \($0)" }
                        #expect(!scans && !step.contains("TEMP B-TREE"), "\(step): \(sql)")
                    }
                }
            }
        }
    }
}
