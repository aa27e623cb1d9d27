// A document whose shell blocks are run as they stand, so that what it tells a reader to type is known to work.

import Foundation

package struct ShellDocument: Sendable {
    /// The contents of its `sh` blocks, in order.
    package let blocks: [String]

    /// A path from the repository's root.
    package init(_ path: String) throws {
        blocks = try Repository.text(path).components(separatedBy: "\n```sh\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\n```").first }
    }

    /// Runs all blocks as one script in `folder`, stopping at the first error. Returns what it printed.
    package func run(in folder: ScratchFolder, variables: [String: String]) throws -> ForeignTool.Outcome {
        let settings = variables.map { "\($0)='\($1)'" }
        let script = ["set -euo pipefail", "cd '\(folder.path)'"] + settings + blocks
        return try ForeignTool.bash.outcome(["-c", script.joined(separator: "\n")])
    }
}
