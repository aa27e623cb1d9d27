// 転送禁止 (SD-CLS-5): a file that came out of such a package is recognised by its content, whatever its new name, and goes to
// nobody but those who have it already.

import Foundation
import MimamoriCore
import Testing

@testable import MimamoriClient

struct ForwardingTests {
    /// A notice from the station to 八戸市, received there by a clerk who can send on.
    private func received(
        _ demo: Demo, restrictions: String
    ) async throws -> (clerk: Client, folder: String, id: PackageID) {
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        let leaflet = try demo.file("leaflet.txt", Array("点検商法に注意しましょう。".utf8))
        let entry = try officer.prepare(
            demo.notice(attachments: [leaflet], changes: ["label.restrictions": restrictions]))
        _ = try await relay.session(officer).send()
        let clerk = try demo.client(.clerk)
        let folder = try await relay.session(clerk).receive(entry.id, into: demo.newFolder("into")).folder
        return (clerk, folder, entry.id)
    }

    private func renamed(_ demo: Demo, _ path: String) throws -> String {
        try demo.file("another-name.txt", Disk.read(path, limit: 1 << 20))
    }

    private func findings(_ demo: Demo, _ clerk: Client, to recipients: [String], _ file: String) throws -> [Refusal] {
        // The council itself exchanges with the station only in this directory; the other findings are of no interest here.
        try clerk.dryRun(demo.notice(to: recipients, attachments: [file])).findings.filter {
            $0.code == .forwardingForbidden
        }
    }

    @Test(arguments: ["【機２】leaflet.txt", "【機２】record.txt", "【機２】record.json"])
    func whatCameOutIsNotSentOn(name: String) async throws {
        let demo = try Demo()
        let (clerk, folder, id) = try await received(demo, restrictions: #"["no_forward"]"#)
        let file = try renamed(demo, folder + "/" + name)
        let refused = try findings(demo, clerk, to: ["aomori/towada-shi"], file)
        #expect(refused.count == 1)
        #expect(refused.first?.message.ja.contains(id.text) == true)
        #expect(refused.first?.message.ja.contains("aomori/towada-shi") == true)
        #expect(refused.first?.message.ja.contains("another-name") == false)
        // The station sent it, so it has it.
        #expect(try findings(demo, clerk, to: ["aomori-police/hachinohe"], file).isEmpty)
        // Another content under the same name is another thing.
        let other = try demo.file("leaflet.txt", Array("別の資料".utf8))
        #expect(try findings(demo, clerk, to: ["aomori/towada-shi"], other).isEmpty)
    }

    @Test func withoutTheRestrictionItMayGo() async throws {
        let demo = try Demo()
        let (clerk, folder, _) = try await received(demo, restrictions: #"["concerned_only"]"#)
        let file = try renamed(demo, folder + "/【機２】leaflet.txt")
        #expect(try findings(demo, clerk, to: ["aomori/towada-shi"], file).isEmpty)
    }

    @Test func whatIsKeptOfItIsSealed() async throws {
        let demo = try Demo()
        let (clerk, _, id) = try await received(demo, restrictions: #"["no_forward"]"#)
        let kept = try Disk.read("\(clerk.home.folder)/received/\(id).sealed", limit: 1 << 20)
        #expect(Data(kept).range(of: Data("no_forward".utf8)) == nil)
        #expect(Data(kept).range(of: Data("aomori".utf8)) == nil)
        var damaged = kept
        damaged[kept.count / 2] ^= 1
        try Disk.real.replace("\(clerk.home.folder)/received/\(id).sealed", with: damaged, suffix: "x")
        #expect(throws: ClientFailure.self) { try clerk.notForwarded() }
    }
}
