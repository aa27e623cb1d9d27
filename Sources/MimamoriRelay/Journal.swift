// The operational log's closed vocabulary (model: chasquid's maillog): one typed method an event, fields of ids, codes
// and counts only. Nothing here can take a name, a reason in words or a payload (SD-MON-1). The access log, which proves
// things, is AccessLog.swift; this one helps the person who runs the relay.

package import Logging
package import MimamoriCore

package struct Journal: Sendable {
    private let logger: Logger

    package init(_ logger: Logger) { self.logger = logger }

    package func started(version: String, parties: Int, logSize: Int64) {
        logger.notice(
            "relay.started", metadata: ["version": "\(version)", "parties": "\(parties)", "log": "\(logSize)"])
    }

    package func stopped(logSize: Int64) {
        logger.notice("relay.stopped", metadata: ["log": "\(logSize)"])
    }

    package func refused(_ refusal: Refusal, action: AccessAction, request: RequestID) {
        logger.info(
            "refused",
            metadata: [
                "action": "\(action.rawValue)", "code": "\(refusal.code.rawValue)", "rule": "\(refusal.rule)",
                "request": "\(request)",
            ])
    }

    package func packageStored(_ id: PackageID, bytes: Int, leaf: Int64) {
        logger.info("package.stored", metadata: ["package": "\(id)", "bytes": "\(bytes)", "leaf": "\(leaf)"])
    }

    package func packageMoved(_ id: PackageID, to state: PackageState) {
        logger.info("package.moved", metadata: ["package": "\(id)", "state": "\(state.rawValue)"])
    }

    package func deliveryMoved(_ id: PackageID, to recipient: Address, state: DeliveryState) {
        logger.info(
            "delivery.moved",
            metadata: ["package": "\(id)", "recipient": "\(recipient)", "state": "\(state.rawValue)"])
    }

    package func packageRelabelled(_ id: PackageID, from before: Int, to after: Int) {
        logger.info("package.relabelled", metadata: ["package": "\(id)", "from": "\(before)", "to": "\(after)"])
    }

    /// Who acknowledged is in the access log only.
    package func dutyAcknowledged(version: String) {
        logger.info("duty.acknowledged", metadata: ["version": "\(version)"])
    }

    package func alert(_ alert: UseRecord.Alert, person: PersonAddress) {
        logger.warning("alert.raised", metadata: ["alert": "\(alert.rawValue)", "person": "\(person)"])
    }

    package func refusalSumsFailed(cause: String) {
        logger.error("refusal_sums.failed", metadata: ["cause": "\(cause)"])
    }

    /// Reasons are sealed in the database only.
    package func proposalMoved(
        _ id: ProposalID, _ action: Proposal.Action, to state: Proposal.State, packages: Int
    ) {
        logger.notice(
            "proposal.moved",
            metadata: [
                "proposal": "\(id)", "action": "\(action.rawValue)", "state": "\(state.rawValue)",
                "packages": "\(packages)",
            ])
    }

    package func disposalFailed(_ id: PackageID, cause: String) {
        logger.error("disposal.failed", metadata: ["package": "\(id)", "cause": "\(cause)"])
    }

    package func disposalsFinished(packages: Int) {
        logger.notice("disposals.finished", metadata: ["packages": "\(packages)"])
    }

    package func forgettingPutOff(packages: Int, cause: String) {
        logger.notice("forgetting.put_off", metadata: ["packages": "\(packages)", "cause": "\(cause)"])
    }

    package func finishingFailed(cause: String) {
        logger.error("finishing.failed", metadata: ["cause": "\(cause)"])
    }

    package func oldRowsFilledIn(_ count: Int) {
        logger.notice("old_rows.filled_in", metadata: ["packages": "\(count)"])
    }

    package func oldRowUnreadable(_ id: PackageID, cause: String) {
        logger.error("old_row.unreadable", metadata: ["package": "\(id)", "cause": "\(cause)"])
    }

    package func directoryChanged(version: Int64) {
        logger.notice("directory.changed", metadata: ["version": "\(version)"])
    }

    package func trustReplaced() {
        logger.notice("trust.replaced")
    }

    package func cosigned(size: Int64, witness: String) {
        logger.info("checkpoint.cosigned", metadata: ["size": "\(size)", "witness": "\(witness)"])
    }

    /// Entries of the access log are missing or cannot be opened: somebody wrote past the relay, or a disk forgot.
    package func logDamaged(from sequence: Int64, count: Int) {
        logger.error("log.damaged", metadata: ["from": "\(sequence)", "count": "\(count)"])
    }

    /// Somebody was shown a head that this log never had.
    package func foreignHead(size: Int64, request: RequestID) {
        logger.error("checkpoint.foreign", metadata: ["size": "\(size)", "request": "\(request)"])
    }

    package func checkpointSigned(size: Int64) {
        logger.debug("checkpoint.signed", metadata: ["size": "\(size)"])
    }

    /// `cause` is a library's word on what broke: it names files, statements and codes, never content.
    package func checkpointFailed(cause: String) {
        logger.error("checkpoint.failed", metadata: ["cause": "\(cause)"])
    }
}
