// Office documents in ZIP form: Office Open XML (ISO/IEC 29500) and OpenDocument (ISO/IEC 26300). Which entries there are
// says most; the property files, the text with its tracked changes and the pictures are looked into. Any other archive
// cannot be judged, for what is in it may be anything.
//
// LIMIT: Hidden sheets, columns, slides and text are part of the content and not found here.

extension AttachmentTraces {
    mutating func lookIntoZip(_ bytes: AttachmentBytes) throws {
        let directory = try ZipDirectory(bytes)
        let names = Set(directory.entries.map(\.name))
        if let types = directory.entries.first(where: { $0.name == "[Content_Types].xml" }) {
            // Macros may have any name; their type is told here.
            let content = try directory.prefix(types, limit: Self.partBytes)
            if content.firstRange(of: Array("ms-office.vbaProject".utf8)) != nil { hasMacros = true }
            try lookIntoOpenXML(directory)
        } else if names.contains("mimetype"), names.contains("content.xml") {
            try lookIntoOpenDocument(directory)
        } else if names.contains("META-INF/MANIFEST.MF") || names.contains("AndroidManifest.xml") {
            executable = .java
        } else {
            isUnreadable = true
        }
    }

    private mutating func lookIntoOpenXML(_ directory: ZipDirectory) throws {
        for entry in directory.entries {
            let path = entry.name.lowercased()
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            if Self.macroNames.contains(name) || Self.macroFolders.contains(where: { path.contains($0) }) {
                hasMacros = true
            }
            if path.contains("/embeddings/") || path.contains("/externallinks/") { kinds.insert(.embeddedFiles) }
            if path.contains("/revisions/") { kinds.insert(.editHistory) }
            if Self.isCommentPart(path, name) { kinds.insert(.comments) }
            if let words = Self.words(of: path, name) {
                try lookInto(entry, of: directory, words)
            } else {
                try lookIntoPicture(entry, of: directory)
            }
        }
    }

    /// What to search for in a part; some writers name the core properties after their own fashion.
    private static func words(
        of path: String, _ name: String
    ) -> [(word: String, kind: AttachmentInspection.MetadataKind)]? {
        switch path {
        case "docprops/core.xml": coreProperties
        case "docprops/app.xml": applicationProperties
        case "docprops/custom.xml": customProperties
        case "word/people.xml", "xl/persons/person.xml", "ppt/commentauthors.xml", "ppt/authors.xml": people
        case _ where path.hasSuffix(".psmdcp"): coreProperties
        case _ where path == "word/" + name && name.hasSuffix(".xml"): trackedChanges
        default: nil
        }
    }

    private static func isCommentPart(_ path: String, _ name: String) -> Bool {
        (name.hasPrefix("comments") || name.hasPrefix("threadedcomment") || path.contains("/comments/"))
            && name.hasSuffix(".xml")
    }

    private mutating func lookIntoOpenDocument(_ directory: ZipDirectory) throws {
        for entry in directory.entries {
            if entry.name.hasPrefix("Basic/") || entry.name.hasPrefix("Scripts/") { hasMacros = true }
            if entry.name.hasPrefix("Object ") || entry.name.hasPrefix("Versions/") { kinds.insert(.embeddedFiles) }
            switch entry.name {
            case "meta.xml": try lookInto(entry, of: directory, Self.openDocumentProperties)
            case "content.xml": try lookInto(entry, of: directory, Self.openDocumentText)
            case "META-INF/manifest.xml":
                let manifest = try directory.prefix(entry, limit: Self.partBytes)
                if manifest.firstRange(of: Array("encryption-data".utf8)) != nil { isUnreadable = true }
            default: try lookIntoPicture(entry, of: directory)
            }
        }
    }

    private mutating func lookInto(
        _ entry: ZipDirectory.Entry, of directory: ZipDirectory,
        _ words: [(word: String, kind: AttachmentInspection.MetadataKind)]
    ) throws {
        var properties = MarkedProperties(words)
        try directory.stream(entry) { piece in
            properties.feed(piece)
            return true
        }
        properties.finish()
        kinds.formUnion(properties.kinds)
    }

    /// Photographs keep their position and device when they are put into a document.
    private mutating func lookIntoPicture(_ entry: ZipDirectory.Entry, of directory: ZipDirectory) throws {
        let path = entry.name.lowercased()
        guard path.contains("/media/") || path.hasPrefix("pictures/"),
            [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"].contains(where: { path.hasSuffix($0) })
        else { return }
        var picture = AttachmentTraces()
        let bytes = AttachmentBytes(try directory.prefix(entry, limit: Self.partBytes))
        // Of a large picture only the beginning is at hand, and that is where its properties are.
        do { try picture.look(into: bytes) } catch is UnreadableContent where bytes.count == Self.partBytes {}
        kinds.formUnion(picture.kinds.subtracting([.producerOrTool, .title]))
        if let kind = picture.executable { executable = kind }
    }

    private static let partBytes = 1024 * 1024
    private static let macroNames: Set<String> = ["vbaproject.bin", "vbadata.xml"]
    private static let macroFolders = ["/macrosheets/", "/activex/", "/customui"]
    private static let coreProperties: [(word: String, kind: AttachmentInspection.MetadataKind)] = [
        ("dc:creator", .author), ("cp:lastModifiedBy", .author), ("dc:title", .title), ("dc:subject", .title),
        ("dc:description", .comments), ("cp:keywords", .otherProperties), ("cp:category", .otherProperties),
    ]
    /// The name of the program stands in every document and cannot be taken out; firm and superior can.
    private static let applicationProperties: [(word: String, kind: AttachmentInspection.MetadataKind)] = [
        ("Company", .organisation), ("Manager", .author),
    ]
    private static let customProperties: [(word: String, kind: AttachmentInspection.MetadataKind)] = [
        ("property", .otherProperties)
    ]
    private static let people: [(word: String, kind: AttachmentInspection.MetadataKind)] = [
        ("w15:author", .author), ("displayName", .author), ("<p:cmAuthor ", .author), ("<p188:author ", .author),
    ]
    private static let trackedChanges: [(word: String, kind: AttachmentInspection.MetadataKind)] = [
        ("<w:ins ", .editHistory), ("<w:del ", .editHistory), ("<w:moveFrom ", .editHistory),
        ("<w:moveTo ", .editHistory), ("<w:rPrChange ", .editHistory), ("<w:pPrChange ", .editHistory),
    ]
    private static let openDocumentProperties: [(word: String, kind: AttachmentInspection.MetadataKind)] = [
        ("dc:creator", .author), ("meta:initial-creator", .author), ("meta:printed-by", .author), ("dc:title", .title),
        ("dc:description", .comments), ("meta:user-defined", .otherProperties),
        ("meta:keyword", .otherProperties),
    ]
    private static let openDocumentText: [(word: String, kind: AttachmentInspection.MetadataKind)] = [
        ("text:tracked-changes", .editHistory), ("office:annotation", .comments),
    ]
}
