// Values of the policy that configuration may change; the defaults are what notice and directive say. The relay tells them
// to its clients with the directory, so that a dry run judges by the same values.

package struct PolicySettings: Sendable, Hashable, Codable {
    /// The highest 機密性 that is carried (SD-CLS-6).
    package var highestConfidentiality: Int
    /// How far ahead of the relay's clock a manifest may be dated, in seconds (SD-LOG-5).
    package var clockToleranceSeconds: Int64
    /// Whether a referral must cite a request of the council (N16, N17).
    package var referralRequiresRequest: Bool
    /// How many days a request for one case can be answered (N16).
    package var oneCaseDays: Int
    /// The longest period of a standing request, in days (N16).
    package var standingDays: Int
    /// After how many days the duty of confidentiality is acknowledged again; 0 for never (N19).
    package var dutyRenewalDays: Int
    /// The shortest retention of each kind (N22).
    package var retention: [PackageKind: RetentionClass]
    /// What labels mean elsewhere (SD-CLS-4).
    package var labelGuide: LabelGuide

    package init(
        highestConfidentiality: Int = 2, clockToleranceSeconds: Int64 = 600, referralRequiresRequest: Bool = true,
        oneCaseDays: Int = 366, standingDays: Int = 1096, dutyRenewalDays: Int = 366,
        retention: [PackageKind: RetentionClass] = PolicySettings.standardRetention,
        labelGuide: LabelGuide = LabelGuide()
    ) {
        self.highestConfidentiality = highestConfidentiality
        self.clockToleranceSeconds = clockToleranceSeconds
        self.referralRequiresRequest = referralRequiresRequest
        self.oneCaseDays = oneCaseDays
        self.standingDays = standingDays
        self.dutyRenewalDays = dutyRenewalDays
        self.retention = retention
        self.labelGuide = labelGuide
    }

    /// N22: five fiscal years for referrals with their consent records, requests and decisions, and for what belongs to
    /// them; what is about no individual is kept as long as the notice keeps nothing longer: one.
    package static let standardRetention: [PackageKind: RetentionClass] = [
        .referral: .fiveFiscalYears, .request: .fiveFiscalYears, .response: .fiveFiscalYears,
        .consultation: .fiveFiscalYears, .report: .fiveFiscalYears, .bulletin: .oneFiscalYear,
        .material: .oneFiscalYear, .notice: .oneFiscalYear,
    ]

    package func shortestRetention(of kind: PackageKind) -> RetentionClass {
        retention[kind] ?? Self.standardRetention[kind] ?? .fiveFiscalYears
    }

    package enum CodingKeys: String, CodingKey {
        case retention
        case highestConfidentiality = "highest_confidentiality"
        case clockToleranceSeconds = "clock_tolerance_seconds"
        case referralRequiresRequest = "referral_requires_request"
        case oneCaseDays = "one_case_days"
        case standingDays = "standing_days"
        case dutyRenewalDays = "duty_renewal_days"
        case labelGuide = "label_guide"
    }
}

// A dictionary keyed by an enumeration would travel as a list of keys and values; an object is what others expect.
extension PackageKind: CodingKeyRepresentable {}
