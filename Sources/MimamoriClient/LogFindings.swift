// What an audit of the log can find, and how it is told: what happened, to which entries, and what it means. Finding it is
// LogAudit.swift's and LogComparison.swift's.

package import MimamoriCore

package struct LogAuditReport: Sendable {
    package enum Finding: Sendable, Hashable {
        /// The relay's log is shorter than it was: an older state of the database was put back, or its end was cut off.
        case rolledBack(seen: Int64, now: Int64)
        /// Today's log does not begin with the log that had so many entries when it was seen: it was rewritten, or this
        /// reader is shown another log than others.
        case forked(seen: Int64)
        /// A head that was seen elsewhere, by a witness or another reader, is none of this log.
        case otherLogShown(to: String, size: Int64)
        /// The relay gave no proof that today's log begins with the one seen before.
        case unproved(seen: Int64, now: Int64)
        /// The hashes of the entries do not give the root that the relay signed.
        case headMismatch(size: Int64)
        /// The key that signs the log is not the pinned one.
        case keyChanged
        case headUnsigned
        /// Entries whose row is gone.
        case entriesMissing(ClosedRange<Int64>)
        /// Entries that are not the ones that were hashed when they were written.
        case entriesEdited(ClosedRange<Int64>)
        /// Entries that the relay cannot open: their bytes were changed. Their hashes are there.
        case entriesDamaged(ClosedRange<Int64>)
        /// An entry is the one that was hashed, but not one that this program can read.
        case entryInvalid(sequence: Int64)
    }

    /// A witness's newest cosigned head of this very log.
    package struct Cosigned: Sendable, Hashable {
        package let witness: String
        package let size: Int64
        package let time: Timestamp
    }

    package let size: Int64
    /// The root in the signed head, hexadecimal.
    package let root: String
    /// The size of the head that was pinned before; `nil` at the first audit.
    package let previousSize: Int64?
    package let findings: [Finding]
    /// Whether every entry was read, and not the heads alone.
    package let entriesRead: Bool
    /// One for each trusted witness that cosigned, the furthest first.
    package let cosigned: [Cosigned]

    package var isSound: Bool { findings.isEmpty }

    /// One sentence per finding, or one that says that all is well.
    package var lines: [Bilingual] {
        guard findings.isEmpty else { return findings.map(\.message) }
        let seen = previousSize.map {
            Bilingual(ja: "前回確かめた \($0) 件も変わっていません", en: "the \($0) seen before unchanged")
        }
        let ja = seen.map { "、\($0.ja)" } ?? ""
        let en = seen.map { ", \($0.en)" } ?? ""
        return [
            entriesRead
                ? Bilingual(
                    ja: "アクセス記録 \(size) 件は、中継の署名した値と一致しています\(ja)。",
                    en: "All \(size) entries of the access log agree with the signed head\(en).")
                : Bilingual(
                    ja: "アクセス記録 \(size) 件の先頭値は、中継の正しい署名が付いています\(ja)。記録そのものは読んでいません。",
                    en:
                        "The head over \(size) entries is signed by the relay\(en). The entries themselves were not read."
                )
        ]
    }
}

extension LogAuditReport.Finding {
    package var message: Bilingual {
        switch self {
        case .rolledBack(let seen, let now):
            Bilingual(
                ja: "巻き戻し: 記録が短くなっています。前は \(seen) 件、今は \(now) 件です。古いデータベースに差し替えられたか、末尾が切り取られています。",
                en:
                    "Rollback: the log had \(seen) entries and has \(now) now. An older database was put back, or the end "
                    + "was cut off.")
        case .forked(let seen):
            Bilingual(
                ja: "分岐: 今の記録は、前に確かめた \(seen) 件の続きではありません。途中が書き換えられたか、相手によって別の記録が示されています。",
                en:
                    "Fork: today's log is no continuation of the \(seen) entries seen before. Something was rewritten or "
                    + "replaced, or different readers are shown different logs.")
        case .otherLogShown(let whom, let size):
            Bilingual(
                ja: "分岐: \(whom) が見た \(size) 件の記録は、ここに示されている記録と違います。相手によって別の記録が示されています。",
                en:
                    "Fork: the log of \(size) entries that \(whom) saw is not the one shown here. Different readers are "
                    + "shown different logs.")
        case .unproved(let seen, let now):
            Bilingual(
                ja: "今の記録（\(now) 件）が前に見た \(seen) 件の続きであることを、中継が示せません。",
                en: "The relay gives no proof that its log of \(now) entries continues the \(seen) seen before.")
        case .headMismatch(let size):
            Bilingual(
                ja: "記録 \(size) 件が、中継の署名した値と一致しません。記録が変えられています。",
                en: "The \(size) entries do not give the value that the relay signed: entries were changed.")
        case .keyChanged:
            Bilingual(
                ja: "記録に署名する鍵が、前に固定したものと違います。正当な交換かどうか、監査担当者が運用担当者に確かめてください。",
                en:
                    "The key that signs the log is not the pinned one. An auditor must ask the operator whether it was replaced."
            )
        case .headUnsigned:
            Bilingual(
                ja: "記録の先頭値に、固定した鍵の署名がありません。", en: "The head of the log is not signed by the pinned key.")
        case .entriesMissing(let range):
            Bilingual(
                ja: "削除: \(range.ja) がありません。", en: "Deleted: \(range.en("is", "are")) missing.")
        case .entriesEdited(let range):
            Bilingual(
                ja: "改ざん: \(range.ja) が、書き込まれたときのものではありません。",
                en:
                    "Edited: \(range.en("is", "are")) not what was written at the time: something was rewritten or replaced."
            )
        case .entriesDamaged(let range):
            Bilingual(
                ja: "破損: \(range.ja) を中継が開けません。保存されたデータが変えられています。",
                en: "Damaged: \(range.en("cannot", "cannot")) be opened by the relay: the stored bytes were changed.")
        case .entryInvalid(let sequence):
            Bilingual(
                ja: "記録 \(sequence) 番は書き込まれたときのままですが、このプログラムでは読めません。mimamori の版が古いのかもしれません。",
                en: "Entry \(sequence) is as it was written, but this program cannot read it: mimamori may be too old.")
        }
    }
}

extension ClosedRange<Int64> {
    fileprivate var ja: String {
        count == 1 ? "記録 \(lowerBound) 番" : "記録 \(lowerBound) 番から \(upperBound) 番まで（\(count) 件）"
    }

    fileprivate func en(_ one: String, _ many: String) -> String {
        count == 1 ? "entry \(lowerBound) \(one)" : "entries \(lowerBound) to \(upperBound) (\(count)) \(many)"
    }
}
