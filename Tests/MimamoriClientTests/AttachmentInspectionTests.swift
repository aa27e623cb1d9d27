// What a file is and what it carries is told by its content (SD-MAL-2, SD-CLS-8), for files built by hand: each with what
// must be found, and its like without.

import Foundation
import MimamoriCore
import TestSupport
import Testing

@testable import MimamoriClient

private typealias Finding = AttachmentInspection.Finding

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }
private func packet(_ inner: String) -> String { "<x:xmpmeta><rdf:Description>\(inner)</rdf:Description></x:xmpmeta>" }
private let author = packet("<dc:creator><rdf:Seq><rdf:li>見守 花子</rdf:li></rdf:Seq></dc:creator>")
private let noAuthor = packet("<dc:creator><rdf:Seq> </rdf:Seq></dc:creator><dc:title/>")

struct AttachmentInspectionTests {
    private func expect(_ cases: [(String, [UInt8], [Finding])]) throws {
        for (name, bytes, expected) in cases {
            #expect(try AttachmentInspection.findings(bytes: bytes) == expected, "\(name)")
        }
    }

    @Test func textsCarryNothing() throws {
        try expect([
            ("nothing", [], []), ("UTF-8", text("被害の概要\r\n"), []), ("CSV", text("a,b\n1,2\n"), []),
            ("Shift_JIS", [0x94, 0xED, 0x8A, 0x51, 0x0D, 0x0A], []), ("ISO-2022-JP", text("\u{1B}$B@5\u{1B}(B"), []),
            ("UTF-16", [0xFF, 0xFE, 0x0A, 0, 0x42, 0x30], []), ("MZ as words", text("MZ世代の被害"), []),
            ("brackets", text("<お知らせ> #! ELF"), []), ("page", text("<!doctype html><p>x</p>"), []),
            ("bitmap", joined(text("BM"), little(70, 4), zeros(4), [1, 2]), []),
            ("UTF-16 mark before a binary", [0xFF, 0xFE, 1, 0, 2, 0], [.cannotBeRead]),
            ("a binary", [0, 1, 2, 3], [.cannotBeRead]), ("gzip", [0x1F, 0x8B, 8, 0], [.cannotBeRead]),
        ])
    }

    @Test func programsAreToldByTheirContent() throws {
        let portable = joined(text("MZ"), [UInt8](repeating: 0x20, count: 58), little(64, 4), text("PE\0\0"))
        let shortcut: [UInt8] = [0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]
        try expect([
            ("ELF", joined([0x7F], text("ELF"), [2, 1]), [.executable(.elf)]),
            ("PE", portable, [.executable(.windows)]),
            ("DOS", joined(text("MZ"), [0x90, 0, 3, 0]), [.executable(.windows)]),
            ("Mach-O", [0xCF, 0xFA, 0xED, 0xFE, 7], [.executable(.machO)]),
            ("fat Mach-O", [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2], [.executable(.machO)]),
            ("Java class", [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 61], [.executable(.java)]),
            ("script", text("#!/bin/sh\n"), [.executable(.script)]),
            ("script after a mark", joined([0xEF, 0xBB, 0xBF], text("#!/bin/sh\n")), [.executable(.script)]),
            ("shortcut", shortcut, [.executable(.shortcut)]),
            ("page", text("<html><SCRIPT src=x></SCRIPT>"), [.executable(.pageScript)]),
            ("picture with a script", text("<svg><script>x</script></svg>"), [.executable(.pageScript)]),
            ("jar", try RawZip.archive([("META-INF/MANIFEST.MF", "x")]), [.executable(.java)]),
        ])
    }

    /// The name says nothing, and the file is found by its path.
    @Test func aProgramWithAnotherNameIsAProgram() throws {
        try ScratchFolder.with { folder in
            let path = try folder.file("報告書.pdf", joined([0x7F], text("ELF"), [2, 1]))
            #expect(try AttachmentInspection.findings(path: path) == [.executable(.elf)])
            let large = try folder.file("写真.jpg", RawPicture.jpeg() + [UInt8](repeating: 7, count: 3_000_000))
            #expect(try AttachmentInspection.findings(path: large) == [])
            #expect(throws: ClientFailure.self) { try AttachmentInspection.findings(path: folder.path + "/none") }
        }
    }
}

// MARK: documents

