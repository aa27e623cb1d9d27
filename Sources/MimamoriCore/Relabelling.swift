// The change of a label by its decider (SD-CLS-3): derived information inherits the confidentiality of its source, and only
// whoever decided the label, or a superior, may lower it. Here that is an approver of the source's own party who did not
// send it. The statement is signed, kept with the source and never taken back; why is in words and sealed at rest.

package struct Relabelling: Sendable, Hashable, Codable {
    package static let format = "mimamori-relabelling/1"
    package static let longestReason = 2000

    package let format: String
    package let package: PackageID
    package let manifestSHA256: ContentDigest
    package let from: Int
    package let to: Int
    package let reason: String
    package let decidedBy: PersonAddress
    package let decidedAt: Timestamp

    package init(
        package: PackageID, manifestSHA256: ContentDigest, from: Int, to: Int, reason: String,
        decidedBy: PersonAddress, decidedAt: Timestamp
    ) {
        format = Self.format
        self.package = package
        self.manifestSHA256 = manifestSHA256
        self.from = from
        self.to = to
        self.reason = reason
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
    }

    package enum CodingKeys: String, CodingKey {
        case format, package, from, to, reason
        case manifestSHA256 = "manifest_sha256"
        case decidedBy = "decided_by"
        case decidedAt = "decided_at"
    }
}
