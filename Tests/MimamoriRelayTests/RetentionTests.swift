// Retention to its end: what is due when, what disposal leaves and what it does not, what everybody hears afterwards, and
// that a stop or a failure at any moment leaves each package whole or destroyed.

import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriStore
import MimamoriWire
import ServiceLifecycle
import TestSupport
import Testing

@Suite struct RetentionTests {
    @Test func nothingIsDueOnItsLastDay() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let package = try await keepers.notice()
            let day = try keepers.moveToLastDay()
            let next = CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1)
            #expect(try await relay.dueDisposals(before: nil, after: nil, by: keepers.first).items.isEmpty)
            // Looking ahead.
            #expect(
                try await relay.dueDisposals(before: next, after: nil, by: keepers.first).items.map(\.id) == [
                    package.id
                ])
            let early = try await refusals { _ = try await keepers.propose(.dispose, [package.id]) }
            #expect(early == [.retentionNotEnded])

            fixture.clock.advance(seconds: 2 * 3600)
            let page = try await relay.dueDisposals(before: nil, after: nil, by: keepers.administrator)
            #expect(page.items.count == 1 && !page.hasMore)
            let item = try #require(page.items.first)
            #expect(item.id == package.id && item.kind == .notice && item.state == .released)
            #expect(item.sender == package.manifest.sender.party && item.retainedUntil == day)
            #expect(item.bytes == Int64(package.manifest.totalBytes) && !item.isOnHold && !item.isProposed)
            _ = try await keepers.propose(.dispose, [package.id])
            let proposed = try await relay.dueDisposals(before: nil, after: nil, by: keepers.first)
            #expect(proposed.items.map(\.isProposed) == [true])
        }
    }

    @Test func whatIsDueComesInPagesToThoseWhoDecide() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let package = try await keepers.notice()
            let stored = try #require(try await keepers.row(package.id))
            try keepers.moveToDue()
            let now = fixture.clock.world.now()
            let copies = (0..<205).map { number in
                var row = stored
                row.id = PackageID(at: now, random: fixture.clock.world.random(10))
                // Most of one day: then the id decides the order.
                row.retainedUntil = number < 5 ? CivilDate("2020-03-31") : stored.retainedUntil
                return row
            }
            try await fixture.database.write { transaction in
                for row in copies { try transaction.insertPackage(row) }
            }
            let first = try await relay.dueDisposals(before: nil, after: nil, by: keepers.first)
            #expect(first.items.count == 200 && first.hasMore)
            let rest = try await relay.dueDisposals(before: nil, after: first.items.last?.id, by: keepers.first)
            #expect(rest.items.count == 6 && !rest.hasMore)
            let all = (first.items + rest.items)
            #expect(Set(all.map(\.id)) == Set(copies.map(\.id) + [package.id]))
            #expect(all.map(\.retainedUntil) == all.map(\.retainedUntil).sorted())

            for caller in [keepers.officer, keepers.clerk, keepers.auditor] {
                let codes = try await refusals {
                    _ = try await relay.dueDisposals(before: nil, after: nil, by: caller)
                }
                #expect(codes == [.roleMissing])
            }
            let unknown = PackageID(at: now, random: Array(repeating: 1, count: 10))
            let codes = try await refusals {
                _ = try await relay.dueDisposals(before: nil, after: unknown, by: keepers.first)
            }
            #expect(codes == [.notFound])
            let listed = try await keepers.leaves(on: now.dateInJapan.description).map(\.outcome)
            #expect(listed == [.done, .done, .refused, .refused, .refused, .refused])
        }
    }

    @Test func disposalLeavesACertificateAndNoKey() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let package = try await keepers.notice { $0.contents = [[1, 2, 3], [4, 5, 6]] }
            let kept = try await keepers.notice()
            for number in 0...1 { _ = try await relay.part(number, of: package.id, range: nil, by: keepers.clerk) }
            let receipt = try package.openedReceipt(by: RelayFixture.council, "clerk", in: fixture)
            try await relay.acceptOpenedReceipt(receipt, for: package.id, by: keepers.clerk)
            let wrapped = try #require(try await keepers.key(package.id)?.wrapped)
            let others = try #require(try await keepers.key(kept.id)?.wrapped)
            let day = try keepers.moveToDue()

            let outcome = try await keepers.dispose([package.id])
            #expect(outcome.done == [package.id] && outcome.left.isEmpty)
            #expect(outcome.proposal.state == .confirmed)
            #expect(outcome.proposal.decidedBy == keepers.second.person.address)
            #expect(try await keepers.key(package.id) == nil)
            #expect(try await keepers.parts(package.id).isEmpty)
            #expect(try await keepers.files(holding: wrapped).isEmpty)
            #expect(try await keepers.files(holding: others) == [""])
            let row = try #require(try await keepers.row(package.id))
            #expect(row.state == .disposed && row.sealedManifest.isEmpty)
            #expect(try await fixture.database.read { try $0.deliveries(package.id) }.map(\.sealedReceipt) == [nil])
            #expect(try await fixture.database.read { try $0.unfinishedDisposals(limit: 9) }.isEmpty)

            let signed = try await relay.disposalCertificate(of: package.id, by: keepers.officer)
            let statement = try SignedStatement(der: signed)
            #expect(statement.isSigned(by: [try RelayFixture.certificate(fixture.pki.relayStatement, fixture.pki)]))
            let certificate = try CanonicalJSON.decode(DisposalCertificate.self, from: statement.content).get()
            let leaf = try #require(try await keepers.leaves().dropFirst(Int(certificate.logIndex)).first)
            #expect(leaf.action == .packageDisposed && leaf.object == package.id.text && leaf.outcome == .done)
            #expect(leaf.actor.address == keepers.second.person.address.text)
            let expected = DisposalCertificate(
                package: package.id, manifestSHA256: row.manifestSHA256, sender: package.manifest.sender,
                recipients: package.manifest.recipients, partCount: 2,
                totalBytes: Int64(package.manifest.totalBytes), storedAt: try #require(row.storedAt),
                retainedUntil: day, proposedBy: keepers.first.person.address,
                confirmedBy: keepers.second.person.address, disposedAt: certificate.disposedAt,
                logIndex: certificate.logIndex, relay: fixture.settings.address)
            #expect(certificate == expected && certificate.rule == "N22")
            // The other one is whole.
            _ = try await relay.view(kept.id, by: keepers.officer)
        }
    }

    @Test func afterwardsEverybodyHearsWhatIsTheirs() async throws {
        try await RelayFixture.with { fixture in
            let relay = fixture.relay
            let keepers = try await Keepers(fixture)
            let package = try await keepers.notice()
            let cancelled = try await keepers.notice()
            try await relay.cancel(cancelled.id, by: keepers.officer)
            let later = try await keepers.notice { $0.retention = .tenFiscalYears }
            let original = try await relay.submit(package.whole, by: keepers.officer).receipt
            try keepers.moveToDue()
            let outcome = try await keepers.dispose([package.id, cancelled.id])
            #expect(Set(outcome.done) == [package.id, cancelled.id])

            func codes(_ caller: Caller, _ id: PackageID) async throws -> [[Refusal.Code]] {
                [
                    try await refusals { _ = try await relay.view(id, by: caller) },
                    try await refusals { _ = try await relay.part(0, of: id, range: nil, by: caller) },
                    try await refusals { _ = try await relay.thread(of: id, by: caller) },
                    try await refusals { _ = try await relay.disposalCertificate(of: id, by: caller) },
                ]
            }
            let gone: [[Refusal.Code]] = [[.packageDisposed], [.packageDisposed], [.packageDisposed], []]
            let nothing: [[Refusal.Code]] = [[.notFound], [.notFound], [.notFound], [.notFound]]
            for caller in [keepers.officer, keepers.chief, keepers.clerk] {
                #expect(try await codes(caller, package.id) == gone)
            }
            #expect(try await codes(keepers.stranger, package.id) == nothing)
            // What was cancelled before anybody fetched it never reached the council.
            #expect(try await codes(keepers.officer, cancelled.id) == gone)
            #expect(try await codes(keepers.clerk, cancelled.id) == nothing)
            for caller in [keepers.first, keepers.administrator, keepers.auditor] {
                #expect(try await codes(caller, package.id) == [[.notFound], [.notFound], [.notFound], []])
                #expect(try await codes(caller, later.id) == nothing)
            }
            #expect(
                try await refusals { try await relay.cancel(package.id, by: keepers.officer) } == [.packageDisposed])
            #expect(
                try await refusals { _ = try await relay.commit(package.id, by: keepers.officer) }
                    == [.packageDisposed])
            // A repeat of the sending gets the receipt of the first time.
            let again = try await relay.submit(package.whole, by: keepers.officer)
            #expect(!again.isNew)
            #expect(
                try SignedStatement(der: again.receipt).content == SignedStatement(der: original).content)
            let inbox = try await relay.inbox(after: 0, waitSeconds: 0, by: keepers.clerk)
            #expect(inbox.items.map(\.id) == [later.id])
        }
    }

    @Test func aHoldThatCameInBetweenWins() async throws {
        try await RelayFixture.with { fixture in
            let keepers = try await Keepers(fixture)
            let packages = [try await keepers.notice().id, try await keepers.notice().id]
            try keepers.moveToDue()
            let proposal = try await keepers.propose(.dispose, packages)
            _ = try await keepers.propose(.hold, [packages[0]], by: keepers.administrator)
            let outcome = try await fixture.relay.confirm(proposal, by: keepers.second)
            #expect(outcome.done == [packages[1]] && outcome.left == [packages[0]])
            #expect(try await keepers.row(packages[0])?.state == .released)
            #expect(try await keepers.parts(packages[0]) == [0])
            let leaf = try #require(
                try await keepers.leaves(on: packages[0].text).last { $0.action == .packageDisposed })
            #expect(leaf.outcome == .refused && leaf.reason == "on-legal-hold (SD-DEL-1)")
            // The same again gives the same answer, and nothing happens.
            let leaves = try await keepers.leaves().count
            let again = try await fixture.relay.confirm(proposal, by: keepers.second)
            #expect(again.done == outcome.done && again.left == outcome.left)
            #expect(again.proposal == outcome.proposal)
            // The reading of the log itself is the only new one.
            #expect(try await keepers.leaves().count == leaves + 1)
        }
    }

    @Test func everyEffectHasOneLeaf() async throws {
        try await RelayFixture.with { fixture in
            let keepers = try await Keepers(fixture)
            let package = try await keepers.notice()
            try keepers.moveToDue()
            let before = try await keepers.leaves().count
            let proposal = try await keepers.propose(.dispose, [package.id])
            _ = try await fixture.relay.confirm(proposal, by: keepers.second)
            _ = try await fixture.relay.disposalCertificate(of: package.id, by: keepers.clerk)
            let added = try await keepers.leaves().dropFirst(before).filter { $0.action != .logRead }
            #expect(added.map(\.action) == [.proposalMade, .packageDisposed, .proposalConfirmed, .packageRead])
            #expect(added.map(\.object) == [proposal.text, package.id.text, proposal.text, package.id.text])
        }
    }
}

