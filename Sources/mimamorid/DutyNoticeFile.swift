// The office's own words on the duty of confidentiality (N19), which are shown after the statutory text: plain UTF-8, of a
// length that a person reads, with nothing that could change how it looks. A changed word makes another version, and
// everybody is asked anew. The statutory text is MimamoriCore's.

import Foundation
import MimamoriCore
import MimamoriCrypto

enum DutyNoticeFile {
    static let largestBytes = 16 * 1024

    /// Why a text cannot be shown.
    struct Unfit: Error {
        let message: Bilingual
    }

    /// Throws Unfit.
    static func read(path: String) throws -> DutyNotice {
        guard let file = FileHandle(forReadingAtPath: path), let data = try? file.read(upToCount: largestBytes + 1)
        else {
            throw Unfit(
                message: Bilingual(
                    ja: "ファイルを読み取れないか、空です: \(path)（場所と読み取り権限を確かめてください）",
                    en: "The file cannot be read, or is empty: \(path) (check its place and permissions)"))
        }
        return try notice([UInt8](data))
    }

    static func notice(_ bytes: [UInt8]) throws -> DutyNotice {
        guard bytes.count <= largestBytes else {
            throw Unfit(
                message: Bilingual(
                    ja: "文が長すぎます（\(largestBytes)バイト以下）。", en: "The text is longer than \(largestBytes) bytes."))
        }
        guard let text = String(validating: bytes, as: UTF8.self)?.replacing("\r\n", with: "\n"),
            text.unicodeScalars.allSatisfy({ $0 == "\n" || $0.isPlain })
        else {
            throw Unfit(
                message: Bilingual(
                    ja: "UTF-8（BOM なし）の、改行のほかに制御文字を含まない文にしてください。",
                    en: "It must be UTF-8 without a byte order mark, and without control characters but line ends."))
        }
        let addition = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !addition.isEmpty else {
            throw Unfit(
                message: Bilingual(
                    ja: "文がありません。追加する文がないときは、この設定を消してください。",
                    en: "There is no text in it. Take the key out when there is nothing to add."))
        }
        return .with(addition: addition, digest: Digest.sha256(Array(addition.utf8)))
    }
}
