// One large package up and down: parts sealed beforehand on disk, sent manifest first and then part by part over one
// connection, then fetched by the recipient.

import ArgumentParser
import Foundation
import MimamoriClient
import MimamoriCore
import MimamoriCrypto

struct Large: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "One large package up and down.")

    @OptionGroup var target: Target

    @Option(help: "Content, in MiB.")
    var mebibytes = 256

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "relay-load-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let maker = try PackageMaker(PKI(folder: target.pki))
        let content = (0..<PackageLimits.partContentBytes).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ $0 >> 8) }
        var parts: [Manifest.Part] = []
        for number in 0..<max(1, mebibytes * 1024 * 1024 / PackageLimits.partContentBytes) {
            let part = try maker.seal(content)
            try Data(part).write(to: folder.appending(path: "\(number)"))
            parts.append(Manifest.Part(bytes: part.count, sha256: Digest.sha256(part)))
        }
        let manifest = try maker.manifest(kind: .notice, parts: parts)
        let signed = try maker.sign(manifest)
        let server = ServerProcess(pid: target.pid)

        try await report("up", server) {
            try await target.with(Load.station, "officer") { relay in
                _ = try await relay.submit(manifest: signed, id: manifest.id)
                for number in manifest.parts.indices {
                    let part = try Data(contentsOf: folder.appending(path: "\(number)"))
                    try await relay.submit(part: Array(part), number: number, id: manifest.id)
                }
                _ = try await relay.commit(manifest.id)
            }
        }
        try await report("down", server) {
            try await target.with(Load.council, "clerk") { relay in
                for number in manifest.parts.indices {
                    var digest = Digest.Incremental()
                    try await relay.download(
                        part: number, of: manifest.id, from: 0, begin: { _ in }, piece: { digest.update($0) })
                    guard digest.finalize() == manifest.parts[number].sha256 else {
                        throw LoadError("part \(number) came back changed")
                    }
                }
            }
        }
    }

    private func report(_ name: String, _ server: ServerProcess, _ body: () async throws -> Void) async throws {
        let cpuBefore = try server.cpuSeconds()
        let clock = ContinuousClock()
        let elapsed = try await clock.measure(body).seconds
        print(
            name, "mib", mebibytes, "mib_per_s", Int(Double(mebibytes) / elapsed), "server_cpu_s",
            Rate.rounded(try server.cpuSeconds() - cpuBefore), "peak_rss_mib",
            Rate.rounded(try server.memoryMiB("VmHWM")))
    }
}