@Suite struct InterruptedDisposalTests {
    @Test func withoutALogNothingIsDisposedOf() async throws {
        try await RelayFixture.with { fixture in
            let keepers = try await Keepers(fixture)
            let package = try await keepers.notice()
            try keepers.moveToDue()
            let proposal = try await keepers.propose(.dispose, [package.id])
            fixture.database.setBroken(true)
            await #expect(throws: StoreFailure.self) {
                _ = try await fixture.relay.confirm(proposal, by: keepers.second)
            }
            fixture.database.setBroken(false)
            #expect(try await keepers.row(package.id)?.state == .released)
            #expect(try await keepers.parts(package.id) == [0])
            _ = try await fixture.relay.view(package.id, by: keepers.officer)
            #expect(try await fixture.relay.confirm(proposal, by: keepers.second).done == [package.id])
        }
    }

    /// Stopped after so many writes, each of which is one package's destruction at first, then parts, then the end.
    @Test(arguments: [1, 2, 3, 4]) func aStopIsFinishedAtTheNextStart(afterWrites count: Int) async throws {
        try await RelayFixture.with { fixture in
            let keepers = try await Keepers(fixture)
            let packages = [try await keepers.notice().id, try await keepers.notice().id].sorted()
            try keepers.moveToDue()
            let proposal = try await keepers.propose(.dispose, packages)
            fixture.database.setBroken(afterWrites: count)
            await #expect(throws: StoreFailure.self) {
                _ = try await fixture.relay.confirm(proposal, by: keepers.second)
            }
            fixture.database.setBroken(false)
            #expect(try await keepers.row(packages[0])?.state == .disposed)
            #expect(try await keepers.row(packages[1])?.state == (count == 1 ? .released : .disposed))
            #expect(try await keepers.key(packages[0]) == nil)
            #expect(try await keepers.parts(packages[0]) == (count < 3 ? [0] : []))

            let next = try await fixture.open(fixture.settings)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await next.retention.run() }
                while try await !fixture.database.read({ try $0.unfinishedDisposals(limit: 9) }).isEmpty {
                    try await Task.sleep(for: .milliseconds(5))
                }
                group.cancelAll()
            }
            #expect(try await keepers.parts(packages[0]).isEmpty)
            let outcome = try await next.confirm(proposal, by: keepers.second)
            #expect(outcome.done == packages && outcome.proposal.state == .confirmed)
            #expect(try await keepers.parts(packages[1]).isEmpty)
            let leaves = try await keepers.leaves()
            #expect(leaves.filter { $0.action == .packageDisposed }.map(\.object).sorted() == packages.map(\.text))
            #expect(leaves.filter { $0.action == .proposalConfirmed }.count == 1)
        }
    }

    @Test func aReaderInTheWayPutsForgettingOff() async throws {
        try await RelayFixture.with { fixture in
            let keepers = try await Keepers(fixture)
            let package = try await keepers.notice()
            let wrapped = try #require(try await keepers.key(package.id)?.wrapped)
            try keepers.moveToDue()
            fixture.database.setRemembering(true)
            #expect(try await keepers.dispose([package.id]).proposal.state == .confirmed)
            try await fixture.relay.finishInterruptedDisposals()
            #expect(try await fixture.database.read { try $0.unfinishedDisposals(limit: 9) } == [package.id])
            fixture.database.setRemembering(false)
            try await fixture.relay.finishInterruptedDisposals()
            #expect(try await fixture.database.read { try $0.unfinishedDisposals(limit: 9) }.isEmpty)
            #expect(try await keepers.files(holding: wrapped).isEmpty)
        }
    }

    /// Whoever sees that the wrong things are being destroyed can stop it.
    @Test func aWithdrawnProposalDestroysNothingMore() async throws {
        try await RelayFixture.with { fixture in
            let keepers = try await Keepers(fixture)
            let packages = [try await keepers.notice().id, try await keepers.notice().id].sorted()
            try keepers.moveToDue()
            let proposal = try await keepers.propose(.dispose, packages)
            fixture.database.setBroken(afterWrites: 1)
            await #expect(throws: StoreFailure.self) {
                _ = try await fixture.relay.confirm(proposal, by: keepers.second)
            }
            fixture.database.setBroken(false)
            #expect(try await fixture.relay.withdraw(proposal, by: keepers.administrator).state == .withdrawn)
            let codes = try await refusals { _ = try await fixture.relay.confirm(proposal, by: keepers.second) }
            #expect(codes == [.stateConflict])
            #expect(try await keepers.row(packages[1])?.state == .released)
        }
    }
}

