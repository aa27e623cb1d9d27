// Several requests on one connection: what keeps it open, what ends it, and that requests sent at once are answered in
// their order. And many connections at one time.

import Foundation
import TestSupport
import Testing

struct KeepAliveTests {
    /// Sends raw bytes over TLS and returns everything that came back until the relay closed.
    private func converse(_ relay: RunningRelay, _ text: String) throws -> String {
        try text.write(to: relay.folder.appending(path: "request"), atomically: true, encoding: .utf8)
        // -ign_eof: the end of the input does not end the conversation, only the relay does.
        return try ChildProcess.run(
            [
                "openssl", "s_client", "-ign_eof", "-quiet", "-connect", relay.address, "-cert",
                relay.administrator.certificate, "-key", relay.administrator.key,
            ], directory: relay.folder, stdin: relay.folder.appending(path: "request").path
        ).stdout
    }

    private func statuses(_ text: String) -> [String] {
        text.matches(of: #/HTTP/1\.1 ([0-9]{3}) /#).map { String($0.1) }
    }

    @Test func aRefusalOfOneRequestDoesNotEndTheConnection() throws {
        try RunningRelay.with { relay in
            let urls = ["/v1/no-such-path", "/v1/inbox", "/v1/whoami"].map { "https://\(relay.address)\($0)" }
            let outcome = try ChildProcess.run(
                [
                    "curl", "-sS", "--cacert", relay.pki.root, "--cert", relay.administrator.certificate, "--key",
                    relay.administrator.key, "-w", "\n%{http_code}/%{num_connects}\n",
                ] + urls)
            let marks = outcome.stdout.split(separator: "\n").filter { $0.wholeMatch(of: #/\d{3}/\d/#) != nil }
            #expect(marks == ["404/1", "403/0", "200/0"])
        }
    }

    @Test func requestsSentAtOnceAreAnsweredInOrder() throws {
        try RunningRelay.with { relay in
            let text = try converse(
                relay,
                "GET /v1/whoami HTTP/1.1\r\nHost: x\r\n\r\n" + "GET /v1/none HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "POST /v1/admin/roles HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
                    + "HEAD /v1/whoami HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(statuses(text) == ["200", "404", "400", "405", "200"], "\(text)")
        }
    }

    @Test(arguments: [
        "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nX Y: 1\r\n\r\n",
        "GET /v1/who\u{1}ami HTTP/1.1\r\nHost: x\r\n\r\n", "\u{16}\u{3}\u{1} nonsense\r\n\r\n",
        "POST /v1/admin/roles HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
    ])
    func whatIsNotHTTPIsAnsweredAndClosed(_ request: String) throws {
        try RunningRelay.with { relay in
            // A good request behind it is not answered: nobody knows where it would begin.
            let text = try converse(relay, request + "GET /v1/whoami HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(statuses(text) == ["400"], "\(text)")
            #expect(text.contains("request-malformed") && text.contains("Connection: close"))
        }
    }

    @Test func manyConnectionsAreServedAtOnce() throws {
        try RunningRelay.with { relay in
            let command = """
                for i in $(seq 40); do
                    curl -sS --cacert \(relay.pki.root) --cert \(relay.administrator.certificate) \
                        --key \(relay.administrator.key) -o /dev/null -w '%{http_code}\\n' \
                        https://\(relay.address)/v1/whoami https://\(relay.address)/v1/log/checkpoint -o /dev/null &
                done
                wait
                """
            let outcome = try ChildProcess.run(["bash", "-c", command])
            #expect(outcome.stdout.split(separator: "\n").filter { $0 == "200" }.count == 80, "\(outcome.stderr)")
        }
    }

    @Test func moreConnectionsThanAllowedWaitTheirTurn() throws {
        try RunningRelay.with(options: "[limits]\nconnections = 2") { relay in
            let command = """
                for i in $(seq 8); do
                    curl -sS --max-time 60 --cacert \(relay.pki.root) --cert \(relay.administrator.certificate) \
                        --key \(relay.administrator.key) -o /dev/null -w '%{http_code}\\n' \
                        https://\(relay.address)/v1/whoami &
                done
                wait
                """
            let outcome = try ChildProcess.run(["bash", "-c", command])
            #expect(outcome.stdout == String(repeating: "200\n", count: 8), "\(outcome.stderr)")
        }
    }
}
