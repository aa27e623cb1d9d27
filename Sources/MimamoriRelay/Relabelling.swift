// 格付の変更 (SD-CLS-3): an approver of the party that sent a package, and not its sender, may change its 機密性. The signed
// statement is kept with the package for as long as its key; the newest holds. What cites the package from then on is
// judged by it (Rules/LabelRules.swift); what was sent before stays as it was.

package import MimamoriCore
import MimamoriCrypto
import MimamoriStore

extension Relay {
    /// Takes a signed Relabelling (CMS). The same statement again changes nothing.
    package func relabel(_ id: PackageID, statement signed: [UInt8], by caller: Caller) async throws {
        try await attempt(.packageRelabelled, on: id.text, by: caller) {
            let kept = try await keptPackage(id, for: caller)
            guard kept.row.sender.party == caller.party, kept.row.storedAt != nil else { throw Refusal.notFound }
            guard kept.row.sender != caller.address else { throw Refusal.relabelsOwn }
            try caller.require(.approver)
            let statement = try read(signed, about: kept, by: caller)
            let context = SealContext.relabelling(id, statement.decidedAt)
            let row = RelabellingRow(
                package: id, decidedAt: statement.decidedAt, confidentiality: statement.to,
                sealedStatement: try kept.key.seal(signed, context: context))
            let given = try kept.manifest().label?.confidentiality
            let leaf = try prepareLeaf(
                .packageRelabelled, on: id.text, by: caller,
                reason: "confidentiality \(statement.from) to \(statement.to)")
            let isNew = try await database.write { transaction in
                guard let package = try transaction.package(id) else { throw Refusal.notFound }
                guard package.state == .released else { throw Refusal.stateConflict(package.state.name) }
                let latest = try transaction.latestRelabelling(of: id)
                if let latest, latest.decidedAt == row.decidedAt, latest.confidentiality == row.confidentiality {
                    return false
                }
                guard statement.from == latest?.confidentiality ?? given else {
                    throw Refusal.relabellingInvalid(
                        Bilingual(ja: "今の機密性と違います。", en: "the package has another confidentiality now."))
                }
                // The newest holds, so time must not run backward between two approvers' machines.
                guard latest.map({ $0.decidedAt < row.decidedAt }) ?? true else {
                    throw Refusal.relabellingInvalid(
                        Bilingual(ja: "前の変更より後の時刻が必要です。", en: "it must be later than the change before it."))
                }
                _ = try transaction.insertRelabelling(row)
                try transaction.append(leaf)
                return true
            }
            if isNew { journal.packageRelabelled(id, from: statement.from, to: statement.to) }
        }
    }

    private func read(_ signed: [UInt8], about kept: KeptPackage, by caller: Caller) throws -> Relabelling {
        let statement = try ownStatement(Relabelling.self, in: signed, by: caller, orElse: Refusal.relabellingInvalid)
        guard statement.format == Relabelling.format, statement.decidedBy == caller.address else {
            throw Refusal.relabellingInvalid(
                Bilingual(ja: "形式が違うか、別の人の判断です。", en: "it has another form, or is somebody else's decision."))
        }
        guard statement.package == kept.row.id, statement.manifestSHA256 == kept.row.manifestSHA256 else {
            throw Refusal.relabellingInvalid(Bilingual(ja: "別の送付についてのものです。", en: "it is about another package."))
        }
        guard (1...2).contains(statement.to), statement.to != statement.from else {
            throw Refusal.relabellingInvalid(
                Bilingual(ja: "機密性は1か2で、今と違うものにします。", en: "the confidentiality must be 1 or 2, and another one."))
        }
        guard (1...Relabelling.longestReason).contains(statement.reason.count) else {
            throw Refusal.relabellingInvalid(
                Bilingual(
                    ja: "理由を\(Relabelling.longestReason)字以内で書いてください。",
                    en: "a reason of at most \(Relabelling.longestReason) characters is needed."))
        }
        try requireRecent(statement.decidedAt, orElse: Refusal.relabellingInvalid)
        return statement
    }
}

extension Refusal {
    fileprivate static let relabelsOwn = Refusal(
        .approverIsSender, rule: "SD-CLS-3",
        message: Bilingual(
            ja: "自分が送った情報の格付を、自分で変えることはできません。", en: "You cannot change the label of what you sent yourself."),
        remedy: Bilingual(
            ja: "同じ所属の、承認者の役割を持つ別の人に依頼してください。",
            en: "Ask another person of your party who has the approver role."))

    fileprivate static func relabellingInvalid(_ detail: Bilingual) -> Refusal {
        Refusal(
            .relabellingInvalid, rule: "SD-CLS-3",
            message: Bilingual(
                ja: "格付の変更として受け取れません: \(detail.ja)", en: "This is no change of a label: \(detail.en)"),
            remedy: Bilingual(
                ja: "mimamori status で今の格付を確かめて、mimamori relabel でやり直してください。",
                en: "See the present label with mimamori status, and use mimamori relabel again."))
    }
}
