// Where the programs lie that were built with the tests: in the folder of the test bundle that is running now.

package import Foundation

package enum BuiltProducts {
    package struct Missing: Error, CustomStringConvertible {
        package let description: String
    }

    package static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    /// The path of a program of this package, such as `mimamorid`.
    package static func program(_ name: String) throws -> URL {
        let program = folder.appending(path: name)
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw Missing(description: "\(program.path) is not there; build with `swift build --build-tests` first")
        }
        return program
    }
}
