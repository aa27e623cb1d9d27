// Where the tests find the repository's own files: seeds, documents, sources, scripts. Read from the place of this source
// file, so that a test finds them whatever its working directory is.

package import Foundation

package enum Repository {
    /// The folder that holds Package.swift.
    package static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The text of a file, by its path from the root.
    package static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Paths from the root of all files below `folder` whose name ends so, in ascending order.
    package static func files(below folder: String, ending suffix: String) -> [String] {
        let base = root.appending(path: folder)
        guard let found = FileManager.default.enumerator(atPath: base.path) else { return [] }
        return found.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }.map { "\(folder)/\($0)" }.sorted()
    }
}
