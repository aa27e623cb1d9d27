// The listener as strangers see it: which handshakes end, whose certificate is refused with which words, what a request
// may weigh and how long it may take, and how the relay stops. With curl and openssl against the real daemon.

import Foundation
import Glibc
import MimamoriCore
import TestSupport
import Testing

struct ListenerTests {
    @Test func aSoundAndEnrolledCertificateIsAnswered() throws {
        try RunningRelay.with { relay in
            let answer = try relay.curl(relay.administrator, "/v1/whoami")
            #expect(answer.status == 200)
            #expect(answer.field("relay") == "aomori-relay/office")
            #expect(answer.headers["content-type"] == "application/json")
            #expect(answer.headers["cache-control"] == "no-store")
            #expect(answer.headers["mimamori-request"]?.count == 16)
            #expect(answer.headers["date"]?.hasSuffix(" GMT") == true)
            #expect(answer.headers["connection"] == nil)
        }
    }

    @Test func handshakesThatMustFailDo() throws {
        try RunningRelay.with(options: "[log]\nlevel = \"debug\"") { relay in
            let without = try relay.curl(nil, "/v1/whoami")
            #expect(without.status == 0 && without.exit != 0)
            #expect(without.errors.contains("certificate required"))
            // SECLEVEL=0, so that it is the relay that refuses and not this openssl (SD-TLS-3).
            for version in ["-tls1", "-tls1_1", "-tls1_2"] {
                let client = try ForeignTool.openssl.outcome(
                    [
                        "s_client", version, "-cipher", "ALL:@SECLEVEL=0", "-connect", relay.address, "-cert",
                        relay.administrator.certificate, "-key", relay.administrator.key,
                    ])
                #expect(client.status != 0)
                #expect(client.errors.contains("alert protocol version"), "\(version): \(client.errors)")
            }
            #expect(!relay.log.contains("request.answered"))
        }
    }

    @Test func theStrictProfileHasNoPlainX25519() throws {
        func handshake(_ group: String, _ relay: RunningRelay) throws -> Bool {
            let outcome = try ForeignTool.openssl.outcome(
                [
                    "s_client", "-groups", group, "-connect", relay.address, "-cert",
                    relay.administrator.certificate, "-key", relay.administrator.key,
                ])
            return outcome.text.contains("New, TLSv1.3")
        }
        try RunningRelay.with { relay in
            let outcomes = try ["X25519", "P-256", "P-384", "P-521"].map { try handshake($0, relay) }
            #expect(outcomes == [true, true, true, false])
        }
        try RunningRelay.with(tls: "strict_groups = true") { relay in
            let outcomes = try ["X25519", "P-256", "P-384", "P-521"].map { try handshake($0, relay) }
            #expect(outcomes == [false, true, true, false])
        }
    }

    @Test func everyBadCertificateIsAnsweredWithItsOwnCode() throws {
        let table: [(DevelopmentPKI.Bad, Refusal.Code)] = [
            (.expired, .certificateExpired), (.otherCA, .certificateUntrusted), (.revoked, .certificateRevoked),
            (.noClientUsage, .certificateUsage), (.weakKey, .certificateWeakKey),
            // Both are sound in themselves; nobody enrolled them.
            (.wrongAddress, .certificateNotEnrolled), (.unenrolled, .certificateNotEnrolled),
        ]
        #expect(Set(table.map(\.0)) == Set(DevelopmentPKI.Bad.allCases))
        try RunningRelay.with { relay in
            for (bad, code) in table {
                for path in ["/v1/whoami", "/v1/no-such-path"] {
                    let answer = try relay.curl(relay.pki.bad(bad), path)
                    #expect(answer.status == 403)
                    #expect(answer.field("code") == code.rawValue)
                    #expect(answer.field("title_ja")?.contains("証明書") == true)
                    #expect(answer.headers["connection"] == "close")
                    #expect(answer.headers["content-type"] == "application/problem+json")
                }
            }
        }
    }

