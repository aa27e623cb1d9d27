// What is found in a package's content before it is sealed: the place is named, never what stands there; a false alarm goes
// to a second person with its reason; programs never go. How an identifier or a property is recognised has its own tests.

import Foundation
import MimamoriCore
import MimamoriCrypto
import Testing

@testable import MimamoriClient

struct ContentCheckTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let kind: PackageKind
        let key: String
        let text: String
        /// `nil` when nothing is found.
        let says: String?

        var testDescription: String { "\(kind) \(key)" }
    }

    static let cases: [Case] = [
        Case(kind: .bulletin, key: "bulletin.method", text: "0178-00-0000 から掛かる。", says: "欄「手口」の 1 文字目に電話番号"),
        Case(kind: .bulletin, key: "bulletin.analysis", text: "増えている。０９０－００００－０００１ から。", says: "欄「分析」の 7 文字目に電話番号"),
        Case(kind: .bulletin, key: "bulletin.place", text: "八戸市内丸1丁目1番1号", says: "番地まである住所"),
        Case(kind: .bulletin, key: "bulletin.title", text: "見守 花子さんの件", says: "欄「件名」"),
        Case(kind: .bulletin, key: "bulletin.victim_type", text: "昭和15年4月1日生まれの人", says: "生年月日"),
        Case(kind: .notice, key: "notice.body", text: "連絡は a@example.jp へ。", says: "欄「本文」の 5 文字目にメールアドレス"),
        Case(kind: .request, key: "request.purpose", text: "見守 花子さんの様子を知るため。", says: "欄「利用目的」"),
        Case(kind: .bulletin, key: "bulletin.method", text: "屋根の点検を装う。", says: nil),
        Case(kind: .bulletin, key: "contact.phone", text: "0178-00-0000", says: nil),
        Case(kind: .bulletin, key: "contact.person", text: "送信 太郎", says: nil),
        Case(kind: .notice, key: "notice.title", text: "第2回協議会の開催について", says: nil),
    ]

    private func check(_ draft: PackageDraft) throws -> ContentCheck {
        try ContentCheck(of: draft, notForwarded: { [] })
    }

    @Test(arguments: cases)
    func placesAreNamedAndNothingIsRepeated(_ one: Case) throws {
        let demo = try Demo()
        let draft = try demo.draft(
            one.kind, to: ["aomori/hachinohe-shi"], changes: [one.key: "\"\(one.text)\"", "package.answers": #""""#])
        let check = try check(draft)
        let findings = check.findings(reason: nil)
        guard let says = one.says else {
            #expect(findings.isEmpty, "\(findings.map(\.message.ja))")
            #expect(check.screening(reason: nil) == .clean)
            return
        }
        #expect(!findings.isEmpty)
        #expect(findings.contains { $0.message.ja.contains(says) }, "\(findings.map(\.message.ja))")
        for finding in findings {
            #expect(finding.code == .personalIdentifier && finding.rule == "N6")
            for language in Language.allCases {
                for word in ["花子", "0178", "０９０", "example.jp", "内丸"] {
                    #expect(!finding.message[language].contains(word) && !finding.remedy[language].contains(word))
                }
            }
        }
        let places = findings.count
        #expect(check.findings(reason: "代表番号").isEmpty)
        #expect(check.screening(reason: "代表番号") == Screening(outcome: .falseAlarm, places: places))
    }

    /// What is about a person is released by a second one in any case, and is not searched.
    @Test func aReferralIsNotSearched() throws {
        let check = try check(Demo().referral())
        #expect(check.places.isEmpty && check.isApprovedAnyway && check.screening(reason: nil) == nil)
    }

    @Test func aRequestThatSaysItNamesAPersonIsNotSearched() throws {
        let demo = try Demo()
        let draft = try demo.draft(
            .request, to: ["aomori-police/hachinohe"],
            changes: [
                "request.purpose": #""見守 花子さん（0178-00-0001）の様子を知るため。""#, "request.names_person": "true",
                "package.answers": #""""#,
            ])
        let check = try check(draft)
        #expect(check.findings(reason: nil).isEmpty && check.screening(reason: nil) == nil)
    }

    @Test func attachmentsAreSearchedByNameAndText() throws {
        let demo = try Demo()
        let paths = [
            try demo.file("案内.txt", Array("相談は 0178-00-0000 へ。".utf8)),
            try demo.file("見守花子さん0178-00-0001.csv", Array("a,b\n".utf8)),
            try demo.file("写し.bin", Array("0178-00-0002".utf8)),
        ]
        let findings = try check(demo.notice(attachments: paths)).findings(reason: nil)
        let messages = findings.map(\.message.ja)
        #expect(messages.contains { $0.contains("添付 1の 5 文字目に電話番号") }, "\(messages)")
        #expect(messages.contains { $0.contains("添付 2 のファイル名の") }, "\(messages)")
        #expect(!messages.contains { $0.contains("添付 3") && $0.contains("電話番号") })
        #expect(!messages.contains { $0.contains("0178") || $0.contains("花子") })
    }

    @Test(arguments: [PackageKind.notice, .referral])
    func aProgramNeverGoes(kind: PackageKind) throws {
        let demo = try Demo()
        let program = try demo.file("leaflet.pdf", [0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 0, count: 100))
        var draft =
            kind == .notice ? try demo.notice(attachments: [program]) : try demo.referral(attachments: [program])
        draft.falseAlarmReason = "配布用の資料である。"
        let client = try demo.client(.officer)
        #expect { try client.prepare(draft) } throws: {
            ($0 as? Refused)?.findings.contains { $0.code == .attachmentExecutable && $0.rule == "SD-MAL-2" } == true
        }
    }

    /// SD-CLS-8: told to the second person where there is one in any case, refused where there is none.
    @Test func whatCannotBeLookedIntoIsTold() throws {
        let demo = try Demo()
        let unknown = try demo.file("写し.bin", [0x00, 0x01, 0x02, 0x03, 0xFE])
        let client = try demo.client(.officer)
        let referral = try client.dryRun(demo.referral(attachments: [unknown]))
        #expect(referral.findings.isEmpty && referral.warnings.count == 1 && referral.needsApproval)
        var notice = try demo.notice(attachments: [unknown])
        #expect(try client.dryRun(notice).findings.map(\.code) == [.attachmentMetadata])
        notice.falseAlarmReason = "自動計測の値であり、個人の情報を含まない。"
        let run = try client.dryRun(notice)
        #expect(run.findings.isEmpty && run.needsApproval)
    }

    @Test(arguments: ["", "  \n", "a\u{1B}[2J", String(repeating: "理", count: 2001)])
    func aReasonIsWords(reason: String) throws {
        let demo = try Demo()
        var draft = try demo.notice(body: "電話は 0178-00-0000")
        draft.falseAlarmReason = reason
        let client = try demo.client(.officer)
        #expect { try client.dryRun(draft) } throws: { ($0 as? ClientFailure)?.kind == .content }
    }

    /// The whole way of a false alarm: queued, shown with place and reason, released by another, received.
    @Test func aFalseAlarmIsReleasedByASecondPersonWhoSeesIt() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        var draft = try demo.notice(body: "相談は 0178-00-0000 へ。")
        #expect { try officer.prepare(draft) } throws: {
            ($0 as? Refused)?.findings.map(\.code) == [.personalIdentifier]
        }
        #expect(try officer.outbox().isEmpty)
        draft.falseAlarmReason = "消費生活センターの代表番号である。"
        let entry = try officer.prepare(draft)
        #expect(entry.manifest.screening == Screening(outcome: .falseAlarm, places: 1))
        guard case .stored(_, awaitsApproval: true)? = try await relay.session(officer).send().first?.result else {
            Issue.record("it must wait for a second person")
            return
        }
        let chief = try relay.session(demo.client(.chief))
        let examined = try await chief.examine(entry.id)
        #expect(examined.recordText.contains("消費生活センターの代表番号である。"))
        #expect(examined.recordText.contains("欄「本文」の 5 文字目に電話番号"))
        try await chief.approve(examined)
        let received = try await relay.session(demo.client(.clerk)).receive(entry.id, into: demo.newFolder("into"))
        #expect(received.disagreements.isEmpty)
    }

    @Test func withoutTheSecondSignatureItIsNotReceived() async throws {
        let demo = try Demo()
        let relay = try FakeRelay(demo)
        let officer = try demo.client(.officer)
        var draft = try demo.notice(body: "相談は 0178-00-0000 へ。")
        draft.falseAlarmReason = "代表番号である。"
        let entry = try officer.prepare(draft)
        _ = try await relay.session(officer).send()
        relay.change { $0.packages[entry.id]?.state = .released }
        let clerk = try relay.session(demo.client(.clerk))
        await #expect { try await clerk.receive(entry.id, into: demo.newFolder("into")) } throws: {
            ($0 as? ClientFailure)?.kind == .notGenuine
        }
    }
}
