// One request on its way to a use case: who asks, which endpoint, with what. Made when the caller has been identified
// and the body has been read within its limit; the routes take nothing else.

import Foundation
import HTTPTypes
import MimamoriCore
import MimamoriRelay
import MimamoriWire

struct RelayContext: Sendable {
    let caller: Caller
    let endpoint: Endpoint
    let method: HTTPRequest.Method
    let headers: HTTPFields
    let query: QueryParameters
    let body: [UInt8]

    /// The body as JSON of `type`. A field that is not part of it is refused like a wrong one: a misspelt key that is
    /// silently dropped is a setting that somebody believes in (lessons: Domibus).
    func json<Value: Codable>(_ type: Value.Type) throws -> Value {
        if case .failure(.invalid(let path)) = CanonicalJSON.decode(type, from: body) {
            throw RequestDefect.bodyInvalid(field: path)
        }
        let data = Data(body)
        guard let value = try? JSONDecoder().decode(type, from: data),
            let given = try? JSONSerialization.jsonObject(with: data),
            let known = try? JSONSerialization.jsonObject(with: Data(CanonicalJSON.encode(value)))
        else { throw RequestDefect.bodyInvalid(field: "(JSON)") }
        if let field = Self.field(of: given, missingIn: known) { throw RequestDefect.bodyInvalid(field: field) }
        return value
    }

    /// The first key of `given`, dotted, that `known` has not at the same place; `null` counts as absent.
    private static func field(of given: Any, missingIn known: Any) -> String? {
        if let given = given as? [String: Any], let known = known as? [String: Any] {
            for (key, value) in given.sorted(by: { $0.key < $1.key }) where !(value is NSNull) {
                guard let counterpart = known[key] else { return key }
                if let field = field(of: value, missingIn: counterpart) { return "\(key).\(field)" }
            }
        } else if let given = given as? [Any], let known = known as? [Any], given.count == known.count {
            for (index, pair) in zip(given, known).enumerated() {
                if let field = field(of: pair.0, missingIn: pair.1) { return "\(index).\(field)" }
            }
        }
        return nil
    }
}

/// The part of a request target after `?`. Only names that a path knows are taken, each once.
struct QueryParameters: Sendable, Hashable {
    private let values: [String: String]

    init(_ text: Substring) throws {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&", omittingEmptySubsequences: true) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard halves.count == 2, values.updateValue(halves[1], forKey: halves[0]) == nil else {
                throw RequestDefect.queryInvalid(name: halves[0])
            }
        }
        self.values = values
    }

    /// Throws when there is a parameter besides `names`.
    func allow(_ names: String...) throws {
        if let unknown = values.keys.sorted().first(where: { !names.contains($0) }) {
            throw RequestDefect.queryInvalid(name: unknown)
        }
    }

    /// `nil` when the parameter is absent.
    func value<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value? {
        guard let text = values[name] else { return nil }
        guard let value = read(text) else { throw RequestDefect.queryInvalid(name: name) }
        return value
    }

    /// A decimal number of at least 0; `standard` when the parameter is absent.
    func number(_ name: String, standard: Int64) throws -> Int64 { try number(name) ?? standard }

    /// A decimal number of at least 0; `nil` when the parameter is absent.
    func number(_ name: String) throws -> Int64? {
        guard let text = values[name] else { return nil }
        guard let number = Int64(text), number >= 0, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw RequestDefect.queryInvalid(name: name)
        }
        return number
    }
}
