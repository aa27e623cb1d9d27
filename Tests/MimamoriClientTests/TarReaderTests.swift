// What the reader of content tars refuses, trick by trick, and that pieces of any size make no difference.

import MimamoriCore
import Testing

@testable import MimamoriClient

/// A tar that must not pass, and why.
struct TarTrick: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let flaw: TarFlaw

    init(_ name: String, _ flaw: TarFlaw, _ entries: [RawEntry]) {
        self.init(name, flaw, bytes: RawTar.archive(entries))
    }

    init(_ name: String, _ flaw: TarFlaw, bytes: [UInt8]) {
        testDescription = name
        self.flaw = flaw
        self.bytes = bytes
    }

    private static let record = RawEntry("record.json", "{}")

    /// A second entry that is wrong after a sound record.
    private static func second(_ name: String, _ flaw: TarFlaw, _ entry: RawEntry) -> TarTrick {
        TarTrick(name, flaw, [record, entry])
    }

    private static func path(_ path: String, _ flaw: TarFlaw) -> TarTrick { second(path, flaw, RawEntry(path)) }

    static let paths = [
        path("/etc/passwd", .absolutePath), path("../x", .parentComponent),
        path("attachments/../../x", .parentComponent), path("attachments/..", .parentComponent),
        path("./attachments/x", .emptyComponent), path("attachments//x", .emptyComponent),
        path("attachments/.", .emptyComponent), path("attachments/x/", .emptyComponent),
        path("attachments/a\\b", .badName), path("attachments\\x", .badName), path("attachments/a\u{1}b", .badName),
        path("attachments/a\nb", .badName), path("attachments/a\u{202E}fdp.exe", .badName),
        path("attachments/a\u{200B}b", .badName), path("attachments/a\u{85}b", .badName), path("x", .notAllowed),
        path("attachments/a/b", .notAllowed), path("Attachments/x", .notAllowed), path("record.txt", .notAllowed),
        path("", .emptyComponent),
    ]

    static let types = [
        second("hard link", .link, RawEntry("attachments/x", "", type: "1")),
        second("symbolic link", .link, RawEntry("attachments/x", "", type: "2")),
        second("a file with a link name", .link, .with("attachments/x") { $0.linkName = "y" }),
        second("character device", .device, RawEntry("attachments/x", "", type: "3")),
        second("block device", .device, RawEntry("attachments/x", "", type: "4")),
        second("fifo", .fifo, RawEntry("attachments/x", "", type: "6")),
        second("other folder", .directory, RawEntry("x/", "", type: "5")),
        second("folder with content", .directory, RawEntry("attachments/", "x", type: "5")),
        second("GNU long name", .gnuExtension, RawEntry("././@LongLink", "attachments/x", type: "L")),
        second("GNU sparse", .gnuExtension, RawEntry("attachments/x", "", type: "S")),
        second("GNU magic", .gnuExtension, .with("attachments/x") { $0.magic = Array("ustar  \u{0}".utf8) }),
        second("no magic", .badHeader, .with("attachments/x") { $0.magic = [] }),
        second("global pax header", .globalHeader, RawEntry("g", "12 comment=\n", type: "g")),
        second("contiguous file", .unknownType, RawEntry("attachments/x", "", type: "7")),
    ]

    static let fields = [
        second("wrong checksum", .badChecksum, .with("attachments/x") { $0.checksumOffset = 1 }),
        second("base-256 size", .badNumber, .with("attachments/x") { $0.size = "\u{1}2345678901" }),
        second("negative size", .badNumber, .with("attachments/x") { $0.size = "-0000000001" }),
        second("name not UTF-8", .notUTF8, .with("attachments/x") { $0.name = Array("attachments/".utf8) + [0xFF] }),
        second("bytes after the name's NUL", .badName, .with("attachments/x") { $0.name += [0, 0x41] }),
        TarTrick(
            "pax size overflows", .badNumber, [record, .pax(["size=99999999999999999999"]), RawEntry("attachments/x")]),
        TarTrick("pax size negative", .badNumber, [record, .pax(["size=-1"]), RawEntry("attachments/x")]),
        TarTrick(
            "more than a package holds", .tooLarge,
            [record, .pax(["size=9223372036854775807"]), RawEntry("attachments/x")]),
        TarTrick("record of 5 MiB", .recordTooLarge, [.with("record.json") { $0.size = "00024000000" }]),
        TarTrick("pax path climbs", .parentComponent, [record, .pax(["path=../../x"]), RawEntry("attachments/x")]),
        TarTrick(
            "pax path with NUL", .badName, [record, .pax(["path=attachments/a\u{0}b"]), RawEntry("attachments/x")]),
        TarTrick(
            "pax path twice", .badPaxRecord,
            [record, .pax(["path=attachments/a", "path=attachments/b"]), RawEntry("x")]),
        TarTrick("pax link", .link, [record, .pax(["linkpath=/etc"]), RawEntry("attachments/x")]),
        TarTrick("pax sparse", .gnuExtension, [record, .pax(["GNU.sparse.major=1"]), RawEntry("attachments/x")]),
        TarTrick(
            "pax with unknown key", .badPaxRecord, [record, .pax(["SCHILY.xattr.user.x=y"]), RawEntry("attachments/x")]),
        second("pax length lies", .badPaxRecord, .with("p", "99 path=attachments/x\n") { $0.type = UInt8(ascii: "x") }),
        TarTrick(
            "name of 201 bytes", .badName,
            [record, .pax(["path=attachments/" + String(repeating: "a", count: 201)]), RawEntry("x")]),
    ]

    static let wholes = [
        TarTrick("two of one name", .duplicate, [record, RawEntry("attachments/a"), RawEntry("attachments/a")]),
        TarTrick("two records", .duplicate, [record, record]),
        TarTrick(
            "differ in case only", .duplicate, [record, RawEntry("attachments/A.PDF"), RawEntry("attachments/a.pdf")]),
        TarTrick(
            "differ in composition only", .duplicate,
            [record, RawEntry("attachments/が"), RawEntry("attachments/か\u{3099}")]),
        TarTrick(
            "two folders", .duplicate,
            [record, RawEntry("attachments/", "", type: "5"), RawEntry("attachments/", "", type: "5")]),
        TarTrick("attachment before the record", .recordNotFirst, [RawEntry("attachments/a"), record]),
        TarTrick("no record", .recordMissing, []),
        TarTrick("too many files", .tooManyFiles, [record] + (0...500).map { RawEntry("attachments/\($0)", "") }),
        TarTrick("no end", .truncated, bytes: record.bytes),
        TarTrick("half an end", .truncated, bytes: record.bytes + [UInt8](repeating: 0, count: 512)),
        TarTrick("cut in a header", .truncated, bytes: Array(record.bytes.prefix(100))),
        TarTrick("cut in a file", .truncated, bytes: Array(record.bytes.prefix(513))),
        TarTrick("nothing at all", .truncated, bytes: []),
        TarTrick("text after the end", .trailingBytes, bytes: RawTar.archive([record]) + Array("more".utf8)),
        TarTrick(
            "an entry after the end", .trailingBytes, bytes: RawTar.archive([record]) + RawEntry("attachments/x").bytes),
        TarTrick("padding that speaks", .badPadding, bytes: record.bytes.dropLast() + [1] + RawTar.end),
    ]
}

