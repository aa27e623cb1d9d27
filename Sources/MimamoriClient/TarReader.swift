// Reads the content tar of a package, piece by piece as it comes, and refuses everything that is not exactly
// `record.json` followed by `attachments/NAME`: what a foreign tar can do to a disk is a long list (CVE-2025-60020 is one
// of its latest), so here is a short list of what is allowed. ustar (POSIX.1-1988) with pax records (POSIX.1-2001), as
// stock GNU tar and bsdtar make them with --format=ustar or pax. Writing files is Unpacking.swift's.

package import MimamoriCore

/// What is wrong with a tar; found before anything of the entry is handed on.
package enum TarFlaw: Error, Sendable, Hashable, CaseIterable {
    case badHeader, badChecksum, badNumber, gnuExtension, globalHeader, badPaxRecord, link, device, fifo, directory
    case unknownType, notUTF8, absolutePath, parentComponent, emptyComponent, badName, notAllowed, duplicate
    case recordNotFirst, recordMissing, recordTooLarge, tooManyFiles, tooLarge, truncated, badPadding, trailingBytes
}

package struct TarReader {
    package enum Entry: Sendable, Hashable {
        case record
        /// The name is one component in NFC that `ContentName` has nothing against.
        case attachment(String)
    }

    package enum Event: Sendable {
        case begin(Entry, bytes: Int64)
        case data(ArraySlice<UInt8>)
        case end
    }

    private enum State {
        case header
        case paxRecords(rest: Int)
        case data(rest: Int64, padding: Int)
        case padding(rest: Int, ThenWhat)
        case ending(zeroBlocks: Int)
    }

    private enum ThenWhat { case entryEnd, header }

    private static let largestPax = 64 * 1024
    /// What a package's parts can hold at most.
    private static let largestContent = Int64(PackageLimits.partCount) * Int64(PackageLimits.partContentBytes)

    private var state = State.header
    private var buffer: [UInt8] = []
    private var pax: [String: String] = [:]
    private var seen: Set<String> = []
    private var sawRecord = false
    private var attachmentCount = 0
    private var contentBytes: Int64 = 0

    package init() {}

    /// Takes the next bytes, in pieces of any size, and hands on what they complete. After an error the reader is not
    /// to be used again. Throws `TarFlaw`, or what `sink` throws.
    package mutating func feed(_ bytes: ArraySlice<UInt8>, _ sink: (Event) throws -> Void) throws {
        var bytes = bytes
        while !bytes.isEmpty {
            switch state {
            case .header:
                guard let block = take(Tar.blockBytes, from: &bytes) else { return }
                try readHeader(block, sink)
            case .paxRecords(let size):
                guard let records = take(size, from: &bytes) else { return }
                pax = try PaxRecords.read(records)
                state = .padding(rest: Tar.paddingCount(after: Int64(size)), .header)
                try leaveEmptyPadding(sink)
            case .data(let rest, let padding):
                let piece = bytes.prefix(Int(min(rest, Int64(bytes.count))))
                bytes = bytes.dropFirst(piece.count)
                try sink(.data(piece))
                let left = rest - Int64(piece.count)
                state = left > 0 ? .data(rest: left, padding: padding) : .padding(rest: padding, .entryEnd)
                try leaveEmptyPadding(sink)
            case .padding(let rest, let then):
                let piece = bytes.prefix(rest)
                bytes = bytes.dropFirst(piece.count)
                guard piece.allSatisfy({ $0 == 0 }) else { throw TarFlaw.badPadding }
                state = .padding(rest: rest - piece.count, then)
                try leaveEmptyPadding(sink)
            case .ending(let blocks):
                guard let block = take(Tar.blockBytes, from: &bytes) else {
                    guard buffer.allSatisfy({ $0 == 0 }) else { throw TarFlaw.trailingBytes }
                    return
                }
                guard block.allSatisfy({ $0 == 0 }) else { throw TarFlaw.trailingBytes }
                state = .ending(zeroBlocks: blocks + 1)
            }
        }
    }

    /// Says that nothing more comes. Throws when the archive is not whole or holds no record.
    package func finish() throws(TarFlaw) {
        guard case .ending(let blocks) = state, blocks >= 2 else { throw .truncated }
        guard buffer.isEmpty else { throw .trailingBytes }
        guard sawRecord else { throw .recordMissing }
    }

    /// Collects `count` bytes over several feeds; `nil` until they are there.
    private mutating func take(_ count: Int, from bytes: inout ArraySlice<UInt8>) -> [UInt8]? {
        let piece = bytes.prefix(count - buffer.count)
        buffer += piece
        bytes = bytes.dropFirst(piece.count)
        guard buffer.count == count else { return nil }
        defer { buffer = [] }
        return buffer
    }

    private mutating func leaveEmptyPadding(_ sink: (Event) throws -> Void) throws {
        guard case .padding(0, let then) = state else { return }
        state = .header
        if then == .entryEnd { try sink(.end) }
    }

    private mutating func readHeader(_ block: [UInt8], _ sink: (Event) throws -> Void) throws {
        guard block.contains(where: { $0 != 0 }) else {
            guard pax.isEmpty else { throw TarFlaw.truncated }
            state = .ending(zeroBlocks: 1)
            return
        }
        let header = try TarHeader(block)
        if header.type == UInt8(ascii: "x") {
            guard pax.isEmpty, (1...Int64(Self.largestPax)).contains(header.size) else { throw TarFlaw.badPaxRecord }
            state = .paxRecords(rest: Int(header.size))
            return
        }
        let path = pax["path"] ?? header.path
        let size = try pax["size"].map(PaxRecords.size) ?? header.size
        pax = [:]
        if header.type == UInt8(ascii: "5") {
            // `tar c record.json attachments` names the folder too; it carries nothing, so it is let pass, once.
            guard path == ContentName.attachments, size == 0 else { throw TarFlaw.directory }
            guard seen.insert(path).inserted else { throw TarFlaw.duplicate }
            return
        }
        let entry = try accept(path, bytes: size)
        state = .data(rest: size, padding: Tar.paddingCount(after: size))
        try sink(.begin(entry, bytes: size))
        if size == 0 {
            state = .header
            try sink(.end)
        }
    }

    /// Decides about one file by its path and size.
    private mutating func accept(_ path: String, bytes: Int64) throws(TarFlaw) -> Entry {
        let entry = try ContentPath.entry(path)
        let (sum, overflow) = contentBytes.addingReportingOverflow(bytes)
        guard bytes >= 0, !overflow, sum <= Self.largestContent else { throw .tooLarge }
        contentBytes = sum
        guard seen.insert(ContentPath.key(entry)).inserted else { throw .duplicate }
        switch entry {
        case .record:
            guard bytes <= Int64(ContentLimits.recordBytes) else { throw .recordTooLarge }
            sawRecord = true
        case .attachment:
            guard sawRecord else { throw .recordNotFirst }
            attachmentCount += 1
            guard attachmentCount <= ContentLimits.attachmentCount else { throw .tooManyFiles }
        }
        return entry
    }
}

