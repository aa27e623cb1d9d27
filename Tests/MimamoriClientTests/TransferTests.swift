// The walk of a package with a relay in memory: send, approve, receive, status, cancel; broken off before and after every
// request, and gone on with; nothing is lost and nothing doubled.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriWire
import Testing

@testable import MimamoriClient

struct TransferTests {
    private static let large = [UInt8](repeating: 0x5A, count: 9 * 1024 * 1024 + 17)

    /// Sends everything; fails the test when something is not stored.
    private func send(_ client: Client, _ relay: FakeRelay) async throws -> [StoredReceipt] {
        try await relay.session(client).send().compactMap { outcome in
            guard case .stored(let receipt, _) = outcome.result else {
                Issue.record("not stored: \(outcome.result)")
                return nil
            }
            return receipt
        }
    }

    @Test func fromTheStationToTheCouncil() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let attachments = [try demo.file("写真.bin", Self.large), try demo.file("record.txt", Array("mine".utf8))]
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(demo.referral(attachments: attachments))
        #expect(entry.manifest.parts.count == 3)
        let receipts = try await send(officer, relay)
        #expect(receipts.map(\.package) == [entry.id])
        #expect(try officer.outbox().isEmpty)
        #expect(try officer.archive().first?.receipt == receipts.first)

        let chief = try demo.client(.chief)
        let examined = try await relay.session(chief).examine(entry.id)
        #expect(examined.recordText.hasPrefix("【機密性２・完全性２・可用性１】"))
        #expect(examined.recordText.contains("見守 花子"))
        #expect(examined.disagreements.isEmpty)
        #expect(examined.attachments.map(\.name) == ["写真.bin", "record.txt"])
        try await relay.session(chief).approve(examined)
        #expect(try Disk.names(in: chief.home.folder + "/incoming").isEmpty)

