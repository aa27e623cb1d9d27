// The first of two persons (SD-ACC-6): proposes a disposal, a hold or the release of one, and may take it back. A hold
// takes effect when it is proposed, because holding too much loses nothing; everything else waits for the second person
// in Confirming.swift. What is due is judged here once and again there.

package import MimamoriCore
import MimamoriCrypto
import MimamoriStore
package import MimamoriWire

extension Relay {
    private static let proposalsLimit = 100

    package func propose(_ request: ProposalRequest, by caller: Caller) async throws -> Proposal {
        // Before it is made there is no id to name in the log.
        try await attempt(.proposalMade, on: "-", by: caller) {
            try caller.requireKeeping()
            try request.check()
            let now = world.now()
            if request.action == .dispose { try await requireDue(request.packages, by: caller, now: now) }
            let id = ProposalID(at: now, random: world.random(10))
            let row = ProposalRow(
                id: id, action: request.action, state: .open, proposedBy: caller.address, proposedAt: now,
                sealedReason: try directoryKey.seal(
                    Array(request.reason.utf8), context: SealContext.proposalReason(id)))
            let leaf = try prepareLeaf(.proposalMade, on: id.text, by: caller, reason: request.action.rawValue)
            let holds =
                request.action == .hold
                ? try request.packages.map { ($0, try prepareLeaf(.holdPlaced, on: $0.text, by: caller)) } : []
            try await database.write { transaction in
                try transaction.requireNameable(request.packages, for: request.action)
                try transaction.insertProposal(row, packages: request.packages)
                try transaction.append(leaf)
                for (package, leaf) in holds where try transaction.placeHold(package, proposal: id, at: now) {
                    try transaction.append(leaf)
                }
            }
            journal.proposalMoved(id, request.action, to: .open, packages: request.packages.count)
            return try proposal(row, packages: request.packages.sorted())
        }
    }

    /// Those in one state, newest first.
    package func proposals(in state: Proposal.State, by caller: Caller) async throws -> ProposalsPage {
        try await attempt(.proposalsListed, on: state.rawValue, by: caller) {
            try caller.requireKeeping()
            let rows = try await database.read { transaction in
                try transaction.proposals(in: state, limit: Self.proposalsLimit).map {
                    ($0, try transaction.packages(ofProposal: $0.id))
                }
            }
            let items = try rows.map { try proposal($0, packages: $1) }
            try await record(prepareLeaf(.proposalsListed, on: state.rawValue, by: caller))
            return ProposalsPage(items: items)
        }
    }

    /// Takes a proposal back: by whoever made it, or an administrator. A hold that stands by it alone ends with it. What a
    /// disposal that is being carried out has destroyed by then stays so, and the rest is kept.
    package func withdraw(_ id: ProposalID, by caller: Caller) async throws -> Proposal {
        try await attempt(.proposalWithdrawn, on: id.text, by: caller) {
            try caller.requireKeeping()
            let (kept, packages) = try await keptProposal(id)
            guard kept.proposedBy == caller.address || caller.person.roles.contains(.administrator) else {
                throw Refusal.roleMissing(.administrator)
            }
            if kept.state == .withdrawn { return try proposal(kept, packages: packages) }
            let now = world.now()
            let leaf = try prepareLeaf(.proposalWithdrawn, on: id.text, by: caller)
            let releases = try packages.map { ($0, try prepareLeaf(.holdReleased, on: $0.text, by: caller)) }
            let row = try await database.write { transaction in
                let row = try transaction.openProposal(id).decided(.withdrawn, by: caller.address, at: now)
                for (package, leaf) in releases where try transaction.endHold(on: package, of: id) {
                    try transaction.append(leaf)
                }
                try transaction.updateProposal(row)
                try transaction.append(leaf)
                return row
            }
            journal.proposalMoved(id, row.action, to: .withdrawn, packages: packages.count)
            return try proposal(row, packages: packages)
        }
    }

    // MARK: - Shared with the second person

    func keptProposal(_ id: ProposalID) async throws -> (row: ProposalRow, packages: [PackageID]) {
        let found = try await database.read { transaction in
            try transaction.proposal(id).map { ($0, try transaction.packages(ofProposal: id)) }
        }
        guard let found else { throw Refusal.notFound }
        return found
    }

    func proposal(_ row: ProposalRow, packages: [PackageID]) throws -> Proposal {
        let reason = try directoryKey.open(row.sealedReason, context: SealContext.proposalReason(row.id))
        return Proposal(
            id: row.id, action: row.action, packages: packages, state: row.state, proposedBy: row.proposedBy,
            proposedAt: row.proposedAt, reason: String(decoding: reason, as: UTF8.self), decidedBy: row.decidedBy,
            decidedAt: row.decidedAt)
    }

