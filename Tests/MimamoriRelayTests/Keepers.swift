// Who decides about keeping in the relay's tests, with everybody else they are compared with: callers taken while their
// certificates are in date, so that the clock can then be moved past the end of retention.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriRelay
import MimamoriStore
import MimamoriWire

struct Keepers: Sendable {
    let fixture: RelayFixture
    let first: Caller
    let second: Caller
    let administrator: Caller
    let auditor: Caller
    let officer: Caller
    let chief: Caller
    let clerk: Caller
    /// Of a council that has nothing to do with the packages.
    let stranger: Caller

    init(_ fixture: RelayFixture) async throws {
        self.fixture = fixture
        first = try await fixture.caller(RelayFixture.office, "operator")
        second = try await fixture.caller(RelayFixture.office, "operator-two")
        administrator = try await fixture.administrator
        auditor = try await fixture.auditor
        officer = try await fixture.officer
        chief = try await fixture.chief
        clerk = try await fixture.clerk
        stranger = try await fixture.caller("aomori/towada-shi", "clerk")
    }

    /// A notice that was stored, with parts of its own.
    func notice(_ change: (inout TestPackage.Making) -> Void = { _ in }) async throws -> TestPackage {
        try await fixture.released {
            $0.kind = .notice
            $0.retention = .oneFiscalYear
            change(&$0)
        }
    }

    /// Moves the clock to the last hour of the last day of what is stored today.
    func moveToLastDay(of retention: RetentionClass = .oneFiscalYear) throws -> CivilDate {
        let now = fixture.clock.world.now()
        let day = RetentionRule.lastDay(of: retention, madeAt: now)
        guard let end = Timestamp("\(day)T23:00:00.000+09:00") else { throw FixtureError("no such time") }
        fixture.clock.advance(seconds: end.seconds(since: now))
        return day
    }

    /// Moves the clock to the day after the last one of what is stored today.
    @discardableResult
    func moveToDue(_ retention: RetentionClass = .oneFiscalYear) throws -> CivilDate {
        let day = try moveToLastDay(of: retention)
        fixture.clock.advance(seconds: 2 * 3600)
        return day
    }

    func propose(
        _ action: Proposal.Action, _ packages: [PackageID], by caller: Caller? = nil
    ) async throws -> ProposalID {
        try await fixture.relay.propose(
            ProposalRequest(action: action, packages: packages, reason: "保存期間の満了"), by: caller ?? first
        ).id
    }

    /// Two persons dispose of them.
    func dispose(_ packages: [PackageID]) async throws -> ProposalOutcome {
        try await fixture.relay.confirm(propose(.dispose, packages), by: second)
    }

    /// The leaves about an object, the fixture's own reading left out.
    func leaves(on object: String) async throws -> [AccessEntry] {
        try await leaves().filter { $0.object == object }
    }

    func leaves() async throws -> [AccessEntry] {
        let page = try await fixture.relay.logPage(first: 0, count: 1000, by: auditor)
        return try page.entries.map { try JSONDecoder().decode(AccessEntry.self, from: Data($0.utf8)) }
    }

    func row(_ id: PackageID) async throws -> PackageRow? {
        try await fixture.database.read { try $0.package(id) }
    }

    func key(_ id: PackageID) async throws -> DataKeyRow? {
        try await fixture.database.read { try $0.dataKey("package/\(id)") }
    }

    func parts(_ id: PackageID) async throws -> [Int] {
        try await fixture.database.read { try $0.partNumbers(id) }
    }

    /// Which of the database's files hold these bytes.
    func files(holding bytes: [UInt8]) async throws -> [String] {
        let path = try await fixture.database.read { try $0.rows("PRAGMA database_list", [])[0].text(2) }
        return try ["", "-wal"].filter { suffix in
            try Data(contentsOf: URL(fileURLWithPath: path + suffix)).range(of: Data(bytes)) != nil
        }
    }
}
