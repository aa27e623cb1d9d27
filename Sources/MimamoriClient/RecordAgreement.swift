// Whether the sealed record says what the signed manifest says. The relay judges codes alone (docs/decisions/0008), so that a
// manifest could claim a consent, a decision or a document that the words do not bear out; whoever opens the package can
// compare, and does: the second person's client refuses to release a disagreement (N10, N15, N16), the recipient's
// shows it.

import MimamoriCore

struct RecordAgreement {
    let manifest: Manifest
    let record: Record?
    /// SHA-256 of each attachment.
    let attachments: [ContentDigest]

    /// What disagrees, each with its rule; no value is ever in the words.
    var disagreements: [Refusal] {
        guard let record else {
            return [
                .recordDisagrees(
                    "N10",
                    Bilingual(
                        ja: "記録が mimamori の様式の形でないため、送付状と照らし合わせられません。",
                        en: "The record is not of our forms, so that it cannot be compared with the manifest."))
            ]
        }
        var found: [Refusal] = []
        if record.kind != manifest.kind {
            found.append(
                .recordDisagrees("N10", Bilingual(ja: "記録の種別が送付状と違います。", en: "The record is of another kind.")))
        }
        found += Self.pairs(manifest, record).filter { $0.claimed != $0.written }.map { pair in
            .recordDisagrees(
                pair.rule,
                Bilingual(
                    ja: "「\(pair.name.ja)」が送付状と記録とで違います。",
                    en: "\"\(pair.name.en)\" differs between manifest and record."))
        }
        if let document = manifest.request?.document, !attachments.contains(document) {
            found.append(
                .recordDisagrees(
                    "N16",
                    Bilingual(
                        ja: "送付状にある公文書が、添付の中にありません。",
                        en: "The document that the manifest names is not among the attachments.")))
        }
        return found
    }

    private struct Pair {
        let rule: String
        let name: Bilingual
        let claimed: Record.Value?
        let written: Record.Value?
    }

    private static func pairs(_ manifest: Manifest, _ record: Record) -> [Pair] {
        func pair(_ rule: String, _ key: String, _ ja: String, _ en: String, _ claimed: Record.Value?) -> Pair {
            Pair(rule: rule, name: Bilingual(ja: ja, en: en), claimed: claimed, written: record.value(key))
        }
        /// The manifest says only that there are words.
        func stated(_ rule: String, _ key: String, _ ja: String, _ en: String, _ claimed: Bool?) -> Pair {
            Pair(
                rule: rule, name: Bilingual(ja: ja, en: en), claimed: claimed == true ? .flag(true) : nil,
                written: record.value(key) == nil ? nil : .flag(true))
        }
        let (label, consent) = (manifest.label, manifest.consent)
        let (request, decision) = (manifest.request, manifest.decision)
        return [
            pair("SD-APR-5", "package.basis", "法的根拠", "Legal basis", text(manifest.legalBasis?.rawValue)),
            pair("N16", "package.answers", "回答する依頼", "Request answered", text(manifest.answers?.text)),
            pair("N22", "package.retention", "保存期間", "Retention", text(manifest.retention.text)),
            pair(
                "N4", manifest.kind == .report ? "report.concerning" : "package.concerns", "もとになった送付", "Concerning",
                text(manifest.concerns?.text)),
            pair(
                "SD-CLS-1", "label.confidentiality", "機密性", "Confidentiality", label.map { .number($0.confidentiality) }
            ),
            pair("SD-CLS-1", "label.integrity", "完全性", "Integrity", label.map { .number($0.integrity) }),
            pair("SD-CLS-1", "label.availability", "可用性", "Availability", label.map { .number($0.availability) }),
            Pair(
                rule: "SD-CLS-5", name: Bilingual(ja: "取扱制限", en: "Restrictions"),
                claimed: .list((label?.restrictions ?? []).map(\.rawValue).sorted()),
                written: sorted(record.value("label.restrictions"))),
            pair("SD-CLS-5", "label.keep_until", "保存期限", "Keep until", text(label?.keepUntil?.text)),
            pair("N10", "consent.state", "同意の有無", "Consent", text(consent?.state.rawValue)),
            pair("N10", "consent.relation", "同意した人と本人との関係", "Relation", text(consent?.relation?.rawValue)),
            pair("N10", "consent.method", "同意の方法", "Written or oral", text(consent?.method?.rawValue)),
            pair("N10", "consent.reason", "同意を得られなかった理由", "Why not obtained", text(consent?.reason?.rawValue)),
            pair(
                "N10", "consent.activities_explained", "活動内容の説明", "Activities explained",
                consent?.activitiesExplained.map { .flag($0) }),
            pair(
                "N10", "consent.confidentiality_explained", "秘密保持義務の説明", "Confidentiality explained",
                consent?.confidentialityExplained.map { .flag($0) }),
            pair("N13", "care.criterion_version", "基準の施行日", "Criterion", text(manifest.criterion?.text)),
            pair("N16", "request.type", "依頼の種類", "Type of request", text(request?.type.rawValue)),
            pair("N16", "request.validity", "依頼の期間", "Validity", text(request?.validity.rawValue)),
            pair("N16", "request.valid_from", "期間の始め", "From", text(request?.validFrom?.text)),
            pair("N16", "request.valid_until", "期間の終わり", "Until", text(request?.validUntil?.text)),
            pair(
                "N16", "request.asks_personal_information", "個人情報の提供", "Personal information asked for",
                request.map { .flag($0.asksPersonalInformation) }),
            pair("N6", "request.names_person", "個人名の記載", "Names a person", request.map { .flag($0.namesPerson) }),
            stated("N16", "request.scope", "求める情報の範囲", "Scope", request?.scopeStated),
            stated("N16", "request.purpose", "利用目的", "Purpose", request?.purposeStated),
            pair("N15", "decision.result", "判断", "Decision", text(decision?.outcome.rawValue)),
            pair("N15", "decision.decided_on", "判断した日", "Decided on", text(decision?.decidedOn?.text)),
            stated(
                "N15", "decision.public_interest", "公共性の検討", "Public interest", decision?.publicInterestExamined),
            stated("N15", "decision.necessity", "必要性の検討", "Necessity", decision?.necessityExamined),
        ]
    }

    private static func text(_ text: String?) -> Record.Value? { text.map { .text($0) } }

    /// An empty list is left out of a record.
    private static func sorted(_ value: Record.Value?) -> Record.Value {
        if case .list(let list) = value { .list(list.sorted()) } else { .list([]) }
    }
}

extension LookingSink {
    func disagreements(with manifest: Manifest) -> [Refusal] {
        RecordAgreement(
            manifest: manifest, record: Record.read(record), attachments: attachments.map(\.sha256)
        ).disagreements
    }
}

extension Refusal {
    fileprivate static func recordDisagrees(_ rule: String, _ message: Bilingual) -> Refusal {
        Refusal(
            .recordDisagrees, rule: rule, message: message,
            remedy: Bilingual(
                ja: "承認せず、差し戻して（mimamori reject）、送信者に作り直してもらってください。",
                en: "Do not release it: refuse it (mimamori reject), and have the sender make it anew."))
    }
}
