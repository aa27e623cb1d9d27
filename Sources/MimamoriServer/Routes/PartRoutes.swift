// Downloading one part, whole or a range of it (RFC 9110 §14). The part's own digest is its validator: it never changes,
// so an interrupted download can be resumed after days.

import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

extension Routes {
    func describePart(_ number: Int, of id: PackageID, _ context: RelayContext) async throws -> Answer {
        let part = try await relay.partDescription(number, of: id, by: context.caller)
        return Answer(status: .ok, headers: Self.headers(of: part), announcedBytes: part.bytes)
    }

    func readPart(_ number: Int, of id: PackageID, _ context: RelayContext) async throws -> Answer {
        var range: Range<Int>?
        if context.headers[.range] != nil {
            let part = try await relay.partDescription(number, of: id, by: context.caller)
            switch RangeRequest(context.headers, bytes: part.bytes, etag: Self.etag(part)) {
            case .whole: break
            case .range(let asked): range = asked
            case .unsatisfiable: throw RequestDefect.rangeNotSatisfiable(bytes: part.bytes)
            }
        }
        let content = try await relay.part(number, of: id, range: range, by: context.caller)
        var answer = Answer(
            status: range == nil ? .ok : .partialContent, headers: Self.headers(of: content.description),
            body: content.bytes)
        if let range {
            answer.headers[.contentRange] =
                "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(content.description.bytes)"
        }
        return answer
    }

    private static func etag(_ part: Manifest.Part) -> String { "\"\(part.sha256)\"" }

    private static func headers(of part: Manifest.Part) -> HTTPFields {
        [.contentType: MediaType.part, .eTag: etag(part), .acceptRanges: "bytes"]
    }
}
