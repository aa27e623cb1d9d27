// The part of a configuration that is policy: what notice and directive leave to an office, each value within what they
// allow, and none that contradicts another. What the values mean is MimamoriCore's (PolicySettings.swift, LabelGuide.swift).

import MimamoriCore
import TOMLKit

extension ConfigurationReader {
    mutating func policy() -> PolicySettings {
        var policy = PolicySettings()
        // SD-CLS-6: no route of the notice carries 機密性 3, so the configuration cannot open one.
        policy.highestConfidentiality = number(
            .policyHighestConfidentiality, in: 1...2, standard: policy.highestConfidentiality)
        policy.clockToleranceSeconds = Int64(
            number(.policyClockToleranceSeconds, in: 0...86_400, standard: Int(policy.clockToleranceSeconds)))
        policy.referralRequiresRequest = flag(.referralRequiresRequest, standard: policy.referralRequiresRequest)
        policy.oneCaseDays = number(.requestOneCaseDays, in: 1...3660, standard: policy.oneCaseDays)
        policy.standingDays = number(.requestStandingDays, in: 1...3660, standard: policy.standingDays)
        policy.dutyRenewalDays = number(.dutyRenewalDays, in: 0...3660, standard: policy.dutyRenewalDays)
        for kind in PackageKind.allCases {
            let longest = RetentionClass.longest
            let given = optionalText(.retention(of: kind), as: RetentionClass.init, form: "\"1fy\" … \"\(longest)fy\"")
            policy.retention[kind] = given ?? policy.shortestRetention(of: kind)
        }
        policy.labelGuide = labelGuide(highest: policy.highestConfidentiality)
        return policy
    }

    /// SD-ACC-8, SD-AUT-9.
    mutating func useLimits() -> UseLimits {
        var limits = UseLimits()
        limits.readsBeforeAlert = number(.useReadsBeforeAlert, in: 0...10_000, standard: limits.readsBeforeAlert)
        limits.refusalsBeforePause = number(
            .useRefusalsBeforePause, in: 0...10_000, standard: limits.refusalsBeforePause)
        limits.pauseSeconds = Int64(
            number(.usePauseSeconds, in: 1...86_400, standard: Int(limits.pauseSeconds)))
        let hours = optionalText(.useOfficeHours, as: OfficeHours.init, form: "\"7-22\", or \"always\"")
        if let hours { limits.officeHours = hours.range }
        return limits
    }

    /// SD-CLS-4. Without the key the defaults, which are about every level.
    private mutating func labelGuide(highest: Int) -> LabelGuide {
        guard let value = value(.labelsEquivalents) else { return LabelGuide() }
        guard let array = value.array else {
            note(
                Configuration.Key.labelsEquivalents.rawValue,
                ja: "次の形の配列を指定してください: \(Self.equivalentForm)", en: "Give an array of this form: \(Self.equivalentForm)")
            return LabelGuide()
        }
        var equivalents: [LabelGuide.Equivalent] = []
        for index in 0..<array.count {
            guard let equivalent = equivalent(array[index].table, number: index + 1) else { continue }
            if equivalents.contains(where: { $0.isAboutTheSame(as: equivalent) }) {
                noteEquivalent(
                    index + 1, ja: "同じ realm と機密性のものがすでにあります。",
                    en: "there is one of the same realm and confidentiality already.")
            } else if equivalent.confidentiality > highest {
                noteEquivalent(
                    index + 1,
                    ja: "policy.highest_confidentiality は \(highest) で、機密性\(equivalent.confidentiality)は扱いません。",
                    en: "policy.highest_confidentiality is \(highest); \(equivalent.confidentiality) is not carried.")
            }
            equivalents.append(equivalent)
        }
        return LabelGuide(equivalents: equivalents)
    }

    private static let equivalentForm =
        "[{ realm = \"aomori\", confidentiality = 2, ja = \"…\", en = \"…\" }]"

    private mutating func equivalent(_ table: TOMLTable?, number: Int) -> LabelGuide.Equivalent? {
        guard let table, Set(table.keys) == ["realm", "confidentiality", "ja", "en"] else {
            noteEquivalent(
                number, ja: "次の形で書いてください: \(Self.equivalentForm)", en: "write it in this form: \(Self.equivalentForm)")
            return nil
        }
        guard let realm = table["realm"]?.string,
            realm == "*" || Address("\(realm)/office").map({ String($0.realm) }) == realm
        else {
            noteEquivalent(
                number, ja: "realm には aomori のような名前か \"*\" を指定してください。",
                en: "realm is a label such as aomori, or \"*\".")
            return nil
        }
        guard let confidentiality = table["confidentiality"]?.int, (1...2).contains(confidentiality) else {
            noteEquivalent(number, ja: "confidentiality は 1 か 2 です。", en: "confidentiality is 1 or 2.")
            return nil
        }
        guard let ja = table["ja"]?.string, let en = table["en"]?.string,
            [ja, en].allSatisfy({ (1...200).contains($0.count) && $0.unicodeScalars.allSatisfy(\.isPlain) })
        else {
            noteEquivalent(
                number, ja: "ja と en は、制御文字を含まない200字以内の文にしてください。",
                en: "ja and en are texts of at most 200 characters without control characters.")
            return nil
        }
        return LabelGuide.Equivalent(
            realm: realm, confidentiality: confidentiality, text: Bilingual(ja: ja, en: en))
    }

    private mutating func noteEquivalent(_ number: Int, ja: String, en: String) {
        note(Configuration.Key.labelsEquivalents.rawValue, ja: "\(number)番目: \(ja)", en: "Entry \(number): \(en)")
    }
}

extension Configuration.Key {
    /// Exhaustive on purpose: a new kind does not compile without its key.
    static func retention(of kind: PackageKind) -> Configuration.Key {
        switch kind {
        case .referral: .retentionReferral
        case .request: .retentionRequest
        case .response: .retentionResponse
        case .consultation: .retentionConsultation
        case .report: .retentionReport
        case .bulletin: .retentionBulletin
        case .material: .retentionMaterial
        case .notice: .retentionNotice
        }
    }
}

extension LabelGuide.Equivalent {
    fileprivate func isAboutTheSame(as other: Self) -> Bool {
        realm == other.realm && confidentiality == other.confidentiality
    }
}

extension Unicode.Scalar {
    /// Neither a control character nor one that changes how others are shown (U+202E …), nor a line's end.
    var isPlain: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}

/// `7-22`: from seven until ten in the evening; `always` where an office works round the clock.
private struct OfficeHours {
    let range: Range<Int>?

    init?(_ text: String) {
        if text == "always" {
            range = nil
            return
        }
        let hours = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard hours.count == 2, let first = hours[0], let last = hours[1], (0...23).contains(first),
            (1...24).contains(last), first < last
        else { return nil }
        range = first..<last
    }
}
