// The content of a package before it is sealed: the record and the attachments as one tar, streamed in pieces and cut
// into parts. Only one part's worth is in memory at any time. What the tar looks like is Tar.swift's, how a part is
// sealed MimamoriEnvelope's.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope

/// What a package may contain, beside the limits on its parts.
package enum ContentLimits {
    /// `record.json`.
    package static let recordBytes = 4 * 1024 * 1024
    package static let attachmentCount = 500
    /// UTF-8, in NFC.
    package static let attachmentNameBytes = 200
}

/// Record and attachments, their names and sizes checked.
struct Content {
    struct Attachment {
        let path: String
        let name: String
        let bytes: Int64
    }

    let record: [UInt8]
    let attachments: [Attachment]
    let modified: Timestamp

    /// Length of the whole tar.
    var bytes: Int64 {
        Tar.length(
            of: [(ContentName.record, Int64(record.count))]
                + attachments.map { (ContentName.attachments + $0.name, $0.bytes) }, modified: modified)
    }

    /// How many parts it makes when each takes so much of it.
    func partCount(of partBytes: Int) -> Int { Int((bytes + Int64(partBytes) - 1) / Int64(partBytes)) }

    /// Throws `Refused` with every flaw of the names and counts, `ClientFailure(.missing)` for a file that is not there.
    init(record: [UInt8], attachments paths: [String], modified: Timestamp) throws {
        var findings: [Refusal] = []
        if record.isEmpty || record.count > ContentLimits.recordBytes {
            findings.append(
                .content(Bilingual(ja: "記録が空か、大きすぎます。", en: "The record is empty or too large.")))
        }
        if paths.count > ContentLimits.attachmentCount {
            findings.append(
                .content(
                    Bilingual(
                        ja: "添付は\(ContentLimits.attachmentCount)個までです。",
                        en: "There can be at most \(ContentLimits.attachmentCount) attachments.")))
        }
        var seen: Set<String> = []
        var attachments: [Attachment] = []
        for (index, path) in paths.enumerated() {
            let name = Path.name(of: path).precomposedStringWithCanonicalMapping
            let file = try FileReader(path)
            attachments.append(Attachment(path: path, name: name, bytes: file.bytes))
            // The finding names the attachment by its place: its name may be personal information.
            if let flaw = ContentName.flaw(of: name) {
                findings.append(
                    .content(
                        Bilingual(
                            ja: "\(index + 1)番目の添付は送れません: \(flaw.ja)",
                            en: "Attachment \(index + 1) cannot be sent: \(flaw.en)")))
            }
            if !seen.insert(ContentPath.key(name)).inserted {
                findings.append(
                    .content(
                        Bilingual(
                            ja: "\(index + 1)番目の添付と同じ名前（大文字小文字の違いを除く）のものが前にあります。",
                            en:
                                "Attachment \(index + 1) has the same name as one before it, but for upper and lower case."
                        )))
            }
        }
        guard findings.isEmpty else { throw Refused(findings) }
        self.record = record
        self.attachments = attachments
        self.modified = modified
    }

    /// Hands the tar on in pieces of at most 256 KiB.
    func stream(_ piece: (ArraySlice<UInt8>) throws -> Void) throws {
        try piece(Tar.header(name: ContentName.record, bytes: Int64(record.count), modified: modified)[...])
        try piece(record[...])
        try piece(Tar.padding(after: Int64(record.count))[...])
        for attachment in attachments {
            try piece(
                Tar.header(
                    name: ContentName.attachments + attachment.name, bytes: attachment.bytes, modified: modified)[...])
            let file = try FileReader(attachment.path)
            var rest = attachment.bytes
            while rest > 0 {
                let bytes = try file.read(upTo: Int(min(rest, 256 * 1024)))
                guard !bytes.isEmpty else { throw ClientFailure.changed(attachment.path) }
                rest -= Int64(bytes.count)
                try piece(bytes[...])
            }
            guard try file.read(upTo: 1).isEmpty else { throw ClientFailure.changed(attachment.path) }
            try piece(Tar.padding(after: attachment.bytes)[...])
        }
        try piece(Tar.end[...])
    }
}

/// Cuts what is appended into parts, seals each and writes it as `part.NNNN` of a folder.
struct PartSealer {
    let folder: String
    let sealing: SealingCertificates
    let disk: Disk
    private(set) var parts: [Manifest.Part] = []
    private var buffer: [UInt8] = []

    init(folder: String, sealing: SealingCertificates, disk: Disk) {
        self.folder = folder
        self.sealing = sealing
        self.disk = disk
        buffer.reserveCapacity(sealing.partContentBytes)
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) throws {
        var bytes = bytes
        while !bytes.isEmpty {
            let piece = bytes.prefix(sealing.partContentBytes - buffer.count)
            buffer += piece
            bytes = bytes.dropFirst(piece.count)
            if buffer.count == sealing.partContentBytes { try seal() }
        }
    }

    mutating func finish() throws {
        if !buffer.isEmpty { try seal() }
    }

    private mutating func seal() throws {
        let sealed: [UInt8]
        do {
            sealed = try Envelope.seal(buffer, to: sealing.certificates)
        } catch {
            throw ClientFailure(.configuration, error)
        }
        try disk.write(sealed, to: "\(folder)/\(Outbox.partName(parts.count))")
        parts.append(Manifest.Part(bytes: sealed.count, sha256: Digest.sha256(sealed)))
        buffer.removeAll(keepingCapacity: true)
    }
}

extension Refusal {
    fileprivate static func content(_ message: Bilingual) -> Refusal {
        Refusal(
            .requestMalformed, rule: "docs/package-format.md", message: message,
            remedy: Bilingual(
                ja: "直してから、もう一度実行してください。何も作られていません。", en: "Correct it and run the command again. Nothing was made."))
    }
}

extension ClientFailure {
    fileprivate static func changed(_ path: String) -> ClientFailure {
        ClientFailure(
            .content,
            message: Bilingual(ja: "読んでいる間に変わりました: \(path)", en: "This changed while it was read: \(path)"),
            remedy: Bilingual(
                ja: "ファイルへの書込みが終わってから、もう一度実行してください。",
                en: "Wait until nobody writes to it any more and run the command again."))
    }
}
