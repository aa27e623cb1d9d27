// The refusals that a submission can meet beside the policy's: a manifest or a part that is not what it says. Kept apart
// from the verbs so that these read as verbs, and the sentences can be read together.

import MimamoriCore

extension Refusal {
    private static let remakePackage = Bilingual(
        ja: "送信側で作り直してください（mimamori queue）。", en: "The sender must make the package anew (mimamori queue).")

    static let manifestUnreadable = Refusal(
        .manifestMalformed, rule: "RFC 5652",
        message: Bilingual(
            ja: "署名された送付状（manifest）として読み取れません。",
            en: "This cannot be read as a signed manifest (CMS SignedData)."), remedy: remakePackage)

    static func manifestSignature(of sender: PersonAddress) -> Refusal {
        Refusal(
            .manifestSignatureInvalid, rule: "SD-CRY-7",
            message: Bilingual(
                ja: "送付状に、送信者 \(sender) の登録済みの証明書による正しい署名がありません。",
                en: "The manifest has no right signature by an enrolled certificate of its sender \(sender)."),
            remedy: remakePackage)
    }

    static let idInUse = Refusal(
        .idInUse, rule: "SD-AUT-4",
        message: Bilingual(
            ja: "この番号は、内容の異なる別の送付にすでに使われています。",
            en: "This id is already used by another package with other content."), remedy: remakePackage,
        retry: .never)

    static func partUnexpected(_ number: Int) -> Refusal {
        Refusal(
            .partUnexpected, rule: "docs/protocol.md",
            message: Bilingual(
                ja: "送付状に書かれていない部分（\(number)番）です。", en: "The manifest names no part \(number)."),
            remedy: remakePackage, retry: .never)
    }

    static func partDigestMismatch(_ number: Int) -> Refusal {
        Refusal(
            .partDigestMismatch, rule: "SD-CRY-7",
            message: Bilingual(
                ja: "部分（\(number)番）の内容が送付状のハッシュ値・大きさと一致しません。途中で壊れたか、書き換えられています。",
                en: "Part \(number) does not match the manifest's digest or size: it was damaged or changed on the way."
            ),
            remedy: Bilingual(
                ja: "もう一度送ってください（mimamori send）。続くなら送信側の端末の故障を疑ってください。",
                en: "Send it again (mimamori send); if it happens again, suspect the sender's machine."), retry: .later)
    }

    static func partSealedToOthers(_ number: Int?) -> Refusal {
        Refusal(
            .partSealedToOthers, rule: "SD-APR-7",
            message: Bilingual(
                ja: "部分（\(number.map { "\($0)番" } ?? "全部")）が、送付状に書かれた宛先以外に、または一部の宛先だけに封印されています。",
                en:
                    "Part \(number.map(String.init) ?? "all") is not sealed to exactly the readers that the manifest declares."
            ),
            remedy: remakePackage)
    }

    static func partsMissing(_ count: Int) -> Refusal {
        Refusal(
            .partsMissing, rule: "docs/protocol.md",
            message: Bilingual(ja: "まだ届いていない部分が\(count)個あります。", en: "\(count) parts have not arrived yet."),
            remedy: Bilingual(
                ja: "残りの部分を送ってから、もう一度完了を求めてください（mimamori send が自動で行います）。",
                en: "Send the rest and complete again (mimamori send does both)."))
    }

    static let packageFraming = Refusal(
        .partsInvalid, rule: "docs/protocol.md",
        message: Bilingual(
            ja: "送付状の後に続く部分の長さが、送付状の記載と合いません。",
            en: "What follows the manifest does not have the length of the parts that it names."), remedy: remakePackage
    )
}