        // The council's old and new key both open it.
        for key in ["encryption", "encryption-next"] {
            let clerk = try demo.client(.clerk, partyKeys: [key])
            let into = try demo.newFolder("into")
            let received = try await relay.session(clerk).receive(entry.id, into: into)
            #expect(received.approvedBy == chief.home.settings.person)
            #expect(received.receiptPending == nil)
            #expect(received.label.ja.hasPrefix("【機密性２"))
            let date = String(demo.now.description.prefix(10)).replacing("-", with: "")
            #expect(try Disk.names(in: into) == ["【機２】\(date)-\(entry.id.text.suffix(8))"])
            let files = try tree(received.folder)
            #expect(
                Set(files.map(\.path)) == [
                    "【機２】record.json", "【機２】record.txt", "【機２】写真.bin", "【機２】attachment-record.txt",
                    "evidence/manifest.cms", "evidence/signers.pem", "evidence/stored-receipt.cms",
                    "evidence/relay.pem", "evidence/opened-receipt.cms", "evidence/inclusion-proof.txt",
                ])
            #expect(Set(received.files) == Set(files.map(\.path)))
            #expect(files.first { $0.path == "【機２】写真.bin" }?.bytes == Self.large)
            #expect(
                files.first { $0.path == "【機２】record.txt" }.map { String(decoding: $0.bytes, as: UTF8.self) }
                    == received.recordText)
            for file in files {
                let mode = try FileManager.default.attributesOfItem(atPath: "\(received.folder)/\(file.path)")
                #expect(mode[.posixPermissions] as? Int == 0o600)
            }
            #expect(try Disk.names(in: clerk.home.folder + "/incoming").isEmpty)
            #expect(try Disk.names(in: clerk.home.folder + "/pending").isEmpty)
            #expect(try clerk.verify(received.folder).verdict == .genuine)
        }
        let status = try await relay.session(officer).status(entry.id)
        #expect(status.approvedBy == chief.home.settings.person)
        #expect(status.storedReceipt == receipts.first)
        #expect(status.deliveries.map(\.openedReceipt?.openedBy.person) == ["clerk"])
    }

    @Test(arguments: [false, true])
    func brokenOffBeforeOrAfterEveryRequest(large: Bool) async throws {
        let demo = try Demo()
        let attachments = large ? [try demo.file("large", Self.large)] : []
        let client = try demo.client(.officer)
        let template = try client.prepare(demo.notice(attachments: attachments))
        let counting = try FakeRelay(demo)
        _ = try await send(client, counting)
        let requests = counting.requests.count
        #expect(requests == (large ? 5 : 1))
        for number in 0..<requests {
            for after in [false, true] {
                let relay = try FakeRelay(demo)
                let entry = try client.prepare(demo.notice(attachments: attachments))
                relay.change { if after { $0.breakAfter = number } else { $0.breakBefore = number } }
                let outcomes = try await relay.session(client).send()
                guard case .failed(let failure)? = outcomes.first?.result else {
                    Issue.record("request \(number) broke, so it cannot have been sent")
                    continue
                }
                #expect(failure.kind == .unreachable)
                #expect(try client.outbox().map(\.id) == [entry.id])
                #expect(try client.outbox().map(\.attempted) == [true])
                relay.change {
                    $0.breakBefore = nil
                    $0.breakAfter = nil
                }
                let receipts = try await send(client, relay)
                #expect(receipts.map(\.logIndex) == [0], "the first receipt, not another")
                #expect(relay.stored(entry.id)?.parts.count == template.manifest.parts.count)
                #expect(try client.outbox().isEmpty)
            }
        }
    }

    @Test func aLargePackageGoesOnWhereItStopped() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        let entry = try client.prepare(demo.notice(attachments: [demo.file("large", Self.large)]))
        relay.change { $0.breakBefore = 2 }
        _ = try await relay.session(client).send()
        relay.change {
            $0.breakBefore = nil
            $0.requests = []
        }
        _ = try await send(client, relay)
        #expect(
            relay.requests == [
                "put /v1/packages/\(entry.id)/manifest", "put /v1/packages/\(entry.id)/parts/1",
                "put /v1/packages/\(entry.id)/parts/2", "post /v1/packages/\(entry.id)/commit",
            ])
    }

    @Test func afterUnreachableTheRestIsNotTried() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        for _ in 0..<3 { _ = try client.prepare(demo.notice()) }
        relay.change { $0.breakBefore = 0 }
        #expect(try await relay.session(client).send().count == 3)
        #expect(relay.requests.count == 1)
    }

    @Test func aRefusedPackageStaysAndDoesNotStopTheNext() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        let first = try client.prepare(demo.notice(attachments: [demo.file("large", Self.large)]))
        let second = try client.prepare(demo.notice())
        relay.change {
            $0.refusals["/v1/packages/\(first.id)/manifest"] = Refused(.roleMissing(.sender), request: "r1")
        }
        let outcomes = try await relay.session(client).send()
        guard case .refused(let refused)? = outcomes.first(where: { $0.id == first.id })?.result,
            case .stored? = outcomes.first(where: { $0.id == second.id })?.result
        else {
            Issue.record("first refused, second stored")
            return
        }
        #expect(refused.findings.map(\.code) == [.roleMissing])
        #expect(try client.outbox().map(\.id) == [first.id])
        #expect(try client.archive().map(\.id) == [second.id])
        try await relay.session(client).cancel(first.id)
        #expect(try client.outbox().isEmpty)
    }

    @Test func aDamagedEntryDoesNotStopTheNextAndCanBeCancelled() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let client = try demo.client(.officer)
        // Made in the same millisecond, either id may come first.
        let entries = try [client.prepare(demo.notice()), client.prepare(demo.notice())].sorted { $0.id < $1.id }
        let (first, second) = (entries[0], entries[1])
        let path = "\(client.home.folder)/outbox/\(first.id)/entry.sealed"
        var bytes = try Disk.read(path, limit: 1_000_000)
        bytes[bytes.count / 2] ^= 1
        try Disk.real.replace(path, with: bytes, suffix: "damaged")
        let outcomes = try await relay.session(client).send()
        guard case .failed(let failure)? = outcomes.first?.result, case .stored? = outcomes.last?.result else {
            Issue.record("first failed, second stored")
            return
        }
        #expect(outcomes.map(\.id) == [first.id, second.id])
        #expect(failure.kind == .configuration)
        #expect(failure.message.en.contains(path), "\(failure.message.en)")
        #expect(try client.discard(first.id))
        #expect(try client.outbox().isEmpty)
    }

    /// What was fetched counts as fetched and cannot be cancelled any more, so the place is looked at first.
    @Test func withoutAPlaceNothingIsFetched() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(demo.notice())
        _ = try await send(officer, relay)
        let into = try demo.newFolder("into")
        let session = try relay.session(demo.client(.clerk))
        await #expect(throws: ClientFailure.self) { try await session.receive(entry.id, into: into + "/absent") }
        #expect(!relay.requests.contains { $0.contains("/parts/") && $0.hasPrefix("get") })
        let folder = try await session.receive(entry.id, into: into).folder
        let reads = relay.requests.filter { $0.contains("/parts/") && $0.hasPrefix("get") }.count
        #expect(reads > 0)
        await #expect(throws: ClientFailure.self) { try await session.receive(entry.id, into: into) }
        #expect(relay.requests.filter { $0.contains("/parts/") && $0.hasPrefix("get") }.count == reads)
        #expect(Disk.isFolder(folder))
    }

    @Test(arguments: [true, false])
    func aCutDownloadGoesOn(ranges: Bool) async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(demo.notice(attachments: [demo.file("large", Self.large)]))
        _ = try await send(officer, relay)
        let clerk = try demo.client(.clerk)
        let into = try demo.newFolder("into")
        relay.change {
            $0.cutDownloadAfter = 1_000_000
            $0.ranges = ranges
        }
        await #expect(throws: ClientFailure.self) { try await relay.session(clerk).receive(entry.id, into: into) }
        #expect(try tree(into).isEmpty)
        let kept = try Disk.read(
            "\(clerk.home.folder)/incoming/\(entry.id)/part.0000", limit: PackageLimits.partBytes)
        #expect(kept.count == 1_000_000)
        #expect(try await relay.session(clerk).receive(entry.id, into: into).files.contains("【機２】large"))
    }

    @Test func aReceiptThatDidNotArriveIsSentNextTime() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entries = [try officer.prepare(demo.notice()), try officer.prepare(demo.notice())]
        _ = try await send(officer, relay)
        let clerk = try demo.client(.clerk)
        let path = "/v1/packages/\(entries[0].id)/receipts/opened"
        relay.change { $0.refusals[path] = Refused(.busy) }
        let first = try await relay.session(clerk).receive(entries[0].id, into: demo.newFolder("into"))
        #expect(first.receiptPending != nil)
        relay.change { $0.refusals = [:] }
        let second = try await relay.session(clerk).receive(entries[1].id, into: demo.newFolder("into"))
        #expect(second.receiptPending == nil)
        #expect(entries.allSatisfy { relay.stored($0.id)?.opened != nil })
    }

    @Test func nothingIsOverwritten() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(demo.notice())
        _ = try await send(officer, relay)
        let clerk = try demo.client(.clerk)
        let into = try demo.newFolder("into")
        let first = try await relay.session(clerk).receive(entry.id, into: into)
        let before = try tree(into).map(\.path)
        await #expect { try await relay.session(clerk).receive(entry.id, into: into) } throws: {
            ($0 as? ClientFailure)?.message.en.contains("will not be overwritten") == true
        }
        #expect(try tree(into).map(\.path) == before)
        #expect(Disk.isFolder(first.folder))
    }

    @Test func rejectionReachesTheSender() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let entry = try officer.prepare(demo.referral())
        _ = try await send(officer, relay)
        let chief = try relay.session(demo.client(.chief))
        await #expect(throws: ClientFailure.self) { try await chief.reject(entry.id, reason: "  ") }
        try await chief.reject(entry.id, reason: "宛先を確かめてください")
        let status = try await relay.session(officer).status(entry.id)
        #expect(status.state == .rejected)
        #expect(status.rejectionReason == "宛先を確かめてください")
    }

    @Test func theSenderCannotApprove() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let deputy = try demo.client(.deputy)
        let entry = try deputy.prepare(demo.referral())
        _ = try await send(deputy, relay)
        let session = try relay.session(deputy)
        let examined = try await session.examine(entry.id)
        await #expect { try await session.approve(examined) } throws: {
            ($0 as? Refused)?.findings.map(\.code) == [.approverIsSender]
        }
    }
}

extension Refusal {
    /// A relay that has too much to do.
    static let busy = Refusal(
        .busy, rule: "SD-NET-2", message: Bilingual(ja: "混み合っています。", en: "Busy."),
        remedy: Bilingual(ja: "後で", en: "Later"), retry: .later)
}