extension TarFlaw {
    /// For a person; the package is unusable, and the one who made it is at fault.
    package var message: Bilingual {
        switch self {
        case .truncated, .recordMissing:
            Bilingual(ja: "中身のまとめ（tar）が途中で切れています。", en: "The content archive is cut short.")
        case .duplicate:
            Bilingual(ja: "中身に同じ名前のファイルが二つあります。", en: "The content holds two files of the same name.")
        case .tooLarge, .tooManyFiles, .recordTooLarge:
            Bilingual(ja: "中身の数か大きさが範囲を超えています。", en: "The content is too large or holds too many files.")
        case .absolutePath, .parentComponent, .emptyComponent, .badName, .notUTF8, .notAllowed, .link, .device, .fifo,
            .directory, .unknownType, .gnuExtension, .globalHeader:
            Bilingual(
                ja: "中身に、認められない名前や種類のファイルが含まれています（\(self)）。",
                en: "The content holds a file of a name or type that is not allowed (\(self)).")
        case .badHeader, .badChecksum, .badNumber, .badPaxRecord, .badPadding, .recordNotFirst, .trailingBytes:
            Bilingual(
                ja: "中身のまとめ（tar）の形式が正しくありません（\(self)）。", en: "The content archive is malformed (\(self)).")
        }
    }
}
