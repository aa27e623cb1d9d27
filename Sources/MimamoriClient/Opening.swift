// Opens the sealed parts of a package one after the other and reads the tar inside: the plaintext of one part at a time
// is in memory, and nothing is written before the tar's own names were checked. What is done with record and
// attachments is the caller's: a folder (Unpacking.swift) or only a look.

package import MimamoriCore
import MimamoriCrypto
import MimamoriEnvelope

/// Takes the content as it comes out.
protocol ContentSink {
    mutating func begin(_ entry: TarReader.Entry, bytes: Int64) throws
    mutating func write(_ bytes: ArraySlice<UInt8>) throws
    mutating func end() throws
}

struct PackageOpening {
    let manifest: Manifest
    let keys: [DecryptionKey]

    /// Reads every part by `part` and hands the content to `sink`. Throws `ClientFailure` when no key fits, a part does
    /// not open, or the tar is not what it must be.
    func open(part: (Int) throws -> [UInt8], into sink: inout some ContentSink) throws {
        let key = try key()
        var reader = TarReader()
        do {
            for number in manifest.parts.indices {
                let content = try Self.open(try part(number), number: number, with: key)
                try reader.feed(content[...]) { event in
                    switch event {
                    case .begin(let entry, let bytes): try sink.begin(entry, bytes: bytes)
                    case .data(let bytes): try sink.write(bytes)
                    case .end: try sink.end()
                    }
                }
            }
            try reader.finish()
        } catch let flaw as TarFlaw {
            throw ClientFailure.notGenuine(flaw.message, cause: "\(flaw)")
        }
    }

    /// Our key among those that the manifest says it is sealed to.
    private func key() throws(ClientFailure) -> DecryptionKey {
        let sealedTo = Set(manifest.sealedTo)
        if let key = keys.first(where: { sealedTo.contains($0.certificate.fingerprint) }) { return key }
        throw ClientFailure(
            .configuration,
            message: keys.isEmpty
                ? Bilingual(
                    ja: "この端末には所属の復号鍵がないので、開けません。",
                    en: "This machine has no decryption key of the party, so it cannot open packages.")
                : Bilingual(
                    ja: "このパッケージは、この端末にある所属の鍵では封じられていません。",
                    en: "The package is not sealed to any of the party's keys on this machine."),
            remedy: Bilingual(
                ja: "所属の鍵（前の鍵も含む）を party フォルダーに置いてください。",
                en: "Put the party's keys, older ones too, into the folder party."))
    }

    private static func open(_ part: [UInt8], number: Int, with key: DecryptionKey) throws -> [UInt8] {
        let inspection: PartInspection
        do {
            inspection = try PartInspection(der: part)
        } catch {
            throw Refused(error)
        }
        guard inspection.recipients.contains(key.certificate.issuerAndSerial) else {
            throw ClientFailure.notGenuine(
                Bilingual(
                    ja: "部分 \(number) は、送付状の記載と違って、こちらの証明書で封じられていません。",
                    en: "Part \(number) is not sealed to our certificate, although the manifest says so."))
        }
        do {
            return try Envelope.open(part, with: key)
        } catch {
            throw ClientFailure(.notGenuine, error)
        }
    }
}

/// An attachment as it came out.
package struct OpenedAttachment: Sendable {
    package let name: String
    package let bytes: Int64
    package let sha256: ContentDigest
}

/// Keeps the record; of the attachments it keeps name, size and digest.
struct LookingSink: ContentSink {
    private(set) var record: [UInt8] = []
    private(set) var attachments: [OpenedAttachment] = []
    private var current: (name: String, bytes: Int64, digest: Digest.Incremental)?

    mutating func begin(_ entry: TarReader.Entry, bytes: Int64) {
        if case .attachment(let name) = entry { current = (name, bytes, Digest.Incremental()) }
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) {
        if current == nil { record += bytes } else { current?.digest.update(bytes) }
    }

    mutating func end() {
        guard let ended = current else { return }
        attachments.append(
            OpenedAttachment(name: ended.name, bytes: ended.bytes, sha256: ended.digest.finalize()))
        current = nil
    }
}