    @Test func pathsAndMethodsThatAreNotThere() throws {
        let table: [(String, [String], Int, String)] = [
            ("/", [], 404, "not-found"), ("/v1/packages/not-an-id", [], 404, "not-found"),
            ("/v1/packages/../../etc/passwd", ["--path-as-is"], 404, "not-found"),
            ("/v1/whoami", ["-X", "DELETE"], 405, "request-malformed"),
            ("/v1/packages", ["-X", "GET"], 405, "request-malformed"),
            ("/v1/whoami?x=1", [], 400, "request-malformed"), ("/v1/inbox?wait=61", [], 400, "request-malformed"),
            ("/v1/inbox?after=-1", [], 400, "request-malformed"),
            ("/v1/log/entries?count=0", [], 400, "request-malformed"),
            ("/v1/packages/019b76da-a800-7000-8000-000000000000", [], 404, "not-found"),
            ("/v1/inbox", [], 403, "role-missing"), ("/v1/admin/parties", ["-d", "{"], 400, "request-malformed"),
            ("/v1/whoami", ["-X", "GET", "-d", "body"], 400, "request-malformed"),
            ("/v1/whoami", ["-H", "X: \(String(repeating: "a", count: 20_000))"], 400, "request-malformed"),
        ]
        try RunningRelay.with { relay in
            for (path, arguments, status, code) in table {
                let answer = try relay.curl(relay.administrator, path, arguments)
                #expect(answer.status == status, "\(path) \(arguments)")
                #expect(answer.field("code") == code, "\(path) \(arguments)")
                #expect(answer.headers["mimamori-request"] == answer.field("request"))
            }
            #expect(try relay.curl(relay.administrator, "/v1/whoami", ["-X", "PUT"]).headers["allow"] == "GET")
        }
    }

    @Test func aBodyIsRefusedBeforeItIsRead() throws {
        try RunningRelay.with { relay in
            let large = relay.folder.appending(path: "large")
            try Data(count: 9_000_000).write(to: large)
            let chunked = ["-H", "Transfer-Encoding: chunked"]
            for extra in [[], ["-H", "Expect:"], chunked, chunked + ["-H", "Expect:"]] {
                for path in ["/v1/admin/parties", "/v1/packages"] {
                    let answer = try relay.curl(
                        relay.administrator, path, ["--data-binary", "@\(large.path)"] + extra)
                    #expect(answer.status == 413, "\(path) \(extra)")
                    #expect(answer.field("code") == "request-too-large")
                    #expect(answer.headers["connection"] == "close")
                }
            }
        }
    }

    @Test func aSlowUploadIsCut() throws {
        try RunningRelay.with(options: "[limits]\nupload_seconds = 5") { relay in
            let body = relay.folder.appending(path: "body")
            try Data(count: 500_000).write(to: body)
            let answer = try relay.curl(
                relay.administrator, "/v1/admin/parties",
                ["--data-binary", "@\(body.path)", "-H", "Expect:", "--limit-rate", "20k"])
            #expect(answer.status == 408)
            #expect(answer.field("retry") == "later")
        }
    }

    @Test func aSilentConnectionIsClosed() throws {
        try RunningRelay.with(options: "[limits]\nidle_seconds = 5") { relay in
            // A fifo that this process itself could write to never ends: only the relay can end the connection.
            let client = try ChildProcess.run(
                [
                    "bash", "-c",
                    "mkfifo open && exec openssl s_client -quiet -connect \(relay.address) -cert "
                        + "\(relay.administrator.certificate) -key \(relay.administrator.key) <>open",
                ], directory: relay.folder, seconds: 60)
            #expect(client.status == 0, "\(client.stderr)")
        }
    }

    @Test func aRequestUnderWayIsFinishedWhenTheRelayStops() throws {
        try RunningRelay.with { relay in
            let party = #"[{"address":"aomori/towada-shi","kind":"council","name":"十和田市","kana":"","aliases":[]}]"#
            let body = relay.folder.appending(path: "body")
            try (party + String(repeating: " ", count: 300_000)).write(to: body, atomically: true, encoding: .utf8)
            let (out, status) = (relay.folder.appending(path: "out"), relay.folder.appending(path: "status"))
            let client = try ChildProcess(
                [
                    "curl", "-sS", "--cacert", relay.pki.root, "--cert", relay.administrator.certificate, "--key",
                    relay.administrator.key, "--limit-rate", "100k", "-H", "Expect:", "--data-binary",
                    "@\(body.path)", "-o", out.path, "-w", "%{http_code}", "https://\(relay.address)/v1/admin/parties",
                ], stdout: status, stderr: status)
            try relay.awaitRequest()
            relay.process.signal(SIGTERM)
            #expect(try relay.process.wait(seconds: 30) == 0)
            #expect(try client.wait(seconds: 10) == 0)
            #expect(try String(contentsOf: status, encoding: .utf8) == "200")
            #expect(try String(contentsOf: out, encoding: .utf8).contains(#""changed":1"#))
            let stopping = try #require(relay.log.range(of: "server.stopping"))
            let changed = try #require(relay.log.range(of: "directory.changed"))
            let stopped = try #require(relay.log.range(of: "relay.stopped"))
            #expect(stopping.lowerBound < changed.lowerBound && changed.lowerBound < stopped.lowerBound)
        }
    }
}
