// Fetches the parts of a package into the home folder, still sealed, each checked against the signed manifest. A broken
// connection costs nothing: what is there stays, and the next try asks for the rest of the bytes. Opening is
// Opening.swift's.

import MimamoriCore
import MimamoriCrypto

/// The sealed parts of one package in `incoming/<id>`.
struct Download {
    let folder: String
    let manifest: Manifest
    let disk: Disk

    init(of manifest: Manifest, home: ClientHome, disk: Disk) {
        folder = "\(home.folder)/incoming/\(manifest.id)"
        self.manifest = manifest
        self.disk = disk
    }

    private func path(_ number: Int) -> String { "\(folder)/\(Outbox.partName(number))" }

    /// Everything that is missing, in order.
    func complete(from relay: RelayClient, progress: ProgressReport?) async throws {
        if !Disk.exists(folder) { try disk.createFolder(folder) }
        let total = Int64(manifest.totalBytes)
        var done: Int64 = 0
        for number in manifest.parts.indices {
            let start = done
            try await fetch(number, from: relay) { partBytes in
                progress?(
                    TransferProgress(package: manifest.id, bytesDone: start + Int64(partBytes), bytesTotal: total))
            }
            done += Int64(manifest.parts[number].bytes)
        }
    }

    private func fetch(_ number: Int, from relay: RelayClient, report: (Int) -> Void) async throws {
        let expected = manifest.parts[number]
        var have = try Disk.exists(path(number)) ? Int(FileReader(path(number)).bytes) : 0
        if have > expected.bytes {
            try disk.removeFile(path(number))
            have = 0
        }
        report(have)
        if have < expected.bytes {
            // The file is opened for each piece, so that no handle is held while the network is waited for.
            try await relay.download(
                part: number, of: manifest.id, from: have,
                begin: { fromStart in
                    guard fromStart, have > 0 else { return }
                    try disk.removeFile(path(number))
                    have = 0
                },
                piece: { bytes in
                    have += bytes.count
                    guard have <= expected.bytes else { throw mismatch(number) }
                    try disk.append(to: path(number)).write(bytes[...])
                    report(have)
                })
        }
        guard try sealedPart(number) != nil else {
            try disk.removeFile(path(number))
            throw mismatch(number)
        }
    }

    /// The part when it is whole and is the one that the manifest names.
    func sealedPart(_ number: Int) throws -> [UInt8]? {
        let bytes = try Disk.readPrivate(path(number), limit: PackageLimits.partBytes)
        return bytes.count == manifest.parts[number].bytes
            && Digest.sha256(bytes) == manifest.parts[number].sha256 ? bytes : nil
    }

    func discard() throws { try disk.removeTree(folder) }

    private func mismatch(_ number: Int) -> ClientFailure {
        .notGenuine(
            Bilingual(
                ja: "届いた部分 \(number) が、署名された送付状の記載と一致しません。",
                en: "Part \(number) is not what the signed manifest says."))
    }
}
