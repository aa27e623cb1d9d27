// The key file: a few lines of text, readable by its owner only (SD-AUT-8), with a check line so that a truncated or
// hand-edited file is found before data is sealed under a wrong key.
//
//     mimamori-keyring/1
//     active 3f0c… 64 hexadecimal digits
//     retired 91ab… 64 hexadecimal digits
//     check SHA-256 of everything above
//
// System calls: open (O_EXCL on creation), fstat, read, write, fsync of file and folder, unlink after a failed write.

import Crypto
import Foundation
import Glibc
import MimamoriCore

extension Keyring {
    /// Reads a key file of this room's format (0600 or stricter, else refused).
    package static func read(path: String) throws(CryptoFailure) -> Keyring {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw .keyFile(.unreadable, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .keyFile(.unreadable) }
        guard KeyringFile.isPrivate(status) else { throw .keyFile(.readableByOthers) }
        guard status.st_size > 0, status.st_size < KeyringFile.maximumBytes else { throw .keyFile(.malformed) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        defer { bytes.withUnsafeMutableBytes { KeyringFile.clear($0) } }
        let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count else { throw .keyFile(.unreadable, errno: errno) }
        guard let keyring = KeyringFile.decode(bytes) else { throw .keyFile(.malformed) }
        return keyring
    }

    /// Creates a key file with one fresh key, 0600, fsynced with its folder; fails when the file exists.
    package static func create(path: String) throws(CryptoFailure) {
        try ephemeral().write(path: path)
    }

    /// Writes this keyring into a new file; fails when the file exists.
    package func write(path: String) throws(CryptoFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .keyFile(errno == EEXIST ? .exists : .unwritable, errno: errno) }
        defer { close(descriptor) }
        var bytes = KeyringFile.encode(self)
        defer { bytes.withUnsafeMutableBytes { KeyringFile.clear($0) } }
        // fchmod, because a umask can only have taken rights away that the owner needs.
        let isWritten =
            fchmod(descriptor, 0o600) == 0
            && bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } == bytes.count
            && fsync(descriptor) == 0
            && KeyringFile.synchronizeFolder(of: path)
        guard isWritten else {
            let code = errno
            unlink(path)
            throw .keyFile(.unwritable, errno: code)
        }
    }
}

enum KeyringFile {
    static let maximumBytes = 64 * 1024
    private static let format = "mimamori-keyring/1"

    static func encode(_ keyring: Keyring) -> [UInt8] {
        var text = Array("\(format)\n".utf8)
        for (index, entry) in keyring.entries.enumerated() {
            let digits = entry.key.withUnsafeBytes { Hexadecimal.encode($0) }
            text += "\(index == 0 ? "active" : "retired") \(entry.id) \(digits)\n".utf8
        }
        return text + "check \(Digest.sha256(text))\n".utf8
    }

    /// nil for anything that `encode` does not write.
    static func decode(_ bytes: [UInt8]) -> Keyring? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // The format, at least one key, the check, and nothing after the last newline.
        guard lines.count >= 4, lines.last?.isEmpty == true, lines[0].elementsEqual(format.utf8) else { return nil }
        let check = lines[lines.count - 2]
        guard check.elementsEqual("check \(Digest.sha256(bytes[..<check.startIndex]))".utf8) else { return nil }
        var entries: [Keyring.Entry] = []
        for (index, line) in lines[1..<(lines.count - 2)].enumerated() {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 3, words[0] == (index == 0 ? "active" : "retired"), !words[1].isEmpty,
                var key = Hexadecimal.decode(String(words[2])), key.count == 32,
                !entries.contains(where: { $0.id == words[1] })
            else { return nil }
            entries.append(Keyring.Entry(id: String(words[1]), key: SymmetricKey(data: key)))
            key.withUnsafeMutableBytes { clear($0) }
        }
        return Keyring(entries: entries)
    }

    /// Nobody but the owner (and root) may read it. systemd hands a credential to a service as root's file with an
    /// access list for the service, whose mask shows as the group's read bit; root:root 0440 is therefore private too.
    static func isPrivate(_ status: stat) -> Bool {
        if status.st_mode & 0o077 == 0 { return status.st_uid == geteuid() || status.st_uid == 0 }
        return status.st_uid == 0 && status.st_gid == 0 && status.st_mode & 0o7777 == 0o440
    }

    /// Overwrites key material in a way that the compiler does not remove.
    static func clear(_ bytes: UnsafeMutableRawBufferPointer) {
        if let start = bytes.baseAddress { explicit_bzero(start, bytes.count) }
    }

    static func synchronizeFolder(of path: String) -> Bool {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }
}

extension CryptoFailure {
    fileprivate enum KeyFileProblem { case unreadable, readableByOthers, malformed, exists, unwritable }

    fileprivate static func keyFile(_ problem: KeyFileProblem, errno code: Int32 = 0) -> CryptoFailure {
        let message =
            switch problem {
            case .unreadable:
                Bilingual(
                    ja: "鍵ファイルを読めません。設定の場所と所有者を確かめてください。",
                    en: "The key file cannot be read. Check its place in the configuration and its owner.")
            case .readableByOthers:
                Bilingual(
                    ja: "鍵ファイルを他の利用者が読める状態です。読まれた可能性を調べ、`chmod 600` で所有者だけにしてください。",
                    en: "Others can read the key file. Find out whether anyone did, and make it the owner's only with "
                        + "`chmod 600`.")
            case .malformed:
                Bilingual(
                    ja: "鍵ファイルの内容が壊れています。書き換えずに、控えから戻してください。",
                    en: "The key file's content is damaged. Do not edit it; restore it from its backup.")
            case .exists:
                Bilingual(
                    ja: "鍵ファイルがすでにあります。上書きすると保存済みのデータが読めなくなるため、作りません。",
                    en: "The key file exists already. It is not overwritten, or stored data would become unreadable.")
            case .unwritable:
                Bilingual(
                    ja: "鍵ファイルを書き込めません。フォルダーの有無、書き込みの権利、空き容量を確かめてください。",
                    en: "The key file cannot be written. Check that its folder exists, is writable and has space.")
            }
        return CryptoFailure(message: message, cause: "key file: \(problem), errno \(code)")
    }
}
