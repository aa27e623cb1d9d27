// The walls between the rooms: reads the table in docs/architecture.md and fails on every import that it does not allow.
// SwiftPM lets a file import any module of the package that happens to be built, declared or not.

import Foundation
import TestSupport
import Testing

/// One line of the table.
struct Room: Sendable {
    let name: String
    let folder: String
    let allowed: [String]

    /// What the language brings along; all else must be in the table.
    static let everywhere = ["Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization"]

    func allows(_ module: String) -> Bool {
        (allowed + Self.everywhere).contains { pattern in
            pattern.hasSuffix("*") ? module.hasPrefix(pattern.dropLast()) : module == pattern
        }
    }

    /// Reads the rows of the table whose header begins with `| room | sources |`.
    static func table(in document: String) -> [Room] {
        let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
        guard let header = lines.firstIndex(where: { $0.hasPrefix("| room | sources |") }) else { return [] }
        return lines[(header + 2)...].prefix { $0.hasPrefix("|") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let modules = (cells[2] + "," + cells[3]).split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            return Room(name: cells[0], folder: cells[1], allowed: modules.filter { $0 != "–" })
        }
    }

    /// The modules that a Swift source imports, with the line of each: `package import struct A.B` is an import of A.
    static func imports(of source: String) -> [(line: Int, module: String)] {
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
        return source.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                words[..<place].allSatisfy({ $0.hasPrefix("@") || accessWords.contains($0) })
            else { return nil }
            let name = kinds.contains(words[place + 1]) ? words[place + 2] : words[place + 1]
            return (index + 1, String(name.prefix { $0 != "." && $0 != ";" }))
        }
    }

    private static let accessWords: Set<Substring> = ["package", "public", "internal", "private", "fileprivate"]
}

struct ImportTests {
    private static let rooms = Result { Room.table(in: try Repository.text("docs/architecture.md")) }

    @Test func theTableNamesEveryFolderOfSources() throws {
        let folders = Set(try Self.rooms.get().map(\.folder))
        let found =
            Repository.files(below: "Sources", ending: ".swift")
            + Repository.files(below: "Benchmarks", ending: ".swift")
        #expect(Set(found.map { $0.split(separator: "/").prefix(2).joined(separator: "/") }) == folders)
    }

    @Test func noRoomImportsWhatTheTableForbids() throws {
        for room in try Self.rooms.get() {
            for file in Repository.files(below: room.folder, ending: ".swift") {
                for (line, module) in Room.imports(of: try Repository.text(file)) {
                    #expect(room.allows(module), "\(file):\(line): \(room.name) may not import \(module)")
                }
            }
        }
    }

    /// The arrows go only downward: what a room may import stands above it in the table.
    @Test func theTableHasNoCircle() throws {
        let rooms = try Self.rooms.get()
        for (index, room) in rooms.enumerated() {
            let above = Set(rooms[..<index].map(\.name))
            let ours = room.allowed.filter { name in rooms.contains { $0.name == name } }
            #expect(above.isSuperset(of: ours), "\(room.name)")
        }
    }

    @Test func theReaderSeesEveryFormOfImport() {
        let source = """
            // import Commented
            import A
            package import B
            @testable import C
            @preconcurrency package import struct D.E
            internal import func F.g
            let text = "import Quoted"
            """
        #expect(Room.imports(of: source).map(\.module) == ["A", "B", "C", "D", "F"])
        let room = Room(name: "r", folder: "f", allowed: ["NIO*", "Crypto"])
        #expect(room.allows("NIOCore") && room.allows("Crypto") && room.allows("Foundation"))
        #expect(!room.allows("CryptoExtras") && !room.allows("GRDB"))
    }
}
