// Runs the policy's cases, sees to it that every rule has some, and throws thousands of made-up manifests at the policy:
// it must never stop the process and never let through what the law asks for.

import Testing

@testable import MimamoriCore

struct PolicyTests {
    @Test(arguments: PolicyCase.all)
    func aRulesCase(_ policyCase: PolicyCase) throws {
        let rule = try #require(PolicyRule.all.first { $0.name == policyCase.rule })
        let world = policyCase.world
        #expect(rule.finding(world.manifest, world.facts)?.code == policyCase.code)
        // And it is heard in the whole, at each stage of the rule's.
        for stage in rule.stages {
            let codes = world.findings(at: stage).map(\.code)
            if let code = policyCase.code { #expect(codes.contains(code)) }
        }
    }

    /// With a rule taken away, each of its refusing cases is judged otherwise: no rule is there for show, and none is
    /// silently carried by another.
    @Test(arguments: PolicyRule.all.map(\.name))
    func withoutTheRuleItsCasesAreJudgedOtherwise(_ name: String) throws {
        let rule = try #require(PolicyRule.all.first { $0.name == name })
        let others = PolicyRule.all.filter { $0.name != name }
        for refused in PolicyCase.all where refused.rule == name && refused.code != nil {
            let world = refused.world
            for stage in rule.stages {
                let with = Policy.findings(on: world.manifest, at: stage, facts: world.facts)
                let without = Policy.findings(on: world.manifest, at: stage, facts: world.facts, rules: others)
                #expect(with.count == without.count + 1, "\(refused) at \(stage)")
            }
        }
    }

    @Test(arguments: PolicyRule.all.map(\.name))
    func everyRuleHasACaseThatPassesAndOneThatIsRefused(_ rule: String) {
        let cases = PolicyCase.all.filter { $0.rule == rule }
        #expect(cases.contains { $0.code == nil })
        #expect(cases.contains { $0.code != nil })
    }

    @Test func namesAreUniqueAndEveryCaseNamesARule() {
        let names = PolicyRule.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(PolicyCase.all.map(\.rule)).isSubset(of: names))
    }

    @Test func aSoundReferralPassesBothStages() {
        var world = World()
        #expect(world.findings().isEmpty)
        world.caller = Sample.chief
        #expect(world.findings(at: .release).isEmpty)
    }

    @Test func everyFindingIsKeptInTheOrderOfTheRules() {
        var world = World()
        world.legalBasis = nil
        world.consent = nil
        world.label = nil
        world.recipients = []
        world.parts = []
        #expect(
            world.findings().map(\.code) == [
                .legalBasisMissing, .consentMissing, .labelInvalid, .recipientsInvalid, .sealingExcessive,
                .partsInvalid,
            ])
    }

    @Test(arguments: PolicyCase.all.filter { $0.code != nil })
    func aRefusalCitesItsRuleAndSpeaksBothLanguages(_ policyCase: PolicyCase) throws {
        let rule = try #require(PolicyRule.all.first { $0.name == policyCase.rule })
        let refusal = try #require(rule.finding(policyCase.world.manifest, policyCase.world.facts))
        // A rule on requests carries the sentences of N16, N17 and N20 as they belong together.
        let together: Set = ["N16", "N17", "N20"]
        #expect(refusal.rule == rule.citation || together.isSuperset(of: [refusal.rule, rule.citation]))
        for sentence in [refusal.message, refusal.remedy] {
            #expect(sentence.ja.unicodeScalars.contains { $0.value >= 0x3041 })
            #expect(!sentence.en.isEmpty && sentence.en != sentence.ja)
        }
    }

    @Test(arguments: PackageKind.allCases)
    func defaultIsDenial(_ kind: PackageKind) {
        #expect(!kind.senders.contains(.relayOffice) && !kind.recipients.contains(.relayOffice))
        #expect(!kind.senders.isEmpty && !kind.recipients.isEmpty)
    }

    /// Personal information goes from police to those who watch over, not among the police (N7, N3).
    @Test(arguments: [PackageKind.referral, .response])
    func personalInformationOfTheNoticeGoesToThoseWhoWatch(_ kind: PackageKind) {
        #expect(kind.carriesPersonalInformation)
        #expect(kind.recipients.isDisjoint(with: [.policeHeadquarters, .policeStation]))
    }
}

