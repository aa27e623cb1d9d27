// Which certificates a package is sealed to: every one in force of every recipient and of the sender's own party
// (design §5), so that old and new keys overlap and the second person can read what is released. The directory names
// them, the CA must vouch for each: a relay that lies in the directory cannot put its own key in (SD-TLS-5).

import MimamoriCore
import MimamoriCrypto

struct SealingCertificates {
    /// In ascending order of their fingerprints.
    let certificates: [Certificate]

    var fingerprints: [CertificateFingerprint] { certificates.map(\.fingerprint) }

    /// How much content goes into one part: 4 MiB, or less where what CMS writes for each reader would make the part too
    /// large. That is the issuer's name, the serial number and a wrapped key: less than half a certificate and 512 bytes.
    var partContentBytes: Int {
        let readers = certificates.reduce(0) { $0 + $1.der.count / 2 + 512 }
        return min(PackageLimits.partContentBytes, PackageLimits.partBytes - 4096 - readers)
    }

    /// Those that are known to be sound.
    init(_ certificates: [Certificate]) { self.certificates = certificates.sorted { $0.fingerprint < $1.fingerprint } }

    /// Collects a refusal for every certificate that is not what the directory says. A party without any is the
    /// policy's business (SD-APR-7).
    init(of parties: [Address], in directory: Directory, trust: TrustStore, now: Timestamp) throws(Refused) {
        var sound: [Certificate] = []
        var findings: [Refusal] = []
        for party in Set(parties).sorted() {
            for enrolled in directory.encryptionCertificates(of: party, at: now) {
                switch Self.check(enrolled, of: party, trust: trust, now: now) {
                case .success(let certificate): sound.append(certificate)
                case .failure(let refusal): findings.append(refusal)
                }
            }
        }
        guard findings.isEmpty else { throw Refused(findings) }
        self.init(sound)
    }

    private static func check(
        _ enrolled: EnrolledCertificate, of party: Address, trust: TrustStore, now: Timestamp
    ) -> Result<Certificate, Refusal> {
        guard let certificate = try? Certificate(der: enrolled.der), certificate.fingerprint == enrolled.fingerprint
        else {
            return .failure(
                Refusal(
                    .certificateUntrusted, rule: "SD-TLS-5",
                    message: Bilingual(
                        ja: "名簿にある \(party) の証明書が読めません。", en: "The directory's certificate of \(party) cannot be read."),
                    remedy: askOperator(party)))
        }
        guard certificate.party == party else { return .failure(.otherIdentity(certificate, expected: party.uri)) }
        guard let refusal = trust.refusal(of: certificate, for: .encryption, at: now) else {
            return .success(certificate)
        }
        return .failure(
            Refusal(
                refusal.code, rule: refusal.rule,
                message: Bilingual(
                    ja: "\(party) の暗号化用の証明書を使えません: \(refusal.message.ja)",
                    en: "The encryption certificate of \(party) cannot be used: \(refusal.message.en)"),
                remedy: askOperator(party), retry: refusal.retry))
    }

    private static func askOperator(_ party: Address) -> Bilingual {
        Bilingual(
            ja: "中身は封じていません。管理者に \(party) の証明書を確かめてもらってください。",
            en: "Nothing was sealed. Ask an administrator to look at the certificate of \(party).")
    }
}
