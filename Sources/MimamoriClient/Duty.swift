// `mimamori acknowledge-duty`: the duty of confidentiality (N19) as the relay has it in force, where this person stands, and
// the statement that they sign. Asking at the terminal is the command line's; whether an acknowledgement is still good is
// judged by the relay.

package import MimamoriCore
import MimamoriWire

package struct DutyStanding: Sendable {
    package let notice: DutyNotice
    /// Of the newest acknowledgement, whatever its version; `nil` when there is none.
    package let acknowledgedVersion: String?
    package let acknowledgedAt: Timestamp?
    /// The moment from which it is asked again by time alone.
    package let endsAt: Timestamp?
    /// The relay would hand out personal information to this person now.
    package let isCurrent: Bool
}

extension Session {
    package func dutyStanding() async throws -> DutyStanding {
        let message = try await relay.duty()
        return DutyStanding(
            notice: message.notice, acknowledgedVersion: message.acknowledgedVersion,
            acknowledgedAt: message.acknowledgedAt, endsAt: message.endsAt, isCurrent: message.isCurrent)
    }

    /// Signs that the text of `version` was read. The relay refuses another version than the one in force.
    package func acknowledgeDuty(version: String) async throws {
        let statement = DutyAcknowledgement(
            person: home.settings.person, version: version, acknowledgedAt: world.now())
        try await relay.submit(acknowledgement: client.sign(CanonicalJSON.encode(statement)))
    }
}

extension Refused {
    /// The relay gives no personal information before the duty is acknowledged.
    package var asksForDuty: Bool { findings.contains { $0.code == .dutyNotAcknowledged } }
}
