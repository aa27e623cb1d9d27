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
        ["decide", "01900000-0000-7000-8000-000000000001"],
        ["decide", "01900000-0000-7000-8000-000000000001", "maybe"],
        ["decide", "01900000-0000-7000-8000-000000000001", "decline", "--content-from", "a"],
        ["decide", "01900000-0000-7000-8000-000000000001", "provide", "--withheld-from", "a"],
        ["acknowledge-duty", "--show", "--i-have-read", "2025-06-01"], ["thread"],
        ["report", "--from", "2026-04-02", "--to", "2026-04-01"], ["report", "--from", "きのう", "--to", "2026-04-01"],
        ["relabel", "01900000-0000-7000-8000-000000000001", "--confidentiality", "3", "--reason-from", "a"],
        ["operate", "disposal", "--propose"], ["operate", "disposal", "--reason-from", "a"],
        ["operate", "disposal", "--dry-run", "--propose", "--reason-from", "a"],
        ["operate", "hold", "01900000-0000-7000-8000-000000000001"], ["operate", "hold", "--reason-from", "a"],
        ["operate", "confirm", "17"], ["operate", "proposals", "--state", "done"],
        ["operate", "certificate", "01900000-0000-7000-8000-000000000001"],
        ["admin", "party", "set", "aomori/hachinohe-shi", "--criterion", "いつか"],
        ["admin", "party", "set", "aomori/hachinohe-shi", "--code", "022038"],
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
        ["queue", "f", "--to", "aomori/*", "--except", "八戸市", "--false-alarm-reason-from", "reason.txt", "--no-send"],
        ["decide", "01900000-0000-7000-8000-000000000001", "provide", "--content-from", "a", "--dry-run"],
        ["decide", "01900000-0000-7000-8000-000000000001", "decline", "--decided-on", "令和8年10月20日"],
        ["acknowledge-duty"], ["acknowledge-duty", "--i-have-read", "2025-06-01+1a2b3c4d", "--json"],
        ["thread", "01900000-0000-7000-8000-000000000001", "--json"],
        ["report", "--from", "令和8年4月1日", "--to", "2027-03-31", "--format", "csv"],
        ["relabel", "01900000-0000-7000-8000-000000000001", "--confidentiality", "1", "--reason-from", "a"],
        ["operate", "disposal"], ["operate", "disposal", "--propose", "--reason-from", "a", "--before", "2033-04-01"],
        ["operate", "release-hold", "01900000-0000-7000-8000-000000000001", "--reason-from", "-", "--yes"],
        ["operate", "proposals", "--state", "confirmed"],
        ["operate", "withdraw", "01900000-0000-7000-8000-000000000001"], ["admin", "seats", "--json"],
        ["admin", "review"], ["admin", "party", "set", "aomori/hachinohe-shi", "--criterion", "2025-04-01"],
        ["admin", "party", "set", "aomori-police/hachinohe", "--area", "022039,022063"],
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
