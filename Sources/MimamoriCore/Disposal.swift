// Legal holds and disposal (N22, SD-DEL-1–3): what two persons decide together about stored packages, and the certificate
// that is left when one has been disposed of. When retention ends is RetentionRule.swift's; destroying is the relay's.

/// Names one proposal for ever; a UUIDv7 like a package's id.
package struct ProposalID: Sendable, Hashable, Comparable, CustomStringConvertible, TextCodable {
    package let text: String
    package var description: String { text }
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    package init?(_ text: String) {
        guard PackageID(text) != nil else { return nil }
        self.text = text
    }

    package init(at time: Timestamp, random: [UInt8]) { text = PackageID(at: time, random: random).text }
}

/// What one person proposes and another confirms (SD-ACC-6, SD-DEL-1).
package struct Proposal: Sendable, Hashable, Codable {
    package enum Action: String, Sendable, Codable, CaseIterable {
        case dispose
        /// Disposal is suspended from the moment this is proposed: holding too much loses nothing.
        case hold
        case releaseHold = "release_hold"

        package var name: Bilingual {
            switch self {
            case .dispose: Bilingual(ja: "廃棄", en: "disposal")
            case .hold: Bilingual(ja: "廃棄の停止", en: "legal hold")
            case .releaseHold: Bilingual(ja: "廃棄の停止の解除", en: "release of a legal hold")
            }
        }
    }

    package enum State: String, Sendable, Codable, CaseIterable {
        case open, confirmed, withdrawn

        package var name: Bilingual {
            switch self {
            case .open: Bilingual(ja: "確認待ち", en: "open")
            case .confirmed: Bilingual(ja: "確認済み", en: "confirmed")
            case .withdrawn: Bilingual(ja: "取下げ", en: "withdrawn")
            }
        }
    }

    package static let mostPackages = 1000
    package static let longestReason = 2000

    package let id: ProposalID
    package let action: Action
    package let packages: [PackageID]
    package let state: State
    package let proposedBy: PersonAddress
    package let proposedAt: Timestamp
    /// In words; for operators and administrators only. No personal information of a watch subject belongs here.
    package let reason: String
    package let decidedBy: PersonAddress?
    package let decidedAt: Timestamp?

    package init(
        id: ProposalID, action: Action, packages: [PackageID], state: State, proposedBy: PersonAddress,
        proposedAt: Timestamp, reason: String, decidedBy: PersonAddress?, decidedAt: Timestamp?
    ) {
        self.id = id
        self.action = action
        self.packages = packages
        self.state = state
        self.proposedBy = proposedBy
        self.proposedAt = proposedAt
        self.reason = reason
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
    }

    package enum CodingKeys: String, CodingKey {
        case id, action, packages, state, reason
        case proposedBy = "proposed_by"
        case proposedAt = "proposed_at"
        case decidedBy = "decided_by"
        case decidedAt = "decided_at"
    }
}

/// The relay's signed word that a package was destroyed, by which rule and by whom (SD-DEL-3). It names no content.
package struct DisposalCertificate: Sendable, Hashable, Codable {
    package static let format = "mimamori-disposal/1"
    package static let dataKeyDestroyed = "data-key-destroyed"

    package let format: String
    package let package: PackageID
    package let manifestSHA256: ContentDigest
    package let sender: PersonAddress
    package let recipients: [Address]
    package let partCount: Int
    package let totalBytes: Int64
    package let storedAt: Timestamp
    /// The last day of its retention.
    package let retainedUntil: CivilDate
    /// `N22`.
    package let rule: String
    package let method: String
    package let proposedBy: PersonAddress
    package let confirmedBy: PersonAddress
    package let disposedAt: Timestamp
    /// The index of the access-log leaf written in the same transaction.
    package let logIndex: Int64
    package let relay: Address

    package init(
        package: PackageID, manifestSHA256: ContentDigest, sender: PersonAddress, recipients: [Address],
        partCount: Int, totalBytes: Int64, storedAt: Timestamp, retainedUntil: CivilDate, proposedBy: PersonAddress,
        confirmedBy: PersonAddress, disposedAt: Timestamp, logIndex: Int64, relay: Address
    ) {
        format = Self.format
        self.package = package
        self.manifestSHA256 = manifestSHA256
        self.sender = sender
        self.recipients = recipients
        self.partCount = partCount
        self.totalBytes = totalBytes
        self.storedAt = storedAt
        self.retainedUntil = retainedUntil
        rule = "N22"
        method = Self.dataKeyDestroyed
        self.proposedBy = proposedBy
        self.confirmedBy = confirmedBy
        self.disposedAt = disposedAt
        self.logIndex = logIndex
        self.relay = relay
    }

    package enum CodingKeys: String, CodingKey {
        case format, package, sender, recipients, rule, method, relay
        case manifestSHA256 = "manifest_sha256"
        case partCount = "part_count"
        case totalBytes = "total_bytes"
        case storedAt = "stored_at"
        case retainedUntil = "retained_until"
        case proposedBy = "proposed_by"
        case confirmedBy = "confirmed_by"
        case disposedAt = "disposed_at"
        case logIndex = "log_index"
    }
}
