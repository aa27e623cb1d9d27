package import MimamoriCore
import MimamoriCrypto
import MimamoriStore
package import MimamoriWire

extension Relay {
    package func thread(of id: PackageID, by caller: Caller) async throws -> ThreadPage {
        preconditionFailure("pending")
    }
    package func relabel(_ id: PackageID, statement signed: [UInt8], by caller: Caller) async throws {
        preconditionFailure("pending")
    }
    package func report(from: CivilDate, to: CivilDate, by caller: Caller) async throws -> ActivityReport {
        preconditionFailure("pending")
    }
}
