// The seed of the key that signs checkpoints, in a file of its own: one line of 64 hexadecimal digits, readable by its
// owner only, never written over. The key made from it is MimamoriMerkle's, the randomness the operating system's.

import Foundation
import MimamoriCore
import MimamoriCrypto
import MimamoriMerkle

#if canImport(Glibc)
import Glibc
#endif

enum LogSeed {
    /// Creates the file with a fresh seed, durably; throws when it exists.
    static func create(path: String, random: (Int) -> [UInt8]) throws {
        let line = Array((Hexadecimal.encode(random(32)) + "\n").utf8)
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path, "open", errno) }
        defer { close(file) }
        guard write(file, line, line.count) == line.count, fsync(file) == 0 else {
            throw failure(path, "write", errno)
        }
        // The name is durable only when its folder is (fsync(2)).
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(path, "open", errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure(path, "write", errno) }
    }

    /// The signer of a log named `origin`.
    static func signer(path: String, origin: String) throws -> NoteSigner {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path, "open", errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw CryptoFailure(
                message: Bilingual(
                    ja: "記録の署名鍵のファイル（keys.log_seed）を、所有者以外も読める状態です。chmod 600 で直してください。",
                    en: "The log seed file (keys.log_seed) can be read by others; chmod 600 it."), cause: path)
        }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(file, &bytes, bytes.count)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        guard text.hasSuffix("\n"), let seed = Hexadecimal.decode(String(text.dropLast())),
            let signer = NoteSigner(name: origin, seed: seed)
        else {
            throw CryptoFailure(
                message: Bilingual(
                    ja: "記録の署名鍵のファイル（keys.log_seed）の中身が正しくありません。控えから戻してください。",
                    en: "The log seed file (keys.log_seed) is damaged; restore it from your copy."), cause: path)
        }
        return signer
    }

    private static func failure(_ path: String, _ call: String, _ code: Int32) -> CryptoFailure {
        CryptoFailure(
            message: Bilingual(
                ja: "記録の署名鍵のファイル（keys.log_seed）を\(call == "open" ? "開けません" : "書き込めません")。"
                    + "mimamorid init を済ませたか、権限があるかを確かめてください。",
                en: "The log seed file (keys.log_seed) cannot be \(call == "open" ? "opened" : "written"). Check that "
                    + "mimamorid init has run and the permissions."), cause: "\(call) \(path): errno \(code)")
    }
}
