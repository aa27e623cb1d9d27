// Two persons (SD-ACC-6): who may propose, confirm and withdraw, what each does to a hold, and what is refused.

import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriStore
import MimamoriWire
import Testing

@Suite struct ProposalTests {
    @Test func whatIsNoProposalIsRefusedWithTheReason() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let id = try await keepers.notice().id
            let unknown = PackageID(at: fixture.clock.world.now(), random: Array(repeating: 7, count: 10))
            let many = (0...Proposal.mostPackages).map {
                PackageID(at: Timestamp(milliseconds: Int64($0)), random: Array(repeating: 7, count: 10))
            }
            let long = String(repeating: "長", count: Proposal.longestReason + 1)
            let table: [(Proposal.Action, [PackageID], String, Refusal.Code)] = [
                (.hold, [], "理由", .proposalInvalid), (.hold, [id, id], "理由", .proposalInvalid),
                (.hold, many, "理由", .proposalInvalid), (.hold, [id, unknown], "理由", .proposalInvalid),
                (.dispose, [unknown], "理由", .proposalInvalid), (.hold, [id], "", .proposalInvalid),
                (.hold, [id], " \n　", .proposalInvalid), (.hold, [id], long, .proposalInvalid),
                (.releaseHold, [id], "理由", .proposalInvalid), (.dispose, [id], "理由", .retentionNotEnded),
            ]
            let before = try await keepers.leaves().count
            for (action, packages, reason, code) in table {
                let request = ProposalRequest(action: action, packages: packages, reason: reason)
                let codes = try await refusals { _ = try await relay.propose(request, by: keepers.first) }
                #expect(codes == [code], "\(action) \(packages.count) \(reason.prefix(5))")
            }
            let refused = try await keepers.leaves().dropFirst(before).filter { $0.action == .proposalMade }
            #expect(refused.count == table.count && refused.allSatisfy { $0.outcome == .refused })
            #expect(try await relay.proposals(in: .open, by: keepers.first).items.isEmpty)
            #expect(try await fixture.database.read { try $0.isOnHold(id) } == false)
        }
    }

    @Test func refusalsNameThePackages() async throws {
        try await RelayFixture.with { fixture in
            let keepers = try await Keepers(fixture)
            let ids = [try await keepers.notice().id, try await keepers.notice().id]
            _ = try await keepers.propose(.hold, [ids[0]])
            do {
                _ = try await keepers.propose(.dispose, ids)
                Issue.record("nothing was refused")
            } catch let refusals as Refusals {
                #expect(refusals.all.map(\.code) == [.retentionNotEnded, .onLegalHold])
                #expect(refusals.all[0].message.en.hasPrefix("\(ids[0]), \(ids[1]): "))
                #expect(refusals.all[1].message.ja.hasPrefix("\(ids[0]): "))
            }
        }
    }

    @Test func onlyThoseWhoDecideAboutKeepingMay() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let id = try await keepers.notice().id
            let proposal = try await keepers.propose(.hold, [id])
            let request = ProposalRequest(action: .hold, packages: [id], reason: "理由")
            for caller in [keepers.officer, keepers.chief, keepers.clerk, keepers.auditor] {
                let codes = [
                    try await refusals { _ = try await relay.propose(request, by: caller) },
                    try await refusals { _ = try await relay.proposals(in: .open, by: caller) },
                    try await refusals { _ = try await relay.confirm(proposal, by: caller) },
                    try await refusals { _ = try await relay.withdraw(proposal, by: caller) },
                ]
                #expect(codes == Array(repeating: [.roleMissing], count: 4))
            }
            #expect(try await relay.confirm(proposal, by: keepers.administrator).done == [id])
        }
    }

    @Test(arguments: Proposal.Action.allCases) func nobodyConfirmsTheirOwn(_ action: Proposal.Action) async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let id = try await keepers.notice().id
            if action == .releaseHold { _ = try await keepers.propose(.hold, [id]) }
            try keepers.moveToDue()
            let proposal = try await keepers.propose(action, [id])
            let codes = try await refusals { _ = try await relay.confirm(proposal, by: keepers.first) }
            #expect(codes == [.confirmerIsProposer])
            #expect(try await relay.proposals(in: .open, by: keepers.first).items.first?.id == proposal)
            #expect(try await keepers.row(id)?.state == .released)
            #expect(try await fixture.database.read { try $0.isOnHold(id) } == (action != .dispose))
            let refused = try await keepers.leaves(on: proposal.text).last
            #expect(refused?.action == .proposalConfirmed && refused?.outcome == .refused)

            let outcome = try await relay.confirm(proposal, by: keepers.second)
            #expect(outcome.done == [id] && outcome.left.isEmpty)
            #expect(try await keepers.row(id)?.state == (action == .dispose ? .disposed : .released))
            #expect(try await fixture.database.read { try $0.isOnHold(id) } == (action == .hold))
        }
    }

    @Test func aDecidedProposalIsDecided() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let id = try await keepers.notice().id
            let withdrawn = try await keepers.propose(.hold, [id])
            let confirmed = try await keepers.propose(.hold, [id])
            // Another operator cannot take it back; an administrator can, and whoever made it.
            let codes = try await refusals { _ = try await relay.withdraw(withdrawn, by: keepers.second) }
            #expect(codes == [.roleMissing])
            #expect(try await relay.withdraw(withdrawn, by: keepers.first).state == .withdrawn)
            let again = try await relay.withdraw(withdrawn, by: keepers.administrator)
            #expect(again.decidedBy == keepers.first.person.address)
            _ = try await relay.confirm(confirmed, by: keepers.second)
            let unknown = ProposalID(at: fixture.clock.world.now(), random: Array(repeating: 1, count: 10))
            let conflicts = [
                try await refusals { _ = try await relay.confirm(withdrawn, by: keepers.second) },
                try await refusals { _ = try await relay.confirm(confirmed, by: keepers.administrator) },
                try await refusals { _ = try await relay.withdraw(confirmed, by: keepers.first) },
                try await refusals { _ = try await relay.confirm(unknown, by: keepers.second) },
                try await refusals { _ = try await relay.withdraw(unknown, by: keepers.second) },
            ]
            #expect(conflicts == [[.stateConflict], [.stateConflict], [.stateConflict], [.notFound], [.notFound]])
            let counts = try await keepers.leaves().filter { $0.outcome == .done }.map(\.action)
            #expect(counts.count { $0 == .proposalWithdrawn } == 1 && counts.count { $0 == .proposalConfirmed } == 1)
        }
    }

    @Test func theReasonIsForThoseWhoDecideAlone() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let id = try await keepers.notice().id
            let reason = "canary-reason 見守 花子の件"
            let older = try await keepers.propose(.hold, [id])
            fixture.clock.advance(seconds: 1)
            let proposal = try await relay.propose(
                ProposalRequest(action: .hold, packages: [id], reason: reason), by: keepers.first)
            #expect(proposal.reason == reason && proposal.packages == [id] && proposal.state == .open)
            let listed = try await relay.proposals(in: .open, by: keepers.second).items
            #expect(listed.map(\.id) == [proposal.id, older] && listed.first == proposal)
            #expect(try await keepers.files(holding: Array("canary-reason".utf8)).isEmpty)
            #expect(try await keepers.leaves().allSatisfy { $0.reason?.contains("canary") != true })
            #expect(try await keepers.leaves(on: "open").map(\.action) == [.proposalsListed])
        }
    }
}

