// docs/openapi.yaml and the protocol's own sources name the same paths, methods and codes. The file is read line by line;
// that it is valid OpenAPI was checked with openapi-spec-validator, which is not needed here.

import Foundation
import HTTPTypes
import MimamoriCore
import MimamoriWire
import TestSupport
import Testing

@testable import MimamoriServer

struct OpenAPITests {
    /// `/v1/packages/{id}` → its methods.
    private func documented() throws -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        var path = ""
        let text = try Repository.text("docs/openapi.yaml")
        let paths = try #require(
            text.components(separatedBy: "\npaths:\n").last?.components(separatedBy: "\ncomponents:\n").first)
        for line in paths.split(separator: "\n") {
            if let name = line.wholeMatch(of: #/  (/v1/[^:]*):/#)?.1 {
                path = String(name)
                found[path] = []
            } else if let method = line.wholeMatch(of: #/    (get|head|put|post|delete|patch):/#)?.1 {
                found[path]?.insert(method.uppercased())
            }
        }
        return found
    }

    @Test func pathsAndMethodsAreTheProtocols() throws {
        let time = Timestamp(milliseconds: 1_780_000_000_000)
        let id = PackageID(at: time, random: Array(0..<10))
        let proposal = ProposalID(at: time, random: Array(0..<10))
        let documented = try documented()
        for (path, methods) in documented {
            let example = path.replacing("{id}", with: id.text).replacing("{number}", with: "3")
            let endpoint = try #require(Endpoint(path: example[...]), "\(path)")
            #expect(endpoint.path == example)
            #expect(Set(endpoint.methods.map(\.rawValue)) == methods, "\(path)")
        }
        let all: [Endpoint] = [
            .whoAmI, .directory, .revocationList, .packages, .manifest(id), .part(id, 3), .commit(id), .package(id),
            .cancellation(id), .approvals, .approval(id), .rejection(id), .inbox, .openedReceipt(id), .logEntries,
            .logCheckpoint, .logInclusion, .logConsistency, .logCosignatures, .logKey, .parties, .persons, .roles,
            .certificates, .certificateWithdrawals,
            .memberships, .thread(id), .label(id), .duty, .dutyAcknowledgements, .report,
            .dueDisposals, .proposals, .proposalConfirmation(proposal), .proposalWithdrawal(proposal),
            .disposalCertificate(id),
        ]
        let paths = all.map { endpoint in
            endpoint.path.replacing(id.text, with: "{id}").replacing("parts/3", with: "parts/{number}")
        }
        #expect(Set(documented.keys) == Set(paths))
    }

    @Test func codesAreTheOnesThatAreAnswered() throws {
        let text = try Repository.text("docs/openapi.yaml")
        let codes = try #require(
            text.components(separatedBy: "\n    Code:\n").last?.components(separatedBy: "\n    WhoAmI:").first
        )
        .split(separator: "\n").compactMap { $0.wholeMatch(of: #/        - (.+)/#).map { String($0.1) } }
        #expect(codes == ["internal-error", "unavailable"] + Refusal.Code.allCases.map(\.rawValue))
    }
}
