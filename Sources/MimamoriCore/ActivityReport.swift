// Numbers for headquarters: how much went between the police and the councils in a span of days, how consent stood and how
// long things took. Pure: facts of packages in, counts and medians out; no personal information can be in it, because no
// fact holds any. Which packages a caller's report covers is the relay's to decide.

package struct ActivityReport: Sendable, Hashable, Codable {
    /// What is known of one stored package.
    package struct Fact: Sendable, Hashable {
        package let kind: PackageKind
        package let state: PackageState
        package let sender: Address
        package let recipients: [Address]
        package let consent: Consent.State?
        package let outcome: Decision.Outcome?
        /// The request that it answers.
        package let answers: PackageID?
        package let createdAt: Timestamp
        package let storedAt: Timestamp
        /// Of each delivery that was opened: from its arrival in the mailbox.
        package let openedAfterSeconds: [Int64]

        package init(
            kind: PackageKind, state: PackageState, sender: Address, recipients: [Address], consent: Consent.State?,
            outcome: Decision.Outcome?, answers: PackageID? = nil, createdAt: Timestamp, storedAt: Timestamp,
            openedAfterSeconds: [Int64]
        ) {
            self.kind = kind
            self.state = state
            self.sender = sender
            self.recipients = recipients
            self.consent = consent
            self.outcome = outcome
            self.answers = answers
            self.createdAt = createdAt
            self.storedAt = storedAt
            self.openedAfterSeconds = openedAfterSeconds
        }
    }

    /// The counts of one group of packages.
    package struct Line: Sendable, Hashable, Codable {
        /// A kind's code or a party's address; empty for the whole.
        package let key: String
        /// All that were stored, whatever became of them.
        package let sent: Int
        package let released: Int
        package let rejected: Int
        package let cancelled: Int
        // The consent state of every referral sent (N8, N11); the three add up to the referrals.
        package let consentFromPerson: Int
        package let consentFromOther: Int
        package let consentNotObtained: Int
        package let requests: Int
        /// Requests, each once, that a response or a referral has answered; they may have been made before the span.
        package let answered: Int
        // Decisions that went out, by their outcome (N14); a request to several offices has several.
        package let provided: Int
        package let declined: Int
        /// Seconds from making to storing; absent when nothing was stored.
        package let medianSecondsToStored: Int64?
        /// Seconds from a mailbox's arrival to its opening; absent when nothing was opened.
        package let medianSecondsToOpened: Int64?

        package enum CodingKeys: String, CodingKey {
            case key, sent, released, rejected, cancelled, requests, answered, provided, declined
            case consentFromPerson = "consent_from_person"
            case consentFromOther = "consent_from_other"
            case consentNotObtained = "consent_not_obtained"
            case medianSecondsToStored = "median_seconds_to_stored"
            case medianSecondsToOpened = "median_seconds_to_opened"
        }

        package init(key: String, of facts: [Fact]) {
            self.key = key
            let released = facts.filter { $0.state == .released }
            sent = facts.count
            self.released = released.count
            rejected = facts.count { $0.state == .rejected }
            cancelled = facts.count { $0.state == .cancelled }
            consentFromPerson = facts.count { $0.consent == .obtainedFromPerson }
            consentFromOther = facts.count { $0.consent == .obtainedFromOther }
            consentNotObtained = facts.count { $0.consent == .notObtained }
            requests = facts.count { $0.kind == .request }
            answered = Set(released.compactMap(\.answers)).count
            provided = released.count { $0.outcome == .provide || $0.outcome == .provideInPart }
            declined = released.count { $0.outcome == .decline }
            // A sender's clock may run ahead of the relay's a little.
            medianSecondsToStored = Self.median(facts.map { max(0, $0.storedAt.seconds(since: $0.createdAt)) })
            medianSecondsToOpened = Self.median(facts.flatMap(\.openedAfterSeconds))
        }

        /// The middle one, or the lower of the two in the middle.
        static func median(_ values: [Int64]) -> Int64? {
            values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
        }
    }

    package let from: CivilDate
    /// The last day, included.
    package let to: CivilDate
    package let total: Line
    package let byKind: [Line]
    /// By the police office that sent or received.
    package let byOffice: [Line]
    /// By the council that sent or received.
    package let byCouncil: [Line]

    package enum CodingKeys: String, CodingKey {
        case from, to, total
        case byKind = "by_kind"
        case byOffice = "by_office"
        case byCouncil = "by_council"
    }

    /// `kind` tells what an address is; a package counts for every office and council that it is from or to.
    package init(
        from: CivilDate, to: CivilDate, facts: [Fact], kind: (Address) -> PartyKind?
    ) {
        self.from = from
        self.to = to
        total = Line(key: "", of: facts)
        byKind = PackageKind.allCases.compactMap { kind in
            let own = facts.filter { $0.kind == kind }
            return own.isEmpty ? nil : Line(key: kind.rawValue, of: own)
        }
        func lines(_ belongs: (PartyKind) -> Bool) -> [Line] {
            var groups: [Address: [Fact]] = [:]
            for fact in facts {
                for party in Set(fact.recipients + [fact.sender]) where kind(party).map(belongs) ?? false {
                    groups[party, default: []].append(fact)
                }
            }
            return groups.sorted { $0.key < $1.key }.map { Line(key: $0.key.text, of: $0.value) }
        }
        byOffice = lines(\.isPolice)
        byCouncil = lines { $0 == .council }
    }
}
