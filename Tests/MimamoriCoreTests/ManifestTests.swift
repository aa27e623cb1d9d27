// The manifest's one encoding: its golden bytes, every second spelling refused, every bad field refused by its path, and
// nothing of a bad value repeated to anybody.

import Foundation
import Testing

@testable import MimamoriCore

struct ManifestTests {
    /// The sample referral as `jq -cjS .` prints it.
    static let golden =
        #"{"answers":"01a205ea-be80-7a0b-8c0d-0e0f10111213","consent":{"activities_explained":true,"confidentiality_explained":true,"method":"oral","#
        + #""state":"obtained_from_person"},"created":"2026-11-24T10:00:00.000+09:00","criterion":"2025-04-01","#
        + #""format":"mimamori-manifest/1","#
        + #""id":"01a20b11-1a80-7001-8203-040506070809","kind":"referral","label":{"availability":1,"#
        + #""confidentiality":2,"integrity":2,"restrictions":["concerned_only","no_forward"]},"#
        + #""legal_basis":"consumer_safety_act_11_4_3","parts":[{"bytes":1000,"sha256":""#
        + String(repeating: "a", count: 64) + #""}],"recipients":["aomori/hachinohe-shi"],"retention":"5fy","#
        + #""sealed_to":[""# + String(repeating: "1", count: 64) + #"",""# + String(repeating: "2", count: 64)
        + #""],"sender":"aomori-police/hachinohe:officer"}"#

    private func read(_ text: String) -> Result<Manifest, Refusal> { Manifest.read(Array(text.utf8)) }

    private func replaced(_ part: String, _ by: String) throws -> String {
        let range = try #require(Self.golden.range(of: part), "the golden text has no \(part)")
        return Self.golden.replacingCharacters(in: range, with: by)
    }

    @Test func theGoldenBytes() {
        #expect(String(decoding: World().manifest.canonicalBytes(), as: UTF8.self) == Self.golden)
        #expect(read(Self.golden) == .success(World().manifest))
    }

