// The recipient's receipt: signed by the person who opened the package, bound to the manifest's digest. Unsigned is not
// a receipt (lessons: OFTP2), so nothing else moves a delivery to *opened*. The relay's own stored receipt is made in
// Completion.swift.

package import MimamoriCore
import MimamoriCrypto
import MimamoriStore

extension Relay {
    /// Takes a signed opened receipt (CMS over OpenedReceipt). A repeat by anybody of the party changes nothing.
    package func acceptOpenedReceipt(_ signed: [UInt8], for id: PackageID, by caller: Caller) async throws {
        try await attempt(.packageOpened, on: id.text, by: caller) {
            try caller.require(.recipient)
            let (kept, sight) = try await packageInSight(id, of: caller)
            guard case .recipient(let own) = sight else { throw Refusal.notFound }
            let receipt = try read(signed, by: caller)
            guard receipt.package == id, receipt.manifestSHA256 == kept.row.manifestSHA256 else {
                throw Refusal.receiptInvalid(
                    Bilingual(ja: "別の送付についてのものです。", en: "it is about another package."))
            }
            let sealed = try kept.key.seal(signed, context: SealContext.openedReceipt(id, own))
            let leaf = try prepareLeaf(.packageOpened, on: id.text, by: caller)
            let now = world.now()
            let moved = try await database.write { transaction -> Bool in
                guard var delivery = try transaction.delivery(id, to: own) else { throw Refusal.notFound }
                if delivery.state == .opened { return false }
                delivery.state = try delivery.state.after(.openedReceiptSigned).get()
                delivery.openedAt = now
                delivery.sealedReceipt = sealed
                try transaction.updateDelivery(delivery)
                try transaction.append(leaf)
                return true
            }
            if moved { journal.deliveryMoved(id, to: own, state: .opened) }
        }
    }

    private func read(_ signed: [UInt8], by caller: Caller) throws -> OpenedReceipt {
        let receipt = try ownStatement(OpenedReceipt.self, in: signed, by: caller, orElse: Refusal.receiptInvalid)
        guard receipt.format == OpenedReceipt.format, receipt.openedBy == caller.address else {
            throw Refusal.receiptInvalid(
                Bilingual(
                    ja: "形式が違うか、あなたではない人が開封したとされています。",
                    en: "it has another form, or says that somebody else opened it."))
        }
        return receipt
    }
}
