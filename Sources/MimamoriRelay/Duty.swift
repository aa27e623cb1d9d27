// 秘密保持義務 (N19): the text in force, where a person stands, and the acknowledgement that they sign. Every one is kept
// for ever; the newest decides whether the relay hands out personal information (Rules/HandoutRules.swift judges it). The
// text is MimamoriCore's with what configuration adds; showing it is the client's business.

import MimamoriCore
import MimamoriCrypto
import MimamoriStore
package import MimamoriWire

extension Relay {
    /// Asked anew for every part, so that a changed text or an elapsed period counts at once.
    func dutyFacts(of person: PersonAddress) async throws -> DutyFacts {
        let latest = try await database.read { try $0.latestDutyAcknowledgement(of: person) }
        return DutyFacts(
            currentVersion: settings.dutyNotice.version,
            acknowledged: latest.map {
                DutyAcknowledgement(person: person, version: $0.version, acknowledgedAt: $0.acknowledgedAt)
            }, renewalDays: settings.policy.dutyRenewalDays)
    }

    /// The text and the caller's own standing. It shows nothing about anybody else, so it has no leaf.
    package func duty(of caller: Caller) async throws -> DutyMessage {
        let facts = try await dutyFacts(of: caller.address)
        return DutyMessage(
            notice: settings.dutyNotice, acknowledgedVersion: facts.acknowledged?.version,
            acknowledgedAt: facts.acknowledged?.acknowledgedAt, endsAt: facts.endsAt,
            isCurrent: facts.isCurrent(at: world.now()))
    }

    /// Takes a signed acknowledgement (CMS over DutyAcknowledgement) of the text in force. A repeat changes nothing.
    package func acknowledgeDuty(_ signed: [UInt8], by caller: Caller) async throws {
        try await attempt(.dutyAcknowledged, on: caller.address.text, by: caller) {
            let statement = try read(signed, by: caller)
            let context = SealContext.dutyAcknowledgement(caller.address, statement.acknowledgedAt)
            let row = DutyAcknowledgementRow(
                person: caller.address, acknowledgedAt: statement.acknowledgedAt, version: statement.version,
                sealedStatement: try directoryKey.seal(signed, context: context))
            let leaf = try prepareLeaf(
                .dutyAcknowledged, on: caller.address.text, by: caller, reason: "version \(statement.version)")
            let isNew = try await database.write { transaction in
                guard try transaction.insertDutyAcknowledgement(row) else { return false }
                try transaction.append(leaf)
                return true
            }
            if isNew { journal.dutyAcknowledged(version: statement.version) }
        }
    }

    private func read(_ signed: [UInt8], by caller: Caller) throws -> DutyAcknowledgement {
        let statement = try ownStatement(
            DutyAcknowledgement.self, in: signed, by: caller, orElse: Refusal.acknowledgementInvalid)
        guard statement.format == DutyAcknowledgement.format, statement.person == caller.address else {
            throw Refusal.acknowledgementInvalid(
                Bilingual(ja: "形式が違うか、別の人のものです。", en: "it has another form, or is somebody else's."))
        }
        guard statement.version == settings.dutyNotice.version else {
            throw Refusal.acknowledgementInvalid(
                Bilingual(
                    ja: "文面の版が違います（今の版は \(settings.dutyNotice.version)）。",
                    en: "it is about another version of the text; the present one is \(settings.dutyNotice.version)."))
        }
        try requireRecent(statement.acknowledgedAt, orElse: Refusal.acknowledgementInvalid)
        return statement
    }
}

extension Refusal {
    fileprivate static func acknowledgementInvalid(_ detail: Bilingual) -> Refusal {
        Refusal(
            .acknowledgementInvalid, rule: "N19",
            message: Bilingual(
                ja: "秘密保持義務の確認として受け取れません: \(detail.ja)",
                en: "This is no acknowledgement of the duty of confidentiality: \(detail.en)"),
            remedy: Bilingual(
                ja: "mimamori acknowledge-duty で、今の文面を読んで確認し直してください。",
                en: "Read the present text and acknowledge it again with mimamori acknowledge-duty."))
    }
}
