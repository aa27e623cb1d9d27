// The manifest: the statement that a sender signs (design §5). It says who sends what kind to whom, on which basis,
// under which label, and binds every part by its digest. No personal information of a watch subject is in it; words
// are in the sealed record. The signature around it is MimamoriCrypto's business, the judgement Policy.swift's.

package struct Manifest: Sendable, Hashable {
    /// One sealed part: its place in `parts` is its number.
    package struct Part: Sendable, Hashable, Codable {
        package let bytes: Int
        package let sha256: ContentDigest

        package init(bytes: Int, sha256: ContentDigest) {
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    package static let currentFormat = "mimamori-manifest/1"

    package let format: String
    package let id: PackageID
    package let kind: PackageKind
    package let created: Timestamp
    package let sender: PersonAddress
    package let recipients: [Address]
    package let legalBasis: LegalBasis?
    package let consent: Consent?
    package let label: HandlingLabel?
    /// The request that this package answers.
    package let answers: PackageID?
    /// The package that this one is about or derived from: a report's referral, a reply's notice.
    package let concerns: PackageID?
    /// For kind `request`: what it asks for, in codes (N16, N20).
    package let request: RequestTerms?
    /// For kind `response`: the outcome and what was examined, in codes (N14, N15).
    package let decision: Decision?
    /// The receiving council's criterion of a watch subject by the day from which it holds (N13).
    package let criterion: CivilDate?
    /// For kinds about no individual: the sender's word that the text was searched (N6).
    package let screening: Screening?
    package let retention: RetentionClass
    /// The encryption certificates that every part is sealed to, in ascending order.
    package let sealedTo: [CertificateFingerprint]
    package let parts: [Part]

    package init(
        id: PackageID, kind: PackageKind, created: Timestamp, sender: PersonAddress, recipients: [Address],
        legalBasis: LegalBasis?, consent: Consent?, label: HandlingLabel?, answers: PackageID? = nil,
        concerns: PackageID? = nil, request: RequestTerms? = nil, decision: Decision? = nil,
        criterion: CivilDate? = nil, screening: Screening? = nil,
        retention: RetentionClass, sealedTo: [CertificateFingerprint], parts: [Part]
    ) {
        format = Self.currentFormat
        self.id = id
        self.kind = kind
        self.created = created
        self.sender = sender
        self.recipients = recipients
        self.legalBasis = legalBasis
        self.consent = consent
        self.label = label
        self.answers = answers
        self.concerns = concerns
        self.request = request
        self.decision = decision
        self.criterion = criterion
        self.screening = screening
        self.retention = retention
        self.sealedTo = sealedTo
        self.parts = parts
    }

    /// Whether its parts hold personal information of a watch subject. A declined request is answered with none, and a
    /// request that names a person is itself personal information.
    package var carriesPersonalInformation: Bool {
        if kind == .response { return decision?.outcome != .decline }
        return kind.carriesPersonalInformation || request?.namesPerson == true
    }

    /// Whether a second person must release it: what can carry personal information (SD-APR-1), and what is said to be
    /// a false alarm of the search for identifiers (N6).
    package var needsApproval: Bool {
        kind.carriesPersonalInformation || carriesPersonalInformation || screening?.outcome == .falseAlarm
    }

    /// The packages that it rests on.
    package var cited: [PackageID] { [answers, concerns].compactMap { $0 } }

    /// The sum of all parts as they travel, in bytes. `Int.max` when a manifest that no policy has judged yet claims more.
    package var totalBytes: Int {
        parts.reduce(0) { sum, part in
            let (total, overflows) = sum.addingReportingOverflow(max(part.bytes, 0))
            return overflows ? .max : total
        }
    }
}

/// What a package may weigh. The relay refuses more before any byte of a part moves (lessons: SFTPGo #420).
package enum PackageLimits {
    /// Content bytes sealed into one part (design §5).
    package static let partContentBytes = 4 * 1024 * 1024
    /// A sealed part: its content and the CMS around it.
    package static let partBytes = partContentBytes + 256 * 1024
    /// 4,096 parts of 4 MiB make 16 GiB of content.
    package static let partCount = 4096
    package static let recipientCount = 600
    /// A signed manifest with the most recipients and parts stays below this.
    package static let manifestBytes = 1024 * 1024
    /// What the one-request form carries, manifest and parts together.
    package static let singleRequestBytes = 8 * 1024 * 1024
}

extension Manifest: Codable {
    package enum CodingKeys: String, CodingKey {
        case format, id, kind, created, sender, recipients, consent, label, answers, concerns, request, decision
        case criterion, screening, retention, parts
        case legalBasis = "legal_basis"
        case sealedTo = "sealed_to"
    }

    /// The bytes that are signed: canonical JSON, so that a manifest has one encoding only.
    package func canonicalBytes() -> [UInt8] { CanonicalJSON.encode(self) }

    /// Reads a manifest from the bytes that were signed. A refusal names the field, never its value: the value may be
    /// personal information that somebody put in the wrong place.
    package static func read(_ bytes: [UInt8]) -> Result<Manifest, Refusal> {
        switch CanonicalJSON.decode(Manifest.self, from: bytes) {
        case .success(let manifest):
            guard manifest.format == currentFormat else {
                return .failure(.manifestField("format", rule: "SD-CRY-3"))
            }
            return .success(manifest)
        case .failure(.notCanonical):
            return .failure(
                Refusal(
                    .manifestMalformed, rule: "docs/package-format.md",
                    message: Bilingual(
                        ja: "送付状（manifest）が正規の JSON ではありません（キー順、空白、重複、未知の項目のいずれか）。",
                        en: "The manifest is not canonical JSON (key order, white space, a repeated or an unknown key)."
                    ),
                    remedy: Bilingual(
                        ja: "送信側のソフトウェアを確認してください。`jq -cjS .` の出力と同じ形にします。",
                        en: "The sending software is at fault: its form must be what `jq -cjS .` prints.")))
        case .failure(.invalid(let path)):
            return .failure(.manifestField(path, rule: rule(forField: path)))
        }
    }

    /// The rule behind each field, so that a bad field is refused with its reason.
    private static func rule(forField path: String) -> String {
        let field = path.split(separator: ".").first.map(String.init) ?? path
        return switch CodingKeys(rawValue: field) {
        case .legalBasis: "SD-APR-5"
        case .consent: "N8"
        case .label: "SD-CLS-1"
        case .retention: "N22"
        case .request: "N16"
        case .decision: "N15"
        case .criterion: "N13"
        case .screening: "N6"
        default: "docs/package-format.md"
        }
    }
}

extension Refusal {
    package static func manifestField(_ path: String, rule: String) -> Refusal {
        Refusal(
            .manifestFieldInvalid, rule: rule,
            message: Bilingual(
                ja: "送付状（manifest）の項目「\(path)」が正しくありません。", en: "The manifest's field \"\(path)\" is not valid."),
            remedy: Bilingual(
                ja: "送信側で項目を直し、作り直してください。", en: "The sender must correct the field and make the package anew."))
    }
}
