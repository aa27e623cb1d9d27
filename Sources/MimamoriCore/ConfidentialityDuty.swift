// 秘密保持義務 (N19): the text that a person is shown before the relay hands out personal information to them, and the
// statement by which they acknowledge it. The words are the statute's present ones (拘禁刑, in force since 令和7年6月1日). A
// relay may add a text of its own office, which makes another version. Whether an acknowledgement is still good is judged
// in Rules/HandoutRules.swift; signing and keeping are left to others.

package enum ConfidentialityDuty {
    /// The day from which the statutory text below holds. Raised when the text changes, so that everybody is asked anew.
    package static let statutoryVersion = "2025-06-01"

    package static let statutoryText = Bilingual(
        ja: """
            消費者安全確保地域協議会の秘密保持義務

            協議会の事務に従事する者又は協議会の事務に従事していた者は、協議会の事務に関して知り得た秘密を漏らしてはなりません（消費者安全法第11条の5）。
            この規定に違反して秘密を漏らしたときは、1年以下の拘禁刑又は50万円以下の罰金に処せられます（同法第53条第1項。併科なし）。
            この義務は、協議会の事務を離れた後も続きます。
            """,
        en: """
            The duty of confidentiality of consumer-safety councils

            Whoever works or has worked on the affairs of a council must not leak secrets learned in them (Consumer Safety Act, Article 11-5).
            Whoever leaks a secret in breach of it is punished with imprisonment (拘禁刑) of up to one year or a fine of up to 500,000 yen, not both (Article 53, paragraph 1).
            The duty goes on after the work for the council has ended.
            """)
}

/// The text in force at a relay.
package struct DutyNotice: Sendable, Hashable, Codable {
    /// `2025-06-01`, or `2025-06-01+1a2b3c4d` where the office has added a text of its own.
    package let version: String
    package let text: Bilingual

    package init(version: String, text: Bilingual) {
        self.version = version
        self.text = text
    }

    package static let statutory = DutyNotice(
        version: ConfidentialityDuty.statutoryVersion, text: ConfidentialityDuty.statutoryText)

    /// The statutory text followed by an office's own words. `digest` is of their bytes: a changed word is another version.
    package static func with(addition: String, digest: ContentDigest) -> DutyNotice {
        DutyNotice(
            version: "\(ConfidentialityDuty.statutoryVersion)+\(digest.hexadecimal.prefix(8))",
            text: Bilingual(
                ja: ConfidentialityDuty.statutoryText.ja + "\n\n" + addition,
                en: ConfidentialityDuty.statutoryText.en + "\n\n" + addition))
    }
}

/// A person's signed statement that the duty is known to them.
package struct DutyAcknowledgement: Sendable, Hashable, Codable {
    package static let format = "mimamori-duty-acknowledgement/1"

    package let format: String
    package let person: PersonAddress
    package let version: String
    package let acknowledgedAt: Timestamp

    package init(person: PersonAddress, version: String, acknowledgedAt: Timestamp) {
        format = Self.format
        self.person = person
        self.version = version
        self.acknowledgedAt = acknowledgedAt
    }

    package enum CodingKeys: String, CodingKey {
        case format, person, version
        case acknowledgedAt = "acknowledged_at"
    }
}

/// What must be known to say whether a person has a current acknowledgement.
package struct DutyFacts: Sendable, Hashable {
    package let currentVersion: String
    /// The person's newest acknowledgement.
    package let acknowledged: DutyAcknowledgement?
    /// After so many days it is asked again; 0 for never.
    package let renewalDays: Int

    package init(currentVersion: String, acknowledged: DutyAcknowledgement?, renewalDays: Int) {
        self.currentVersion = currentVersion
        self.acknowledged = acknowledged
        self.renewalDays = renewalDays
    }

    /// The moment from which it is asked again; `nil` when there is none on record or it never ends by time.
    package var endsAt: Timestamp? {
        guard let acknowledged, renewalDays > 0 else { return nil }
        return acknowledged.acknowledgedAt.advanced(bySeconds: Int64(renewalDays) * 86_400)
    }

    package func isCurrent(at now: Timestamp) -> Bool {
        guard let acknowledged, acknowledged.version == currentVersion else { return false }
        return endsAt.map { now < $0 } ?? true
    }
}
