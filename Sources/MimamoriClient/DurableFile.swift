// Files that are there after a power cut, or not at all: written beside, fsynced, renamed, and the folder fsynced.
// Everything that changes the disk goes through `Disk`, one named step at a time, so that a test can stop the world
// before any step, as kill -9 would. What the files mean is left to the callers.
//
// System calls used, and nothing else: open(O_CREAT|O_EXCL|O_NOFOLLOW, 0600), write, fsync, close, rename, mkdir(0700),
// unlink, rmdir, and for reading open, read, pread, fstat, lstat, opendir, flock.

import MimamoriCore

#if canImport(Glibc)
import Glibc
#endif

package struct Disk: Sendable {
    /// Asked before every change, with the step's name; when it throws, the change does not happen.
    private let gate: @Sendable (_ step: String) throws -> Void

    package init(gate: @escaping @Sendable (_ step: String) throws -> Void) { self.gate = gate }

    package static let real = Disk { _ in }

    /// A new file that must not exist, mode 0600.
    package func create(_ path: String) throws -> FileWriter {
        try gate("create")
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ClientFailure.disk("create", path, errno) }
        return FileWriter(descriptor: descriptor, path: path, gate: gate)
    }

    /// Opens a file to go on at its end; it is made when it is not there.
    package func append(to path: String) throws -> FileWriter {
        try gate("append")
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ClientFailure.disk("open", path, errno) }
        return FileWriter(descriptor: descriptor, path: path, gate: gate)
    }

    /// Writes a new file and fsyncs it; its folder's entry is the caller's to fsync.
    package func write(_ bytes: [UInt8], to path: String) throws {
        let file = try create(path)
        try file.write(bytes[...])
        try file.synchronize()
    }

    /// Puts `bytes` in the place of whatever `path` held, durably: afterwards it is the old or the new content, whole.
    package func replace(_ path: String, with bytes: [UInt8], suffix: String) throws {
        let temporary = "\(path).new-\(suffix)"
        try write(bytes, to: temporary)
        try rename(temporary, to: path)
        try synchronizeFolder(Path.folder(of: path))
    }

    /// Within one file system; never across.
    package func rename(_ source: String, to target: String) throws {
        try gate("rename")
        guard Glibc.rename(source, target) == 0 else { throw ClientFailure.disk("rename", target, errno) }
    }

    package func synchronizeFolder(_ path: String) throws {
        try gate("fsync folder")
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ClientFailure.disk("open", path, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw ClientFailure.disk("fsync", path, errno) }
    }

    /// A new folder, mode 0700.
    package func createFolder(_ path: String) throws {
        try gate("mkdir")
        guard mkdir(path, 0o700) == 0 else { throw ClientFailure.disk("mkdir", path, errno) }
    }

    package func removeFile(_ path: String) throws {
        try gate("unlink")
        guard unlink(path) == 0 || errno == ENOENT else { throw ClientFailure.disk("unlink", path, errno) }
    }

    /// A folder of ours with everything in it; follows no link. Absent is fine.
    package func removeTree(_ path: String) throws {
        for name in try Disk.names(in: path) {
            let child = "\(path)/\(name)"
            if Disk.isFolder(child) { try removeTree(child) } else { try removeFile(child) }
        }
        try gate("rmdir")
        guard rmdir(path) == 0 || errno == ENOENT else { throw ClientFailure.disk("rmdir", path, errno) }
    }
}

/// A file being written; closed when it goes out of scope.
package struct FileWriter: ~Copyable {
    private let descriptor: Int32
    private let path: String
    private let gate: @Sendable (String) throws -> Void

    fileprivate init(descriptor: Int32, path: String, gate: @escaping @Sendable (String) throws -> Void) {
        self.descriptor = descriptor
        self.path = path
        self.gate = gate
    }

    deinit { close(descriptor) }

    package borrowing func write(_ bytes: ArraySlice<UInt8>) throws {
        try gate("write")
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { throw ClientFailure.disk("write", path, errno) }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Returns when the content is on the disk. A failed fsync is final: the file must be thrown away.
    package borrowing func synchronize() throws {
        try gate("fsync")
        guard fsync(descriptor) == 0 else { throw ClientFailure.disk("fsync", path, errno) }
    }
}

extension ClientFailure {
    static func disk(_ operation: String, _ path: String, _ code: Int32) -> ClientFailure {
        let reason = String(cString: strerror(code))
        let full = code == ENOSPC || code == EDQUOT
        return ClientFailure(
            code == ENOENT ? .missing : .disk,
            message: full
                ? Bilingual(ja: "ディスクの空きがありません: \(path)", en: "The disk is full: \(path)")
                : Bilingual(
                    ja: "ファイルを扱えません: \(path)（\(operation): \(reason)）",
                    en: "The file cannot be used: \(path) (\(operation): \(reason))"),
            remedy: full
                ? Bilingual(
                    ja: "空きを作って、同じコマンドをもう一度実行してください。何も失われていません。",
                    en: "Make room and run the same command again. Nothing is lost.")
                : Bilingual(
                    ja: "場所と権限を確かめて、もう一度実行してください。", en: "Check the place and its permissions, then run it again."),
            cause: "\(operation): \(reason)")
    }
}
