// Looks for a text in every byte of folders: as it is, in UTF-16, in hexadecimal and in base64 at each of its three
// alignments, because a copy in another coding is a copy. Compressed or encrypted copies are not found.

import Foundation

enum DiskSearch {
    /// Paths of the files that hold `text`, and of those whose very name does; ascending.
    static func files(holding text: String, below folders: [URL]) throws -> [String] {
        guard text.utf8.count >= 6 else { throw StoryFailure("a text of less than 6 bytes would be found by chance") }
        let patterns = patterns(of: text)
        var found: [String] = []
        for folder in folders {
            guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
            else {
                throw StoryFailure("\(folder.path) cannot be searched")
            }
            for case let file as URL in walk {
                if file.path.contains(text) { found.append(file.path) }
                // A file that is gone between listing and reading (a WAL) holds nothing any more.
                guard (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true,
                    let content = try? Data(contentsOf: file, options: .alwaysMapped)
                else { continue }
                if patterns.contains(where: { content.range(of: $0) != nil }) { found.append(file.path) }
            }
        }
        return found.sorted()
    }

    static func patterns(of text: String) -> [Data] {
        let bytes = Data(text.utf8)
        let hexadecimal = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        var patterns = [bytes, Data(hexadecimal.utf8), Data(hexadecimal.uppercased().utf8)]
        for encoding in [String.Encoding.utf16LittleEndian, .utf16BigEndian] {
            if let wide = text.data(using: encoding) { patterns.append(wide) }
        }
        // With 0, 1 or 2 bytes before it, base64 has three spellings of a text; the characters at both ends, which
        // depend on the neighbours, are left off.
        for before in 0..<3 {
            let coded = (Data(repeating: 0, count: before) + bytes).base64EncodedString().filter { $0 != "=" }
            let first = (before * 8 + 5) / 6
            let last = ((before + bytes.count) * 8) / 6
            patterns.append(Data(coded.prefix(last).dropFirst(first).utf8))
        }
        return patterns
    }
}
