// Handing out what is stored: the signed manifest with its state, and the sealed parts. Only to those concerned: the
// sender, approvers of the sender's party, and recipients once it is released; for everybody else a package does not
// exist (SD-ACC-4). Every read has a leaf; the read of the last byte by a recipient makes its delivery *fetched*.

import Foundation
package import MimamoriCore
import MimamoriCrypto
import MimamoriStore
package import MimamoriWire

/// One part, or a range of it, on its way to a reader.
package struct PartContent: Sendable {
    package let bytes: [UInt8]
    /// Of the whole part.
    package let description: Manifest.Part
}

extension Relay {
    /// In which capacity the caller sees a package.
    enum Sight: Sendable, Hashable {
        case sender, approver
        case recipient(Address)
    }

    /// The package with the caller's capacity; `.notFound` when it is not the caller's to see. The header alone is for
    /// everybody of a recipient's party who handles packages: whoever answers a request, or releases the answer, must
    /// see what was asked (N16). The parts are for its recipients.
    func packageInSight(
        _ id: PackageID, of caller: Caller, headerOnly: Bool = false
    ) async throws -> (KeptPackage, Sight) {
        let kept = try await keptPackage(id, for: caller)
        if kept.row.sender == caller.address { return (kept, .sender) }
        if kept.row.sender.party == caller.party, caller.person.roles.contains(.approver),
            kept.row.state != .receiving
        {
            return (kept, .approver)
        }
        let roles = caller.person.roles
        if headerOnly ? !roles.isDisjoint(with: Role.handling) : roles.contains(.recipient),
            kept.row.state == .released,
            try await database.read({ try $0.delivery(id, to: caller.party) }) != nil
        {
            return (kept, .recipient(caller.party))
        }
        throw Refusal.notFound
    }

    package func view(_ id: PackageID, by caller: Caller) async throws -> PackageView {
        try await attempt(.packageRead, on: id.text, by: caller) {
            let (kept, sight) = try await packageInSight(id, of: caller, headerOnly: true)
            let signed = try kept.signedManifest()
            let statement = try SignedStatement(der: signed)
            let manifest = try KeptPackage.readManifest(statement)
            var (deliveries, relabelling) = try await database.read { transaction in
                (try transaction.deliveries(id), try transaction.latestRelabelling(of: id))
            }
            if case .recipient(let own) = sight { deliveries = deliveries.filter { $0.recipient == own } }
            let receipt = kept.row.storedAt == nil ? nil : try storedReceipt(kept.row, recipients: manifest.recipients)
            let rejection = try kept.row.sealedRejection.map { sealed in
                String(decoding: try kept.key.open(sealed, context: SealContext.rejection(id)), as: UTF8.self)
            }
            let view = PackageView(
                id: id, state: kept.row.state, manifest: Data(signed),
                signers: signersInOrder(of: statement, sender: manifest.sender).map { Data($0.der) },
                storedReceipt: receipt.map { Data($0) },
                relayCertificate: receipt.map { _ in Data(statementSigner.certificate.der) },
                deliveries: try deliveries.map { try deliveryView($0, of: kept) }, rejectionReason: rejection,
                relabelled: relabelling?.confidentiality)
            try await record(prepareLeaf(.packageRead, on: id.text, by: caller))
            return view
        }
    }

    private func signersInOrder(of statement: SignedStatement, sender: PersonAddress) -> [Certificate] {
        let certificates = statement.signers.compactMap { directoryCache.certificate($0) }
        return certificates.filter { $0.person == sender } + certificates.filter { $0.person != sender }
    }

    private func deliveryView(_ row: DeliveryRow, of kept: KeptPackage) throws -> DeliveryView {
        let receipt = try row.sealedReceipt.map { sealed in
            try kept.key.open(sealed, context: SealContext.openedReceipt(row.package, row.recipient))
        }
        let signer = try receipt.flatMap { bytes in
            try SignedStatement(der: bytes, maximumSigners: 1).signers.first.flatMap {
                directoryCache.certificate($0)
            }
        }
        return DeliveryView(
            recipient: row.recipient, state: row.state, storedAt: row.storedAt, fetchedAt: row.fetchedAt,
            openedAt: row.openedAt, openedReceipt: receipt.map { Data($0) },
            openedReceiptSigner: signer.map { Data($0.der) })
    }

    /// The size and digest of a part, for HEAD and range checks. Tells nothing of the content, so it has no leaf; a
    /// part outside the caller's sight is refused with one.
    package func partDescription(
        _ number: Int, of id: PackageID, by caller: Caller
    ) async throws -> Manifest.Part {
        try await attempt(.partRead, on: "\(id)/\(number)", by: caller) {
            let (kept, _) = try await packageInSight(id, of: caller)
            let manifest = try kept.manifest()
            guard manifest.parts.indices.contains(number) else { throw Refusal.notFound }
            return manifest.parts[number]
        }
    }

    /// A part or a range of its bytes. `range` must lie within the part.
    package func part(
        _ number: Int, of id: PackageID, range: Range<Int>?, by caller: Caller
    ) async throws -> PartContent {
        let object = "\(id)/\(number)"
        return try await attempt(.partRead, on: object, by: caller) {
            let (kept, sight) = try await packageInSight(id, of: caller)
            let manifest = try kept.manifest()
            try await judge(
                manifest, at: .handout, by: caller, now: world.now(), duty: try await dutyFacts(of: caller.address))
            guard manifest.parts.indices.contains(number),
                let sealed = try await database.read({ try $0.part(id, number: number) })
            else { throw Refusal.notFound }
            var bytes = try kept.key.open(sealed, context: SealContext.part(id, number))
            let whole = bytes.count
            if let range {
                guard range.lowerBound >= 0, range.upperBound <= whole else {
                    throw Refusal.requestMalformed(
                        Bilingual(ja: "範囲が部分の大きさを超えています。", en: "The range exceeds the part."))
                }
                bytes = Array(bytes[range])
            }
            let isLastByte = number == manifest.parts.count - 1 && (range?.upperBound ?? whole) == whole
            let leaf = try prepareLeaf(.partRead, on: object, by: caller)
            let now = world.now()
            let moved = try await database.write { transaction -> DeliveryState? in
                try transaction.append(leaf)
                guard isLastByte, case .recipient(let own) = sight,
                    var delivery = try transaction.delivery(id, to: own)
                else { return nil }
                let next = try delivery.state.after(.lastPartRead).get()
                guard next != delivery.state else { return nil }
                delivery.state = next
                delivery.fetchedAt = now
                try transaction.updateDelivery(delivery)
                return next
            }
            if let moved { journal.deliveryMoved(id, to: caller.party, state: moved) }
            if manifest.carriesPersonalInformation { try await noteRead(of: id, by: caller) }
            return PartContent(bytes: bytes, description: manifest.parts[number])
        }
    }

    func summary(of kept: KeptPackage, delivery: DeliveryRow?) throws -> PackageSummary {
        let manifest = try kept.manifest()
        return PackageSummary(
            id: manifest.id, kind: manifest.kind, sender: manifest.sender,
            // A recipient learns of no other recipient from a list (SD-ACC-4); the manifest, once read, names them.
            recipients: delivery.map { [$0.recipient] } ?? manifest.recipients, label: manifest.label,
            created: manifest.created, storedAt: delivery?.storedAt ?? kept.row.storedAt ?? kept.row.begunAt,
            bytes: manifest.totalBytes, delivery: delivery?.state, answers: manifest.answers,
            concerns: manifest.concerns, position: delivery?.position ?? 0)
    }
}