@Suite struct HoldProposalTests {
    @Test func aHoldTakesEffectAtOnce() async throws {
        try await RelayFixture.with { fixture in
            let keepers = try await Keepers(fixture)
            let id = try await keepers.notice().id
            try keepers.moveToDue()
            let hold = try await keepers.propose(.hold, [id])
            let due = try await fixture.relay.dueDisposals(before: nil, after: nil, by: keepers.first)
            #expect(due.items.map(\.isOnHold) == [true])
            #expect(try await refusals { _ = try await keepers.propose(.dispose, [id]) } == [.onLegalHold])
            _ = try await fixture.relay.withdraw(hold, by: keepers.first)
            #expect(try await keepers.dispose([id]).done == [id])
            let leaves = try await keepers.leaves(on: id.text).map(\.action)
            #expect(leaves.filter { $0 != .packageStored } == [.holdPlaced, .holdReleased, .packageDisposed])
        }
    }

    @Test func aConfirmedHoldOutlivesOtherProposals() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let id = try await keepers.notice().id
            func isOnHold() async throws -> Bool { try await fixture.database.read { try $0.isOnHold(id) } }
            let first = try await keepers.propose(.hold, [id])
            let second = try await keepers.propose(.hold, [id], by: keepers.second)
            // While another asks for it too, it stands.
            _ = try await relay.withdraw(first, by: keepers.first)
            #expect(try await isOnHold())
            let third = try await keepers.propose(.hold, [id])
            _ = try await relay.confirm(third, by: keepers.second)
            _ = try await relay.withdraw(second, by: keepers.second)
            #expect(try await isOnHold())
            // One person's release is none.
            let release = try await keepers.propose(.releaseHold, [id])
            #expect(try await isOnHold())
            let outcome = try await relay.confirm(release, by: keepers.second)
            #expect(outcome.done == [id])
            #expect(try await !isOnHold())
            let leaves = try await keepers.leaves(on: id.text).map(\.action)
            #expect(leaves.filter { $0 != .packageStored } == [.holdPlaced, .holdReleased])
        }
    }

    /// What was released while a hold was still only proposed is held again when that is confirmed.
    @Test func aConfirmationPlacesTheHoldAnew() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let id = try await keepers.notice().id
            let hold = try await keepers.propose(.hold, [id])
            let release = try await keepers.propose(.releaseHold, [id])
            _ = try await relay.confirm(release, by: keepers.second)
            #expect(try await relay.confirm(hold, by: keepers.second).done == [id])
            #expect(try await fixture.database.read { try $0.hold(on: id) } == hold)
            let leaves = try await keepers.leaves(on: id.text).map(\.action)
            #expect(leaves.filter { $0 != .packageStored } == [.holdPlaced, .holdReleased, .holdPlaced])
        }
    }

    @Test func withoutALogThereIsNoHold() async throws {
        try await RelayFixture.with { fixture in
            let keepers = try await Keepers(fixture)
            let id = try await keepers.notice().id
            fixture.database.setBroken(true)
            await #expect(throws: StoreFailure.self) { _ = try await keepers.propose(.hold, [id]) }
            fixture.database.setBroken(false)
            #expect(try await fixture.database.read { try $0.isOnHold(id) } == false)
            #expect(try await fixture.relay.proposals(in: .open, by: keepers.first).items.isEmpty)
        }
    }
}
