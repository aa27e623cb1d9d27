// The duty of confidentiality at the client (N19): a personal package is not given out before the statement is signed, and what
// is signed names the person, the version and the time.

import Foundation
import MimamoriCore
import MimamoriCrypto
import Testing

@testable import MimamoriClient

struct DutyTests {
    @Test func nothingIsOpenedBeforeAndEverythingAfter() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let referral = try officer.prepare(demo.referral())
        let notice = try officer.prepare(demo.notice())
        _ = try await relay.session(officer).send()
        let chief = try relay.session(demo.client(.chief))
        try await chief.approve(chief.examine(referral.id))
        relay.change { $0.wantsDuty = true }
        let clerk = try demo.client(.clerk)
        let session = try relay.session(clerk)
        let into = try demo.newFolder("into")
        await #expect { try await session.receive(referral.id, into: into) } throws: {
            ($0 as? Refused)?.asksForDuty == true
        }
        #expect(try Disk.names(in: into).isEmpty)
        // The header may be read, and what is about nobody opened.
        #expect(try await session.status(referral.id).manifest.kind == .referral)
        _ = try await session.receive(notice.id, into: into)
        var standing = try await session.dutyStanding()
        #expect(!standing.isCurrent && standing.acknowledgedAt == nil)
        try await session.acknowledgeDuty(version: standing.notice.version)
        standing = try await session.dutyStanding()
        #expect(standing.isCurrent && standing.acknowledgedAt == demo.now)
        #expect(try await session.receive(referral.id, into: into).manifest.id == referral.id)
    }

    @Test func theStatementIsThePersonsOwn() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let clerk = try demo.client(.clerk)
        try await relay.session(clerk).acknowledgeDuty(version: "2025-06-01")
        let posted = relay.posted("/v1/duty/acknowledgements")
        let statement = try Evidence.statement(posted)
        #expect(statement.isSigned(by: [clerk.home.personCertificate]))
        #expect(
            try Evidence.decode(DutyAcknowledgement.self, in: statement)
                == DutyAcknowledgement(
                    person: clerk.home.settings.person, version: "2025-06-01", acknowledgedAt: demo.now))
    }
}
