// Seals what lies in the database under a key of its package, of the log or of the directory (SD-CRY-8), with
// AES-256-GCM by swift-crypto. Long values are sealed in chunks, which is three times faster than at once and keeps
// each below any limit of GCM; a chunk's place and the number of chunks are bound, so that none can be dropped, doubled
// or moved. The first byte says which form this is, so that the algorithm can be changed (SD-CRY-3).

import Crypto
import Foundation
import MimamoriCore

/// A 256-bit AES key for one package, for the log or for the directory. Its description is redacted; its memory is
/// cleared when it goes.
package struct DataKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let key: SymmetricKey

    package static func random() -> DataKey { DataKey(key: SymmetricKey(size: .bits256)) }

    init(key: SymmetricKey) { self.key = key }

    package var description: String { "DataKey(redacted)" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    /// How many bytes longer the sealed form of `count` bytes is.
    package static func overhead(for count: Int) -> Int { 1 + SealedForm.chunks(ofPlain: count) * SealedForm.overhead }

    /// AES-256-GCM; `context` (table, id, index) is bound as associated data: sealed bytes moved elsewhere do not open.
    package func seal(_ plaintext: some Collection<UInt8>, context: String) throws(CryptoFailure) -> [UInt8] {
        do {
            return try plaintext.withContiguousStorageIfAvailable { try seal(UnsafeRawBufferPointer($0), context) }
                ?? Array(plaintext).withUnsafeBytes { try seal($0, context) }
        } catch {
            throw .library(doing: "AES-GCM seal")
        }
    }

    package func open(_ sealed: some Collection<UInt8>, context: String) throws(CryptoFailure) -> [UInt8] {
        do {
            return try sealed.withContiguousStorageIfAvailable { try open(UnsafeRawBufferPointer($0), context) }
                ?? Array(sealed).withUnsafeBytes { try open($0, context) }
        } catch let failure as CryptoFailure {
            throw failure
        } catch {
            throw .sealBroken("authentication failed")
        }
    }

    /// Lends the 32 bytes for wrapping.
    func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        try key.withUnsafeBytes(body)
    }

    private func seal(_ plain: UnsafeRawBufferPointer, _ context: String) throws -> [UInt8] {
        let count = SealedForm.chunks(ofPlain: plain.count)
        var sealed: [UInt8] = []
        sealed.reserveCapacity(1 + plain.count + count * SealedForm.overhead)
        sealed.append(SealedForm.version)
        for index in 0..<count {
            let start = index * SealedForm.chunkBytes
            let end = min(plain.count, start + SealedForm.chunkBytes)
            let box = try AES.GCM.seal(
                UnsafeRawBufferPointer(rebasing: plain[start..<end]), using: key,
                authenticating: SealedForm.associatedData(context, chunk: index, of: count))
            box.nonce.withUnsafeBytes { sealed.append(contentsOf: $0) }
            box.ciphertext.withUnsafeBytes { sealed.append(contentsOf: $0) }
            box.tag.withUnsafeBytes { sealed.append(contentsOf: $0) }
        }
        return sealed
    }

    private func open(_ sealed: UnsafeRawBufferPointer, _ context: String) throws -> [UInt8] {
        guard let version = sealed.first else { throw CryptoFailure.sealBroken("empty") }
        guard version == SealedForm.version else { throw CryptoFailure.unknownSealVersion(version) }
        let body = UnsafeRawBufferPointer(rebasing: sealed.dropFirst())
        let count = SealedForm.chunks(ofSealed: body.count)
        var plain: [UInt8] = []
        plain.reserveCapacity(body.count)
        for index in 0..<count {
            let start = index * SealedForm.sealedChunkBytes
            let chunk = body[start..<min(body.count, start + SealedForm.sealedChunkBytes)]
            guard chunk.count >= SealedForm.overhead else { throw CryptoFailure.sealBroken("truncated") }
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: UnsafeRawBufferPointer(rebasing: chunk.prefix(SealedForm.nonceBytes))),
                ciphertext: UnsafeRawBufferPointer(
                    rebasing: chunk.dropFirst(SealedForm.nonceBytes).dropLast(SealedForm.tagBytes)),
                tag: UnsafeRawBufferPointer(rebasing: chunk.suffix(SealedForm.tagBytes)))
            plain += try AES.GCM.open(
                box, using: key, authenticating: SealedForm.associatedData(context, chunk: index, of: count))
        }
        return plain
    }
}

/// Version 1: the version byte, then for each chunk a random nonce, the ciphertext and the tag. Every chunk but the last
/// is full; an empty value has one empty chunk. A key seals at most 2^32 chunks (NIST SP 800-38D §8.3).
private enum SealedForm {
    static let version: UInt8 = 1
    static let chunkBytes = 64 * 1024
    static let nonceBytes = 12
    static let tagBytes = 16
    static let overhead = nonceBytes + tagBytes
    static let sealedChunkBytes = chunkBytes + overhead

    static func chunks(ofPlain count: Int) -> Int { max(1, (count + chunkBytes - 1) / chunkBytes) }
    static func chunks(ofSealed count: Int) -> Int { max(1, (count + sealedChunkBytes - 1) / sealedChunkBytes) }

    /// Fixed-length fields first, so that no two contexts can look alike.
    static func associatedData(_ context: String, chunk: Int, of count: Int) -> [UInt8] {
        var data = Array("mimamori-sealed/1\0".utf8)
        for value in [chunk, count] {
            withUnsafeBytes(of: UInt32(value).bigEndian) { data.append(contentsOf: $0) }
        }
        data.append(contentsOf: context.utf8)
        return data
    }
}

extension CryptoFailure {
    fileprivate static func sealBroken(_ cause: String) -> CryptoFailure {
        CryptoFailure(
            message: Bilingual(
                ja: "保存されたデータの封を開けられません。データが壊れているか、別の鍵または別の場所のものです。"
                    + "運用担当者はバックアップを確認してください。",
                en: "Stored data does not open: it is damaged, or belongs to another key or place. The operator should "
                    + "check the backup."),
            cause: "sealed record: \(cause)")
    }

    fileprivate static func unknownSealVersion(_ version: UInt8) -> CryptoFailure {
        CryptoFailure(
            message: Bilingual(
                ja: "保存されたデータの形式（第 \(version) 版）をこの版では読めません。新しい版のソフトウェアで開いてください。",
                en: "Stored data has a form (version \(version)) that this software does not read. Use a newer version."
            ),
            cause: "sealed record: version byte \(version)")
    }
}
