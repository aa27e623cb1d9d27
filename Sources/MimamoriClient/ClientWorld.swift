// What the client takes from outside: the clock, randomness and the disk. Tests bring their own; the command line
// takes `ClientWorld.system`. Nothing else in this room reads a clock or draws a random byte.

package import MimamoriCore

package struct ClientWorld: Sendable {
    package let now: @Sendable () -> Timestamp
    /// `count` bytes that nobody can guess.
    package let random: @Sendable (_ count: Int) -> [UInt8]

    package init(
        now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable (_ count: Int) -> [UInt8]
    ) {
        self.now = now
        self.random = random
    }

    /// The machine's own clock and randomness.
    package static var system: ClientWorld { fatalError() }

    /// A new package id at the present moment.
    package func newPackageID() -> PackageID { PackageID(at: now(), random: random(10)) }
}
