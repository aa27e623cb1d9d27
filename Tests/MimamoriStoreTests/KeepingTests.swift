// What schema 2 keeps about packages: what cites what, when retention ends, relabellings, acknowledgements, proposals,
// holds and disposals, through a real database of each engine.

import MimamoriCore
import Testing

@testable import MimamoriStore

@Suite struct PackageListTests {
    @Test(arguments: Engine.allCases) func whatCitesAPackage(engine: Engine) async throws {
        try await engine.with { database async throws in
            try await database.write { transaction in
                for number in [4, 1, 3, 2] {
                    var row = Sample.package(number)
                    if number == 2 { row.answers = Sample.id(1) }
                    if number == 3 { row.concerns = Sample.id(1) }
                    if number == 4 { (row.answers, row.concerns) = (Sample.id(1), Sample.id(1)) }
                    try transaction.insertPackage(row)
                }
            }
            let all = try await database.read { try $0.packages(citing: Sample.id(1), limit: 10) }
            #expect(all.map(\.id) == [2, 3, 4].map(Sample.id))
            let two = try await database.read { try $0.packages(citing: Sample.id(1), limit: 2) }
            #expect(two.map(\.id) == [2, 3].map(Sample.id))
            #expect(try await database.read { try $0.packages(citing: Sample.id(2), limit: 2) }.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func aSpanOfTimeInPages(engine: Engine) async throws {
        try await engine.with { database async throws in
            // Two were stored in one millisecond, one was never completed, one is stored when the span ends.
            let seconds: [Int64?] = [0, 10, 10, nil, 20, 30]
            try await database.write { transaction in
                for (number, second) in seconds.enumerated() {
                    var row = Sample.package(number + 1)
                    row.storedAt = second.map { Sample.time.advanced(bySeconds: $0) }
                    try transaction.insertPackage(row)
                }
            }
            let (start, end) = (Sample.time.advanced(bySeconds: 10), Sample.time.advanced(bySeconds: 30))
            func page(_ from: Timestamp, _ after: PackageID?, _ limit: Int) async throws -> [PackageRow] {
                try await database.read {
                    try $0.packages(storedFrom: from, after: after, before: end, limit: limit)
                }
            }
            #expect(try await page(start, nil, 10).map(\.id) == [2, 3, 5].map(Sample.id))
            let first = try #require(try await page(start, nil, 1).first)
            #expect(first.id == Sample.id(2))
            #expect(try await page(first.storedAt ?? start, first.id, 10).map(\.id) == [3, 5].map(Sample.id))
        }
    }

    @Test(arguments: Engine.allCases) func whoseRetentionHasEnded(engine: Engine) async throws {
        try await engine.with { database async throws in
            let days: [String?] = ["2032-03-31", "2031-03-31", nil, "2031-03-31", "2032-04-01", "2030-03-31"]
            try await database.write { transaction in
                for (index, day) in days.enumerated() {
                    var row = Sample.package(index + 1, state: index == 5 ? .disposed : .released)
                    row.retainedUntil = day.map(Sample.day)
                    try transaction.insertPackage(row)
                }
            }
            func page(
                _ before: String, _ after: (day: CivilDate, id: PackageID)? = nil, limit: Int = 10
            ) async throws -> [PackageID] {
                try await database.read {
                    try $0.packages(retainedBefore: Sample.day(before), after: after, limit: limit).map(\.id)
                }
            }
            // On its last day a package is still kept.
            #expect(try await page("2032-03-31") == [2, 4].map(Sample.id))
            #expect(try await page("2032-04-01") == [2, 4, 1].map(Sample.id))
            #expect(try await page("2032-04-02", limit: 3) == [2, 4, 1].map(Sample.id))
            let after = (day: Sample.day("2031-03-31"), id: Sample.id(2))
            #expect(try await page("2032-04-02", after) == [4, 1, 5].map(Sample.id))
        }
    }
}

@Suite struct StatementRowTests {
    @Test(arguments: Engine.allCases) func theNewestRelabellingHolds(engine: Engine) async throws {
        try await engine.with { database async throws in
            @Sendable func row(_ second: Int64, _ confidentiality: Int) -> RelabellingRow {
                RelabellingRow(
                    package: Sample.id(1), decidedAt: Sample.time.advanced(bySeconds: second),
                    confidentiality: confidentiality, sealedStatement: [UInt8(confidentiality)])
            }
            let fresh = try await database.write { transaction in
                for number in [1, 2] { try transaction.insertPackage(Sample.package(number)) }
                return try [row(10, 1), row(5, 2), row(10, 2)].map { try transaction.insertRelabelling($0) }
            }
            #expect(fresh == [true, true, false])
            #expect(try await database.read { try $0.latestRelabelling(of: Sample.id(1)) } == row(10, 1))
            #expect(try await database.read { try $0.latestRelabelling(of: Sample.id(2)) } == nil)
            try await database.write { try $0.deleteRelabellings(of: Sample.id(1)) }
            #expect(try await database.read { try $0.latestRelabelling(of: Sample.id(1)) } == nil)
        }
    }

