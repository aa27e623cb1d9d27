// What the client takes from outside: the clock, randomness and the disk. Tests bring their own; the command line
// takes `ClientWorld.system`. Nothing else in this room reads a clock or draws a random byte.

package import MimamoriCore
import MimamoriCrypto

#if canImport(Glibc)
import Glibc
#endif

package struct ClientWorld: Sendable {
    package let now: @Sendable () -> Timestamp
    /// `count` bytes that nobody can guess.
    package let random: @Sendable (_ count: Int) -> [UInt8]
    package let disk: Disk

    package init(
        now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable (_ count: Int) -> [UInt8],
        disk: Disk = .real
    ) {
        self.now = now
        self.random = random
        self.disk = disk
    }

    /// The machine's own clock, randomness and disk.
    package static let system = ClientWorld(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        },
        random: Randomness.bytes)

    /// A new package id at the present moment.
    package func newPackageID() -> PackageID { PackageID(at: now(), random: random(10)) }

    /// A suffix for a temporary name, so that two of them never meet.
    func newSuffix() -> String { Hexadecimal.encode(random(6)) }
}
