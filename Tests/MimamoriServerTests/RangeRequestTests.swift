// RFC 9110 §14.1.2 and §14.2: what a Range field asks of a part of 100 bytes.

import HTTPTypes
import Testing

@testable import MimamoriServer

struct RangeRequestTests {
    @Test(arguments: [
        ("bytes=0-0", RangeRequest.range(0..<1)), ("bytes=0-99", .range(0..<100)), ("bytes=10-19", .range(10..<20)),
        ("bytes=90-", .range(90..<100)), ("bytes=99-", .range(99..<100)), ("bytes=90-1000", .range(90..<100)),
        ("bytes=-1", .range(99..<100)), ("bytes=-100", .range(0..<100)), ("bytes=-1000", .range(0..<100)),
        ("bytes=0-9223372036854775807", .range(0..<100)), ("bytes=5-99999999999999999999", .range(5..<100)),
        ("bytes=100-", .unsatisfiable), ("bytes=100-200", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=99999999999999999999-", .unsatisfiable),
        // Not one range of bytes: ignored, the whole part is sent.
        ("bytes=20-10", .whole), ("bytes=0-1,5-6", .whole), ("bytes=", .whole), ("bytes=-", .whole),
        ("bytes=a-b", .whole), ("bytes=+1-2", .whole), ("bytes=1--2", .whole), ("bytes 0-1", .whole),
        ("lines=0-1", .whole), ("", .whole),
    ])
    func aFieldAsksFor(_ field: String, _ expected: RangeRequest) {
        #expect(RangeRequest([.range: field], bytes: 100, etag: "\"a\"") == expected)
    }

    @Test(arguments: [
        ("\"a\"", RangeRequest.range(1..<3)), ("\"b\"", .whole), ("a", .whole), ("W/\"a\"", .whole),
        ("Mon, 23 Nov 2026 01:00:00 GMT", .whole),
    ])
    func aConditionMustHold(_ condition: String, _ expected: RangeRequest) {
        let headers: HTTPFields = [.range: "bytes=1-2", .ifRange: condition]
        #expect(RangeRequest(headers, bytes: 100, etag: "\"a\"") == expected)
    }

    @Test func withoutAFieldItIsTheWhole() {
        #expect(RangeRequest([:], bytes: 100, etag: "\"a\"") == .whole)
        #expect(RangeRequest([.range: "bytes=0-"], bytes: 0, etag: "\"a\"") == .unsatisfiable)
    }
}
