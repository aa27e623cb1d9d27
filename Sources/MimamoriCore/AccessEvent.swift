// What the access log records: a closed list of actions and the fields of an entry (SD-LOG-1, SD-LOG-2). Refused and
// failed attempts are entries too (SD-LOG-3). No personal information of a watch subject can be in an entry, because
// no field could hold it: objects are ids and addresses, reasons are codes. Hashing and writing are left to the relay.

/// Every action that is ever logged.
package enum AccessAction: String, Sendable, Codable, CaseIterable {
    case relayStarted = "relay.started"
    case relayStopped = "relay.stopped"
    /// A connection whose certificate did not pass.
    case callerRefused = "caller.refused"
    /// Refusals of one source that were summed into one entry; the reason has their count.
    case callersRefused = "callers.refused"
    /// Use that is abnormal; the reason says which.
    case alertRaised = "alert.raised"
    case submissionBegun = "submission.begun"
    case submissionPart = "submission.part"
    /// Complete and durable; the stored receipt names this leaf.
    case packageStored = "package.stored"
    case packageApproved = "package.approved"
    case packageRejected = "package.rejected"
    case packageCancelled = "package.cancelled"
    /// The manifest and state of a package were shown.
    case packageRead = "package.read"
    case partRead = "part.read"
    case packageOpened = "package.opened"
    case packageRelabelled = "package.relabelled"
    case threadRead = "thread.read"
    case dutyAcknowledged = "duty.acknowledged"
    case reportRead = "report.read"
    case disposalListed = "disposal.listed"
    case proposalsListed = "proposals.listed"
    case proposalMade = "proposal.made"
    case proposalConfirmed = "proposal.confirmed"
    case proposalWithdrawn = "proposal.withdrawn"
    case holdPlaced = "hold.placed"
    case holdReleased = "hold.released"
    case packageDisposed = "package.disposed"
    case inboxListed = "inbox.listed"
    case approvalsListed = "approvals.listed"
    case directoryRead = "directory.read"
    case partyRegistered = "directory.party_registered"
    case personRegistered = "directory.person_registered"
    case rolesChanged = "directory.roles_changed"
    case certificateEnrolled = "directory.certificate_enrolled"
    case certificateWithdrawn = "directory.certificate_withdrawn"
    case membershipChanged = "directory.membership_changed"
    case logRead = "log.read"
    /// A witness's cosignature under a head of the log was taken.
    case logCosigned = "log.cosigned"
}

package enum AccessOutcome: String, Sendable, Codable, CaseIterable {
    case done, refused, failed
}

/// Who acted, as known then.
package struct AccessActor: Sendable, Hashable, Codable {
    /// `realm/office:person`, or the relay's own address for what it does itself; `nil` for an unidentified caller.
    package let address: String?
    package let certificate: CertificateFingerprint?
    /// The roles held at that moment.
    package let roles: [Role]
    /// The peer's network address without port.
    package let source: String?

    package init(address: String?, certificate: CertificateFingerprint?, roles: [Role], source: String?) {
        self.address = address
        self.certificate = certificate
        self.roles = roles
        self.source = source
    }
}

/// One entry of the access log: what is hashed into the tree is its canonical JSON. Its sequence number is its place in
/// the tree and so not in the entry: that lets an entry be encoded, hashed and sealed before the one writer is asked.
package struct AccessEntry: Sendable, Hashable, Codable {
    package let time: Timestamp
    package let actor: AccessActor
    package let request: String
    package let action: AccessAction
    /// A package id, a package id and part (`…/3`), an address, a fingerprint: never a name.
    package let object: String
    package let outcome: AccessOutcome
    /// A refusal's code and rule, or the detail of a change in codes.
    package let reason: String?
    /// 16 random bytes in hexadecimal, so that a leaf hash that outlives its entry cannot be guessed back.
    package let salt: String

    package init(
        time: Timestamp, actor: AccessActor, request: String, action: AccessAction, object: String,
        outcome: AccessOutcome, reason: String?, salt: String
    ) {
        self.time = time
        self.actor = actor
        self.request = request
        self.action = action
        self.object = object
        self.outcome = outcome
        self.reason = reason
        self.salt = salt
    }
}
