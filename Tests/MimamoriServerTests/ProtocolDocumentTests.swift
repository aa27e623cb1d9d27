// docs/protocol.md is run as it stands: its shell blocks, one after the other, against an empty relay, with curl and
// openssl only. What other programs rely on is what the document shows. And a recipient's long poll, which needs the
// directory that the walk fills.

import Foundation
import Glibc
import TestSupport
import Testing

struct ProtocolDocumentTests {
    /// The document's shell blocks in order.
    private func walk() throws -> [String] {
        try Repository.text("docs/protocol.md").components(separatedBy: "\n```sh\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\n```").first }
    }

    private func run(_ blocks: some Collection<String>, with relay: RunningRelay) throws -> ChildProcess.Outcome {
        let script = relay.folder.appending(path: "walk.sh")
        try (["set -euo pipefail"] + blocks).joined(separator: "\n").write(
            to: script, atomically: true, encoding: .utf8)
        let work = relay.folder.appending(path: "walk")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        var environment = ProcessInfo.processInfo.environment
        environment["RELAY"] = "https://\(relay.address)"
        environment["PKI"] = relay.pki.folder
        return try ChildProcess.run(["bash", script.path], environment: environment, directory: work)
    }

    @Test func theWalkGoesAsItIsWritten() throws {
        try RunningRelay.with(options: "[log]\nlevel = \"debug\"") { relay in
            let blocks = try walk()
            #expect(blocks.count == 14)
            let outcome = try run(blocks, with: relay)
            #expect(outcome.status == 0, "\(outcome.stdout)\(outcome.stderr)\(relay.log)")
            for piece in [
                #""is_current":true"#, #""kind":"request""#, #""missing":[0]"#, "mimamori-stored-receipt/1",
                #""delivery":"stored""#, "練習用の記録",
                #""state":"opened""#, "mimamori/aomori-relay/office/access-log", "mimamori-log-key/1", "role-missing",
                #""relabelled":1"#, #""answered":1"#,
            ] {
                #expect(outcome.stdout.contains(piece), "\(piece): \(outcome.stdout)\(outcome.stderr)")
            }
            let work = relay.folder.appending(path: "walk")
            func content(_ receipt: String) throws -> [UInt8] {
                try ForeignTool.openssl.run([
                    "cms", "-verify", "-noverify", "-inform", "DER", "-binary", "-certfile",
                    relay.pki.relayStatement.certificate, "-in", work.appending(path: receipt).path,
                ])
            }
            #expect(try content("receipt.cms") == content("again.cms"))
            // SD-MON-1: the operational log knows addresses, ids and codes, no names and no content.
            #expect(!["送信", "太郎", "花子", "練習"].contains { relay.log.contains($0) })
        }
    }

    @Test func partsComeByRange() throws {
        try RunningRelay.with { relay in
            let outcome = try run(walk().prefix(6) + ["printf '\\nid=%s' \"$id\""], with: relay)
            #expect(outcome.status == 0, "\(outcome.stdout)\(outcome.stderr)\(relay.log)")
            let id = try #require(outcome.stdout.components(separatedBy: "\nid=").last?.prefix(36))
            let part = try [UInt8](Data(contentsOf: relay.folder.appending(path: "walk/part.0")))
            let officer = relay.pki.person("aomori-police/hachinohe", "officer")
            let path = "/v1/packages/\(id)/parts/0"
            let whole = try relay.curl(officer, path)
            #expect(whole.status == 200 && whole.body == part)
            let etag = try #require(whole.headers["etag"])
            let head = try relay.curl(officer, path, ["-I"])
            #expect(head.status == 200 && head.headers["content-length"] == String(part.count))
            #expect(head.headers["etag"] == etag && head.headers["accept-ranges"] == "bytes")
            let piece = try relay.curl(officer, path, ["-r", "10-19"])
            #expect(piece.status == 206 && piece.body == Array(part[10..<20]))
            #expect(piece.headers["content-range"] == "bytes 10-19/\(part.count)")
            let rest = try relay.curl(officer, path, ["-r", "10-", "-H", "If-Range: \(etag)"])
            #expect(rest.status == 206 && rest.body == Array(part[10...]))
            let other = try relay.curl(officer, path, ["-r", "10-", "-H", "If-Range: \"other\""])
            #expect(other.status == 200 && other.body == part)
            let beyond = try relay.curl(officer, path, ["-r", "\(part.count)-"])
            #expect(beyond.status == 416 && beyond.headers["content-range"] == "bytes */\(part.count)")
            // The council has not been released anything: the same answer as for an id that nobody ever made.
            let clerk = relay.pki.person("aomori/hachinohe-shi", "clerk")
            let absent = "/v1/packages/019b76da-a800-7000-8000-000000000000/parts/0"
            let answers = try [path, absent].map { try relay.curl(clerk, $0) }
            #expect(answers.map(\.status) == [404, 404])
            #expect(answers[0].field("title") == answers[1].field("title"))
        }
    }

    @Test func theDirectoryIsSentWhenItChanged() throws {
        try RunningRelay.with { relay in
            let first = try relay.curl(relay.administrator, "/v1/directory")
            let etag = try #require(first.headers["etag"])
            let condition = ["-H", "If-None-Match: \(etag)"]
            let second = try relay.curl(relay.administrator, "/v1/directory", condition)
            #expect(second.status == 304 && second.body.isEmpty && second.headers["etag"] == etag)
            #expect(try run(walk().prefix(2), with: relay).status == 0)
            let third = try relay.curl(relay.administrator, "/v1/directory", condition)
            #expect(third.status == 200 && third.headers["etag"] != etag)
            let clerk = relay.pki.person("aomori/hachinohe-shi", "clerk")
            #expect(try relay.curl(clerk, "/v1/directory", condition).status == 200)
        }
    }

    @Test func aLongPollEndsWhenTheRelayStops() throws {
        try RunningRelay.with { relay in
            #expect(try run(walk().prefix(2), with: relay).status == 0)
            let clerk = relay.pki.person("aomori/hachinohe-shi", "clerk")
            let (out, status) = (relay.folder.appending(path: "out"), relay.folder.appending(path: "status"))
            let client = try ChildProcess(
                [
                    "curl", "-sS", "--cacert", relay.pki.root, "--cert", clerk.certificate, "--key", clerk.key, "-o",
                    out.path, "-w", "%{http_code}", "https://\(relay.address)/v1/inbox?wait=60",
                ], stdout: status, stderr: status)
            try relay.awaitRequest()
            relay.process.signal(SIGTERM)
            // Less than the poll would have taken by itself.
            #expect(try client.wait(seconds: 30) == 0)
            #expect(try relay.process.wait(seconds: 30) == 0)
            #expect(try String(contentsOf: status, encoding: .utf8) == "200")
            #expect(try String(contentsOf: out, encoding: .utf8) == #"{"items":[],"next":0}"#)
        }
    }
}