extension AttachmentInspectionTests {
    private static let core = (
        name: "docProps/core.xml",
        content: "<cp:coreProperties><dc:creator>見守 花子</dc:creator><dc:title></dc:title></cp:coreProperties>"
    )
    private static let emptyCore = (
        name: "docProps/core.xml", content: "<dc:creator></dc:creator><cp:lastModifiedBy/><dc:title> </dc:title>"
    )

    @Test(arguments: [false, true]) func officeDocuments(_ isDeflated: Bool) throws {
        func word(_ parts: [(name: String, content: String)]) throws -> [UInt8] {
            try RawZip.word(parts, isDeflated: isDeflated)
        }
        let long = String(repeating: "<w:t>本文</w:t>", count: 30_000)
        try expect([
            ("clean", try word([Self.emptyCore, ("word/document.xml", long)]), []),
            ("author", try word([Self.core]), [.metadata(kinds: [.author])]),
            ("other name of the part", try word([("p/1.psmdcp", Self.core.content)]), [.metadata(kinds: [.author])]),
            (
                "firm", try word([("docProps/app.xml", "<Application>W</Application><Company>A</Company>")]),
                [.metadata(kinds: [.organisation])]
            ),
            ("no firm", try word([("docProps/app.xml", "<Application>W</Application><Company></Company>")]), []),
            (
                "custom",
                try word([("docProps/custom.xml", "<Properties><property name=\"a\">b</property></Properties>")]),
                [.metadata(kinds: [.otherProperties])]
            ),
            ("comments", try word([("word/comments.xml", "<w:comments/>")]), [.metadata(kinds: [.comments])]),
            (
                "comments of a table", try word([("xl/threadedComments/threadedComment1.xml", "")]),
                [.metadata(kinds: [.comments])]
            ),
            (
                "who commented", try word([("word/people.xml", "<w15:person w15:author=\"見守\"/>")]),
                [.metadata(kinds: [.author])]
            ),
            (
                "changes at the end", try word([("word/document.xml", long + "<w:ins w:id=\"1\" w:author=\"x\"/>")]),
                [.metadata(kinds: [.editHistory])]
            ),
            ("instructions", try word([("word/document.xml", "<w:instrText>x</w:instrText>")]), []),
            ("macros", try word([("word/vbaProject.bin", "x")]), [.macros]),
            ("old macros", try word([("xl/macrosheets/sheet1.xml", "x")]), [.macros]),
            ("object", try word([("word/embeddings/a.xlsx", "x")]), [.metadata(kinds: [.embeddedFiles])]),
        ])
    }

    @Test func picturesInDocumentsAreLookedInto() throws {
        let photograph = RawPicture.jpeg(exif: RawPicture.tiff([(0x010F, "Camera")], position: [1, 2]))
        let types = ("[Content_Types].xml", text("<Types/>"))
        let found = [Finding.metadata(kinds: [.position, .device])]
        let document = try RawZip.archive([types, ("word/media/image1.jpeg", photograph)], isDeflated: true)
        #expect(try AttachmentInspection.findings(bytes: document) == found)
        let large = try RawZip.archive([
            types, ("ppt/media/1.jpg", photograph + [UInt8](repeating: 9, count: 2_000_000)),
        ])
        #expect(try AttachmentInspection.findings(bytes: large) == found)
        let macro = try RawZip.archive([("[Content_Types].xml", text("application/vnd.ms-office.vbaProject"))])
        #expect(try AttachmentInspection.findings(bytes: macro) == [.macros])
    }

