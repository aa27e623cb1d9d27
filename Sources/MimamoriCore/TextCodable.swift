// How the typed identifiers travel in JSON: as one string each, and a string that is not one is an error that names
// its place. Kept beside the identifiers so that each type says only what it is.

/// A value with one textual form, refused in any other.
package protocol TextCodable: Codable, Sendable {
    init?(_ text: String)
    var text: String { get }
}

extension TextCodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a \(Self.self)")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension PackageID: TextCodable {}
extension Address: TextCodable {}
extension PersonAddress: TextCodable {}
extension CouncilCode: TextCodable {}

extension CivilDate: TextCodable {
    package var text: String { description }
}

extension RetentionClass: TextCodable {}

extension CertificateFingerprint: TextCodable {
    package var text: String { hexadecimal }
}

extension ContentDigest: TextCodable {
    package var text: String { hexadecimal }
}
