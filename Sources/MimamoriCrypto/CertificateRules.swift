// The checks of a certificate that need no CA: strength, usages, identity (docs/ca-profile.md). Each rule is one
// function that answers with a refusal or with nothing. Chain, dates and revocation are TrustStore's.

import MimamoriCore

enum CertificateRules {
    /// The first rule that `certificate` fails for `purpose`.
    static func refusal(of certificate: Certificate, for purpose: TrustStore.Purpose) -> Refusal? {
        strength(certificate) ?? usage(certificate, purpose) ?? identity(certificate, purpose)
    }

    /// SD-CRY-1, SD-CRY-2.
    private static func strength(_ certificate: Certificate) -> Refusal? {
        guard !certificate.keyKind.isAllowed else { return nil }
        return CertificateDiagnosis(of: certificate).weakKey(certificate.keyKind.name)
    }

    private static func usage(_ certificate: Certificate, _ purpose: TrustStore.Purpose) -> Refusal? {
        let usages = certificate.usages
        let diagnosis = CertificateDiagnosis(of: certificate)
        func missing(_ name: String) -> Refusal {
            diagnosis.usage(Bilingual(ja: "\(name) がありません", en: "\(name) is missing"))
        }
        guard !usages.isAuthority else {
            return diagnosis.usage(Bilingual(ja: "認証局（CA）の証明書です", en: "it is a CA's certificate"))
        }
        switch purpose {
        case .client:
            guard usages.digitalSignature else { return missing("keyUsage digitalSignature") }
            guard usages.clientAuth else { return missing("extendedKeyUsage clientAuth") }
        case .server:
            guard usages.digitalSignature else { return missing("keyUsage digitalSignature") }
            guard usages.serverAuth else { return missing("extendedKeyUsage serverAuth") }
        case .encryption:
            let elliptic = certificate.keyKind.isEllipticCurve
            guard elliptic ? usages.keyAgreement : usages.keyEncipherment else {
                return missing(elliptic ? "keyUsage keyAgreement" : "keyUsage keyEncipherment")
            }
            return mayNotConnect(certificate)
        case .statement:
            guard usages.digitalSignature else { return missing("keyUsage digitalSignature") }
            return mayNotConnect(certificate)
        }
        return nil
    }

    /// `mimamori://a/b/c` can be a party with a desk or a person (Core's IdentityURI). clientAuth decides which, so a
    /// party's certificate with clientAuth could speak as a person, and is refused.
    private static func mayNotConnect(_ certificate: Certificate) -> Refusal? {
        guard certificate.usages.clientAuth else { return nil }
        return CertificateDiagnosis(of: certificate).usage(
            Bilingual(
                ja: "個人用の extendedKeyUsage clientAuth が付いています", en: "it has extendedKeyUsage clientAuth, a person's"))
    }

    private static func identity(_ certificate: Certificate, _ purpose: TrustStore.Purpose) -> Refusal? {
        let diagnosis = CertificateDiagnosis(of: certificate)
        let readable: Bool
        switch purpose {
        case .server: return nil
        case .client: readable = certificate.person != nil
        case .encryption, .statement: readable = certificate.party != nil
        }
        guard certificate.identityURI != nil else {
            return diagnosis.identity(
                Bilingual(ja: "mimamori:// の URI がちょうど一つではありません", en: "there is not exactly one mimamori:// URI"))
        }
        guard !readable else { return nil }
        return diagnosis.identity(
            purpose == .client
                ? Bilingual(ja: "個人のアドレスの形ではありません", en: "it is not the address of a person")
                : Bilingual(ja: "組織のアドレスの形ではありません", en: "it is not the address of a party"))
    }
}