    @Test func absentFieldsAreLeftOutAndSlashesStay() {
        var world = World()
        world.consent = nil
        world.legalBasis = nil
        world.label = nil
        world.answers = nil
        world.criterion = nil
        let text = String(decoding: world.manifest.canonicalBytes(), as: UTF8.self)
        for key in [
            "consent", "legal_basis", "label", "answers", "concerns", "request", "decision", "criterion", "screening",
            "null", "\\/",
        ] { #expect(!text.contains(key)) }
        #expect(read(text) == .success(world.manifest))
    }

    /// Second spellings of the same statement: two readers could see different things in them.
    @Test(arguments: [
        (#""kind":"referral""#, #""kind":"notice","kind":"referral""#),
        (#""kind":"referral""#, #""kind": "referral""#),
        (#""kind":"referral""#, #""kind":"\u0072eferral""#),
        (#""kind":"referral""#, #""kind":"referral","known":true"#),
        (#""kind":"referral""#, #""concerns":null,"kind":"referral""#),
        (#""bytes":1000"#, #""bytes":1000.0"#),
        (#""bytes":1000"#, #""bytes":1e3"#),
        (#""recipients":["aomori/hachinohe-shi"]"#, #""recipients":["aomori\/hachinohe-shi"]"#),
        (
            #""format":"mimamori-manifest/1","id":"01a20b11-1a80-7001-8203-040506070809""#,
            #""id":"01a20b11-1a80-7001-8203-040506070809","format":"mimamori-manifest/1""#
        ),
        (#""method":"oral""#, #""method":"oral","minutes":5"#),
    ])
    func aSecondSpellingIsNotCanonical(_ part: String, _ by: String) throws {
        #expect(
            CanonicalJSON.decode(Manifest.self, from: Array(try replaced(part, by).utf8)) == .failure(.notCanonical))
        #expect(read(try replaced(part, by)) == .failure(try #require(Self.malformed)))
    }

    @Test(arguments: ["\n", " ", "\0", "{}"])
    func nothingFollowsTheStatement(_ rest: String) {
        #expect((try? read(Self.golden + rest).get()) == nil)
        #expect((try? read(rest + Self.golden).get()) == nil)
    }

    private static let malformed: Refusal? = {
        guard case .failure(let refusal) = Manifest.read(Array((golden + " ").utf8)) else { return nil }
        return refusal.code == .manifestMalformed ? refusal : nil
    }()

    /// Each field with a value that it cannot have: the path is named, with its rule, and the value is not.
    @Test(arguments: [
        (#""kind":"referral""#, "kind", "docs/package-format.md"),
        (#""id":"01a20b11-1a80-7001-8203-040506070809""#, "id", "docs/package-format.md"),
        (#""created":"2026-11-24T10:00:00.000+09:00""#, "created", "docs/package-format.md"),
        (#""sender":"aomori-police/hachinohe:officer""#, "sender", "docs/package-format.md"),
        (#""aomori/hachinohe-shi""#, "recipients.0", "docs/package-format.md"),
        (#""legal_basis":"consumer_safety_act_11_4_3""#, "legal_basis", "SD-APR-5"),
        (#""state":"obtained_from_person""#, "consent.state", "N8"),
        (#""method":"oral""#, "consent.method", "N8"),
        (#""activities_explained":true"#, "consent.activities_explained", "N8"),
        (#""confidentiality":2"#, "label.confidentiality", "SD-CLS-1"),
        (#""no_forward""#, "label.restrictions.1", "SD-CLS-1"),
        (#""retention":"5fy""#, "retention", "N22"),
        (#""criterion":"2025-04-01""#, "criterion", "N13"),
        (#""answers":"01a205ea-be80-7a0b-8c0d-0e0f10111213""#, "answers", "docs/package-format.md"),
        (#""bytes":1000"#, "parts.0.bytes", "docs/package-format.md"),
        (#""sha256":""# + String(repeating: "a", count: 64) + #"""#, "parts.0.sha256", "docs/package-format.md"),
        (#"""# + String(repeating: "2", count: 64) + #"""#, "sealed_to.1", "docs/package-format.md"),
    ])
    func aBadFieldIsNamedAndItsValueIsNot(_ field: String, _ path: String, _ rule: String) throws {
        let canary = "見守花子0178-00-0000"
        let key = field.contains(":") && field.hasPrefix("\"") ? field.prefix { $0 != ":" } + ":" : ""
        guard case .failure(let refusal) = read(try replaced(field, key + "\"\(canary)\"")) else {
            Issue.record("a manifest with a bad \(path) was read")
            return
        }
        #expect(refusal.code == .manifestFieldInvalid && refusal.rule == rule)
        #expect(refusal.message.ja.contains("「\(path)」") && refusal.message.en.contains("\"\(path)\""))
        for text in [refusal.message.ja, refusal.message.en, refusal.remedy.ja, refusal.remedy.en] {
            #expect(!text.contains("花子") && !text.contains("0178"))
        }
    }

    @Test(arguments: ["kind", "sender", "recipients", "retention", "parts", "sealed_to", "id", "created", "format"])
    func aMissingFieldIsNamed(_ field: String) throws {
        let renamed = try replaced("\"\(field)\":", "\"\(field)x\":")
        guard case .failure(let refusal) = read(renamed) else {
            Issue.record("a manifest without \(field) was read")
            return
        }
        #expect(refusal.code == .manifestFieldInvalid && refusal.message.en.contains("\"\(field)\""))
    }

    @Test func anotherFormatIsRefused() throws {
        guard case .failure(let refusal) = read(try replaced("mimamori-manifest/1", "mimamori-manifest/2")) else {
            Issue.record("a manifest of another format was read")
            return
        }
        #expect(refusal.code == .manifestFieldInvalid && refusal.rule == "SD-CRY-3")
    }

    @Test(arguments: [
        "", "{", "[]", "null", "true", "\"x\"", String(repeating: "[", count: 100_000), "{\"a\":\u{FFFD}}",
    ])
    func whatIsNoManifestIsRefused(_ text: String) {
        #expect((try? read(text).get()) == nil)
    }

    /// A flipped bit anywhere never reads as the same statement.
    @Test func everyFlippedByteIsFound() {
        let bytes = Array(Self.golden.utf8)
        let sound = World().manifest
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 1
            #expect((try? Manifest.read(flipped).get()) != sound, "byte \(index)")
        }
    }

    @Test func theTotalOfAbsurdSizesIsCapped() {
        var world = World()
        #expect(world.manifest.totalBytes == 1000)
        world.parts = Array(repeating: Manifest.Part(bytes: .max, sha256: Sample.digest("a")), count: 3)
        #expect(world.manifest.totalBytes == .max)
        world.parts = [
            Manifest.Part(bytes: .min, sha256: Sample.digest("a")), Manifest.Part(bytes: 5, sha256: Sample.digest("a")),
        ]
        #expect(world.manifest.totalBytes == 5)
    }
}

struct CanonicalValueTests {
    @Test func rolesOfAPersonAreWrittenInOrder() {
        let person = Person(address: Sample.deputy, name: "代行 次郎", roles: [.sender, .approver, .recipient])
        #expect(
            String(decoding: CanonicalJSON.encode(person), as: UTF8.self)
                == #"{"address":"aomori-police/hachinohe:deputy","name":"代行 次郎","roles":["approver","recipient","sender"]}"#
        )
    }

    @Test func receiptsAndPartiesComeBackAsTheyWent() {
        let stored = StoredReceipt(
            package: Sample.id, manifestSHA256: Sample.digest("c"), sender: Sample.officer,
            recipients: [Sample.council], storedAt: Sample.now, logIndex: 7, relay: Sample.relay)
        #expect(CanonicalJSON.decode(StoredReceipt.self, from: CanonicalJSON.encode(stored)) == .success(stored))
        let opened = OpenedReceipt(
            package: Sample.id, manifestSHA256: Sample.digest("c"), openedBy: Sample.clerk, openedAt: Sample.now)
        #expect(CanonicalJSON.decode(OpenedReceipt.self, from: CanonicalJSON.encode(opened)) == .success(opened))
        #expect(
            CanonicalJSON.decode([Party].self, from: CanonicalJSON.encode(Sample.parties)) == .success(Sample.parties))
    }
}

struct LabelTests {
    @Test func theMarkStandsBeforeFileNamesAndTexts() {
        let label = HandlingLabel(
            confidentiality: 2, integrity: 2, availability: 1, restrictions: [.concernedOnly, .noForward])
        #expect(label.fileNamePrefix == "【機２】")
        #expect(label.line.ja == "【機密性２・完全性２・可用性１】取扱制限: 関係者限り・転送禁止")
        #expect(
            label.line.en
                == "[Confidentiality 2, integrity 2, availability 1] Handling: persons concerned only, no forwarding")
        let bare = HandlingLabel(confidentiality: 1, integrity: 1, availability: 1, restrictions: [])
        #expect(bare.line.ja == "【機密性１・完全性１・可用性１】" && bare.line.en.hasSuffix("availability 1]"))
    }

    /// A label that the policy would refuse may still have to be shown.
    @Test(arguments: [(12, "【機１２】"), (-1, "【機-１】"), (0, "【機０】")])
    func anyGradeCanBeShown(_ grade: Int, _ prefix: String) {
        let label = HandlingLabel(confidentiality: grade, integrity: grade, availability: grade, restrictions: [])
        #expect(label.fileNamePrefix == prefix && !label.line.ja.isEmpty)
    }
}

struct ManifestCodesTests {
    /// Request, decision and screening in their one encoding.
    @Test func theCodesOfOtherKinds() {
        var world = World()
        world.become(.request)
        #expect(
            String(decoding: CanonicalJSON.encode(world.request), as: UTF8.self)
                == #"{"asks_personal_information":true,"document":""# + String(repeating: "d", count: 64)
                + #"","names_person":false,"purpose_stated":true,"scope_stated":true,"type":"information","#
                + #""valid_from":"2026-04-01","valid_until":"2027-03-31","validity":"standing"}"#)
        #expect(Manifest.read(world.manifest.canonicalBytes()) == .success(world.manifest))
        world.become(.response)
        #expect(
            String(decoding: CanonicalJSON.encode(world.decision), as: UTF8.self)
                == #"{"decided_on":"2026-11-20","necessity_examined":true,"outcome":"provide","#
                + #""public_interest_examined":true}"#)
        #expect(Manifest.read(world.manifest.canonicalBytes()) == .success(world.manifest))
        #expect(
            String(decoding: CanonicalJSON.encode(Screening(outcome: .falseAlarm, places: 3)), as: UTF8.self)
                == #"{"outcome":"false_alarm","places":3}"#)
    }

    /// What needs a second person, and what needs the duty acknowledged, kind by kind (SD-APR-1, N6, N14, N19).
    @Test(
        arguments: [
            (.bulletin, false, false), (.referral, true, true), (.consultation, true, true), (.request, false, false),
            (.response, true, true), (.material, false, false), (.report, true, true), (.notice, false, false),
        ] as [(PackageKind, Bool, Bool)])
    func whatNeedsASecondPerson(_ kind: PackageKind, _ needsApproval: Bool, _ isPersonal: Bool) {
        var world = World()
        world.become(kind)
        #expect(world.manifest.needsApproval == needsApproval)
        #expect(world.manifest.carriesPersonalInformation == isPersonal)
    }

    @Test func theExceptions() {
        var world = World()
        world.become(.bulletin)
        world.screening = Screening(outcome: .falseAlarm, places: 1)
        #expect(world.manifest.needsApproval && !world.manifest.carriesPersonalInformation)
        world.become(.request)
        world.request = PolicyCase.terms(namesPerson: true)
        #expect(world.manifest.needsApproval && world.manifest.carriesPersonalInformation)
        world.become(.response)
        world.request = nil
        world.decision = Decision(
            outcome: .decline, publicInterestExamined: true, necessityExamined: true, decidedOn: nil)
        #expect(world.manifest.needsApproval && !world.manifest.carriesPersonalInformation)
    }

    @Test func aLabelsLineNamesItsLastDay() {
        let label = PolicyCase.label(2, 2, 1, [.noForward], keepUntil: "2027-03-31")
        #expect(label.line.ja == "【機密性２・完全性２・可用性１】取扱制限: 転送禁止・令和9年3月31日まで保存")
        #expect(
            label.line.en
                == "[Confidentiality 2, integrity 2, availability 1] Handling: no forwarding, keep until 2027-03-31")
    }
}
