// A story as text: commands line by line, then files, in the manner of Go's testscript and its txtar archives. Reading
// only; what the commands do is in StoryCommands.swift, and the format is described in Tests/Scenarios/README.md.

import Foundation

/// One line of a story.
struct StoryLine: Sendable {
    /// What the command's success must be.
    enum Expectation: Sendable, Equatable {
        case success
        /// `! command`
        case failure
        /// `exit 77 command`
        case status(Int32)
    }

    let number: Int
    let text: String
    let expectation: Expectation
    /// The command and its arguments; variables are not put in yet.
    let words: [StoryWord]
}

/// An argument: pieces in which variables stand, and pieces in single quotes in which none do.
struct StoryWord: Sendable, Equatable {
    enum Piece: Sendable, Equatable {
        case literal(String)
        case expanding(String)
    }

    let pieces: [Piece]

    /// The text with `$NAME` and `${NAME}` replaced. An unknown name is the story's mistake.
    func expanded(_ variables: [String: String]) throws(StoryFailure) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .expanding(let source): text += try Self.expand(source, variables)
            }
        }
        return text
    }

    private static func expand(_ source: String, _ variables: [String: String]) throws(StoryFailure) -> String {
        var text = ""
        var rest = source[...]
        while let dollar = rest.firstIndex(of: "$") {
            text += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            let braced = rest.first == "{"
            if braced { rest = rest.dropFirst() }
            let name = rest.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
            rest = rest[name.endIndex...]
            if braced {
                guard rest.first == "}" else { throw StoryFailure("a ${ is not closed") }
                rest = rest.dropFirst()
            }
            guard let value = variables[String(name)] else { throw StoryFailure("there is no variable $\(name)") }
            text += value
        }
        return text + rest
    }
}

/// Why a story does not go on.
struct StoryFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

struct Story: Sendable {
    let lines: [StoryLine]
    let files: [(name: String, content: String)]

    init(_ text: String) throws(StoryFailure) {
        var lines: [StoryLine] = []
        var files: [(name: String, content: String)] = []
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            if let name = Self.fileName(line) {
                guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
                    throw StoryFailure("line \(number): a file lies within the story's folder")
                }
                files.append((name, ""))
            } else if !files.isEmpty {
                files[files.count - 1].content += line + "\n"
            } else if let read = try Self.line(line, number) {
                lines.append(read)
            }
        }
        // The text's own last line feed is not an empty line of the last file.
        if let last = files.last, text.hasSuffix("\n") {
            files[files.count - 1].content = String(last.content.dropLast())
        }
        self.lines = lines
        self.files = files
    }

    /// `-- form.toml --`
    private static func fileName(_ line: Substring) -> String? {
        guard line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 else { return nil }
        return line.dropFirst(3).dropLast(3).trimmingCharacters(in: .whitespaces)
    }

    private static func line(_ text: Substring, _ number: Int) throws(StoryFailure) -> StoryLine? {
        var words = try words(text, number)
        guard let first = words.first else { return nil }
        var expectation = StoryLine.Expectation.success
        if first.pieces == [.expanding("!")] {
            expectation = .failure
            words.removeFirst()
        } else if first.pieces == [.expanding("exit")] {
            guard words.count > 1, case .expanding(let digits)? = words[1].pieces.first, let status = Int32(digits)
            else {
                throw StoryFailure("line \(number): exit takes a number and a command")
            }
            expectation = .status(status)
            words.removeFirst(2)
        }
        guard !words.isEmpty else { throw StoryFailure("line \(number): the command is missing") }
        return StoryLine(
            number: number, text: text.trimmingCharacters(in: .whitespaces), expectation: expectation, words: words)
    }

    /// Splits at blanks; 'single' quotes keep everything, "double" quotes keep blanks; # begins a comment.
    private static func words(_ line: Substring, _ number: Int) throws(StoryFailure) -> [StoryWord] {
        var words: [StoryWord] = []
        var pieces: [StoryWord.Piece] = []
        var plain = ""
        var inWord = false
        var rest = line
        func flushed() -> [StoryWord.Piece] { plain.isEmpty ? pieces : pieces + [.expanding(plain)] }
        while let character = rest.popFirst() {
            switch character {
            case " ", "\t":
                if inWord { words.append(StoryWord(pieces: flushed())) }
                (pieces, plain, inWord) = ([], "", false)
            case "#" where !inWord:
                return words
            case "'", "\"":
                guard let end = rest.firstIndex(of: character) else {
                    throw StoryFailure("line \(number): a quote is not closed")
                }
                pieces = flushed()
                plain = ""
                pieces.append(character == "'" ? .literal(String(rest[..<end])) : .expanding(String(rest[..<end])))
                rest = rest[rest.index(after: end)...]
                inWord = true
            default:
                plain.append(character)
                inWord = true
            }
        }
        if inWord { words.append(StoryWord(pieces: flushed())) }
        return words
    }
}
