// Pictures and films: where each format keeps Exif, XMP, IPTC and plain remarks. The pixels are left alone.

extension AttachmentTraces {
    /// JPEG (ITU-T T.81): segments up to the first scan.
    mutating func lookIntoJPEG(_ bytes: AttachmentBytes) throws {
        var offset: Int64 = 2
        while true {
            let head = try bytes.read(at: offset, exactly: 2)
            guard head[0] == 0xFF else { throw UnreadableContent() }
            if head[1] == 0xFF {
                offset += 1
                continue
            }
            // The scan, or the end of a picture without one.
            if head[1] == 0xDA || head[1] == 0xD9 { return }
            if head[1] == 0x01 || (0xD0...0xD8).contains(head[1]) {
                offset += 2
                continue
            }
            let length = try bytes.read(at: offset + 2, exactly: 2)
            let count = Int(length[0]) << 8 | Int(length[1])
            guard count >= 2 else { throw UnreadableContent() }
            if head[1] == 0xFE || (0xE1...0xEF).contains(head[1]) {
                try lookIntoSegment(head[1], try bytes.read(at: offset + 4, exactly: count - 2))
            }
            offset += 2 + Int64(count)
        }
    }

    private mutating func lookIntoSegment(_ marker: UInt8, _ content: [UInt8]) throws {
        if marker == 0xFE {
            if content.contains(where: { $0 > 0x20 }) { kinds.insert(.comments) }
        } else if content.starts(with: Self.exifMark) {
            try lookIntoExif(AttachmentBytes(Array(content.dropFirst(6))))
        } else if content.starts(with: Array("http://ns.adobe.com/".utf8)) {
            kinds.formUnion(MarkedProperties.kinds(in: content[...], MarkedProperties.xmp))
        } else if content.starts(with: Array("Photoshop 3.0\0".utf8)) {
            for (mark, kind) in Self.iptcMarks where content.firstRange(of: mark) != nil { kinds.insert(kind) }
        }
    }

    private mutating func lookIntoExif(_ bytes: AttachmentBytes) throws {
        kinds.formUnion(try ExifProperties.kinds(in: bytes))
    }

    mutating func lookIntoTIFF(_ bytes: AttachmentBytes) throws { try lookIntoExif(bytes) }

    /// PNG (ISO/IEC 15948): chunks up to the end.
    mutating func lookIntoPNG(_ bytes: AttachmentBytes) throws {
        var offset: Int64 = 8
        while true {
            let head = try bytes.read(at: offset, exactly: 8)
            let count = head[..<4].reduce(Int64(0)) { $0 << 8 | Int64($1) }
            let type = String(decoding: head[4...], as: UTF8.self)
            switch type {
            case "IEND": return
            case "eXIf": try lookIntoExif(bytes.suffix(from: offset + 8))
            case "tEXt", "zTXt", "iTXt": try lookIntoText(type, at: offset + 8, count: count, of: bytes)
            default: break
            }
            offset += 12 + count
        }
    }

    /// A keyword, a zero, and a value that may be compressed.
    private mutating func lookIntoText(_ type: String, at offset: Int64, count: Int64, of bytes: AttachmentBytes) throws
    {
        let head = try bytes.read(at: offset, upTo: Int(min(count, 1024)))
        guard let end = head.firstIndex(of: 0) else { throw UnreadableContent() }
        let keyword = String(decoding: head[..<end], as: UTF8.self)
        guard keyword == "XML:com.adobe.xmp" else {
            let saysMore = count > Int64(end) + 1 && !Self.times.contains(keyword)
            if saysMore { kinds.insert(Self.keywords[keyword] ?? .otherProperties) }
            return
        }
        // Flag, method, language, translated keyword.
        let isCompressed = type == "iTXt" && head.dropFirst(end + 1).first == 1
        guard let language = head.dropFirst(end + 3).firstIndex(of: 0),
            let translated = head.dropFirst(language + 1).firstIndex(of: 0)
        else { throw UnreadableContent() }
        let start = offset + Int64(translated) + 1
        let limit = Self.packetBytes
        let packet =
            isCompressed
            ? try Inflate.prefix(bytes, from: start, to: offset + count, hasZlibHeader: true, limit: limit)
            : try bytes.read(at: start, upTo: Int(min(Int64(limit), offset + count - start)))
        kinds.formUnion(MarkedProperties.kinds(in: packet[...], MarkedProperties.xmp))
    }

