// Retention over HTTP, with curl: what the routes take and what they refuse. What happens to packages is told by the
// relay's own tests and the stories.

import Foundation
import TestSupport
import Testing

struct KeepingRouteTests {
    private static let unknown = "019b76da-a800-7000-8000-000000000000"

    @Test func theRoutesTakeWhatIsDescribed() throws {
        try RunningRelay.with { relay in
            func get(_ path: String) throws -> (Int, String) {
                let response = try relay.curl(relay.administrator, path)
                return (response.status, response.field("code") ?? String(decoding: response.body, as: UTF8.self))
            }
            let table: [(String, Int, String)] = [
                ("/v1/retention/due", 200, #"{"has_more":false,"items":[]}"#),
                ("/v1/retention/due?before=2099-04-01", 200, #"{"has_more":false,"items":[]}"#),
                ("/v1/retention/due?before=2099-04-31", 400, "request-malformed"),
                ("/v1/retention/due?after=x", 400, "request-malformed"),
                ("/v1/retention/due?after=\(Self.unknown)", 404, "not-found"),
                ("/v1/retention/due?until=2099-04-01", 400, "request-malformed"),
                ("/v1/proposals", 200, #"{"items":[]}"#),
                ("/v1/proposals?state=confirmed", 200, #"{"items":[]}"#),
                ("/v1/proposals?state=pending", 400, "request-malformed"),
                ("/v1/packages/\(Self.unknown)/disposal", 404, "not-found"),
                ("/v1/proposals/\(Self.unknown)/confirmation", 405, "request-malformed"),
            ]
            for (path, status, answer) in table {
                let found = try get(path)
                #expect(found.0 == status && found.1 == answer, "\(path): \(found)")
            }

            func post(_ path: String, _ body: String?) throws -> [String?] {
                let data =
                    body.map { ["--data-binary", $0, "-H", "Content-Type: application/json"] } ?? ["-X", "POST"]
                let response = try relay.curl(relay.administrator, path, data)
                return [String(response.status), response.field("code"), response.field("rule")]
            }
            let whole = #"{"action":"hold","packages":["\#(Self.unknown)"],"reason":"照会"}"#
            #expect(try post("/v1/proposals", whole) == ["422", "proposal-invalid", "SD-ACC-6"])
            for wrong in [
                whole.replacing("hold", with: "burn"), whole.replacing(Self.unknown, with: "x"),
                whole.replacing(#""reason""#, with: #""state":"open","reason""#), whole.replacing("照会\"", with: ""),
            ] {
                #expect(try post("/v1/proposals", wrong).prefix(2) == ["400", "request-malformed"], "\(wrong)")
            }
            for verb in ["confirmation", "withdrawal"] {
                #expect(try post("/v1/proposals/\(Self.unknown)/\(verb)", nil) == ["404", "not-found", "SD-ACC-4"])
            }
        }
    }
}
