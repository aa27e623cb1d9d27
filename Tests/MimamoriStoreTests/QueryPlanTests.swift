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

    func shredding<R>(_ body: () throws -> R) throws -> R { try inner.shredding(body) }

    private func explain(_ sql: String, _ arguments: [SQLValue]) throws {
        let steps = try inner.rows("EXPLAIN QUERY PLAN " + sql, arguments).map { try $0.text(3) }
        plans.append((sql, steps))
    }
}

@Suite struct QueryPlanTests {
    /// Tables that grow with the traffic. The others hold one row, or a directory that is read whole, or, for the
    /// newest checkpoint, are read from their end and no further than one row.
    private static let growing = [
        "packages", "parts", "deliveries", "log_leaves", "data_keys", "relabellings", "duty_acknowledgements",
        "proposals", "proposal_packages", "legal_holds", "disposals", "log_nodes", "cosignatures",
    ]

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
        try everyStatementOfTheLog(transaction)
        try everyStatementOfKeeping(transaction, id)
        _ = try transaction.person(Sample.officer)
        _ = try transaction.isWithdrawn(Sample.fingerprint(1))
    }

    private static func everyStatementOfTheLog(_ transaction: any Transaction) throws {
        let node = LogNodeRow(level: 1, number: 0, hash: [1])
        try transaction.appendLeaf(Sample.leaf(0), frontierPeaks: [1], nodes: [node])
        _ = try transaction.leaves(from: 0, limit: 10)
        _ = try transaction.logHashes(level: 0, 0..<1)
        _ = try transaction.logHashes(level: 1, 0..<1)
        _ = try transaction.logNodeCount(level: 1)
        try transaction.insertCheckpoint(size: 1, time: Sample.time, note: "note")
        _ = try transaction.latestCheckpoint()
        try transaction.deleteCheckpoint(size: 1)
        let cosignature = CosignatureRow(witness: "w", size: 1, time: Sample.time, line: "line")
        _ = try transaction.putCosignature(cosignature)
        _ = try transaction.cosignatures(size: 1)
        _ = try transaction.newestCosignedSize(by: "w")
    }

    private static func everyStatementOfKeeping(_ transaction: any Transaction, _ id: PackageID) throws {
        let day = Sample.day("2032-04-01")
        _ = try transaction.packages(citing: id, limit: 10)
        _ = try transaction.packages(answering: id, by: Sample.station, kind: .referral, limit: 2)
        _ = try transaction.deliveryTimes(id)
        _ = try transaction.packages(storedFrom: Sample.time, after: id, before: Sample.time, limit: 10)
        _ = try transaction.packages(retainedBefore: day, after: (day, id), limit: 10)
        _ = try transaction.packagesWithoutKind(after: nil, limit: 10)
        try transaction.fillInPackage(Sample.package())
        let relabelling = RelabellingRow(
            package: id, decidedAt: Sample.time, confidentiality: 1, sealedStatement: [1])
        _ = try transaction.insertRelabelling(relabelling)
        _ = try transaction.latestRelabelling(of: id)
        try transaction.deleteRelabellings(of: id)
        let acknowledgement = DutyAcknowledgementRow(
            person: Sample.officer, acknowledgedAt: Sample.time, version: "1", sealedStatement: [1])
        _ = try transaction.insertDutyAcknowledgement(acknowledgement)
        _ = try transaction.latestDutyAcknowledgement(of: Sample.officer)
        try transaction.insertProposal(Sample.proposal(), packages: [id])
        _ = try transaction.proposal(Sample.proposalID(1))
        _ = try transaction.packages(ofProposal: Sample.proposalID(1))
        _ = try transaction.proposals(in: .open, limit: 10)
        try transaction.updateProposal(Sample.proposal())
        _ = try transaction.openProposals(.dispose, for: id)
        _ = try transaction.placeHold(id, proposal: Sample.proposalID(1), at: Sample.time)
        try transaction.moveHold(id, to: Sample.proposalID(1))
        _ = try transaction.isOnHold(id)
        _ = try transaction.releaseHold(id)
        try transaction.insertDisposal(id, at: Sample.time, certificate: [1])
        _ = try transaction.disposalCertificate(of: id)
        _ = try transaction.unfinishedDisposals(limit: 10)
        try transaction.finishDisposal(id, at: Sample.time)
        try transaction.emptySealed(id)
        _ = try transaction.destroyDataKey("log")
    }

    @Test func nothingIsScannedOrSorted() async throws {
        try await Scratch.with { path async throws in
            try await Scratch.open(path) { database async throws in
                let plans = try await database.write { transaction in
                    let explaining = Explaining(transaction)
                    try Self.everyHotStatement(explaining)
                    return explaining.plans
                }
                #expect(plans.count >= 60)
                for index in [
                    "packages_by_answers", "packages_by_concerns", "packages_by_storing", "packages_by_retention",
                    "packages_without_kind", "proposals_by_state", "disposals_unfinished",
                ] {
                    #expect(
                        plans.contains { $0.steps.contains { $0.contains("INDEX \(index)") } }, "\(index) is not used")
                }
                #expect(plans.contains { $0.steps.contains { $0.hasPrefix("SEARCH parts USING") } })
                for (sql, steps) in plans {
                    for step in steps {
                        // A scan of a partial index that holds only what is asked for reads nothing else.
                        let scans = Self.growing.contains { table in
                            step.hasPrefix("SCAN \(table)") && !step.contains("INDEX disposals_unfinished")
                        }
                        // What cites one package is found by two indexes and sorted: it is little.
                        let sorts = step.contains("TEMP B-TREE") && !sql.contains("answers = $1 OR concerns = $1")
                        #expect(!scans && !sorts, "\(step): \(sql)")
                    }
                }
            }
        }
    }
}
