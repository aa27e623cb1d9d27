// Writes an opened package into a new folder: first under a hidden name, fsynced, then renamed, so that what a person
// sees is verified and whole, or not there (SD-CLS-2: label in every file name and in the text's first line). Nothing is
// ever overwritten, no file can be executed, and no path comes from a package unchecked.

import MimamoriCore

struct Unpacking: ContentSink {
    /// The folder that will appear.
    let target: String
    /// Relative to the folder, in the order they were written.
    private(set) var files: [String] = []
    /// What came out, beside the files.
    private(set) var look = LookingSink()

    private let hidden: String
    private let prefix: String
    private let disk: Disk
    private var current: String?
    private var inRecord = false

    /// Makes the hidden folder inside `parent`.
    init(of manifest: Manifest, into parent: String, day: Timestamp, suffix: String, disk: Disk) throws {
        target = try Self.place(of: manifest, in: parent, day: day)
        prefix = manifest.label?.fileNamePrefix ?? ""
        hidden = "\(parent)/.mimamori-\(manifest.id)-\(suffix)"
        self.disk = disk
        try disk.createFolder(hidden)
    }

    /// The folder that a package will be in. Throws when `parent` is not there or the folder already is. Asked before
    /// anything is fetched, too: what was fetched cannot be cancelled by its sender any more.
    static func place(of manifest: Manifest, in parent: String, day: Timestamp) throws -> String {
        guard Disk.isFolder(parent) || Disk.isFolder(parent + "/.") else {
            throw ClientFailure(
                .missing,
                message: Bilingual(ja: "受け取り先のフォルダーがありません: \(parent)", en: "There is no such folder: \(parent)"),
                remedy: Bilingual(ja: "フォルダーを作ってから、もう一度実行してください。", en: "Make it and run the command again."))
        }
        let target = "\(parent)/\(name(of: manifest, day: day))"
        guard !Disk.exists(target) else {
            throw ClientFailure(
                .disk,
                message: Bilingual(
                    ja: "同じ名前のものがすでにあるので、上書きしません: \(target)",
                    en: "This is there already and will not be overwritten: \(target)"
                ),
                remedy: Bilingual(
                    ja: "受け取り済みでないか確かめ、必要なら別のフォルダーを --into で指定してください。",
                    en: "See whether it was received before; name another folder with --into if you need it again."))
        }
        return target
    }

    /// 【機２】20261123-1a2b3c4d: the label, the day in Japan and the last digits of the id, which are random.
    static func name(of manifest: Manifest, day: Timestamp) -> String {
        let date = day.dateInJapan
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let digits = padded(date.year, 4) + padded(date.month, 2) + padded(date.day, 2)
        return "\(manifest.label?.fileNamePrefix ?? "")\(digits)-\(manifest.id.text.suffix(8))"
    }

    mutating func begin(_ entry: TarReader.Entry, bytes: Int64) throws {
        let name: String
        switch entry {
        case .record:
            name = ContentName.record
            inRecord = true
        case .attachment(let attachment): name = attachment
        }
        look.begin(entry, bytes: bytes)
        // An attachment may be called record.json or record.txt; ours keep these names.
        let taken = [ContentName.record, "record.txt", "evidence"].contains(name.lowercased()) && !inRecord
        let path = prefix + (taken ? "attachment-" + name : name)
        try disk.write([], to: "\(hidden)/\(path)")
        files.append(path)
        current = path
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) throws {
        guard let current else { preconditionFailure("bytes come between begin and end") }
        look.write(bytes)
        try disk.append(to: "\(hidden)/\(current)").write(bytes)
    }

    mutating func end() throws {
        guard let current else { preconditionFailure("end comes after begin") }
        try disk.append(to: "\(hidden)/\(current)").synchronize()
        look.end()
        self.current = nil
        inRecord = false
    }

    /// Adds the readable record, whose first line is the label's.
    mutating func add(recordText: String) throws {
        try disk.write(Array(recordText.utf8), to: "\(hidden)/\(prefix)record.txt")
        files.append("\(prefix)record.txt")
    }

    /// Adds `evidence/`: what stock openssl needs to check the package in ten years.
    mutating func add(evidence: [(name: String, bytes: [UInt8])]) throws {
        try disk.createFolder("\(hidden)/evidence")
        for (name, bytes) in evidence {
            try disk.write(bytes, to: "\(hidden)/evidence/\(name)")
            files.append("evidence/\(name)")
        }
        try disk.synchronizeFolder("\(hidden)/evidence")
    }

    /// Shows the folder under its real name, durably.
    func reveal() throws {
        try disk.synchronizeFolder(hidden)
        // rename(2) replaces an empty folder at most, never a file and never a folder with something in it.
        try disk.rename(hidden, to: target)
        try disk.synchronizeFolder(Path.folder(of: target))
    }

    /// After a failure: leaves nothing.
    func discard() { try? disk.removeTree(hidden) }
}
