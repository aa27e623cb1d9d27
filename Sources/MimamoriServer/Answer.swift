// A response before it is written: status, fields, bytes. What every answer carries besides (date, request id, no
// storing by anybody between) is added where it is written, in HTTPConnection.swift.

import Foundation
import HTTPTypes
import MimamoriCore
import MimamoriWire

struct Answer: Sendable {
    var status: HTTPResponse.Status
    var headers: HTTPFields = [:]
    var body: [UInt8] = []
    /// What `Content-Length` says when it is not the body's size: the answer to HEAD.
    var announcedBytes: Int?
    /// The connection ends with this answer.
    var closes = false

    static let noContent = Answer(status: .noContent)

    static func bytes(_ body: [UInt8], _ mediaType: String, status: HTTPResponse.Status = .ok) -> Answer {
        Answer(status: status, headers: [.contentType: mediaType], body: body)
    }

    /// Canonical JSON, so that equal answers have equal bytes.
    static func json(_ value: some Encodable) -> Answer {
        bytes(CanonicalJSON.encode(value), MediaType.json)
    }

    static func problem(_ problem: ProblemAnswer) -> Answer {
        var answer = bytes(CanonicalJSON.encode(problem.problem), MediaType.problem, status: problem.status)
        answer.headers.append(contentsOf: problem.headers)
        answer.closes = problem.closes
        return answer
    }
}
