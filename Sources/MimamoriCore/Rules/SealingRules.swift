// How it is protected and how much of it there is: sealed to exactly the readers, within the limits.

extension PolicyRule {
    // SD-APR-7, N18: the content is encrypted to its readers: every recipient, and the sender's own office, so that the
    // second person can read what is released.
    static let sealedToAllParties = PolicyRule("sealed-to-all-parties", "SD-APR-7") { manifest, facts in
        let readers = manifest.recipients + [manifest.sender.party]
        let sealedParties = Set(manifest.sealedTo.compactMap { facts.directory.certificates[$0]?.party })
        guard let left = readers.first(where: { !sealedParties.contains($0) }) else { return nil }
        let hasNone = facts.directory.encryptionCertificates(of: left, at: facts.now).isEmpty
        return Refusal(
            .sealingIncomplete, rule: "SD-APR-7",
            message: Bilingual(
                ja: hasNone
                    ? "\(left) には有効な暗号化用の証明書が登録されていません。" : "\(left) の証明書で封印されていません。",
                en: hasNone
                    ? "\(left) has no encryption certificate in force." : "The package is not sealed to \(left)."),
            remedy: Bilingual(
                ja: hasNone ? "管理者に、\(left) の証明書の登録を依頼してください。" : "名簿を取り直して（mimamori doctor）、作り直してください。",
                en: hasNone
                    ? "Ask an administrator to enrol a certificate for \(left)."
                    : "Fetch the directory again (mimamori doctor) and make the package anew."))
    }

    // SD-APR-4, SD-APR-7: nobody but the declared readers can open a part, by certificates in force today.
    static let sealedToNobodyElse = PolicyRule("sealed-to-nobody-else", "SD-APR-7") { manifest, facts in
        let readers = Set(manifest.recipients + [manifest.sender.party])
        let sound = manifest.sealedTo.allSatisfy { fingerprint in
            guard let certificate = facts.directory.certificates[fingerprint] else { return false }
            return certificate.purpose == .encryption && readers.contains(certificate.party)
                && certificate.isInDate(at: facts.now)
        }
        guard !sound || manifest.sealedTo != Set(manifest.sealedTo).sorted() else { return nil }
        return Refusal(
            .sealingExcessive, rule: "SD-APR-7",
            message: Bilingual(
                ja: "宛先と自所属のもの以外の、または有効でない証明書で封印されています。",
                en:
                    "The package is sealed to a certificate that is not in force, or not of a recipient or the sender's office."
            ),
            remedy: Bilingual(
                ja: "名簿を取り直して（mimamori doctor）、作り直してください。",
                en: "Fetch the directory again (mimamori doctor) and make the package anew."))
    }

    // SD-NET-2: limits are on the whole package, before any byte of a part moves.
    static let partsAreWithinLimits = PolicyRule("parts-are-within-limits", "SD-NET-2") { manifest, _ in
        let parts = manifest.parts
        guard
            parts.isEmpty || parts.count > PackageLimits.partCount
                || parts.contains(where: { !(1...PackageLimits.partBytes).contains($0.bytes) })
        else { return nil }
        return Refusal(
            .partsInvalid, rule: "SD-NET-2",
            message: Bilingual(
                ja: "部分（part）の数か大きさが範囲を超えています。", en: "The number or the size of the parts is out of range."),
            remedy: Bilingual(
                ja: "部分は1〜\(PackageLimits.partCount)個、1個あたり\(PackageLimits.partBytes)バイト以下にしてください。",
                en: "Use 1 to \(PackageLimits.partCount) parts of at most \(PackageLimits.partBytes) bytes each."))
    }
}
