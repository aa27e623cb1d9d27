// The protocol between `mimamori` and `mimamorid` in one page: every path, its method, what goes in and what comes out.
// Client and server both build on this file, so they cannot drift apart; docs/openapi.yaml says the same to others.
// What the answers mean is in the message files beside this one.

package import MimamoriCore

package enum Endpoint: Sendable, Hashable {
    // Who am I, and whom do I talk to
    /// GET → `WhoAmI`
    case whoAmI
    /// GET → `DirectoryMessage`; `ETag` and `If-None-Match` spare the body
    case directory
    /// GET → the CRL, DER
    case revocationList

    // Sending
    /// POST, a signed manifest followed by all its parts (`MediaType.package`) → 201 a stored receipt (CMS)
    case packages
    /// PUT, a signed manifest (CMS) → `SubmissionAnswer`
    case manifest(PackageID)
    /// PUT, one sealed part → 204; GET, with `Range` → the part
    case part(PackageID, Int)
    /// POST, empty → 201 a stored receipt (CMS); a repeat returns the same statement with 200
    case commit(PackageID)
    /// GET → `PackageView`
    case package(PackageID)
    /// POST, empty → 204
    case cancellation(PackageID)

    // The second person
    /// GET → `ApprovalsPage`
    case approvals
    /// POST, the manifest with both signatures (CMS) → 204
    case approval(PackageID)
    /// POST `Rejection` → 204
    case rejection(PackageID)

    // Receiving
    /// GET `?after=POSITION&wait=SECONDS` → `InboxPage`
    case inbox
    /// POST, a signed `OpenedReceipt` (CMS) → 204
    case openedReceipt(PackageID)

    // Request, decision, supply, report: what belongs together
    /// GET → `ThreadPage`
    case thread(PackageID)
    /// POST, a signed `Relabelling` (CMS) → 204
    case label(PackageID)

    // The duty of confidentiality
    /// GET → `DutyMessage`
    case duty
    /// POST, a signed `DutyAcknowledgement` (CMS) → 204
    case dutyAcknowledgements

    // Numbers: GET `?from=2026-04-01&to=2027-03-31` → `ActivityReport`
    case report

    // Retention (operators and administrators; a certificate for those concerned and auditors)
    /// GET `?before=DAY&after=ID` → `DuePage`
    case dueDisposals
    /// GET `?state=open` → `ProposalsPage`; POST `ProposalRequest` → 201 `Proposal`
    case proposals
    /// POST, empty → `ProposalOutcome`
    case proposalConfirmation(ProposalID)
    /// POST, empty → `Proposal`
    case proposalWithdrawal(ProposalID)
    /// GET → a signed `DisposalCertificate` (CMS)
    case disposalCertificate(PackageID)

    // The access log (entries for auditors; heads, their key and proofs for everybody)
    /// GET `?first=SEQUENCE&count=N` → `LogPage`
    case logEntries
    /// GET `?size=N` → a signed note with cosignatures, text/plain
    case logCheckpoint
    /// GET `?index=N&size=N` → a C2SP tlog-proof with `LeafEvidence`, text/plain
    case logInclusion
    /// GET `?from=N&to=N` → the body of C2SP tlog-witness `add-checkpoint`, text/plain
    case logConsistency
    /// GET → `CosignedHeads`; POST, a cosigned note (auditors) → 204
    case logCosignatures
    /// GET → a `LogKeyStatement` (CMS)
    case logKey

    // The directory (administrators)
    /// POST `[Party]` → `AdminAnswer`; GET is `directory`
    case parties
    /// POST `Person` → `AdminAnswer`
    case persons
    /// POST `RoleChange` → `AdminAnswer`
    case roles
    /// POST `CertificateEnrolment` → `AdminAnswer`
    case certificates
    /// POST `CertificateWithdrawal` → `AdminAnswer`
    case certificateWithdrawals
    /// POST `Membership` → `AdminAnswer`
    case memberships

    package var path: String {
        switch self {
        case .whoAmI: "/v1/whoami"
        case .directory: "/v1/directory"
        case .revocationList: "/v1/crl"
        case .packages: "/v1/packages"
        case .package(let id): "/v1/packages/\(id)"
        case .manifest(let id): "/v1/packages/\(id)/manifest"
        case .part(let id, let number): "/v1/packages/\(id)/parts/\(number)"
        case .commit(let id): "/v1/packages/\(id)/commit"
        case .cancellation(let id): "/v1/packages/\(id)/cancellation"
        case .approval(let id): "/v1/packages/\(id)/approval"
        case .rejection(let id): "/v1/packages/\(id)/rejection"
        case .openedReceipt(let id): "/v1/packages/\(id)/receipts/opened"
        case .thread(let id): "/v1/packages/\(id)/thread"
        case .label(let id): "/v1/packages/\(id)/label"
        case .disposalCertificate(let id): "/v1/packages/\(id)/disposal"
        case .duty: "/v1/duty"
        case .dutyAcknowledgements: "/v1/duty/acknowledgements"
        case .report: "/v1/report"
        case .dueDisposals: "/v1/retention/due"
        case .proposals: "/v1/proposals"
        case .proposalConfirmation(let id): "/v1/proposals/\(id)/confirmation"
        case .proposalWithdrawal(let id): "/v1/proposals/\(id)/withdrawal"
        case .approvals: "/v1/approvals"
        case .inbox: "/v1/inbox"
        case .logEntries: "/v1/log/entries"
        case .logCheckpoint: "/v1/log/checkpoint"
        case .logInclusion: "/v1/log/proof/inclusion"
        case .logConsistency: "/v1/log/proof/consistency"
        case .logCosignatures: "/v1/log/cosignatures"
        case .logKey: "/v1/log/key"
        case .parties: "/v1/admin/parties"
        case .persons: "/v1/admin/persons"
        case .roles: "/v1/admin/roles"
        case .certificates: "/v1/admin/certificates"
        case .certificateWithdrawals: "/v1/admin/certificates/withdrawals"
        case .memberships: "/v1/admin/memberships"
        }
    }
}

/// Content types on the wire.
package enum MediaType {
    package static let json = "application/json"
    /// RFC 9457.
    package static let problem = "application/problem+json"
    /// CMS SignedData in DER: manifests, receipts (RFC 8551 §3.2).
    package static let signed = "application/pkcs7-mime; smime-type=signed-data"
    /// One sealed part, CMS AuthEnvelopedData in DER.
    package static let part = "application/pkcs7-mime; smime-type=authEnveloped-data"
    /// A whole small package: the signed manifest's DER, then every part's, with nothing between. The manifest names
    /// each part's size, and DER its own, so that `cat manifest.cms part.0` makes one.
    package static let package = "application/vnd.mimamori.package"
    package static let revocationList = "application/pkix-crl"
    package static let text = "text/plain; charset=utf-8"
}

/// Header fields of ours.
package enum HeaderName {
    /// Names the request in the relay's log; in every answer.
    package static let request = "Mimamori-Request"
}
