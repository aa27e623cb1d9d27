// The outbox and the archive: what waits for the relay and what it has receipted. An entry is a folder; it is built
// under another name and renamed when every byte of it is on the disk, so that kill -9 at any point leaves it whole or
// not at all. Manifest, subject and receipts are sealed under home.key; parts are CMS-sealed already.
//
//   outbox/<id>/entry.sealed, part.0000 …, attempted      waits; `attempted` when the relay may have some of it
//   archive/<id>/entry.sealed, receipt.sealed             receipted
//   outbox/.building-<id>/, .removed-<id>/                half built or half removed: swept, never acknowledged

import Foundation
package import MimamoriCore
import MimamoriCrypto

/// One package of the outbox or of the archive.
package struct OutboxEntry: Sendable {
    package let manifest: Manifest
    /// For the sender's own lists; personal information may be in it, so it never goes to a log.
    package let subject: String
    package let queuedAt: Timestamp
    /// Some of it may have reached the relay.
    package let attempted: Bool
    /// The verified stored receipt; only in the archive.
    package let receipt: StoredReceipt?
    /// The manifest as signed, CMS.
    let signedManifest: [UInt8]
    /// Of one that was just prepared: what is shown to whoever releases it.
    package var warnings: [Bilingual] = []

    package var id: PackageID { manifest.id }
}

/// What `entry.sealed` holds.
struct EntryRecord: Codable {
    let manifest: Data
    let subject: String
    let queuedAt: Timestamp
}

/// What `receipt.sealed` holds: the stored receipt as signed and the certificate that verifies it.
struct ReceiptRecord: Codable {
    let receipt: Data
    let relayCertificate: Data
}

struct Outbox {
    let home: ClientHome
    let disk: Disk

    private var outbox: String { home.folder + "/outbox" }
    private var archive: String { home.folder + "/archive" }

