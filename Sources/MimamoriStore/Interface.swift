// Interface to be filled in: the signatures that other rooms build on.
package import MimamoriCore

package struct StoreFailure: Error, Sendable {
    package enum Kind: String, Sendable { case busy, full, unavailable, corrupt, schema }
    package let kind: Kind
    package let message: Bilingual
    package let cause: String
    package init(_ kind: Kind, message: Bilingual, cause: String) {
        self.kind = kind; self.message = message; self.cause = cause
    }
}

package enum SQLValue: Sendable, Hashable { case null, integer(Int64), text(String), blob([UInt8]) }

/// One row by column order.
package struct Row: Sendable {
    package func integer(_ index: Int) throws -> Int64 { fatalError() }
    package func optionalInteger(_ index: Int) throws -> Int64? { fatalError() }
    package func text(_ index: Int) throws -> String { fatalError() }
    package func optionalText(_ index: Int) throws -> String? { fatalError() }
    package func blob(_ index: Int) throws -> [UInt8] { fatalError() }
    package func optionalBlob(_ index: Int) throws -> [UInt8]? { fatalError() }
}

/// The statements of one transaction; valid inside the closure only.
package protocol Transaction {
    /// Runs a statement; returns the number of rows changed. Parameters are `$1`, `$2` …
    @discardableResult func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int
    func rows(_ sql: String, _ arguments: [SQLValue]) throws -> [Row]
}

package protocol Database: Sendable {
    /// Durable when it returns. An error thrown by `body` rolls back what this body did, and only that.
    func write<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R
    func read<R: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> R) async throws -> R
}
