// The inspection's tools: decompression against stock gzip, search over pieces, bounded reading, messages, and files that
// are broken in every way.

import Foundation
import MimamoriCore
import TestSupport
import Testing

@testable import MimamoriClient

private struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) | (state << 31)
    }
}

struct AttachmentReadingTests {
    private func inflated(_ bytes: [UInt8], hasZlibHeader: Bool = false) throws -> [UInt8] {
        var all: [UInt8] = []
        try Inflate.stream(AttachmentBytes(bytes), from: 0, to: Int64(bytes.count), hasZlibHeader: hasZlibHeader) {
            all += $0
            return true
        }
        return all
    }

    @Test(arguments: [1, 6, 9]) func whatGzipCompressedIsReadBack(_ level: Int) throws {
        var dice = Dice(UInt64(level))
        let noise = (0..<70_000).map { _ in UInt8.random(in: 0...255, using: &dice) }
        let words = ["見守り", "活動", "<w:t>", "0178", "\n", "aaaaaaaaaaaaaaaaaaaaaaaa"]
        let prose = (0..<20_000).flatMap { _ in Array((words.randomElement(using: &dice) ?? "").utf8) }
        let contents: [[UInt8]] = [[], [7], noise, prose, zeros(200_000), prose + noise]
        for content in contents {
            #expect(try inflated(try RawDeflate.gzip(content, level: level)) == content)
        }
        #expect(try inflated(try RawDeflate.zlib(prose), hasZlibHeader: true) == prose)
    }

    @Test func whatIsNotDeflateIsRefused() throws {
        let whole = try RawDeflate.gzip(Array("本文本文本文".utf8))
        // Nothing, a block of a kind that is none, a length that contradicts itself, and a stream cut off.
        let broken: [[UInt8]] = [[], [0xFF], [0x07], [0x01, 5, 0, 0, 0], Array(whole.dropLast(2))]
        for bytes in broken {
            #expect(throws: UnreadableContent.self, "\(bytes)") { try inflated(bytes) }
        }
        #expect(throws: UnreadableContent.self) { try inflated([0x79, 0x9C] + whole, hasZlibHeader: true) }
    }

    @Test func aPrefixIsReadWithoutTheRest() throws {
        let content = [UInt8](repeating: 65, count: 500_000)
        let deflated = try RawDeflate.gzip(content)
        let prefix = try Inflate.prefix(AttachmentBytes(deflated), from: 0, to: Int64(deflated.count), limit: 100)
        #expect(prefix == Array(content.prefix(100)))
    }

    /// Wherever the pieces are cut, each pattern is found once at its place.
    @Test(arguments: [1, 3, 4096, 5000, 100_000]) func patternsAreFoundAcrossPieces(_ size: Int) {
        var stream = [UInt8](repeating: 0x2E, count: 30_000)
        let places = [0, 4090, 4999, 12_345, 29_995]
        for place in places { stream.replaceSubrange(place..<place + 5, with: Array("/Name".utf8)) }
        var search = StreamSearch(["/Name", "/N"])
        var hits: [StreamSearch.Hit] = []
        var rest = stream[...]
        while !rest.isEmpty {
            search.feed(rest.prefix(size)) { hits.append($0) }
            rest = rest.dropFirst(size)
        }
        search.finish { hits.append($0) }
        #expect(hits.filter { $0.pattern == 0 }.map(\.offset) == places.map { Int64($0) })
        #expect(hits.filter { $0.pattern == 1 }.map(\.offset) == places.map { Int64($0) })
        for hit in hits where hit.pattern == 0 {
            #expect(hit.after.count == min(StreamSearch.surroundings, stream.count - Int(hit.offset) - 5))
            #expect(hit.before.elementsEqual(stream[max(0, Int(hit.offset) - hit.before.count)..<Int(hit.offset)]))
        }
    }

    /// Only pieces are ever asked for, and of a photograph only its beginning.
    @Test(arguments: [("%PDF-1.7\n", 6_000_000), ("    ftypmp42", 6_000_000), ("jpeg", 200_000)])
    func readingIsBounded(_ head: String, _ most: Int) throws {
        let start = head == "jpeg" ? RawPicture.jpeg(exif: RawPicture.tiff([(0x010F, "Camera")])) : Array(head.utf8)
        let size: Int64 = 5_000_000
        var (largest, total) = (0, 0)
        try withoutActuallyEscaping({ (offset: Int64, count: Int) -> [UInt8] in
            largest = max(largest, count)
            total += count
            return (Int(offset)..<Int(offset) + count).map { $0 < start.count ? start[$0] : 0x20 }
        }) { read in
            var traces = AttachmentTraces()
            try traces.look(into: AttachmentBytes(count: size, read: read))
            #expect(!traces.isUnreadable)
        }
        #expect(largest <= 256 * 1024 && total <= most)
    }

    @Test func everyFindingSaysWhatAndWhatNext() {
        typealias Finding = AttachmentInspection.Finding
        let kinds = AttachmentInspection.MetadataKind.allCases
        let findings =
            AttachmentInspection.ExecutableKind.allCases.map { Finding.executable($0) }
            + kinds.map { .metadata(kinds: [$0]) } + [.macros, .cannotBeRead]
        #expect(Set(findings.map(\.message)).count == findings.count)
        for finding in findings {
            #expect(["SD-CLS-8", "SD-MAL-2"].contains(finding.rule))
            #expect(finding.message.ja.hasSuffix("。") && finding.message.en.hasSuffix("."))
            #expect(!finding.remedy.ja.isEmpty && !finding.remedy.en.isEmpty)
        }
        #expect(Finding.macros.rule == "SD-MAL-2" && Finding.metadata(kinds: kinds).rule == "SD-CLS-8")
        #expect(AttachmentInspection.MetadataKind.author.isPersonal)
        #expect(!AttachmentInspection.MetadataKind.producerOrTool.isPersonal)
    }

    /// Truncated, overwritten, put together wrongly: every file gets an answer.
    @Test func brokenFilesGetAnAnswer() throws {
        let tiff = RawPicture.tiff([(0x013B, "見守 花子"), (0x0110, "X1")], position: [0, 1, 2])
        let files: [[UInt8]] = [
            try RawZip.word([("docProps/core.xml", "<dc:creator>x</dc:creator>")], isDeflated: true),
            RawPDF.document([try RawPDF.stream("/Type /ObjStm", "<< /Author (x) >>"), Array("<< /Title (x) >>".utf8)]),
            RawPicture.jpeg(exif: tiff), RawPicture.png([("eXIf", tiff), ("tEXt", Array("Author\0x".utf8))]), tiff,
            RawPicture.webP([("EXIF", tiff)]), Array(#"{\rtf1{\info{\author x}}}"#.utf8),
            joined([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], zeros(22), little(9, 2), zeros(900)),
            joined(Array("    ftypheicExif\0\0".utf8), tiff),
        ]
        var dice = Dice(11)
        for file in files {
            for _ in 0..<300 {
                var bytes = file
                for _ in 0..<Int.random(in: 1...4, using: &dice) {
                    let place = Int.random(in: 0..<bytes.count, using: &dice)
                    bytes[place] =
                        [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &dice)]
                        .randomElement(using: &dice) ?? 0
                }
                if Bool.random(using: &dice) {
                    bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &dice)))
                }
                #expect(throws: Never.self) { try AttachmentInspection.findings(bytes: bytes) }
            }
        }
    }
}
