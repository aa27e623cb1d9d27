// What a draft cites is judged by what the relay says of it now, or with the relay away by what was seen last: so that the dry
// run says what the relay would (N16, SD-CLS-3).

import Foundation
import MimamoriCore
import MimamoriCrypto
import Testing

@testable import MimamoriClient

struct CitedTests {
    private func findings(_ client: Client, _ draft: PackageDraft) throws -> [Refusal.Code] {
        try client.dryRun(draft).findings.map(\.code)
    }

    @Test func whatWasSeenBeforeIsEnoughWithoutTheRelay() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        #expect(try findings(client, demo.referral()).isEmpty)
        try client.citedFolder.forget(Demo.requestID)
        #expect(try findings(client, demo.referral()) == [.requestUnknown])
    }

    /// What was never seen is the relay's to judge, when it could not be asked; the rest is judged all the same.
    @Test func whatWasNeverSeenCanBeQueued() throws {
        let demo = try Demo()
        let client = try demo.client(.officer)
        try client.citedFolder.forget(Demo.requestID)
        let run = try client.dryRun(demo.referral(), asked: false)
        #expect(run.findings.isEmpty && run.unseen == [Demo.requestID])
        #expect(try client.prepare(demo.referral(), asked: false).manifest.answers == Demo.requestID)
        let blank = try demo.referral(changes: ["package.answers": #""""#])
        #expect(try client.dryRun(blank, asked: false).findings.map(\.code) == [.requestMissing])
    }

    @Test func theRelaysWordIsFetchedAndKept() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        try client.citedFolder.forget(Demo.requestID)
        try await relay.session(client).refreshCited([Demo.requestID])
        #expect(try findings(client, demo.referral()).isEmpty)
        #expect(try client.citedPackages([Demo.requestID])[Demo.requestID]?.manifest == demo.request())
    }

    @Test func whatTheRelayDoesNotShowIsForgotten() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        relay.change { $0.packages = [:] }
        try await relay.session(client).refreshCited([Demo.requestID])
        #expect(try findings(client, demo.referral()) == [.requestUnknown])
    }

    @Test func anUnreachableRelayForgetsNothing() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        relay.change { $0.breakBefore = 0 }
        await #expect(throws: ClientFailure.self) { try await relay.session(client).refreshCited([Demo.requestID]) }
        #expect(try findings(client, demo.referral()).isEmpty)
    }

    /// A manifest that nobody signed is not kept, whatever the relay says.
    @Test func aForgedRequestIsNotBelieved() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        try client.citedFolder.forget(Demo.requestID)
        let forged = try demo.signer(.officer).sign(demo.request().canonicalBytes())
        relay.change { $0.packages[Demo.requestID]?.manifest = forged }
        await #expect(throws: ClientFailure.self) { try await relay.session(client).refreshCited([Demo.requestID]) }
        #expect(try client.citedPackages([Demo.requestID]).isEmpty)
    }

    /// N14: what this party has declined is not supplied any more; what still waits for its second person is no answer.
    @Test func answersThatWereGivenCount() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        let request = try #require(try client.citedPackages([Demo.requestID])[Demo.requestID])
        let words = DecisionWords(
            outcome: .decline, publicInterest: "検討した。", necessity: "検討した。", decidedBy: "課長",
            decidedOn: demo.now.dateInJapan, content: nil, withheld: "捜査に支障があるため。", phone: "0178-00-0000")
        let decline = try client.prepare(client.response(to: request, saying: words, attachments: []).get())
        _ = try await relay.session(client).send()
        try await relay.session(client).refreshCited([Demo.requestID])
        #expect(try findings(client, demo.referral()).isEmpty)
        relay.change { $0.packages[decline.id]?.state = .released }
        try await relay.session(client).refreshCited([Demo.requestID])
        #expect(try findings(client, demo.referral()) == [.requestNotInForce])
    }

    /// SD-CLS-3: what goes back to a received package is no lower than it, until its decider says otherwise.
    @Test func theLabelIsInherited() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(demo.notice())
        _ = try await relay.session(officer).send()
        let clerk = try demo.client(.clerk)
        _ = try await relay.session(clerk).receive(entry.id, into: demo.newFolder("into"))
        let reply = try demo.notice(
            to: ["aomori-police/hachinohe"],
            changes: ["package.concerns": "\"\(entry.id)\"", "label.confidentiality": "1"])
        #expect(try findings(clerk, reply) == [.labelLowered])
        relay.change { $0.relabelled[entry.id] = 1 }
        try await relay.session(clerk).refreshCited([entry.id])
        #expect(try findings(clerk, reply).isEmpty)
    }

    /// One's own package, of which this machine has only the receipt.
    @Test func onesOwnPackageCanBeCited() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(demo.notice())
        _ = try await relay.session(officer).send()
        let second = try demo.notice(changes: ["package.concerns": "\"\(entry.id)\""])
        #expect(try findings(officer, second).isEmpty)
        let unknown = try demo.notice(changes: ["package.concerns": "\"01900000-0000-7000-8000-0000000000ff\""])
        #expect(try findings(officer, unknown) == [.concernUnknown])
    }

    @Test func aReceivedRequestIsAtHandForItsDecision() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let clerk = try demo.client(.clerk)
        let document = try demo.file("情報提供依頼書.txt", Array("範囲と利用目的".utf8))
        let entry = try clerk.prepare(
            demo.draft(
                .request, to: ["aomori-police/hachinohe"], attachments: [document],
                document: clerk.digest(of: document),
                changes: [
                    "package.answers": #""""#, "request.on_behalf_of": #""""#,
                    "request.valid_from": "\"\(demo.now.dateInJapan)\"",
                    "request.valid_until": "\"\(demo.now.dateInJapan)\"",
                ]))
        _ = try await relay.session(clerk).send()
        let officer = try demo.client(.officer)
        #expect(try officer.receivedRequest(entry.id) == nil)
        let received = try await relay.session(officer).receive(entry.id, into: demo.newFolder("into"))
        #expect(received.disagreements.isEmpty, "\(received.disagreements.map(\.message.ja))")
        let kept = try #require(try officer.receivedRequest(entry.id))
        #expect(kept.record.value("request.scope") != nil && kept.manifest == entry.manifest)
        #expect(try officer.citedPackages([entry.id])[entry.id]?.manifest == entry.manifest)
    }
}