struct PolicyPropertyTests {
    /// However many faults come together, none hides all the others, and none stops the process.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func anySetOfFaultsIsRefused(_ seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let submission = Set(PolicyRule.all.filter { $0.stages.contains(.submission) }.map(\.name))
        // A case that turns the package into another kind may take another fault's ground away.
        let faults = PolicyCase.all.filter {
            $0.code != nil && submission.contains($0.rule) && $0.world.kind == .referral
        }
        for _ in 0..<500 {
            var world = World()
            let chosen = faults.shuffled(using: &numbers).prefix(Int.random(in: 1...6, using: &numbers))
            for fault in chosen { fault.spoil(&world) }
            #expect(!world.findings().isEmpty, "\(chosen.map(\.testDescription))")
        }
    }

    /// A manifest of any values at all is judged, reads back from its bytes, and passes only with what the law wants.
    @Test(arguments: [11, 12, 13, 14] as [UInt64])
    func whatPassesHasWhatTheLawWants(_ seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        var passed = 0
        for _ in 0..<1000 {
            let world = Self.world(&numbers)
            let manifest = world.manifest
            #expect(Manifest.read(manifest.canonicalBytes()) == .success(manifest))
            #expect(world.findings() == world.findings())
            guard world.findings().isEmpty else { continue }
            passed += 1
            #expect(manifest.legalBasis != nil)
            #expect(manifest.sender == world.caller && !manifest.recipients.contains(manifest.sender.party))
            #expect(manifest.label.map { (1...2).contains($0.confidentiality) } == true)
            #expect(manifest.kind != .referral || manifest.consent != nil)
            #expect(manifest.consent?.state != .notObtained || manifest.consent?.reason != nil)
            #expect(manifest.totalBytes > 0)
        }
        #expect(passed > 0, "no manifest passed: the property says nothing")
    }

    private static func world(_ numbers: inout SeededNumbers) -> World {
        var world = World()
        func pick<Value>(_ values: [Value], or sound: Value, _ numbers: inout SeededNumbers) -> Value {
            Int.random(in: 0..<3, using: &numbers) == 0 ? values.randomElement(using: &numbers) ?? sound : sound
        }
        world.kind = pick(PackageKind.allCases, or: .referral, &numbers)
        world.created = pick(
            [0, -1, 253_402_268_399_999, -62_135_596_800_000].map(Timestamp.init(milliseconds:)), or: Sample.now,
            &numbers)
        world.sender = pick(Sample.persons.map(\.address), or: Sample.officer, &numbers)
        world.caller = pick(Sample.persons.map(\.address), or: Sample.officer, &numbers)
        world.recipients = pick(
            [[], [Sample.centre], [Sample.council, Sample.council], [Sample.headquarters, Sample.relay]],
            or: [Sample.council], &numbers)
        world.legalBasis = pick(LegalBasis.allCases.map(Optional.some) + [nil], or: .councilRequest, &numbers)
        world.consent = pick([nil] + Consent.State.allCases.map { Consent(state: $0) }, or: world.consent, &numbers)
        let grade = pick([Int.min, -1, 0, 1, 3, 4, Int.max], or: 2, &numbers)
        world.label = pick(
            [nil], or: HandlingLabel(confidentiality: grade, integrity: 1, availability: 1, restrictions: []), &numbers)
        world.sealedTo = pick([[], ["1"], ["2", "1"], ["1", "3"], ["f"]], or: ["1", "2"], &numbers)
        let bytes = pick([Int.min, -1, 0, Int.max], or: 1, &numbers)
        world.parts = Array(
            repeating: Manifest.Part(bytes: bytes, sha256: Sample.digest("b")), count: pick([0, 2, 3], or: 1, &numbers))
        return world
    }
}