    static func partName(_ number: Int) -> String {
        let digits = String(number)
        return "part." + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    func partPath(_ id: PackageID, _ number: Int) -> String { "\(outbox)/\(id)/\(Self.partName(number))" }

    // Building

    /// Runs `build` with a folder for the parts; what it returns is sealed beside them, and the entry appears whole.
    func add(
        _ id: PackageID, build: (_ folder: String) throws -> EntryRecord
    ) throws {
        try sweep()
        guard let lock = try FileLock(outbox + "/.building.lock", exclusive: false) else {
            throw ClientFailure.busyHome
        }
        let folder = "\(outbox)/.building-\(id)"
        do {
            try disk.createFolder(folder)
            let record = CanonicalJSON.encode(try build(folder))
            try disk.write(try home.vault.seal(record, for: "outbox/\(id)/entry"), to: folder + "/entry.sealed")
            try disk.synchronizeFolder(folder)
            try disk.rename(folder, to: "\(outbox)/\(id)")
            try disk.synchronizeFolder(outbox)
        } catch {
            try? disk.removeTree(folder)
            throw error
        }
        _ = consume lock
    }

    /// Removes what a killed command left: nothing of it was ever acknowledged, or all of it is in the archive.
    func sweep() throws {
        guard let lock = try FileLock(outbox + "/.building.lock", exclusive: true) else { return }
        for name in try Disk.names(in: outbox) where name.hasPrefix(".building-") || name.hasPrefix(".removed-") {
            try disk.removeTree("\(outbox)/\(name)")
        }
        for name in try Disk.names(in: archive) { try trim("\(archive)/\(name)") }
        _ = consume lock
    }

    // Reading

    /// Oldest first: ids begin with the time.
    func waiting() throws -> [OutboxEntry] { try entries(in: outbox) }

    func archived() throws -> [OutboxEntry] { try entries(in: archive) }

    func entry(_ id: PackageID) throws -> OutboxEntry? {
        holds(id) ? try read(id, in: outbox) : nil
    }

    func archivedEntry(_ id: PackageID) throws -> OutboxEntry? {
        Disk.isFolder("\(archive)/\(id)") ? try read(id, in: archive) : nil
    }

    /// Whether it waits here, readable or not.
    func holds(_ id: PackageID) -> Bool { Disk.isFolder("\(outbox)/\(id)") }

    func isAttempted(_ id: PackageID) -> Bool { Disk.exists("\(outbox)/\(id)/attempted") }

    func archivedReceipt(_ id: PackageID) throws -> ReceiptRecord? {
        let path = "\(archive)/\(id)/receipt.sealed"
        guard Disk.exists(path) else { return nil }
        return try unseal(ReceiptRecord.self, path, purpose: "outbox/\(id)/receipt")
    }

    /// Oldest first, readable or not.
    func waitingIDs() throws -> [PackageID] { try Disk.names(in: outbox).compactMap { PackageID($0) } }

    private func entries(in folder: String) throws -> [OutboxEntry] {
        try Disk.names(in: folder).compactMap { PackageID($0) }.map { try read($0, in: folder) }
    }

    private func read(_ id: PackageID, in folder: String) throws -> OutboxEntry {
        let path = "\(folder)/\(id)"
        let record = try unseal(EntryRecord.self, path + "/entry.sealed", purpose: "outbox/\(id)/entry")
        let statement = try Evidence.statement(Array(record.manifest))
        let manifest = try Evidence.manifest(in: statement)
        guard manifest.id == id else { throw ClientFailure.damaged(path) }
        var receipt: StoredReceipt?
        if let kept = try folder == archive ? archivedReceipt(id) : nil {
            receipt = try Evidence.decode(StoredReceipt.self, in: Evidence.statement(Array(kept.receipt)))
        }
        return OutboxEntry(
            manifest: manifest, subject: record.subject, queuedAt: record.queuedAt,
            attempted: Disk.exists(path + "/attempted"), receipt: receipt, signedManifest: Array(record.manifest))
    }

    private func unseal<Value: Codable>(_ type: Value.Type, _ path: String, purpose: String) throws -> Value {
        let sealed = try Disk.readPrivate(path, limit: 4 * 1024 * 1024)
        guard let bytes = try? home.vault.open(sealed, for: purpose) else { throw ClientFailure.damaged(path) }
        guard case .success(let value) = CanonicalJSON.decode(type, from: bytes) else {
            throw ClientFailure.damaged(path)
        }
        return value
    }

    // Leaving

    /// To be called, durably, before the first byte goes to the relay.
    func markAttempted(_ id: PackageID) throws {
        let path = "\(outbox)/\(id)/attempted"
        guard !Disk.exists(path) else { return }
        try disk.write([], to: path)
        try disk.synchronizeFolder("\(outbox)/\(id)")
    }

    /// Moves an entry to the archive with its verified receipt. The rename is the one moment at which it changes sides.
    func archive(_ id: PackageID, receipt: ReceiptRecord, suffix: String) throws {
        let folder = "\(outbox)/\(id)"
        let sealed = try home.vault.seal(CanonicalJSON.encode(receipt), for: "outbox/\(id)/receipt")
        try disk.replace(folder + "/receipt.sealed", with: sealed, suffix: suffix)
        try disk.rename(folder, to: "\(archive)/\(id)")
        try disk.synchronizeFolder(archive)
        try disk.synchronizeFolder(outbox)
        try trim("\(archive)/\(id)")
    }

    func remove(_ id: PackageID) throws {
        let removed = "\(outbox)/.removed-\(id)"
        try disk.rename("\(outbox)/\(id)", to: removed)
        try disk.synchronizeFolder(outbox)
        try disk.removeTree(removed)
    }

    /// The archive keeps statements only.
    private func trim(_ folder: String) throws {
        for name in try Disk.names(in: folder) where name != "entry.sealed" && name != "receipt.sealed" {
            try disk.removeFile("\(folder)/\(name)")
        }
    }

    /// Held while sending, so that two commands do not send the same package at once.
    func sendingLock() throws -> FileLock {
        guard let lock = try FileLock(outbox + "/.sending.lock", exclusive: true) else { throw ClientFailure.busyHome }
        return lock
    }
}

extension Client {
    var box: Outbox { Outbox(home: home, disk: world.disk) }

    /// What waits to be sent, oldest first.
    package func outbox() throws -> [OutboxEntry] {
        try box.sweep()
        return try box.waiting()
    }

    /// Whether a package waits to be sent, readable or damaged.
    package func isQueued(_ id: PackageID) -> Bool { box.holds(id) }

    /// What the relay has receipted, newest first.
    package func archive() throws -> [OutboxEntry] { try box.archived().reversed() }

    /// Takes a package out of the outbox. `false` when the relay may already have some of it: then
    /// `Session.cancel(_:)` is needed. Throws `Refused` (not found) when there is none.
    package func discard(_ id: PackageID) throws -> Bool {
        let lock = try box.sendingLock()
        // A damaged entry can be taken out, too, so nothing of it is read.
        guard box.holds(id) else { throw Refused(.notFound) }
        guard !box.isAttempted(id) else { return false }
        try box.remove(id)
        _ = consume lock
        return true
    }
}

extension ClientFailure {
    static let busyHome = ClientFailure(
        .tryLater,
        message: Bilingual(
            ja: "別の mimamori が同じホームのフォルダーで作業中です。", en: "Another mimamori is at work in the same home folder."),
        remedy: Bilingual(
            ja: "終わるのを待って、もう一度実行してください。", en: "Wait until it has finished and run the command again."))

    static func damaged(_ path: String) -> ClientFailure {
        ClientFailure(
            .configuration,
            message: Bilingual(ja: "保管した内容が壊れています: \(path)", en: "What was kept is damaged: \(path)"),
            remedy: Bilingual(
                ja: "控えから戻すか、mimamori cancel で取り消して作り直してください。",
                en: "Restore it from a copy, or cancel it with mimamori cancel and make it anew."))
    }
}
