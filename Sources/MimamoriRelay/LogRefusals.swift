// What the access log's verbs refuse, in words.

import MimamoriCore

extension Refusal {
    static func logSizeOutside(_ newest: Int64) -> Refusal {
        .requestMalformed(
            Bilingual(
                ja: "番号か件数が、署名済みの記録（\(newest) 件）の範囲にありません。",
                en: "The index or size lies outside the signed log of \(newest) entries."))
    }

    static let headNotSignedYet = Refusal(
        .busy, rule: "RFC 9162 §4.2",
        message: Bilingual(
            ja: "この記録を含む先頭値は、まだ署名されていません。", en: "No head that holds this entry is signed yet."),
        remedy: Bilingual(ja: "1秒ほど待って、もう一度試してください。", en: "Wait a second and ask again."), retry: .later)

    static func cosignatureInvalid(_ detail: Bilingual) -> Refusal {
        Refusal(
            .cosignatureInvalid, rule: "SD-LOG-6",
            message: Bilingual(
                ja: "連署として認められません: \(detail.ja)", en: "This cosignature is not accepted: \(detail.en)"),
            remedy: Bilingual(
                ja: "mimamori log verify で記録を確かめ、中継の運用担当者に連絡してください。",
                en: "Check the log with mimamori log verify and tell the relay's operator."))
    }

    static let cosignatureUnknown = Refusal(
        .cosignatureInvalid, rule: "SD-LOG-6",
        message: Bilingual(
            ja: "この中継に登録された証人の正しい連署がありません。",
            en: "There is no right cosignature of a witness that this relay knows."),
        remedy: Bilingual(
            ja: "証人の検証鍵（mimamori witness init が表示したもの）を、中継の設定 log.witnesses に加えるよう運用担当者に依頼してください。",
            en: "Ask the relay's operator to add the witness's verifier key, which mimamori witness init printed, to "
                + "log.witnesses."))
}
