// Answers that are not a success become refusals with every finding, or failures that say whose fault it is.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriWire
import Testing

@testable import MimamoriClient

struct ProblemTests {
    private func problem(_ refusals: [Refusal], status: Int = 403) throws -> [UInt8] {
        let first = try #require(refusals.first)
        return CanonicalJSON.encode(
            Problem(
                status: status, code: first.code.rawValue, rule: first.rule, message: first.message,
                remedy: first.remedy, retry: first.retry,
                findings: refusals.count > 1 ? refusals.map { Problem.Finding($0) } : nil, request: "req-1"))
    }

    @Test(arguments: [1, 3])
    func refusalsComeBackWhole(count: Int) throws {
        let refusals = Array([Refusal.notFound, .roleMissing(.sender), .busy].prefix(count))
        let error = ProblemReading.error(status: 403, body: try problem(refusals))
        let refused = try #require(error as? Refused)
        #expect(refused.findings == refusals)
        #expect(refused.request == "req-1")
    }

    @Test(arguments: [
        (UInt(500), "internal-error", ClientFailure.Kind.tryLater), (503, "unavailable", .tryLater),
        (400, "code-of-the-future", .notGenuine),
    ])
    func whatIsNoRefusalKeepsItsWords(status: UInt, code: String, kind: ClientFailure.Kind) throws {
        let words = Bilingual(ja: "言葉", en: "words")
        let body = CanonicalJSON.encode(
            Problem(
                status: Int(status), code: code, rule: "x", message: words, remedy: words, retry: .never,
                request: "req-2"))
        let failure = try #require(ProblemReading.error(status: status, body: body) as? ClientFailure)
        #expect(failure.kind == kind)
        #expect(failure.message.en.contains("words") && failure.message.en.contains("req-2"))
    }

    @Test(arguments: [(UInt(502), ClientFailure.Kind.tryLater), (404, .notGenuine), (301, .notGenuine)])
    func aProxysPageIsNoAnswer(status: UInt, kind: ClientFailure.Kind) throws {
        let error = ProblemReading.error(status: status, body: Array("<html>".utf8))
        #expect((error as? ClientFailure)?.kind == kind)
    }

    @Test func nobodyThere() async throws {
        let demo = try Demo()
        let home = try demo.client(.clerk).home
        // Port 1 of this machine takes no connections; .invalid never resolves (RFC 6761 §6.4).
        for (url, words) in [
            ("https://127.0.0.1:1", "takes no connections"), ("https://relay.invalid:1", "no such name"),
        ] {
            let connection = try RelayConnection(
                url: #require(RelayURL(url)), rootsPEM: home.rootsPEM, certificatePEM: home.personCertificate.pem,
                keyPEM: home.personKeyPEM,
                diagnosis: ConnectionDiagnosis(trust: try home.trust(), now: { demo.now }))
            let outcome: Result<WhoAmI, any Error>
            do {
                outcome = .success(try await RelayClient(connection).whoAmI())
            } catch {
                outcome = .failure(error)
            }
            await connection.close()
            guard case .failure(let failure as ClientFailure) = outcome else {
                Issue.record("nobody is there: \(outcome)")
                continue
            }
            #expect(failure.kind == .unreachable)
            #expect(failure.message.en.contains(words), "\(failure)")
        }
    }
}
