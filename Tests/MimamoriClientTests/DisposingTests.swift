// Two persons, batches, pages, and the certificate of what was destroyed: believed only with the relay's signature and two
// names in it (SD-ACC-6, SD-DEL-3). Also the signed change of a label (SD-CLS-3) and the depths of a thread.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriWire
import Testing

@testable import MimamoriClient

struct DisposingTests {
    private static let operators = ["operator", "operator-two"].compactMap {
        PersonAddress("aomori-relay/office:\($0)")
    }

    private func certificate(_ demo: Demo, of id: PackageID, confirmedBy: PersonAddress) throws -> DisposalCertificate {
        DisposalCertificate(
            package: id, manifestSHA256: Digest.sha256([1]),
            sender: try #require(PersonAddress("aomori-police/hachinohe:officer")), recipients: [], partCount: 1,
            totalBytes: 10, storedAt: demo.now, retainedUntil: demo.now.dateInJapan,
            proposedBy: try #require(Self.operators.first), confirmedBy: confirmedBy, disposedAt: demo.now, logIndex: 7,
            relay: try #require(demo.relaySigner().certificate.party))
    }

    @Test func theCertificateIsVerifiedAndCanBeVerifiedAgain() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        let id = demo.world().newPackageID()
        let certificate = try certificate(demo, of: id, confirmedBy: try #require(Self.operators.last))
        let signed = try demo.relaySigner().sign(CanonicalJSON.encode(certificate))
        relay.change { $0.answers["/v1/packages/\(id)/disposal"] = signed }
        let disposal = try await relay.session(client).disposal(of: id)
        #expect(disposal.certificate == certificate && disposal.signed == signed)
        let report = try client.verify(demo.file("certificate.cms", signed))
        #expect(report.subject == .disposalCertificate && report.verdict == .genuine)
        #expect(report.lines.contains { $0.text.en.contains(id.text) && $0.text.en.contains("operator-two") })
        var flipped = signed
        flipped[signed.count - 1] ^= 1
        #expect(try client.verify(demo.file("flipped.cms", flipped)).verdict != .genuine)
    }

    @Test(arguments: ["one person only", "another signer", "another package"])
    func aCertificateThatIsNotRightIsNotBelieved(_ lie: String) async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        let id = demo.world().newPackageID()
        let persons = Self.operators
        let certificate = try certificate(
            demo, of: lie == "another package" ? demo.world().newPackageID() : id,
            confirmedBy: try #require(lie == "one person only" ? persons.first : persons.last))
        let signer = try lie == "another signer" ? demo.signer(.officer) : demo.relaySigner()
        let signed = try signer.sign(CanonicalJSON.encode(certificate))
        relay.change { $0.answers["/v1/packages/\(id)/disposal"] = signed }
        await #expect(throws: (any Error).self) { try await relay.session(client).disposal(of: id) }
        if lie != "another package" {
            #expect(try client.verify(demo.file("certificate.cms", signed)).verdict != .genuine)
        }
    }

    @Test func manyPackagesMakeSeveralProposals() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let session = try relay.session(demo.client(.auditor))
        let ids = (0..<1500).map {
            PackageID(
                at: demo.now, random: [UInt8]([$0 >> 8, $0 & 255].map { UInt8($0) }) + [UInt8](repeating: 1, count: 8))
        }
        let proposal = Proposal(
            id: ProposalID(at: demo.now, random: [UInt8](repeating: 3, count: 10)), action: .dispose, packages: [],
            state: .open, proposedBy: try #require(Self.operators.first), proposedAt: demo.now, reason: "満了",
            decidedBy: nil, decidedAt: nil)
        relay.change { $0.answers["/v1/proposals"] = CanonicalJSON.encode(proposal) }
        #expect(try await session.propose(.dispose, ids, reason: " 保存期間の満了 ").count == 2)
        let last = relay.posted("/v1/proposals")
        let request = try JSONDecoder().decode(ProposalRequest.self, from: Data(last))
        #expect(request.packages == Array(ids[1000...]) && request.reason == "保存期間の満了")
        await #expect { try await session.propose(.hold, ids, reason: "  ") } throws: {
            ($0 as? ClientFailure)?.kind == .content
        }
    }

    @Test func whatIsDueIsReadPageByPage() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let session = try relay.session(demo.client(.auditor))
        let due = DueDisposal(
            id: Demo.requestID, kind: .request, state: .released,
            sender: try #require(Address("aomori/hachinohe-shi")), storedAt: demo.now,
            retainedUntil: demo.now.dateInJapan, bytes: 5, isOnHold: false, isProposed: false)
        // A relay that always says there is more does not keep us for ever.
        relay.change { $0.answers["/v1/retention/due"] = CanonicalJSON.encode(DuePage(items: [due], hasMore: true)) }
        let found = try await session.dueDisposals(before: CivilDate("2033-04-01"))
        #expect(found.map(\.id) == [Demo.requestID, Demo.requestID] && found[0].canBeProposed)
        let query = relay.query("/v1/retention/due")
        #expect(query.map(\.0) == ["before", "after"] && query.map(\.1) == ["2033-04-01", Demo.requestID.text])
    }

    @Test func aLabelIsChangedOverTheStoredManifest() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(demo.notice())
        _ = try await relay.session(officer).send()
        let chief = try demo.client(.chief)
        #expect(try await relay.session(chief).relabel(entry.id, to: 1, reason: "公表されたため。") == 2)
        let posted = relay.posted("/v1/packages/\(entry.id)/label")
        let statement = try Evidence.statement(posted)
        #expect(statement.isSigned(by: [chief.home.personCertificate]))
        let relabelling = try Evidence.decode(Relabelling.self, in: statement)
        #expect(relabelling.manifestSHA256 == Digest.sha256(entry.manifest.canonicalBytes()))
        #expect(relabelling.from == 2 && relabelling.to == 1 && relabelling.decidedBy == chief.home.settings.person)
        // The next one starts from where it stands now.
        #expect(try await relay.session(chief).relabel(entry.id, to: 2, reason: "取り消す。") == 1)
        await #expect(throws: ClientFailure.self) {
            try await relay.session(chief).relabel(entry.id, to: 1, reason: " ")
        }
    }

    @Test func depthsFollowWhatIsCited() throws {
        let sender = try #require(PersonAddress("aomori/hachinohe-shi:clerk"))
        let ids = (0..<4).map {
            PackageID(at: Timestamp(milliseconds: Int64($0)), random: [UInt8](repeating: 1, count: 10))
        }
        func item(_ place: Int, answers: Int? = nil, concerns: Int? = nil) -> ThreadItem {
            ThreadItem(
                id: ids[place], kind: .notice, state: .released, sender: sender, recipients: [],
                created: Timestamp(milliseconds: 0), storedAt: nil, answers: answers.map { ids[$0] },
                concerns: concerns.map { ids[$0] }, decision: nil, label: nil, relabelled: nil, delivery: nil)
        }
        let items = [item(0), item(1, answers: 0), item(2, concerns: 1), item(3)]
        #expect(PackageThread(items: items, isCut: true).entries.map(\.depth) == [0, 1, 2, 0])
        // What is cited but not shown counts for nothing.
        #expect(PackageThread(items: [item(2, concerns: 1)], isCut: false).entries.map(\.depth) == [0])
    }
}
