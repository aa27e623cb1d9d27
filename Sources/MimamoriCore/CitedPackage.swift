// What is on record about a package that another one cites: the request it answers, or the package it concerns. The relay
// takes it from its database, a client from what it has received; both judge by it. Only packages that the sender may
// see are ever among the facts (SD-ACC-4).

package struct CitedPackage: Sendable, Hashable {
    /// One released package that answered it. What still waits for its second person has answered nothing yet, so that two
    /// that wait do not stop each other.
    package struct Answer: Sendable, Hashable {
        package let id: PackageID
        package let kind: PackageKind
        package let sender: Address
        package let outcome: Decision.Outcome?

        package init(id: PackageID, kind: PackageKind, sender: Address, outcome: Decision.Outcome?) {
            self.id = id
            self.kind = kind
            self.sender = sender
            self.outcome = outcome
        }
    }

    package let manifest: Manifest
    package let state: PackageState
    /// 機密性 as a decider has changed it (SD-CLS-3); `nil` when nobody has.
    package let relabelled: Int?
    package let answers: [Answer]

    package init(manifest: Manifest, state: PackageState, relabelled: Int? = nil, answers: [Answer] = []) {
        self.manifest = manifest
        self.state = state
        self.relabelled = relabelled
        self.answers = answers
    }

    /// What a package derived from it must at least carry.
    package var confidentiality: Int { relabelled ?? manifest.label?.confidentiality ?? 0 }

    /// Everybody who has it already.
    package var holders: Set<Address> { Set(manifest.recipients + [manifest.sender.party]) }
}
