// `mimamori send` and `cancel`: what is in the outbox goes to the relay. A small package goes in one request, a large
// one as manifest, missing parts and commit, resumed from what the relay says it lacks. Every step can be repeated
// without harm: the id is ours and for ever. An entry leaves the outbox only with a verified stored receipt.

import Foundation
package import MimamoriCore
import MimamoriCrypto
import MimamoriWire

package struct SendOutcome: Sendable {
    package enum Result: Sendable {
        /// The relay has it; the receipt is verified and kept. With `awaitsApproval` a second person must release it.
        case stored(StoredReceipt, awaitsApproval: Bool)
        /// Still in the outbox; correct the cause or cancel it.
        case refused(Refused)
        /// Still in the outbox.
        case failed(ClientFailure)
    }

    package let id: PackageID
    package let subject: String
    package let result: Result

    package init(id: PackageID, subject: String, result: Result) {
        self.id = id
        self.subject = subject
        self.result = result
    }
}

extension Session {
    /// Sends the named packages, or all of the outbox, oldest first. A package that is refused or fails stays in the
    /// outbox and does not stop the next, except that after `.unreachable` the rest is not tried. Throws when an id is
    /// not in the outbox, or another `send` runs.
    package func send(_ ids: [PackageID]? = nil, progress: ProgressReport? = nil) async throws -> [SendOutcome] {
        let box = client.box
        try box.sweep()
        let lock = try box.sendingLock()
        guard ids?.allSatisfy(box.holds) ?? true else { throw Refused(.notFound) }
        var outcomes: [SendOutcome] = []
        var unreachable: ClientFailure?
        for id in try ids ?? box.waitingIDs() {
            let result: SendOutcome.Result
            var subject = ""
            do {
                // A damaged entry is a failure of its own and keeps no other from being sent.
                guard let entry = try box.entry(id) else { throw Refused(.notFound) }
                subject = entry.subject
                if let unreachable { throw unreachable }
                let receipt = try await send(entry, box: box, progress: progress)
                result = .stored(receipt, awaitsApproval: entry.manifest.needsApproval)
            } catch let refused as Refused {
                result = .refused(refused)
            } catch let failure as ClientFailure {
                if failure.kind == .unreachable { unreachable = failure }
                result = .failed(failure)
            }
            outcomes.append(SendOutcome(id: id, subject: subject, result: result))
        }
        _ = consume lock
        return outcomes
    }

    private func send(_ entry: OutboxEntry, box: Outbox, progress: ProgressReport?) async throws -> StoredReceipt {
        let manifest = entry.manifest
        try box.markAttempted(entry.id)
        let total = Int64(manifest.totalBytes)
        let report = { (done: Int64) in
            progress?(TransferProgress(package: entry.id, bytesDone: done, bytesTotal: total)) ?? ()
        }
        report(0)
        let receipt: [UInt8]
        if entry.signedManifest.count + manifest.totalBytes <= PackageLimits.singleRequestBytes {
            let parts = try manifest.parts.indices.flatMap { try Self.part($0, of: manifest, box: box) }
            receipt = try await relay.submit(entry.signedManifest + parts)
        } else {
            let missing = try await relay.submit(manifest: entry.signedManifest, id: entry.id).missing
            var done = total - missing.reduce(0) { $0 + Int64(manifest.parts[safe: $1]?.bytes ?? 0) }
            for number in missing.sorted() where manifest.parts.indices.contains(number) {
                report(done)
                try await relay.submit(
                    part: try Self.part(number, of: manifest, box: box), number: number, id: entry.id)
                done += Int64(manifest.parts[number].bytes)
            }
            receipt = try await relay.commit(entry.id)
        }
        report(total)
        return try await keep(receipt, of: entry, box: box)
    }

    /// A part as it was sealed; what the disk damaged is found here and not sent.
    private static func part(_ number: Int, of manifest: Manifest, box: Outbox) throws -> [UInt8] {
        let path = box.partPath(manifest.id, number)
        let bytes = try Disk.readPrivate(path, limit: PackageLimits.partBytes)
        guard bytes.count == manifest.parts[number].bytes, Digest.sha256(bytes) == manifest.parts[number].sha256 else {
            throw ClientFailure.damaged(path)
        }
        return bytes
    }

    /// Verifies the stored receipt and moves the entry to the archive with it.
    private func keep(_ receipt: [UInt8], of entry: OutboxEntry, box: Outbox) async throws -> StoredReceipt {
        let statement = try Evidence.statement(receipt)
        let certificate = try await relayCertificate(for: statement, id: entry.id)
        let verified = try Evidence.verify(
            storedReceipt: statement, relayCertificate: certificate, of: entry.manifest,
            digest: Digest.sha256(entry.manifest.canonicalBytes()), trust: home.trust(), now: world.now())
        try box.archive(
            entry.id, receipt: ReceiptRecord(receipt: Data(receipt), relayCertificate: Data(certificate.der)),
            suffix: world.newSuffix())
        return verified
    }

    /// The certificate that a receipt names as its signer's: from the directory, else from the relay's view of the
    /// package. Whether it may sign receipts is Evidence.swift's to check.
    private func relayCertificate(for statement: SignedStatement, id: PackageID) async throws -> Certificate {
        if let known = try client.statementCertificate(for: statement) { return known }
        guard let der = try await relay.package(id).relayCertificate else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "保管受領証に署名した証明書が分かりません。", en: "The certificate that signed the stored receipt is not known."))
        }
        return try Evidence.certificate(Array(der))
    }

    /// Withdraws a package, at the relay and in the outbox. Refused when somebody has fetched it.
    package func cancel(_ id: PackageID) async throws {
        let box = client.box
        let lock = try box.sendingLock()
        let waits = box.holds(id)
        if !waits || box.isAttempted(id) {
            do {
                try await relay.cancel(id)
            } catch let refused as Refused
                where waits && refused.findings.contains(where: { $0.code == .notFound })
            {
                // It never got there: taking it out of the outbox is all.
            }
        }
        if waits { try box.remove(id) }
        _ = consume lock
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