    @Test(arguments: Engine.allCases) func theNewestAcknowledgementHolds(engine: Engine) async throws {
        try await engine.with { database async throws in
            @Sendable func row(_ second: Int64, _ version: String) -> DutyAcknowledgementRow {
                DutyAcknowledgementRow(
                    person: Sample.officer, acknowledgedAt: Sample.time.advanced(bySeconds: second),
                    version: version, sealedStatement: Array(version.utf8))
            }
            let fresh = try await database.write { transaction in
                try [row(10, "b"), row(5, "a"), row(10, "c")].map { try transaction.insertDutyAcknowledgement($0) }
            }
            #expect(fresh == [true, true, false])
            #expect(
                try await database.read { try $0.latestDutyAcknowledgement(of: Sample.officer) } == row(10, "b"))
            let other = try #require(PersonAddress("aomori/hachinohe-shi:clerk"))
            #expect(try await database.read { try $0.latestDutyAcknowledgement(of: other) } == nil)
        }
    }
}

@Suite struct ProposalRowTests {
    @Test(arguments: Engine.allCases) func roundTrip(engine: Engine) async throws {
        try await engine.with { database async throws in
            var proposal = Sample.proposal()
            try await database.write { [proposal] transaction in
                for number in 1...3 { try transaction.insertPackage(Sample.package(number)) }
                try transaction.insertProposal(proposal, packages: [3, 1].map(Sample.id))
            }
            #expect(try await database.read { try $0.proposal(Sample.proposalID(1)) } == proposal)
            #expect(
                try await database.read { try $0.packages(ofProposal: Sample.proposalID(1)) } == [1, 3].map(Sample.id))
            #expect(try await database.read { try $0.proposal(Sample.proposalID(2)) } == nil)

            proposal.state = .confirmed
            proposal.decidedBy = PersonAddress("aomori-relay/office:administrator")
            proposal.decidedAt = Sample.time
            try await database.write { [proposal] in try $0.updateProposal(proposal) }
            #expect(try await database.read { try $0.proposal(Sample.proposalID(1)) } == proposal)
            let missing = await failureKind {
                try await database.write { try $0.updateProposal(Sample.proposal(2)) }
            }
            #expect(missing == .corrupt)
        }
    }

    @Test(arguments: Engine.allCases) func aProposalNamesPackagesThatExist(engine: Engine) async throws {
        try await engine.with { database async throws in
            let kind = await failureKind {
                try await database.write { try $0.insertProposal(Sample.proposal(), packages: [Sample.id(1)]) }
            }
            #expect(kind == .corrupt)
            #expect(try await database.read { try $0.proposal(Sample.proposalID(1)) } == nil)
        }
    }

    @Test(arguments: Engine.allCases) func listsAreOfOneState(engine: Engine) async throws {
        try await engine.with { database async throws in
            try await database.write { transaction in
                for number in 1...2 { try transaction.insertPackage(Sample.package(number)) }
                try transaction.insertProposal(Sample.proposal(1), packages: [Sample.id(1)])
                try transaction.insertProposal(Sample.proposal(2, .hold), packages: [1, 2].map(Sample.id))
                try transaction.insertProposal(Sample.proposal(3), packages: [Sample.id(1)])
                try transaction.insertProposal(Sample.proposal(4, state: .withdrawn), packages: [Sample.id(1)])
            }
            func list(_ state: Proposal.State, limit: Int = 10) async throws -> [ProposalID] {
                try await database.read { try $0.proposals(in: state, limit: limit).map(\.id) }
            }
            #expect(try await list(.open) == [3, 2, 1].map(Sample.proposalID))
            #expect(try await list(.open, limit: 1) == [Sample.proposalID(3)])
            #expect(try await list(.withdrawn) == [Sample.proposalID(4)])
            #expect(try await list(.confirmed).isEmpty)
            func open(_ action: Proposal.Action, _ number: Int) async throws -> [ProposalID] {
                try await database.read { try $0.openProposals(action, for: Sample.id(number)) }
            }
            #expect(try await open(.dispose, 1) == [1, 3].map(Sample.proposalID))
            #expect(try await open(.hold, 2) == [Sample.proposalID(2)])
            #expect(try await open(.dispose, 2).isEmpty)
        }
    }
}

