// The files of an embedded database: made for their owner alone (0600, and SQLite gives its WAL the same mode), and
// written by one process at a time. The lock is flock(2) on a file beside the database: the kernel drops it when the
// process ends in whatever way, so no stale lock is ever left.

import Foundation
import MimamoriCore

/// Held while the database is open; letting go of it unlocks.
final class DatabaseLock: Sendable {
    private let descriptor: CInt

    init(besideDatabaseAt path: String) throws(StoreFailure) {
        let descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DatabaseFile.unopenable(path + ".lock", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EWOULDBLOCK else { throw DatabaseFile.unopenable(path + ".lock", code) }
            throw StoreFailure(
                .unavailable,
                message: Bilingual(
                    ja: "このデータベースは別のプロセスが使っています。動いている mimamorid を止めてから、もう一度実行してください。",
                    en: "Another process is using this database. Stop the mimamorid that is running, then try again."),
                cause: "flock on \(path).lock: held by another process")
        }
        self.descriptor = descriptor
    }

    deinit {
        // Closing alone would leave the lock with a child that is just being spawned and shares the open file.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

enum DatabaseFile {
    /// Makes an empty file of mode 0600 if there is none; when `create` is false a missing file is a failure.
    static func prepare(_ path: String, create: Bool) throws(StoreFailure) {
        guard access(path, F_OK) != 0 else { return }
        guard create else {
            throw StoreFailure(
                .unavailable,
                message: Bilingual(
                    ja: "データベースがありません: \(path)。設定ファイルの場所が正しいか確かめ、初めて使うときは先に作成してください。",
                    en: "There is no database at \(path). "
                        + "Check the path in the configuration; when this is the first start, create it first."),
                cause: "no file at \(path)")
        }
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unopenable(path, errno) }
        // The file's name in its directory must be as durable as its content will be.
        defer { close(descriptor) }
        let directory = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { throw unopenable(path, errno) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw unopenable(path, errno) }
    }

    static func unopenable(_ path: String, _ code: CInt) -> StoreFailure {
        let reason = String(cString: strerror(code))
        return StoreFailure(
            .unavailable,
            message: Bilingual(
                ja: "データベースのファイルを開けません: \(path)（\(reason)）。ディレクトリの有無と権限を確かめてください。",
                en: "Cannot open the database's file \(path) (\(reason)). "
                    + "Check that the directory exists and belongs to the relay's user."),
            cause: "\(path): \(reason)")
    }
}
