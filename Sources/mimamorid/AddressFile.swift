// The file that tells others where the relay listens (`127.0.0.1:40213`), for port 0. A reader finds the whole address or
// no file, because it is renamed into place.

import Foundation

enum AddressFile {
    /// Best effort: the relay serves whether or not somebody can read where.
    static func write(host: String, port: Int, to path: String) {
        let text = host.contains(":") ? "[\(host)]:\(port)\n" : "\(host):\(port)\n"
        try? Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