/// Collects what the reader hands on, as text.
struct TarCollection {
    private(set) var files: [(entry: TarReader.Entry, content: [UInt8], bytes: Int64)] = []
    private(set) var ended = 0

    static func read(_ bytes: [UInt8], pieces: Int) throws -> TarCollection {
        var collection = TarCollection()
        var reader = TarReader()
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            try reader.feed(bytes[start..<min(start + pieces, bytes.count)]) { collection.take($0) }
        }
        try reader.finish()
        return collection
    }

    private mutating func take(_ event: TarReader.Event) {
        switch event {
        case .begin(let entry, let bytes): files.append((entry, [], bytes))
        case .data(let bytes): files[files.count - 1].content += bytes
        case .end: ended += 1
        }
    }
}

struct TarReaderTests {
    @Test(
        arguments: [TarTrick.paths, TarTrick.types, TarTrick.fields, TarTrick.wholes].flatMap { $0 }, [1, 512, 1 << 20])
    func everyTrickIsRefused(_ trick: TarTrick, pieces: Int) {
        #expect(throws: trick.flaw) { _ = try TarCollection.read(trick.bytes, pieces: pieces) }
    }

    @Test func everyFlawHasItsTrick() {
        let all = [TarTrick.paths, TarTrick.types, TarTrick.fields, TarTrick.wholes].flatMap { $0 }
        #expect(Set(all.map(\.flaw)) == Set(TarFlaw.allCases))
    }

    @Test(arguments: [1, 7, 511, 512, 513, 4096, 1 << 20])
    func piecesOfAnySizeGiveTheSame(pieces: Int) throws {
        let archive = RawTar.archive([
            RawEntry("record.json", "{\"a\":1}"), RawEntry("attachments/", "", type: "5"),
            RawEntry("attachments/empty", ""), .pax(["mtime=1.5", "path=attachments/写真.jpg"]),
            RawEntry("placeholder", String(repeating: "p", count: 1500)),
            .with("b", "prefixed") { $0.prefix = "attachments" },
        ])
        let read = try TarCollection.read(archive, pieces: pieces)
        #expect(
            read.files.map(\.entry) == [
                .record, .attachment("empty"), .attachment("写真.jpg"), .attachment("b"),
            ])
        #expect(read.files.map { $0.content.count } == [7, 0, 1500, 8])
        #expect(read.files.allSatisfy { Int64($0.content.count) == $0.bytes })
        #expect(read.ended == 4)
    }

    @Test func aNameIsHandedOnInOneComposition() throws {
        let archive = RawTar.archive([RawEntry("record.json"), RawEntry("attachments/か\u{3099}.txt")])
        let name = try #require(TarCollection.read(archive, pieces: 512).files.last?.entry)
        guard case .attachment(let text) = name else { return #expect(Bool(false), "it is an attachment") }
        #expect(Array(text.utf8) == Array("が.txt".utf8))
    }

    @Test(arguments: TarFlaw.allCases)
    func everyFlawIsToldInBothLanguages(_ flaw: TarFlaw) {
        #expect(!flaw.message.ja.isEmpty && !flaw.message.en.isEmpty)
    }
}
