// Files that a command makes: never written over, because what is there may be the only copy of some evidence.

import Foundation
import MimamoriCore

enum NewFile {
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            throw unwritable(path)
        }
    }

    static func unwritable(_ path: String) -> CommandFailure {
        CommandFailure(
            code: .disk, message: Bilingual(ja: "保存できません: \(path)", en: "This cannot be written: \(path)"),
            remedy: Bilingual(
                ja: "場所を確かめ、まだないファイル名を指定してください。", en: "Check the place, and name a file that is not there yet."))
    }
}
