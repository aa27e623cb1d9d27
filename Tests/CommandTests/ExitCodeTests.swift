// The exit codes that scripts rely on (design §9), for every failure and every refusal there is.

import ArgumentParser
import MimamoriClient
import MimamoriCore
import Testing

@testable import mimamori

struct ExitCodeTests {
    static let failures: [(ClientFailure.Kind, Int32)] = [
        (.unreachable, 69), (.tryLater, 75), (.notGenuine, 76), (.configuration, 78), (.missing, 66), (.content, 65),
        (.disk, 73),
    ]

    @Test(arguments: failures)
    func failuresHaveTheirCode(kind: ClientFailure.Kind, code: Int32) {
        #expect(ExitCodes(kind).rawValue == code)
    }

    @Test func everyFailureIsInTheTable() {
        #expect(Set(Self.failures.map(\.0)) == Set(ClientFailure.Kind.allCases))
    }

    static let refusals: [Int32: [Refusal.Code]] = [
        65: [
            .manifestMalformed, .manifestFieldInvalid, .recipientsInvalid, .recipientUnknown, .partsInvalid,
            .directoryInvalid, .requestTooLarge, .personalIdentifier, .criterionMissing, .criterionOutdated,
            .requestIncomplete, .attachmentExecutable, .attachmentMetadata,
        ],
        66: [.notFound, .packageDisposed],
        75: [.busy, .callerPaused],
        76: [
            .manifestSignatureInvalid, .partUnexpected, .partDigestMismatch, .partNotSealed, .partSealedToOthers,
            .partsMissing, .approvalSignatureInvalid, .receiptInvalid, .requestMalformed, .recordDisagrees,
            .acknowledgementInvalid, .relabellingInvalid, .cosignatureInvalid,
        ],
    ]

    /// Whatever is not named is a "no" of policy or rights.
    @Test(arguments: Refusal.Code.allCases)
    func refusalsHaveTheirCode(code: Refusal.Code) {
        let expected = Self.refusals.first { $0.value.contains(code) }?.key ?? 77
        #expect(ExitCodes(code).rawValue == expected)
    }

    private func refusal(_ code: Refusal.Code) -> Refusal {
        let text = Bilingual(ja: "文", en: "text")
        return Refusal(code, rule: "N8", message: text, remedy: text)
    }

    @Test func aRefusalByPolicyOutweighsTheRest() {
        #expect(ExitCodes(Refused([refusal(.recipientUnknown), refusal(.consentMissing)])) == .refused)
        #expect(ExitCodes(Refused([refusal(.recipientUnknown), refusal(.notFound)])) == .content)
        #expect(ExitCodes(Refused(refusal(.busy))) == .tryLater)
    }

    @Test(arguments: [
        ["nonsense"], ["template"], ["template", "letter"], ["receive"], ["status", "17"], ["approve", "not-an-id"],
        ["queue"], ["reject", "01900000-0000-7000-8000-000000000001"], ["lookup"], ["outbox", "--lang", "fr"],
        ["log", "show", "--count", "0"], ["admin", "party", "add", "No Address"],
        ["admin", "person", "add", "aomori-police/hachinohe:officer", "--role", "sender", "--name", "送信 太郎"],
        ["admin", "certificate", "enrol", "--purpose", "encryption"],
        ["admin", "certificate", "enrol", "--purpose", "encryption", "--owner", "aomori/towada-shi", "a.pem", "b.pem"],
    ])
    func wrongUseIs64(arguments: [String]) {
        #expect(throws: (any Error).self) { try Mimamori.parseAsRoot(arguments) }
        do {
            _ = try Mimamori.parseAsRoot(arguments)
        } catch {
            #expect(Mimamori.exitCode(for: error).rawValue == ExitCodes.usage.rawValue)
        }
    }

    @Test(arguments: [
        ["template", "referral"], ["queue", "form.toml", "--to", "八戸市", "--attach", "a.pdf", "--dry-run", "--json"],
        ["send"], ["outbox", "--json"], ["approvals"], ["inbox", "--watch"], ["receive", "--into", "out"],
        ["approve", "01900000-0000-7000-8000-000000000001", "--yes"],
        ["reject", "01900000-0000-7000-8000-000000000001", "--reason", "宛先を確かめてください"],
        ["status", "01900000-0000-7000-8000-000000000001", "--json"],
        ["cancel", "01900000-0000-7000-8000-000000000001"], ["verify", "evidence"], ["log", "show"],
        ["log", "verify"], ["doctor", "--home", "h"], ["version"], ["lookup", "八戸市", "022039"],
        ["admin", "import", "seeds/councils.csv", "--prefecture", "青森県"], ["admin", "party", "list"],
        ["admin", "role", "grant", "aomori-police/hachinohe:officer", "sender", "approver"],
        ["admin", "certificate", "enrol", "--purpose", "encryption", "--owner", "aomori/towada-shi", "a.pem"],
        ["admin", "certificate", "enrol", "--purpose", "encryption", "a.pem", "b.pem"],
        ["admin", "certificate", "withdraw", String(repeating: "0f", count: 32)],
        [
            "admin", "membership", "set", "aomori/hachinohe-shi", "aomori-police/hachinohe", "--state", "active",
            "--since", "2026-04-01",
        ],
    ])
    func documentedUseIsUnderstood(arguments: [String]) throws {
        _ = try Mimamori.parseAsRoot(arguments)
    }
}
