// The machine's own measure, to stand beside every figure: how often 4 KiB can be appended and made durable, and how
// fast 256 MiB can be written and synced. Disks of shared machines move by tens of times within minutes.

import ArgumentParser
import Foundation

struct DiskReference: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disk", abstract: "fdatasync rate and sequential write of a folder's disk.")

    @Argument(help: "A folder on the disk.")
    var folder: String

    func run() throws {
        let path = "\(folder)/disk-reference-\(UUID().uuidString)"
        let file = open(path, O_CREAT | O_WRONLY | O_EXCL, 0o600)
        guard file >= 0 else { throw LoadError("\(path) cannot be created") }
        defer {
            close(file)
            unlink(path)
        }
        let block = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
            count = buffer.count
            _ = getentropy(buffer.baseAddress, 256)
        }
        let clock = ContinuousClock()
        let start = clock.now
        var appended = 0
        while (clock.now - start).seconds < 2 {
            guard write(file, block, 4096) == 4096, fdatasync(file) == 0 else { throw LoadError("write failed") }
            appended += 1
        }
        let rate = Double(appended) / (clock.now - start).seconds
        let sequentialStart = clock.now
        for _ in 0..<256 {
            guard write(file, block, block.count) == block.count else { throw LoadError("write failed") }
        }
        guard fsync(file) == 0 else { throw LoadError("fsync failed") }
        let seconds = (clock.now - sequentialStart).seconds
        print("disk", "fdatasync_4KiB_per_s", Int(rate), "write_256MiB_mib_per_s", Int(256 / seconds))
    }
}
