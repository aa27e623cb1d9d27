// Paths are read back into the very endpoints that make them, and nothing else is one.

import HTTPTypes
import MimamoriCore
import MimamoriWire
import Testing

@testable import MimamoriServer

struct EndpointRulesTests {
    private static let id = PackageID(at: Timestamp(milliseconds: 1_780_000_000_000), random: Array(0..<10))
    private static let proposal = ProposalID(at: Timestamp(milliseconds: 1_790_000_000_000), random: Array(0..<10))

    private static let all: [Endpoint] = [
        .dueDisposals, .proposals, .proposalConfirmation(proposal), .proposalWithdrawal(proposal),
        .disposalCertificate(id),
        .whoAmI, .directory, .revocationList, .packages, .manifest(id), .part(id, 0), .part(id, 4095), .commit(id),
        .package(id), .cancellation(id), .approvals, .approval(id), .rejection(id), .inbox, .openedReceipt(id),
        .logEntries, .logCheckpoint, .logInclusion, .logConsistency, .logCosignatures, .logKey, .parties, .persons,
        .roles, .certificates, .certificateWithdrawals,
        .memberships, .thread(id), .label(id), .duty, .dutyAcknowledgements, .report,
    ]

    @Test(arguments: all)
    func aPathIsReadBack(_ endpoint: Endpoint) {
        #expect(Endpoint(path: endpoint.path[...]) == endpoint)
        #expect(!endpoint.methods.isEmpty)
        #expect(Endpoint(path: (endpoint.path + "/")[...]) == nil)
        #expect(Endpoint(path: endpoint.path.uppercased()[...]) == nil)
        #expect(endpoint.bodyLimit(for: .get) == 0 && endpoint.bodyLimit(for: .head) == 0)
    }

    @Test(arguments: [
        "/v1/proposals/", "/v1/proposals/\(proposal)", "/v1/proposals/x/withdrawal", "/v1/retention",
        "/v1/proposals/\(proposal.text.uppercased())/confirmation", "/v1/proposals/\(proposal)/confirmation/x",
        "", "/", "*", "v1/whoami", "/v1", "/v1/", "//v1/whoami", "/v2/whoami", "/v1/whoami/x", "/v1/packages/",
        "/v1/packages/not-an-id", "/v1/packages/../whoami", "/v1/packages/%2e%2e", "/v1/%77hoami",
        "/v1/packages/\(id)/parts", "/v1/packages/\(id)/parts/", "/v1/packages/\(id)/parts/-1",
        "/v1/packages/\(id)/parts/01", "/v1/packages/\(id)/parts/+1", "/v1/packages/\(id)/parts/4096",
        "/v1/packages/\(id)/parts/1/2", "/v1/packages/\(id)/receipts", "/v1/packages/\(id)/receipts/stored",
        "/v1/packages/\(id.text.uppercased())", "/v1/packages/\(id)/manifest\u{0}", "/v1/admin", "/metrics",
    ])
    func whatIsNotAPathIsNone(_ path: String) {
        #expect(Endpoint(path: path[...]) == nil)
    }

    @Test(arguments: [
        (Endpoint.packages, HTTPRequest.Method.post, 8 * 1024 * 1024), (.manifest(id), .put, 1024 * 1024),
        (.part(id, 3), .put, 4 * 1024 * 1024 + 256 * 1024), (.part(id, 3), .get, 0), (.commit(id), .post, 0),
        (.proposals, .post, 1024 * 1024), (.proposals, .get, 0), (.proposalConfirmation(proposal), .post, 0),
        (.proposalWithdrawal(proposal), .post, 0),
        (.approval(id), .post, 1024 * 1024), (.rejection(id), .post, 1024 * 1024), (.parties, .post, 1024 * 1024),
        (.logCosignatures, .post, 1024 * 1024),
    ])
    func bodiesHaveTheirLimit(_ endpoint: Endpoint, _ method: HTTPRequest.Method, _ bytes: Int) {
        #expect(endpoint.bodyLimit(for: method) == bytes)
    }
}
