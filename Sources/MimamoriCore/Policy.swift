// Judges a manifest before any byte of a part moves: on the client as a dry run and again, with this same code, on the
// relay. The rules are in PolicyRules.swift, one value each; here they are only run, in order, and every finding is
// kept, so that a person learns of all mistakes at once. Pure: the facts come in as values.

/// What the policy must know beside the manifest.
package struct PolicyFacts: Sendable {
    package let directory: Directory
    /// Who asks: the person of the connection's certificate.
    package let caller: PersonAddress
    package let now: Timestamp
    package let settings: PolicySettings

    package init(
        directory: Directory, caller: PersonAddress, now: Timestamp, settings: PolicySettings = PolicySettings()
    ) {
        self.directory = directory
        self.caller = caller
        self.now = now
        self.settings = settings
    }

    package func party(_ address: Address) -> Party? { directory.parties[address] }

    package var callerRoles: Set<Role> { directory.persons[caller]?.roles ?? [] }
}

/// Values of the policy that configuration may change; the defaults are what notice and directive say.
package struct PolicySettings: Sendable, Hashable, Codable {
    /// The highest 機密性 that is carried (SD-CLS-6).
    package var highestConfidentiality: Int
    /// How far ahead of the relay's clock a manifest may be dated, in seconds (SD-LOG-5).
    package var clockToleranceSeconds: Int64

    package init(highestConfidentiality: Int = 2, clockToleranceSeconds: Int64 = 600) {
        self.highestConfidentiality = highestConfidentiality
        self.clockToleranceSeconds = clockToleranceSeconds
    }

    package enum CodingKeys: String, CodingKey {
        case highestConfidentiality = "highest_confidentiality"
        case clockToleranceSeconds = "clock_tolerance_seconds"
    }
}

/// One rule: its citation and its test. A rule returns `nil` when it has nothing against the manifest.
package struct PolicyRule: Sendable {
    /// When the rule is asked.
    package enum Stage: Sendable, Hashable {
        /// The sender submits (or tries a dry run).
        case submission
        /// The second person releases.
        case release
    }

    /// A name for tables and documents: `referral-needs-consent`.
    package let name: String
    /// `N8`, `SD-APR-5` …
    package let citation: String
    package let stage: Stage
    package let finding: @Sendable (Manifest, PolicyFacts) -> Refusal?

    init(
        _ name: String, _ citation: String, _ stage: Stage,
        finding: @escaping @Sendable (Manifest, PolicyFacts) -> Refusal?
    ) {
        self.name = name
        self.citation = citation
        self.stage = stage
        self.finding = finding
    }
}

package enum Policy {
    /// Every finding of the stage's rules, in their order; empty when nothing stands against the manifest.
    package static func findings(
        on manifest: Manifest, at stage: PolicyRule.Stage, facts: PolicyFacts, rules: [PolicyRule] = PolicyRule.all
    ) -> [Refusal] {
        rules.filter { $0.stage == stage }.compactMap { $0.finding(manifest, facts) }
    }
}