@Suite struct HoldTests {
    @Test(arguments: Engine.allCases) func aHoldStandsUntilItIsReleased(engine: Engine) async throws {
        try await engine.with { database async throws in
            let id = Sample.id(1)
            let placed = try await database.write { transaction in
                try transaction.insertPackage(Sample.package())
                for number in 1...2 { try transaction.insertProposal(Sample.proposal(number, .hold), packages: [id]) }
                return try (1...2).map {
                    try transaction.placeHold(id, proposal: Sample.proposalID($0), at: Sample.time)
                }
            }
            #expect(placed == [true, false])
            #expect(try await database.read { try $0.hold(on: id) } == Sample.proposalID(1))
            try await database.write { try $0.moveHold(id, to: Sample.proposalID(2)) }
            #expect(try await database.read { try $0.hold(on: id) } == Sample.proposalID(2))
            #expect(try await database.read { try $0.isOnHold(id) })
            #expect(try await database.write { try $0.releaseHold(id) })
            #expect(try await database.write { try $0.releaseHold(id) } == false)
            #expect(try await database.read { try $0.isOnHold(id) } == false)
            let kind = await failureKind {
                try await database.write { try $0.moveHold(id, to: Sample.proposalID(2)) }
            }
            #expect(kind == .corrupt)
        }
    }
}

@Suite struct DisposalTests {
    @Test(arguments: Engine.allCases) func whatIsLeftOfADisposedPackage(engine: Engine) async throws {
        try await engine.with { database async throws in
            let id = Sample.id(1)
            try await database.write { transaction in
                for number in 1...2 {
                    var row = Sample.package(number)
                    row.sealedRejection = [1]
                    try transaction.insertPackage(row)
                    var delivery = Sample.delivery(number)
                    delivery.sealedReceipt = [2]
                    try transaction.insertDelivery(delivery)
                }
                try transaction.insertDisposal(id, at: Sample.time, certificate: [7, 7])
                try transaction.emptySealed(id)
            }
            let row = try #require(try await database.read { try $0.package(id) })
            #expect(row.sealedManifest == [] && row.sealedRejection == nil)
            #expect(row.manifestSHA256 == Sample.digest(1))
            #expect(try await database.read { try $0.delivery(id, to: Sample.council) }?.sealedReceipt == nil)
            #expect(try await database.read { try $0.disposalCertificate(of: id) } == [7, 7])
            // The other one is as it was.
            #expect(try await database.read { try $0.package(Sample.id(2)) }?.sealedRejection == [1])
            #expect(try await database.read { try $0.delivery(Sample.id(2), to: Sample.council) }?.sealedReceipt == [2])
            #expect(try await database.read { try $0.disposalCertificate(of: Sample.id(2)) } == nil)
            let kind = await failureKind {
                try await database.write { try $0.insertDisposal(id, at: Sample.time, certificate: []) }
            }
            #expect(kind == .corrupt)
        }
    }

    @Test(arguments: Engine.allCases) func unfinishedOnesAreFound(engine: Engine) async throws {
        try await engine.with { database async throws in
            try await database.write { transaction in
                for number in 1...3 {
                    try transaction.insertPackage(Sample.package(number))
                    try transaction.insertDisposal(Sample.id(number), at: Sample.time, certificate: [1])
                }
                try transaction.finishDisposal(Sample.id(2), at: Sample.time)
            }
            #expect(try await database.read { try $0.unfinishedDisposals(limit: 9) } == [1, 3].map(Sample.id))
            #expect(try await database.read { try $0.unfinishedDisposals(limit: 1) } == [Sample.id(1)])
        }
    }
}
