// Messages about the duty of confidentiality (N19).

package import MimamoriCore

/// The text in force, and where the caller stands.
package struct DutyMessage: Sendable, Codable {
    package let notice: DutyNotice
    /// The caller's newest acknowledgement, whatever its version.
    package let acknowledgedVersion: String?
    package let acknowledgedAt: Timestamp?
    /// The moment from which it is asked again by time alone.
    package let endsAt: Timestamp?
    /// Whether the relay would hand out personal information to the caller now.
    package let isCurrent: Bool

    package init(
        notice: DutyNotice, acknowledgedVersion: String?, acknowledgedAt: Timestamp?, endsAt: Timestamp?,
        isCurrent: Bool
    ) {
        self.notice = notice
        self.acknowledgedVersion = acknowledgedVersion
        self.acknowledgedAt = acknowledgedAt
        self.endsAt = endsAt
        self.isCurrent = isCurrent
    }

    package enum CodingKeys: String, CodingKey {
        case notice
        case acknowledgedVersion = "acknowledged_version"
        case acknowledgedAt = "acknowledged_at"
        case endsAt = "ends_at"
        case isCurrent = "is_current"
    }
}
