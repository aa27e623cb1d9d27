// Ours and stock tar read each other: the content of a package must come out in ten years without our software.

import Foundation
import MimamoriCore
import TestSupport
import Testing

@testable import MimamoriClient

struct TarInteropTests {
    private static let tar = ForeignTool("tar")

    private static let files: [(name: String, content: String)] = [
        ("record.json", "{\"語\":\"値\"}"), ("attachments/plain.txt", "hello"), ("attachments/empty", ""),
        ("attachments/被害状況の写真（一枚目）.jpg", String(repeating: "写", count: 1000)),
        ("attachments/" + String(repeating: "a", count: 150) + ".txt", "long"),
    ]

    private static func ours() -> [UInt8] {
        let moment = Timestamp(milliseconds: 1_700_000_000_000)
        return files.flatMap { name, content in
            Tar.header(name: name, bytes: Int64(content.utf8.count), modified: moment) + Array(content.utf8)
                + Tar.padding(after: Int64(content.utf8.count))
        } + Tar.end
    }

    @Test func stockTarReadsOurs() throws {
        try ScratchFolder.with { scratch in
            let archive = try scratch.file("ours.tar", Self.ours())
            let listed = String(decoding: try Self.tar.run(["tf", archive, "--quoting-style=literal"]), as: UTF8.self)
            #expect(listed.split(separator: "\n").map(String.init) == Self.files.map(\.name))
            try Self.tar.run(["xf", archive, "-C", scratch.path])
            for (name, content) in Self.files {
                #expect(try scratch.read(name) == Array(content.utf8))
            }
        }
    }

    @Test(arguments: ["ustar", "pax", "posix"])
    func weReadStockTar(format: String) throws {
        try ScratchFolder.with { scratch in
            try FileManager.default.createDirectory(
                at: scratch.url.appending(path: "attachments"), withIntermediateDirectories: false)
            let files = format == "ustar" ? Self.files.filter { $0.name.utf8.count <= 100 } : Self.files
            for (name, content) in files { _ = try scratch.file(name, content.utf8) }
            let archive = try Self.tar.run(
                ["cf", "-", "--format=\(format)", "-C", scratch.path, "record.json", "attachments"])
            let read = try TarCollection.read(archive, pieces: 700)
            let found = Dictionary(
                uniqueKeysWithValues: read.files.map { file in
                    switch file.entry {
                    case .record: ("record.json", file.content)
                    case .attachment(let name): ("attachments/" + name, file.content)
                    }
                })
            #expect(found == Dictionary(uniqueKeysWithValues: files.map { ($0.name, Array($0.content.utf8)) }))
        }
    }

    @Test func stockTarsOwnFormatIsRefused() throws {
        try ScratchFolder.with { scratch in
            _ = try scratch.file("record.json", Array("{}".utf8))
            let archive = try Self.tar.run(["cf", "-", "--format=gnu", "-C", scratch.path, "record.json"])
            #expect(throws: TarFlaw.gnuExtension) { try TarCollection.read(archive, pieces: 512) }
        }
    }

    @Test func lengthIsReckonedAhead() {
        let moment = Timestamp(milliseconds: 1_700_000_000_000)
        let length = Tar.length(
            of: Self.files.map { ($0.name, Int64($0.content.utf8.count)) }, modified: moment)
        #expect(length == Int64(Self.ours().count))
    }

    @Test func eightGibibytesAndMoreAreWrittenInPax() throws {
        let header = Tar.header(name: "attachments/large", bytes: 9 << 30, modified: Timestamp(milliseconds: 0))
        var reader = TarReader()
        var sizes: [Int64] = []
        let record = RawEntry("record.json", "{}").bytes
        try reader.feed((record + header)[...]) { event in
            if case .begin(_, let bytes) = event { sizes.append(bytes) }
        }
        #expect(sizes == [2, 9 << 30])
    }

    @Test(arguments: [
        ("写真.jpg", true), (String(repeating: "a", count: 200), true), ("..x", true), ("", false), (".", false),
        ("..", false), ("a/b", false), ("a\\b", false), ("a\u{7}b", false), ("a\u{FEFF}b", false),
        (String(repeating: "a", count: 201), false), (String(repeating: "あ", count: 67), false),
    ])
    func namesOfAttachments(name: String, allowed: Bool) {
        #expect((ContentName.flaw(of: name) == nil) == allowed)
    }
}