@Suite struct OldRowTests {
    @Test func rowsOfSchema1AreFilledInWhenTheRelayOpens() async throws {
        try await RelayFixture.with { fixture in
            let keepers = try await Keepers(fixture)
            let referral = try await fixture.released()
            let receiving = try TestPackage.make(in: fixture) { $0.kind = .notice }
            _ = try await fixture.relay.begin(receiving.id, manifest: receiving.signed, by: keepers.officer)
            let damaged = try await keepers.notice().id
            let ids = [referral.id, receiving.id, try #require(fixture.standingRequest)]
            func rows() async throws -> [PackageRow?] {
                try await fixture.database.read { transaction in try ids.map { try transaction.package($0) } }
            }
            let before = try await rows()
            #expect(before[0]?.retainedUntil != nil && before[0]?.answers != nil && before[1]?.retainedUntil == nil)
            _ = try await fixture.database.write { transaction in
                try transaction.execute(
                    "UPDATE packages SET kind = NULL, answers = NULL, concerns = NULL, retained_until = NULL", [])
                return try transaction.execute(
                    "UPDATE packages SET sealed_manifest = $2 WHERE id = $1", [.text(damaged.text), .blob([1])])
            }
            let leaves = try await keepers.leaves().count
            _ = try await fixture.open(fixture.settings)
            #expect(try await rows() == before)
            #expect(try await keepers.row(damaged)?.kind == nil)
            // Nothing about a package changed: the start has its leaf, and the reading before.
            #expect(try await keepers.leaves().dropFirst(leaves).map(\.action) == [.logRead, .relayStarted])
        }
    }
}
