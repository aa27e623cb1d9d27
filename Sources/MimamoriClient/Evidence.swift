// Signed statements and who signed them: manifests with their approvals, stored and opened receipts. Nothing that a
// relay says of a package is believed before it went through here. Pure but for the trust store that is handed in;
// MimamoriCrypto does the mathematics, Policy.swift judges content.

package import MimamoriCore
package import MimamoriCrypto

/// A manifest whose signatures hold.
package struct VerifiedManifest: Sendable {
    package let manifest: Manifest
    /// SHA-256 of the bytes that were signed.
    package let digest: ContentDigest
    /// The sender's certificate, then the approver's.
    package let signers: [Certificate]

    package var approvedBy: PersonAddress? { signers.dropFirst().first?.person }
}

package enum Evidence {
    package static func statement(_ der: [UInt8]) throws(ClientFailure) -> SignedStatement {
        do {
            return try SignedStatement(der: der)
        } catch {
            throw ClientFailure(.notGenuine, error)
        }
    }

    package static func certificate(_ der: [UInt8]) throws(ClientFailure) -> Certificate {
        do {
            return try Certificate(der: der)
        } catch {
            throw ClientFailure(.notGenuine, error)
        }
    }

    /// The manifest inside, read strictly; says nothing of its signatures.
    package static func manifest(in statement: SignedStatement) throws(ClientFailure) -> Manifest {
        switch Manifest.read(statement.content) {
        case .success(let manifest): return manifest
        case .failure(let refusal): throw .notGenuine(refusal.message)
        }
    }

    package static func decode<Value: Codable>(
        _ type: Value.Type, in statement: SignedStatement
    ) throws(ClientFailure) -> Value {
        guard case .success(let value) = CanonicalJSON.decode(type, from: statement.content) else {
            throw .notGenuine(
                Bilingual(
                    ja: "署名された文書の中身が正規の形ではありません。", en: "The content of a signed statement is not in its canonical form."
                ))
        }
        return value
    }

    /// Verifies a manifest with its signers' certificates.
    ///
    /// The first signer is the sender, a second one is another person of the same party (SD-APR-1), each certificate is
    /// sound at `signedAt` or at `now`, and every signature is right. With `needsApproval` a second signer must be
    /// there when the manifest is one that a second person must release.
    package static func verify(
        manifest statement: SignedStatement, signers candidates: [Certificate], trust: TrustStore, signedAt: Timestamp,
        now: Timestamp, needsApproval: Bool
    ) throws -> VerifiedManifest {
        let manifest = try manifest(in: statement)
        let named = Set(statement.signers)
        let signers = candidates.filter { named.contains($0.issuerAndSerial) }
        guard let sender = signers.first(where: { $0.person == manifest.sender }) else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "送付状に、送信者 \(manifest.sender) の証明書による署名がありません。",
                    en: "The manifest is not signed with a certificate of its sender \(manifest.sender)."))
        }
        let others = signers.filter { $0.fingerprint != sender.fingerprint }
        guard statement.signers.count == 1 + others.count, others.count <= 1 else {
            throw ClientFailure.notGenuine(
                Bilingual(ja: "送付状の署名者の証明書が揃っていません。", en: "A certificate of the manifest's signers is missing."))
        }
        if let approver = others.first {
            guard let person = approver.person, person.party == manifest.sender.party, person != manifest.sender else {
                throw ClientFailure.notGenuine(
                    Bilingual(
                        ja: "承認の署名が、送信者と同じ所属の別の人のものではありません。",
                        en: "The approval is not signed by another person of the sender's party."))
            }
        } else if needsApproval && manifest.needsApproval {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "承認が必要なものなのに、二人目の承認の署名がありません。",
                    en: "A second person must release this, but no approval is signed."))
        }
        let ordered = [sender] + others
        for certificate in ordered { try check(certificate, for: .client, trust: trust, at: [signedAt, now]) }
        guard statement.isSigned(by: ordered) else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "送付状の署名が合いません。途中で書き換えられたおそれがあります。",
                    en: "A signature of the manifest does not verify: it may have been altered on the way."))
        }
        return VerifiedManifest(manifest: manifest, digest: Digest.sha256(statement.content), signers: ordered)
    }

    /// Verifies that `relayCertificate` signed `statement`, a stored receipt for this very manifest.
    package static func verify(
        storedReceipt statement: SignedStatement, relayCertificate: Certificate, of manifest: Manifest,
        digest: ContentDigest, trust: TrustStore, now: Timestamp
    ) throws -> StoredReceipt {
        let receipt = try decode(StoredReceipt.self, in: statement)
        try check(relayCertificate, for: .statement, trust: trust, at: [receipt.storedAt, now])
        let binds =
            receipt.format == StoredReceipt.format && receipt.package == manifest.id
            && receipt.manifestSHA256 == digest && receipt.sender == manifest.sender
            && receipt.recipients == manifest.recipients && receipt.relay == relayCertificate.party
        guard binds, statement.signers.count == 1, statement.isSigned(by: [relayCertificate]) else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "中継の保管受領証が、このパッケージのものではないか、署名が合いません。",
                    en: "The relay's stored receipt is not of this package, or its signature does not verify."))
        }
        return receipt
    }

    /// Verifies that a person of `recipient` signed `statement`, an opened receipt for this very manifest.
    package static func verify(
        openedReceipt statement: SignedStatement, signer: Certificate, id: PackageID, digest: ContentDigest,
        recipient: Address?, trust: TrustStore, now: Timestamp
    ) throws -> OpenedReceipt {
        let receipt = try decode(OpenedReceipt.self, in: statement)
        try check(signer, for: .client, trust: trust, at: [receipt.openedAt, now])
        let binds =
            receipt.format == OpenedReceipt.format && receipt.package == id && receipt.manifestSHA256 == digest
            && receipt.openedBy == signer.person && (recipient == nil || receipt.openedBy.party == recipient)
        guard binds, statement.signers.count == 1, statement.isSigned(by: [signer]) else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "開封受領証が、このパッケージのものではないか、署名が合いません。",
                    en: "The opened receipt is not of this package, or its signature does not verify."))
        }
        return receipt
    }

    /// Sound at one of `times`: when the statement was made, or today. A certificate that has run out since it signed
    /// does not take the signature with it; a revoked one does.
    static func check(
        _ certificate: Certificate, for purpose: TrustStore.Purpose, trust: TrustStore, at times: [Timestamp]
    ) throws {
        let refusals = times.map { trust.refusal(of: certificate, for: purpose, at: $0) }
        if let refusal = refusals.last ?? nil, !refusals.contains(where: { $0 == nil }) { throw Refused(refusal) }
    }
}

extension ClientFailure {
    static func notGenuine(_ message: Bilingual, cause: String = "") -> ClientFailure {
        ClientFailure(
            .notGenuine, message: message,
            remedy: Bilingual(
                ja: "使わずに、送信者と中継の運用担当者に番号を伝えて確かめてください。",
                en: "Do not use it. Give its id to the sender and to the relay's operator and ask."), cause: cause)
    }
}
