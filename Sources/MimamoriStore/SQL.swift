// The values that go into statements and come out of them: the four kinds that both engines have. Getters are typed and
// throw when the database holds something else, because a value of the wrong kind means damage and not a default.

import MimamoriCore

/// One parameter or one column.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    static func optional(_ integer: Int64?) -> SQLValue { integer.map(SQLValue.integer) ?? .null }
    static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
    static func optional(_ blob: [UInt8]?) -> SQLValue { blob.map(SQLValue.blob) ?? .null }
}

/// One row by column order, from 0.
package struct Row: Sendable {
    private let values: [SQLValue]

    init(_ values: [SQLValue]) { self.values = values }

    package func integer(_ index: Int) throws -> Int64 {
        guard case .integer(let value) = values[index] else { throw StoreFailure.unreadable("column \(index)") }
        return value
    }

    package func optionalInteger(_ index: Int) throws -> Int64? {
        values[index] == .null ? nil : try integer(index)
    }

    package func text(_ index: Int) throws -> String {
        guard case .text(let value) = values[index] else { throw StoreFailure.unreadable("column \(index)") }
        return value
    }

    package func optionalText(_ index: Int) throws -> String? {
        values[index] == .null ? nil : try text(index)
    }

    package func blob(_ index: Int) throws -> [UInt8] {
        guard case .blob(let value) = values[index] else { throw StoreFailure.unreadable("column \(index)") }
        return value
    }

    package func optionalBlob(_ index: Int) throws -> [UInt8]? {
        values[index] == .null ? nil : try blob(index)
    }

    /// The text of a column as a value of the house.
    func value<Value>(_ index: Int, _ read: (String) -> Value?) throws -> Value {
        let text = try text(index)
        guard let value = read(text) else { throw StoreFailure.unreadable("column \(index) as \(Value.self)") }
        return value
    }

    func optionalValue<Value>(_ index: Int, _ read: (String) -> Value?) throws -> Value? {
        values[index] == .null ? nil : try value(index, read)
    }

    func time(_ index: Int) throws -> Timestamp { Timestamp(milliseconds: try integer(index)) }

    func optionalTime(_ index: Int) throws -> Timestamp? {
        try optionalInteger(index).map(Timestamp.init(milliseconds:))
    }
}
