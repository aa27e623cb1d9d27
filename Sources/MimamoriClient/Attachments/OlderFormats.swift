// Formats that are not read but only searched: compound files (Office before 2007, mail, installers), rich text, and pages
// with scripts.

extension AttachmentTraces {
    /// [MS-CFB]. Properties, history and macros may stand anywhere in it: it is never let through unseen. An installer and the
    /// storage of macros are told apart.
    mutating func lookIntoCompoundFile(_ bytes: AttachmentBytes) throws {
        isUnreadable = true
        var head = LittleEndian(try bytes.read(at: 0, exactly: 512))
        try head.skip(30)
        let sectorShift = try head.number(2)
        try head.skip(16)
        let directory = try head.number(4)
        guard (9...12).contains(sectorShift), directory < 1 << 32 else { return }
        // The root entry is the first of the directory; its class says which program it is for.
        let root = try bytes.read(at: (directory + 1) << sectorShift, upTo: 128)
        if root.count == 128, Self.installers.contains(Array(root[80..<96])) { executable = .installer }
        var search = StreamSearch([Array("_VBA_PROJECT".utf8).flatMap { [$0, 0] }])
        var isFound = false
        try bytes.stream { search.feed($0) { _ in isFound = true } }
        search.finish { _ in isFound = true }
        if isFound { hasMacros = true }
    }

    /// RTF 1.9.1: groups of the header, and objects.
    mutating func lookIntoRichText(_ bytes: AttachmentBytes) throws {
        var search = StreamSearch(Self.groups.map(\.word))
        var found: Set<AttachmentInspection.MetadataKind> = []
        func take(_ hit: StreamSearch.Hit) {
            // A longer control word is another one; an empty group says nothing.
            guard let next = hit.after.first, !(0x61...0x7A).contains(next) else { return }
            if hit.after.first(where: { $0 > 0x20 }) != UInt8(ascii: "}") {
                found.insert(Self.groups[hit.pattern].kind)
            }
        }
        try bytes.stream { search.feed($0) { take($0) } }
        search.finish { take($0) }
        kinds.formUnion(found)
    }

    /// HTML, SVG and XML: a script that runs when it is opened, and who wrote it.
    mutating func lookIntoMarkup(_ bytes: AttachmentBytes) throws {
        var search = StreamSearch(["<script", "<hta:application"], ignoresCase: true)
        var properties = MarkedProperties(Self.elements)
        var runs = false
        try bytes.stream { piece in
            search.feed(piece) { _ in runs = true }
            properties.feed(piece)
        }
        search.finish { _ in runs = true }
        properties.finish()
        if runs { executable = .pageScript }
        kinds.formUnion(properties.kinds)
    }

    /// {000C1084-0000-0000-C000-000000000046} and its neighbours for patches and transforms.
    private static let installers: [[UInt8]] = [0x82, 0x84, 0x86].map {
        [$0, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]
    }
    private static let groups: [(word: String, kind: AttachmentInspection.MetadataKind)] = [
        ("\\author", .author), ("\\operator", .author), ("\\manager", .author), ("\\company", .organisation),
        ("\\title", .title), ("\\doccomm", .comments), ("\\annotation", .comments), ("\\revised", .editHistory),
        ("\\deleted", .editHistory), ("\\objdata", .embeddedFiles),
    ]
    /// Office documents can be one XML file, too.
    private static let elements: [(word: String, kind: AttachmentInspection.MetadataKind)] =
        MarkedProperties.xmp + [
            ("o:Author", .author), ("o:LastAuthor", .author), ("cp:lastModifiedBy", .author),
            ("meta:initial-creator", .author), ("o:Company", .organisation), ("<w:ins ", .editHistory),
            ("<w:del ", .editHistory),
        ]
}
