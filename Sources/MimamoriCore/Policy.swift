// Judges a manifest before any byte of a part moves: on the client as a dry run and again, with this same code, on the
// relay. The rules are in Rules/, one value each; here they are only run, in order, and every finding is kept, so that a
// person learns of all mistakes at once. Pure: the facts come in as values. What may be configured is
// PolicySettings.swift's.

/// What the policy must know beside the manifest.
package struct PolicyFacts: Sendable {
    package let directory: Directory
    /// Who asks: the person of the connection's certificate.
    package let caller: PersonAddress
    package let now: Timestamp
    package let settings: PolicySettings
    /// The packages that the manifest cites, as far as they are on record and the sender may see them.
    package let cited: [PackageID: CitedPackage]
    /// What is known of the caller's acknowledgement of the duty (N19); asked at `.handout` only.
    package let duty: DutyFacts?
    /// What is known of a package's keeping; asked at `.disposal` only.
    package let keeping: KeepingFacts?

    package init(
        directory: Directory, caller: PersonAddress, now: Timestamp, settings: PolicySettings = PolicySettings(),
        cited: [PackageID: CitedPackage] = [:], duty: DutyFacts? = nil, keeping: KeepingFacts? = nil
    ) {
        self.directory = directory
        self.caller = caller
        self.now = now
        self.settings = settings
        self.cited = cited
        self.duty = duty
        self.keeping = keeping
    }

    package func party(_ address: Address) -> Party? { directory.parties[address] }

    package var callerRoles: Set<Role> { directory.persons[caller]?.roles ?? [] }

    package var today: CivilDate { now.dateInJapan }

    func request(answeredBy manifest: Manifest) -> CitedPackage? { manifest.answers.flatMap { cited[$0] } }
}

/// What must be known to say whether a package can be disposed of.
package struct KeepingFacts: Sendable, Hashable {
    package let retainedUntil: CivilDate
    package let isOnHold: Bool
    package let proposedBy: PersonAddress

    package init(retainedUntil: CivilDate, isOnHold: Bool, proposedBy: PersonAddress) {
        self.retainedUntil = retainedUntil
        self.isOnHold = isOnHold
        self.proposedBy = proposedBy
    }
}

/// One rule: its citation and its test. A rule returns `nil` when it has nothing against the manifest.
package struct PolicyRule: Sendable {
    /// When the rule is asked.
    package enum Stage: String, Sendable, Hashable, CaseIterable {
        /// The sender submits (or tries a dry run).
        case submission
        /// The second person releases.
        case release
        /// The relay hands out the parts to a person.
        case handout
        /// A second person confirms the disposal.
        case disposal
    }

    /// A name for tables and documents: `consent-is-recorded`.
    package let name: String
    /// `N8`, `SD-APR-5` …: the sentence it carries; Notice/ has the words.
    package let citation: String
    package let stages: Set<Stage>
    package let finding: @Sendable (Manifest, PolicyFacts) -> Refusal?

    init(
        _ name: String, _ citation: String, _ stages: Set<Stage> = [.submission],
        finding: @escaping @Sendable (Manifest, PolicyFacts) -> Refusal?
    ) {
        self.name = name
        self.citation = citation
        self.stages = stages
        self.finding = finding
    }
}

package enum Policy {
    /// Every finding of the stage's rules, in their order; empty when nothing stands against the manifest.
    package static func findings(
        on manifest: Manifest, at stage: PolicyRule.Stage, facts: PolicyFacts, rules: [PolicyRule] = PolicyRule.all
    ) -> [Refusal] {
        rules.filter { $0.stages.contains(stage) }.compactMap { $0.finding(manifest, facts) }
    }
}