    @Test func otherDocuments() throws {
        func open(_ parts: [(name: String, content: String)]) throws -> [UInt8] {
            try RawZip.archive([("mimetype", "application/vnd.oasis.opendocument.text")] + parts)
        }
        let empty = ("content.xml", "<office:text/>")
        let installer = joined(
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], zeros(22), little(9, 2), zeros(560),
            [0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46], zeros(32))
        let old = Array(installer[..<592]) + zeros(48)
        let macros: [UInt8] = text("_VBA_PROJECT").flatMap { byte -> [UInt8] in [byte, 0] }
        try expect([
            ("clean", try open([empty, ("meta.xml", "<meta:generator>L</meta:generator>")]), []),
            (
                "author", try open([empty, ("meta.xml", "<meta:initial-creator>見守</meta:initial-creator>")]),
                [.metadata(kinds: [.author])]
            ),
            (
                "history",
                try open([("content.xml", "<text:tracked-changes><dc:date>1</dc:date></text:tracked-changes>")]),
                [.metadata(kinds: [.editHistory])]
            ),
            ("macros", try open([empty, ("Basic/script-lc.xml", "")]), [.macros]),
            ("encrypted", try open([empty, ("META-INF/manifest.xml", "<m:encryption-data/>")]), [.cannotBeRead]),
            ("archive", try RawZip.archive([("a.txt", "x")]), [.cannotBeRead]),
            ("empty archive", try RawZip.archive([(String, String)]()), [.cannotBeRead]),
            (
                "encrypted entry", try RawZip.archive([("[Content_Types].xml", text("x"))], flags: 1), [.cannotBeRead]
            ),
            ("old Office", old, [.cannotBeRead]), ("installer", installer, [.executable(.installer), .cannotBeRead]),
            ("old macros", joined(old, macros), [.macros, .cannotBeRead]),
            ("rich text", text(#"{\rtf1{\info{\author }{\company}}x}"#), []),
            ("author", text(#"{\rtf1{\info{\author Hanako}}x}"#), [.metadata(kinds: [.author])]),
            ("object", text(#"{\rtf1{\object{\*\objdata 0105}}}"#), [.metadata(kinds: [.embeddedFiles])]),
            ("XML of Office", text("<?xml?><o:Author>見守</o:Author>"), [.metadata(kinds: [.author])]),
        ])
    }

    @Test func pdfDocuments() throws {
        func pdf(_ objects: String...) -> [UInt8] { RawPDF.document(objects) }
        try expect([
            ("clean", pdf("<< /Length 3 >> stream\nabc\nendstream"), []),
            ("author", pdf("<< /Author (Mimamori Hanako) >>"), [.metadata(kinds: [.author])]),
            ("author in hexadecimal", pdf("<</Author<FEFF898B>>>"), [.metadata(kinds: [.author])]),
            ("author elsewhere", pdf("<< /Author 9 0 R >>"), [.metadata(kinds: [.author])]),
            ("empty", pdf(#"<< /Author () /Title <FEFF> /Creator (\376\377) /Producer <> >>"#), []),
            ("other keys", pdf("<< /AuthorX (a) /CreatorInfo << /Subtype /Artwork >> /Title null >>"), []),
            ("tool", pdf("<< /Producer (a) >>"), [.metadata(kinds: [.producerOrTool])]),
            ("title", pdf("<< /Title (a) /Author (b) >>"), [.metadata(kinds: [.author, .title])]),
            ("bookmark", pdf("<< /Title (a) /Parent 3 0 R >>"), [.metadata(kinds: [.bookmarks])]),
            ("bookmark", pdf("<< /Parent 3 0 R /Title (a) >>"), [.metadata(kinds: [.bookmarks])]),
            ("script", pdf("<< /S /JavaScript /JS (app.alert(1)) >>"), [.executable(.pdfScript)]),
            ("launch", pdf("<< /S/Launch/F (a.exe) >>"), [.executable(.pdfScript)]),
            ("file", pdf("<< /Names << /EmbeddedFiles 4 0 R >> >>"), [.metadata(kinds: [.embeddedFiles])]),
            ("note", pdf("<< /Subtype /Popup >>"), [.metadata(kinds: [.comments])]),
            ("encrypted", pdf("<< /Encrypt 5 0 R >>"), [.cannotBeRead]),
            ("packet", pdf("<< /Type /Metadata >> stream\n\(author)\nendstream"), [.metadata(kinds: [.author])]),
            ("empty packet", pdf("<< /Type /Metadata >> stream\n\(noAuthor)\nendstream"), []),
            ("later header", joined(text("\n\n"), pdf("<< /Author (a) >>")), [.metadata(kinds: [.author])]),
            (
                "objects in a stream",
                RawPDF.document([try RawPDF.stream("/Type /ObjStm /N 1", "9 0 << /Author (Hanako) >>")]),
                [.metadata(kinds: [.author])]
            ),
            (
                "packet in a stream", RawPDF.document([try RawPDF.stream("/Subtype /XML /Type /Metadata", author)]),
                [.metadata(kinds: [.author])]
            ),
            ("clean stream", RawPDF.document([try RawPDF.stream("/Type /ObjStm /N 1", "9 0 << /A 1 >>")]), []),
            ("broken stream", pdf("<< /Type /ObjStm /Filter /FlateDecode >> stream\nabc\nendstream"), [.cannotBeRead]),
            ("other filter", pdf("<< /Type /ObjStm /Filter /LZWDecode >> stream\nabc\nendstream"), [.cannotBeRead]),
        ])
    }
}

// MARK: pictures

extension AttachmentInspectionTests {
    @Test func pictures() throws {
        let tiff = RawPicture.tiff([(0x013B, "見守 花子"), (0x0110, "X1")], position: [0, 1, 2])
        let mac = RawPicture.tiff([(0x010F, "Camera")], position: [2], isBigEndian: true)
        let blank = RawPicture.tiff([(0x013B, "   "), (0x0112, "1")], position: [0])
        let all = [Finding.metadata(kinds: [.author, .position, .device])]
        let some = [Finding.metadata(kinds: [.position, .device])]
        let wrote = [Finding.metadata(kinds: [.author])]
        func chunk(_ value: String) -> [UInt8] { text(value) }
        try expect([
            ("JPEG", RawPicture.jpeg(), []), ("Exif", RawPicture.jpeg(exif: tiff), all),
            ("Exif of a Mac", RawPicture.jpeg(exif: mac), some), ("empty Exif", RawPicture.jpeg(exif: blank), []),
            ("XMP", RawPicture.jpeg(xmp: author), wrote), ("empty XMP", RawPicture.jpeg(xmp: noAuthor), []),
            (
                "XMP in attributes",
                RawPicture.jpeg(xmp: #"<rdf:Description exif:GPSLatitude="40,30N" tiff:Make=""/>"#),
                [.metadata(kinds: [.position])]
            ),
            ("remark", RawPicture.jpeg([(0xFE, text("memo"))]), [.metadata(kinds: [.comments])]),
            ("by-line", RawPicture.jpeg([(0xED, joined(text("Photoshop 3.0\0"), [0x1C, 2, 80, 0, 1, 65]))]), wrote),
            ("broken", Array(RawPicture.jpeg(exif: tiff).prefix(60)), [.cannotBeRead]),
            ("PNG", RawPicture.png(), []), ("PNG with Exif", RawPicture.png([("eXIf", tiff)]), all),
            ("PNG text", RawPicture.png([("tEXt", chunk("Author\0Hanako"))]), wrote),
            ("PNG time", RawPicture.png([("tEXt", chunk("Creation Time\u{0}2026"))]), []),
            ("PNG other", RawPicture.png([("zTXt", chunk("Case\0\0x"))]), [.metadata(kinds: [.otherProperties])]),
            ("PNG XMP", RawPicture.png([("iTXt", chunk("XML:com.adobe.xmp\0\0\0\0\0\(author)"))]), wrote),
            (
                "compressed PNG XMP",
                RawPicture.png([
                    ("iTXt", joined(chunk("XML:com.adobe.xmp\0\u{1}\0\0\0"), try RawDeflate.zlib(text(author))))
                ]), wrote
            ),
            ("PNG cut off", Array(RawPicture.png().dropLast(12)), [.cannotBeRead]),
            ("TIFF", tiff, all), ("WebP", RawPicture.webP([("VP8 ", [1, 2, 3]), ("EXIF", tiff)]), all),
            ("WebP XMP", RawPicture.webP([("XMP ", text(author))]), wrote),
            ("clean WebP", RawPicture.webP([("VP8 ", [1])]), []),
            ("HEIC", joined(little(24, 4), text("ftypheic"), [0, 1], text("Exif\0\0"), mac), some),
            (
                "film", joined(little(24, 4), text("ftypqt  com.apple.quicktime.location.ISO6709")),
                [.metadata(kinds: [.position])]
            ),
            ("clean film", joined(little(24, 4), text("ftypmp42 Exif\0\0xx")), []),
        ])
    }

    /// A chain of directories that bites its tail ends.
    @Test func aChainWithoutEndEnds() throws {
        var tiff = RawPicture.tiff([(0x0110, "X1")])
        tiff.replaceSubrange(22..<26, with: little(8, 4))
        #expect(try AttachmentInspection.findings(bytes: tiff) == [.metadata(kinds: [.device])])
    }
}
