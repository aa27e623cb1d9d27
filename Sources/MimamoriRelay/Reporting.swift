// Numbers for headquarters and for every party about itself: which packages a caller's report covers, and what is known of
// each. Counting is MimamoriCore's (ActivityReport.swift). Operators, auditors and administrators get no such numbers.
// A package that was disposed of is in none, because what it was went with its key.

package import MimamoriCore
import MimamoriCrypto
import MimamoriStore

extension Relay {
    package static let longestReportDays = 3660
    private static let reportPage = 100

    /// The packages stored on the days from `from` to `to` (in Japan, both included), as far as they are the caller's to
    /// count: for headquarters all that a police office or a council of its prefecture sent or received, for everybody else
    /// what their party sent or received.
    package func report(from: CivilDate, to: CivilDate, by caller: Caller) async throws -> ActivityReport {
        let object = "\(from)..\(to)"
        return try await attempt(.reportRead, on: object, by: caller) {
            guard !caller.person.roles.isDisjoint(with: Role.handling) else { throw Refusal.reportOfOthers }
            guard from <= to, to.daysSinceEpoch - from.daysSinceEpoch < Int64(Self.longestReportDays) else {
                throw Refusal.requestMalformed(
                    Bilingual(
                        ja: "集計の期間は、\(Self.longestReportDays)日以内で指定してください。",
                        en: "A report spans at most \(Self.longestReportDays) days."))
            }
            let directory = directoryCache.directory
            let facts = try await facts(
                from: from.startInJapan, before: CivilDate(daysSinceEpoch: to.daysSinceEpoch + 1).startInJapan,
                of: directory.countedParties(for: caller.party, on: world.now().dateInJapan))
            let report = ActivityReport(from: from, to: to, facts: facts) { directory.parties[$0]?.kind }
            try await record(prepareLeaf(.reportRead, on: object, by: caller))
            return report
        }
    }

    private func facts(
        from start: Timestamp, before end: Timestamp, of parties: Set<Address>
    ) async throws -> [ActivityReport.Fact] {
        var facts: [ActivityReport.Fact] = []
        var (time, last) = (start, PackageID?.none)
        while true {
            try Task.checkCancellation()
            let page = try await database.read { [self, time, last] transaction in
                let rows = try transaction.packages(
                    storedFrom: time, after: last, before: end, limit: Self.reportPage)
                return (
                    facts: try rows.compactMap { try fact(of: $0, for: parties, transaction) },
                    end: rows.last.flatMap { row in row.storedAt.map { ($0, row.id) } },
                    isLast: rows.count < Self.reportPage
                )
            }
            facts += page.facts
            guard !page.isLast, let (reached, id) = page.end else { return facts }
            (time, last) = (reached, id)
        }
    }

    /// What is known of a package; nil when it is not for these parties to count. Who only received it counts what was
    /// released to it, and no other recipient.
    private func fact(
        of row: PackageRow, for parties: Set<Address>, _ transaction: any Transaction
    ) throws -> ActivityReport.Fact? {
        let isSent = parties.contains(row.sender.party)
        let deliveries = try transaction.deliveryTimes(row.id).filter { isSent || parties.contains($0.recipient) }
        guard let storedAt = row.storedAt, isSent || (row.state == .released && !deliveries.isEmpty),
            let key = try transaction.dataKey(KeyOwner.package(row.id))
        else { return nil }
        let manifest = try KeptPackage(row: row, key: try packageKey(key)).manifest()
        return ActivityReport.Fact(
            kind: manifest.kind, state: row.state, sender: manifest.sender.party,
            recipients: isSent ? manifest.recipients : deliveries.map(\.recipient), consent: manifest.consent?.state,
            outcome: manifest.decision?.outcome, answers: manifest.answers, createdAt: manifest.created,
            storedAt: storedAt,
            openedAfterSeconds: deliveries.compactMap { delivery in
                delivery.openedAt.map { $0.seconds(since: delivery.storedAt) }
            })
    }
}

extension Directory {
    /// Whose packages a party may count: its own; headquarters those of its prefecture's police and councils.
    fileprivate func countedParties(for party: Address, on day: CivilDate) -> Set<Address> {
        guard parties[party]?.kind == .policeHeadquarters else { return [party] }
        let offices = parties.values.filter { $0.kind.isPolice && $0.address.realm == party.realm }.map(\.address)
        return Set(offices + councils(of: party, on: day))
    }
}

extension Refusal {
    fileprivate static let reportOfOthers = Refusal(
        .roleMissing, rule: "SD-ACC-4",
        message: Bilingual(
            ja: "集計は、送信・承認・受信の役割を持つ人だけが、自分の所属について（警察本部は県内について）見られます。",
            en:
                "Numbers are for persons who send, approve or receive, about their own party (headquarters: the prefecture)."
        ),
        remedy: Bilingual(
            ja: "必要な集計は、警察本部の生活保安課に依頼してください。", en: "Ask the window at headquarters for the numbers."), retry: .never)
}
