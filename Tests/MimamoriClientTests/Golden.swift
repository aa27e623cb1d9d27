// Golden files: outputs that a person has looked at. MIMAMORI_UPDATE_GOLDEN=1 writes them anew; what changed is then
// read in the diff of the commit.

import Foundation

enum Golden {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

    static func matches(_ text: String, _ name: String) throws -> Bool {
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["MIMAMORI_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        return try Data(contentsOf: file) == Data(text.utf8)
    }
}
