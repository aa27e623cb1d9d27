// Reading files and folders: whole small files with a limit, large ones piece by piece, names, permissions and the lock
// that keeps two commands from the same work. Changing anything is DurableFile.swift's.

import MimamoriCore

#if canImport(Glibc)
import Glibc
#endif

/// A regular file being read; closed when it goes out of scope.
package struct FileReader: ~Copyable {
    private let descriptor: Int32
    private let path: String
    /// When it was opened.
    package let bytes: Int64
    /// Nobody but the owner may read or write it, and it is the caller's own or root's.
    package let isPrivate: Bool

    /// Throws `ClientFailure(.missing)` when it is not there, `.content` when it is not a regular file.
    package init(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw ClientFailure.disk("open", path, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ClientFailure(
                .content,
                message: Bilingual(ja: "通常のファイルではありません: \(path)", en: "This is not a regular file: \(path)"),
                remedy: Bilingual(ja: "ファイルを指定してください。", en: "Name a file."))
        }
        self.descriptor = descriptor
        self.path = path
        bytes = Int64(status.st_size)
        isPrivate = status.st_mode & 0o077 == 0 && (status.st_uid == geteuid() || status.st_uid == 0)
    }

    deinit { close(descriptor) }

    /// The next bytes, at most `count`; empty at the end.
    package borrowing func read(upTo count: Int) throws -> [UInt8] {
        try fill(count) { Glibc.read(descriptor, $0, $1) }
    }

    /// The bytes at a place, at most `count`; empty beyond the end. Where `read(upTo:)` stands does not change.
    package borrowing func read(at offset: Int64, upTo count: Int) throws -> [UInt8] {
        var place = offset
        return try fill(count) { start, rest in
            let got = pread(descriptor, start, rest, off_t(place))
            place += Int64(max(0, got))
            return got
        }
    }

    private borrowing func fill(
        _ count: Int, from next: (UnsafeMutablePointer<UInt8>?, Int) -> Int
    ) throws -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while initialized < count {
                let start = buffer.baseAddress.map { $0 + initialized }
                let got = next(start, count - initialized)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                initialized += got
            }
        }
        guard failure == 0 else { throw ClientFailure.disk("read", path, failure) }
        return bytes
    }
}

extension Disk {
    /// A whole file of at most `limit` bytes.
    package static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let file = try FileReader(path)
        let bytes = try file.read(upTo: limit + 1)
        guard bytes.count <= limit else {
            throw ClientFailure(
                .content, message: Bilingual(ja: "ファイルが大きすぎます: \(path)", en: "The file is too large: \(path)"),
                remedy: Bilingual(
                    ja: "\(limit)バイト以下のファイルを指定してください。", en: "Name a file of at most \(limit) bytes."))
        }
        return bytes
    }

    /// A key or a sealed file: refused when others could read it (SD-AUT-8).
    package static func readPrivate(_ path: String, limit: Int) throws -> [UInt8] {
        let file = try FileReader(path)
        guard file.isPrivate else { throw ClientFailure.readableByOthers(path) }
        return try file.read(upTo: limit)
    }

    /// The names in a folder, sorted; empty when there is no such folder.
    package static func names(in path: String) throws -> [String] {
        guard let folder = opendir(path) else {
            guard errno == ENOENT || errno == ENOTDIR else { throw ClientFailure.disk("opendir", path, errno) }
            return []
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    package static func isFolder(_ path: String) -> Bool { mode(of: path).map { $0 & S_IFMT == S_IFDIR } ?? false }

    package static func exists(_ path: String) -> Bool { mode(of: path) != nil }

    /// Only the owner may enter it, and the owner is the caller or root.
    package static func isPrivateFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_mode & 0o077 == 0
            && (status.st_uid == geteuid() || status.st_uid == 0)
    }

    /// Of the thing itself, not of what a link points to.
    private static func mode(of path: String) -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode : nil
    }
}

/// A lock on a file, held until it goes out of scope or the process ends, however it ends.
struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// `nil` when somebody else holds it.
    init?(_ path: String, exclusive: Bool) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw ClientFailure.disk("open", path, errno) }
        guard flock(descriptor, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit {
        // Closing alone would leave the lock with a child that is just being spawned and shares the open file.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

/// Paths as text; nothing here touches the disk.
enum Path {
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}

extension ClientFailure {
    static func readableByOthers(_ path: String) -> ClientFailure {
        ClientFailure(
            .configuration,
            message: Bilingual(
                ja: "本人以外も読める状態のため使いません: \(path)", en: "Others than its owner could read this: \(path)"),
            remedy: Bilingual(
                ja: "chmod go= \(path) で本人だけが読めるようにし、鍵であれば作り直しを検討してください。",
                en: "Run chmod go= \(path); if it is a key, consider replacing it."))
    }
}
