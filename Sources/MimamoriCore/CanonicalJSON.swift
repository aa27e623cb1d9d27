// The one byte encoding of values that are hashed or signed: JSON with keys sorted by code point, no white space, no
// escaped slashes, which is what `jq -cjS .` prints. Decoding refuses bytes that do not encode back to themselves, so
// repeated keys, unknown keys and second spellings cannot hide anything from one reader that another one sees.

import Foundation

package enum CanonicalJSON {
    package enum DecodingFailure: Error, Equatable {
        /// Well-formed for the type, but not the canonical bytes.
        case notCanonical
        /// A field is missing, of the wrong type or not of its vocabulary; the path, dotted.
        case invalid(path: String)
    }

    package static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            preconditionFailure("values of the house encode without failing; none holds a non-finite number")
        }
    }

    package static func decode<Value: Codable>(
        _ type: Value.Type, from bytes: [UInt8]
    ) -> Result<Value, DecodingFailure> {
        do {
            let value = try JSONDecoder().decode(Value.self, from: Data(bytes))
            return encode(value) == bytes ? .success(value) : .failure(.notCanonical)
        } catch DecodingError.keyNotFound(let key, let context) {
            return .failure(.invalid(path: path(context.codingPath + [key])))
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context)
        {
            return .failure(.invalid(path: path(context.codingPath)))
        } catch {
            return .failure(.invalid(path: "?"))
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.isEmpty ? "(JSON)" : keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
