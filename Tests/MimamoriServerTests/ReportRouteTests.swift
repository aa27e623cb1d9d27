// The report's query over HTTP: both days are needed and must be days; who may not count is told so.

import Foundation
import TestSupport
import Testing

struct ReportRouteTests {
    @Test func bothDaysAreNeededAndRead() throws {
        try RunningRelay.with { relay in
            let table: [(String, Int, String)] = [
                ("", 400, "request-malformed"), ("?from=2026-04-01", 400, "request-malformed"),
                ("?to=2026-04-01", 400, "request-malformed"),
                ("?from=2026-04-02&to=2026-04-01", 400, "request-malformed"),
                ("?from=2026-4-1&to=2026-04-01", 400, "request-malformed"),
                ("?from=2026-02-30&to=2026-04-01", 400, "request-malformed"),
                ("?from=2026-04-01&to=2026-04-01&by=kind", 400, "request-malformed"),
                ("?from=2026-04-01&to=2027-03-31", 403, "role-missing"),
            ]
            for (query, status, code) in table {
                let response = try relay.curl(relay.administrator, "/v1/report\(query)")
                #expect(response.status == status && response.field("code") == code, "\(query)")
            }
        }
    }
}