    /// WebP: RIFF chunks.
    mutating func lookIntoWebP(_ bytes: AttachmentBytes) throws {
        var offset: Int64 = 12
        while offset < bytes.count {
            var head = LittleEndian(try bytes.read(at: offset, exactly: 8))
            let type = String(decoding: try head.bytes(4), as: UTF8.self)
            let count = try head.number(4)
            if type == "EXIF" {
                let mark = try bytes.read(at: offset + 8, upTo: 6)
                try lookIntoExif(bytes.suffix(from: offset + 8 + (mark == Self.exifMark ? 6 : 0)))
            } else if type == "XMP " {
                let packet = try bytes.read(at: offset + 8, upTo: Int(min(count, Int64(Self.packetBytes))))
                kinds.formUnion(MarkedProperties.kinds(in: packet[...], MarkedProperties.xmp))
            }
            offset += 8 + count + count % 2
        }
    }

    /// HEIC, MP4 and MOV (ISO/IEC 14496-12) keep properties in boxes of many makers: the whole file is searched for them.
    mutating func lookIntoMediaContainer(_ bytes: AttachmentBytes) throws {
        let words = Self.boxWords + MarkedProperties.xmp.map { ($0.word, $0.kind, true) }
        var search = StreamSearch([Self.exifMark] + words.map { Array($0.0.utf8) })
        var exif: [Int64] = []
        var found: Set<AttachmentInspection.MetadataKind> = []
        func take(_ hit: StreamSearch.Hit) {
            guard hit.pattern > 0 else { return exif.append(hit.offset + 6) }
            let (_, kind, isElement) = words[hit.pattern - 1]
            if !isElement || MarkedProperties.saysSomething(hit) { found.insert(kind) }
        }
        try bytes.stream { search.feed($0) { take($0) } }
        search.finish { take($0) }
        kinds.formUnion(found)
        for offset in exif.prefix(Self.pictureLimit) {
            // Six bytes may be there by chance; what is no TIFF is no Exif.
            do { try lookIntoExif(bytes.suffix(from: offset)) } catch is UnreadableContent {}
        }
    }

    private static let exifMark = Array("Exif\0\0".utf8)
    private static let packetBytes = 4 * 1024 * 1024
    private static let pictureLimit = 64
    /// ISO 6709 is how films write a place.
    private static let boxWords: [(String, AttachmentInspection.MetadataKind, Bool)] = [
        ("location.ISO6709", .position, false), ("quicktime.make", .device, false),
        ("quicktime.model", .device, false), ("quicktime.author", .author, false),
        ("quicktime.artist", .author, false), ("loci\0\0\0\0", .position, false),
    ]
    /// IPTC IIM 4.2, 2:80 by-line, 2:85 title of its writer, 2:122 writer of the caption, 2:90 city, 2:120 caption.
    private static let iptcMarks: [([UInt8], AttachmentInspection.MetadataKind)] = [
        ([0x1C, 2, 80], .author), ([0x1C, 2, 85], .author), ([0x1C, 2, 122], .author), ([0x1C, 2, 90], .position),
        ([0x1C, 2, 120], .comments),
    ]
    /// When a picture was made is no property that leads to anybody.
    private static let times: Set<String> = ["Creation Time", "date:create", "date:modify", "date:timestamp"]
    /// Keywords of ISO/IEC 15948, 11.3.4.2.
    private static let keywords: [String: AttachmentInspection.MetadataKind] = [
        "Author": .author, "Copyright": .author, "Title": .title, "Description": .comments, "Comment": .comments,
        "Source": .device, "Software": .producerOrTool,
    ]
}