    /// Whether each could be disposed of today, but for the second person.
    private func requireDue(_ packages: [PackageID], by caller: Caller, now: Timestamp) async throws {
        var findings: [(refusal: Refusal, packages: [PackageID])] = []
        for id in packages {
            let rows = try await database.read { transaction in
                (
                    try transaction.package(id), try transaction.dataKey(KeyOwner.package(id)),
                    try transaction.isOnHold(id)
                )
            }
            // What is unknown or destroyed already is named when the proposal is written.
            guard let row = rows.0, let key = rows.1 else { continue }
            let kept = KeptPackage(row: row, key: try packageKey(key))
            let found = try disposalFindings(
                on: kept.manifest(), row, isOnHold: rows.2, proposedBy: caller.address, by: caller, now: now,
                rules: [.retentionHasEnded, .nothingHoldsIt])
            for refusal in found {
                if let index = findings.firstIndex(where: { $0.refusal.code == refusal.code }) {
                    findings[index].packages.append(id)
                } else {
                    findings.append((refusal, [id]))
                }
            }
        }
        let refusals = findings.map { $0.refusal.about($0.packages) }
        if refusals.count > 1 { throw Refusals(refusals) }
        if let refusal = refusals.first { throw refusal }
    }
}

extension ProposalRequest {
    fileprivate func check() throws {
        guard (1...Proposal.mostPackages).contains(packages.count), Set(packages).count == packages.count else {
            throw Refusal.proposalInvalid(
                Bilingual(
                    ja: "対象は1件以上\(Proposal.mostPackages)件以下で、重複なく指定してください。",
                    en: "it must name 1 to \(Proposal.mostPackages) packages, each once."))
        }
        guard !reason.allSatisfy(\.isWhitespace), reason.count <= Proposal.longestReason else {
            throw Refusal.proposalInvalid(
                Bilingual(
                    ja: "理由を\(Proposal.longestReason)字以内で書いてください。",
                    en: "it needs a reason of at most \(Proposal.longestReason) characters."))
        }
    }
}

extension ProposalRow {
    func decided(_ state: Proposal.State, by person: PersonAddress, at time: Timestamp) -> ProposalRow {
        var row = self
        (row.state, row.decidedBy, row.decidedAt) = (state, person, time)
        return row
    }
}

extension Transaction {
    /// The proposal as long as nobody has decided about it.
    func openProposal(_ id: ProposalID) throws -> ProposalRow {
        guard let row = try proposal(id) else { throw Refusal.notFound }
        guard row.state == .open else { throw Refusal.stateConflict(row.state.name) }
        return row
    }

    /// Refuses what is not there, what is destroyed already, and to release what is not on hold.
    fileprivate func requireNameable(_ packages: [PackageID], for action: Proposal.Action) throws {
        let states = try packages.map { ($0, try package($0)?.state) }
        func require(_ fitting: (PackageID, PackageState?) throws -> Bool, _ ja: String, _ en: String) throws {
            let wrong = try states.filter { try !fitting($0.0, $0.1) }.map(\.0)
            guard !wrong.isEmpty else { return }
            throw Refusal.proposalInvalid(
                Bilingual(ja: "\(ja): \(wrong.named.ja)", en: "\(en): \(wrong.named.en)"))
        }
        try require({ $1 != nil }, "この番号の送付はありません", "there is no such package")
        try require({ $1 != .disposed }, "すでに廃棄されています", "it is disposed of already")
        if action == .releaseHold {
            try require({ id, _ in try isOnHold(id) }, "廃棄は停止されていません", "it is not on hold")
        }
    }

    /// Ends the hold that stands by this proposal alone; one that another open proposal asks for stands on by that one.
    fileprivate func endHold(on package: PackageID, of proposal: ProposalID) throws -> Bool {
        guard try hold(on: package) == proposal else { return false }
        if let other = try openProposals(.hold, for: package).first(where: { $0 != proposal }) {
            try moveHold(package, to: other)
            return false
        }
        return try releaseHold(package)
    }
}

extension [PackageID] {
    private static var mostNamed: Int { 20 }

    /// The ids as a text, the first ones of many.
    fileprivate var named: Bilingual {
        let ids = prefix(Self.mostNamed).map(\.text).joined(separator: ", ")
        let more = count - Self.mostNamed
        return more > 0
            ? Bilingual(ja: "\(ids) ほか\(more)件", en: "\(ids) and \(more) more") : Bilingual(ja: ids, en: ids)
    }
}

extension Refusal {
    /// The same refusal, saying which packages it is about.
    fileprivate func about(_ packages: [PackageID]) -> Refusal {
        let named = packages.named
        return Refusal(
            code, rule: rule,
            message: Bilingual(ja: "\(named.ja): \(message.ja)", en: "\(named.en): \(message.en)"), remedy: remedy,
            retry: retry)
    }

    fileprivate static func proposalInvalid(_ detail: Bilingual) -> Refusal {
        Refusal(
            .proposalInvalid, rule: "SD-ACC-6",
            message: Bilingual(
                ja: "提案として受け取れません: \(detail.ja)", en: "This is no proposal that can be taken: \(detail.en)"),
            remedy: Bilingual(
                ja: "mimamori operate disposal で対象の番号を確かめてください。",
                en: "See the ids with mimamori operate disposal."))
    }
}
