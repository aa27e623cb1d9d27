package import MimamoriCore
import MimamoriCrypto
import MimamoriStore
import MimamoriWire

extension Relay {
    package func report(from: CivilDate, to: CivilDate, by caller: Caller) async throws -> ActivityReport {
        preconditionFailure("pending")
    }
}
