// Reads a request's path back into the protocol's `Endpoint` and says which methods it takes and how large a body may
// be. One exhaustive switch each, so that a new endpoint does not compile until it has its rules. Ids are read
// strictly: what is not an id names nothing.

import HTTPTypes
import MimamoriCore
import MimamoriWire

extension Endpoint {
    /// `nil` for a path that names nothing: unknown, with an empty or escaped segment, or with an id that is none.
    init?(path: Substring) {
        var segments = path.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count >= 3, segments.removeFirst().isEmpty, segments.removeFirst() == "v1" else { return nil }
        guard
            let endpoint = Self.fixed[segments.joined(separator: "/")] ?? Self.ofPackage(segments.map { String($0) })
                ?? Self.ofProposal(segments.map { String($0) })
        else { return nil }
        self = endpoint
    }

    private static let fixed: [String: Endpoint] = Dictionary(
        uniqueKeysWithValues: [
            Endpoint.whoAmI, .directory, .revocationList, .packages, .approvals, .inbox, .logEntries, .logCheckpoint,
            .logInclusion, .logConsistency, .logCosignatures, .logKey, .parties, .persons, .roles, .certificates,
            .certificateWithdrawals, .memberships, .duty,
            .dutyAcknowledgements, .report, .dueDisposals, .proposals,
        ].map { (String($0.path.dropFirst("/v1/".count)), $0) })

    private static func ofPackage(_ segments: [String]) -> Endpoint? {
        guard segments.count >= 2, segments[0] == "packages", let id = PackageID(segments[1]) else { return nil }
        switch segments[2...] {
        case []: return .package(id)
        case ["manifest"]: return .manifest(id)
        case ["commit"]: return .commit(id)
        case ["cancellation"]: return .cancellation(id)
        case ["approval"]: return .approval(id)
        case ["rejection"]: return .rejection(id)
        case ["receipts", "opened"]: return .openedReceipt(id)
        case ["thread"]: return .thread(id)
        case ["label"]: return .label(id)
        case ["disposal"]: return .disposalCertificate(id)
        default:
            guard segments.count == 4, segments[2] == "parts", let number = Self.number(segments[3]) else { return nil }
            return .part(id, number)
        }
    }

    private static func ofProposal(_ segments: [String]) -> Endpoint? {
        guard segments.count == 3, segments[0] == "proposals", let id = ProposalID(segments[1]) else { return nil }
        return switch segments[2] {
        case "confirmation": .proposalConfirmation(id)
        case "withdrawal": .proposalWithdrawal(id)
        default: nil
        }
    }

    /// A part's number in its one spelling: no sign, no leading zero.
    private static func number(_ text: String) -> Int? {
        guard let number = Int(text), (0..<PackageLimits.partCount).contains(number), String(number) == text else {
            return nil
        }
        return number
    }

    /// What an `Allow` header lists.
    var methods: [HTTPRequest.Method] {
        switch self {
        case .whoAmI, .directory, .revocationList, .package, .approvals, .inbox, .logEntries, .logCheckpoint, .logKey,
            .logInclusion, .logConsistency, .thread, .duty, .report, .dueDisposals, .disposalCertificate:
            [.get]
        case .proposals, .logCosignatures: [.get, .post]
        case .part: [.get, .head, .put]
        case .manifest: [.put]
        case .packages, .commit, .cancellation, .approval, .rejection, .openedReceipt, .parties, .persons, .roles,
            .certificates, .certificateWithdrawals, .memberships, .label, .dutyAcknowledgements, .proposalConfirmation,
            .proposalWithdrawal:
            [.post]
        }
    }

    /// The largest body that is read, in bytes; 0 where none belongs.
    func bodyLimit(for method: HTTPRequest.Method) -> Int {
        guard method == .put || method == .post else { return 0 }
        return switch self {
        case .packages: PackageLimits.singleRequestBytes
        case .part: PackageLimits.partBytes
        case .manifest, .approval: PackageLimits.manifestBytes
        case .rejection, .openedReceipt, .parties, .persons, .roles, .certificates, .certificateWithdrawals,
            .memberships, .label, .dutyAcknowledgements, .proposals, .logCosignatures:
            Self.jsonBytes
        case .whoAmI, .directory, .revocationList, .package, .commit, .cancellation, .approvals, .inbox, .logEntries,
            .logCheckpoint, .logInclusion, .logConsistency, .logKey, .thread, .duty, .report, .dueDisposals,
            .disposalCertificate, .proposalConfirmation, .proposalWithdrawal:
            0
        }
    }

    private static let jsonBytes = 1024 * 1024
}
