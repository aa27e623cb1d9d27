// `mimamori operate`: what is due for disposal, the proposals of two persons (SD-ACC-6, SD-DEL-1), and the relay's signed
// certificate of what was destroyed (SD-DEL-3). Every decision is the relay's to judge; certificates are verified here.

import Foundation
package import MimamoriCore
import MimamoriCrypto
import MimamoriWire

/// One package whose retention has ended.
package struct DuePackage: Sendable {
    package let id: PackageID
    package let kind: PackageKind?
    package let state: PackageState
    package let sender: Address
    package let storedAt: Timestamp
    package let retainedUntil: CivilDate
    package let bytes: Int64
    package let isOnHold: Bool
    /// An open proposal to dispose of it waits for its second person.
    package let isProposed: Bool

    /// Nothing but two persons stands between it and disposal.
    package var canBeProposed: Bool { !isOnHold && !isProposed }

    init(_ due: DueDisposal) {
        id = due.id
        kind = due.kind
        state = due.state
        sender = due.sender
        storedAt = due.storedAt
        retainedUntil = due.retainedUntil
        bytes = due.bytes
        isOnHold = due.isOnHold
        isProposed = due.isProposed
    }
}

/// What a confirmation did.
package struct ConfirmedProposal: Sendable {
    package let proposal: Proposal
    package let done: [PackageID]
    /// Left alone, because a rule has come to stand against it since.
    package let left: [PackageID]
}

/// A certificate whose signature holds.
package struct VerifiedDisposal: Sendable {
    package let certificate: DisposalCertificate
    /// As the relay signed it, CMS.
    package let signed: [UInt8]
}

extension Session {
    /// Everything whose retention has ended before `day` (today, when left out), page by page.
    package func dueDisposals(before day: CivilDate? = nil) async throws -> [DuePackage] {
        var items: [DuePackage] = []
        var last: PackageID?
        while true {
            let page = try await relay.dueDisposals(before: day, after: last)
            items += page.items.map { DuePackage($0) }
            guard page.hasMore, let next = page.items.last?.id, next != last else { return items }
            last = next
        }
    }

    /// In batches of as many as one proposal takes. When one is refused those before it stand.
    package func propose(
        _ action: Proposal.Action, _ packages: [PackageID], reason: String
    ) async throws -> [Proposal] {
        let words = reason.trimmed
        guard (1...Proposal.longestReason).contains(words.count) else {
            throw ClientFailure(
                .content, message: Bilingual(ja: "理由がないか、長すぎます。", en: "The reason is missing or too long."),
                remedy: Bilingual(
                    ja: "二人目が判断できるように、\(Proposal.longestReason)字以内で書いてください。個人名は書きません。",
                    en: "Say in up to \(Proposal.longestReason) characters what the second person must know; no names.")
            )
        }
        var proposals: [Proposal] = []
        for start in stride(from: 0, to: packages.count, by: Proposal.mostPackages) {
            let batch = Array(packages[start..<min(start + Proposal.mostPackages, packages.count)])
            proposals.append(
                try await relay.propose(ProposalRequest(action: action, packages: batch, reason: words)))
        }
        return proposals
    }

    package func proposals(in state: Proposal.State) async throws -> [Proposal] {
        try await relay.proposals(in: state).items
    }

    package func confirm(_ id: ProposalID) async throws -> ConfirmedProposal {
        let outcome = try await relay.confirm(id)
        return ConfirmedProposal(proposal: outcome.proposal, done: outcome.done, left: outcome.left)
    }

    package func withdraw(_ id: ProposalID) async throws -> Proposal { try await relay.withdraw(id) }

    /// Fetches the certificate of a package that was disposed of, and verifies it.
    package func disposal(of id: PackageID) async throws -> VerifiedDisposal {
        let signed = try await relay.disposalCertificate(of: id)
        let statement = try Evidence.statement(signed)
        var certificate = try client.statementCertificate(for: statement)
        if certificate == nil {
            _ = try await refreshDirectory()
            certificate = try client.statementCertificate(for: statement)
        }
        guard let certificate else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "廃棄証明書に署名した証明書が分かりません。",
                    en: "The certificate that signed the disposal certificate is not known."))
        }
        let verified = try Evidence.verify(
            disposal: statement, relayCertificate: certificate, trust: home.trust(), now: world.now())
        guard verified.package == id else {
            throw ClientFailure.notGenuine(
                Bilingual(ja: "中継が、別のものの廃棄証明書を渡しました。", en: "The relay handed out another package's certificate."))
        }
        return VerifiedDisposal(certificate: verified, signed: signed)
    }
}

extension Client {
    /// The relay's certificate in the cached directory that a statement names as its signer's.
    func statementCertificate(for statement: SignedStatement) throws -> Certificate? {
        let known = (try? knownDirectory())?.directory.certificates.values.filter { $0.purpose == .statement }
        for enrolled in known ?? [] {
            let certificate = try Evidence.certificate(enrolled.der)
            if statement.signers.contains(certificate.issuerAndSerial) { return certificate }
        }
        return nil
    }
}

extension Evidence {
    /// Verifies that `relayCertificate` signed `statement`, a disposal certificate.
    static func verify(
        disposal statement: SignedStatement, relayCertificate: Certificate, trust: TrustStore, now: Timestamp
    ) throws -> DisposalCertificate {
        let certificate = try decode(DisposalCertificate.self, in: statement)
        try check(relayCertificate, for: .statement, trust: trust, at: [certificate.disposedAt, now])
        guard certificate.format == DisposalCertificate.format, certificate.relay == relayCertificate.party,
            certificate.proposedBy != certificate.confirmedBy, statement.signers.count == 1,
            statement.isSigned(by: [relayCertificate])
        else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "廃棄証明書の署名が合わないか、二人による廃棄になっていません。",
                    en: "The disposal certificate's signature does not verify, or it does not name two persons."))
        }
        return certificate
    }
}
