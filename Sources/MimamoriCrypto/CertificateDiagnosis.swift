// The refusals of a certificate: whose it is, which check it failed, what to do next (lessons: X-Road's opaque errors).
// "Whose" is the address in the certificate or, when it has none that can be shown, the beginning of its fingerprint;
// never a person's name. Which check fails is found by TrustStore and CertificateRules.

import MimamoriCore

/// Makes the refusals of one certificate.
package struct CertificateDiagnosis: Sendable {
    private let owner: Bilingual

    package init(of certificate: Certificate) {
        if let address = certificate.person?.text ?? certificate.party?.text, let uri = certificate.identityURI {
            // The URI's form serves both readings: a/b/c can be a party with a desk or a person. It is shown only when
            // one of them is valid, because a stranger chose its text.
            let shown = certificate.party != nil && !certificate.usages.clientAuth ? uri.dropFirst(11) : address[...]
            owner = Bilingual(ja: "「\(shown)」の証明書", en: "The certificate of \(shown)")
        } else {
            let short = certificate.fingerprint.hexadecimal.prefix(16)
            owner = Bilingual(ja: "証明書（指紋 \(short)…）", en: "The certificate with fingerprint \(short)…")
        }
    }

    func untrusted(_ reason: String) -> Refusal {
        refusal(
            .certificateUntrusted, rule: "RFC 5280 §6",
            Bilingual(
                ja: "は、信頼している認証局（CA）の発行と確認できません（検査: 証明書の連鎖、\(reason)）。",
                en: " was not issued by a CA that is trusted here (check: certificate chain, \(reason))."),
            Bilingual(
                ja: "登録時に受け取った証明書を使っているか確かめてください。正しい証明書であれば、相手側の信頼する CA の設定を運用担当者に確認してください。",
                en: "Check that you use the certificate issued for this relay. If it is, ask the operator which CA the "
                    + "other side trusts."))
    }

    func authorityOutOfDate() -> Refusal {
        refusal(
            .certificateUntrusted, rule: "RFC 5280 §6.1.3",
            Bilingual(
                ja: "を発行した認証局（CA）の証明書が有効期間の外にあります（検査: CA の有効期間）。",
                en: " was issued by a CA whose own certificate is outside its validity (check: CA validity)."),
            Bilingual(
                ja: "この機器の時計を確かめてください。時計が正しければ、運用担当者が CA 証明書を更新する必要があります。",
                en: "Check this machine's clock. If it is right, the operator must renew the CA certificate."))
    }

    func expired(at notAfter: Timestamp, now: Timestamp) -> Refusal {
        refusal(
            .certificateExpired, rule: "RFC 5280 §4.1.2.5",
            Bilingual(
                ja: "は期限が切れています（検査: 有効期間、\(notAfter) まで。判定時刻 \(now)）。",
                en: " has expired (check: validity, it ended \(notAfter); judged at \(now))."),
            Bilingual(
                ja: "新しい証明書の発行を受け、管理者に登録を依頼してください。時計がずれていないかも確かめてください。",
                en: "Have a new certificate issued and ask an administrator to enrol it. Check the clock too."))
    }

    func notYetValid(from notBefore: Timestamp, now: Timestamp) -> Refusal {
        refusal(
            .certificateNotYetValid, rule: "RFC 5280 §4.1.2.5",
            Bilingual(
                ja: "はまだ有効になっていません（検査: 有効期間、\(notBefore) から。判定時刻 \(now)）。",
                en: " is not valid yet (check: validity, it begins \(notBefore); judged at \(now))."),
            Bilingual(
                ja: "両方の機器の時計を確かめてください。時計が正しければ、有効になる日時まで待ってください。",
                en: "Check the clocks of both machines. If they are right, wait until the certificate begins."),
            retry: .later)
    }

    func revoked() -> Refusal {
        refusal(
            .certificateRevoked, rule: "SD-AUT-12, RFC 5280 §6.3",
            Bilingual(
                ja: "は失効しています（検査: 失効リスト）。",
                en: " has been revoked (check: certificate revocation list)."),
            Bilingual(
                ja: "この証明書は使えません。新しい証明書の発行を受けてください。失効に心当たりがなければ、すぐに管理者へ連絡してください。",
                en: "This certificate cannot be used any more. Have a new one issued. If you did not expect this, tell "
                    + "an administrator at once."),
            retry: .never)
    }

    func weakKey(_ found: String) -> Refusal {
        refusal(
            .certificateWeakKey, rule: "SD-CRY-1",
            Bilingual(
                ja: "の鍵または署名方式の強度が足りません（検査: 暗号の強度、\(found)）。",
                en: " has a key or signature that is too weak (check: cryptographic strength, \(found))."),
            Bilingual(
                ja: "P-256、P-384、または 3072 ビット以上の RSA の鍵を新しく作り、SHA-256 以上の署名で発行を受けてください。",
                en: "Make a new key with P-256, P-384 or RSA of at least 3072 bits, and have it certified with SHA-256 "
                    + "or stronger."))
    }

    func usage(_ missing: Bilingual) -> Refusal {
        refusal(
            .certificateUsage, rule: "docs/ca-profile.md, RFC 5280 §4.2.1",
            Bilingual(
                ja: "は、この用途には使えません（検査: 鍵の用途、\(missing.ja)）。",
                en: " is not meant for this use (check: key usage, \(missing.en))."),
            Bilingual(
                ja: "用途に合った証明書を指定してください。手元になければ、docs/ca-profile.md の用途で発行を受けてください。",
                en: "Give the certificate that is for this use. If you have none, have one issued with the usages of "
                    + "docs/ca-profile.md."))
    }

    func identity(_ problem: Bilingual) -> Refusal {
        refusal(
            .certificateIdentity, rule: "docs/ca-profile.md",
            Bilingual(
                ja: "から、だれのものかを一つに決められません（検査: SAN の URI、\(problem.ja)）。",
                en: " does not say whose it is (check: SAN URI, \(problem.en))."),
            Bilingual(
                ja: "SAN に mimamori:// で始まる URI をちょうど一つ入れて発行を受けてください（docs/ca-profile.md）。",
                en: "Have it issued with exactly one SAN URI that begins with mimamori:// (docs/ca-profile.md)."))
    }

    private func refusal(
        _ code: Refusal.Code, rule: String, _ what: Bilingual, _ remedy: Bilingual,
        retry: Refusal.Retry = .afterCorrection
    ) -> Refusal {
        Refusal(
            code, rule: rule, message: Bilingual(ja: owner.ja + what.ja, en: owner.en + what.en), remedy: remedy,
            retry: retry)
    }
}
