// Lines of keys: comments, all kinds of strings, arrays, inline tables, dotted and quoted keys, and malformed texts.

import MimamoriCore
import Testing

@testable import MimamoriClient

struct KeyLinesTests {
    static let cases: [(String, String, [String: Int])] = [
        ("plain", "a = 1\nb = 2", ["a": 1, "b": 2]),
        ("comments and blank lines", "# a = 1\n\n  a = 1 # b = 2\n\t# c\nd = 3", ["a": 3, "d": 5]),
        ("tables", "[s]\na = 1\n[t.u]\nb = 1", ["s": 1, "s.a": 2, "t.u": 3, "t.u.b": 4]),
        ("arrays of tables", "[[s]]\na = 1\n[[s]]\na = 2", ["s": 1, "s.a": 2]),
        ("hash in a string", "a = \"# no \\\" comment\"\nb = 1", ["a": 1, "b": 2]),
        ("literal string", #"a = 'C:\'"# + "\nb = 1", ["a": 1, "b": 2]),
        ("long string", "a = \"\"\"\nb = 1\n# c\n\\\"\"\"\n\"\"\"\nd = 1", ["a": 1, "d": 6]),
        ("long literal string", "a = '''\nb = 1\n'''\nd = 1", ["a": 1, "d": 4]),
        ("quotes before the end", "a = \"\"\"x\"\"\"\"\"\nb = 1", ["a": 1, "b": 2]),
        ("array", "a = [\n  \"x = 1\", # y = 2\n  [1, 2],\n]\nb = 1", ["a": 1, "b": 5]),
        ("inline table", "a = { b = 1, c = \"d = 2\" }\ne = 1", ["a": 1, "a.b": 1, "a.c": 1, "e": 2]),
        ("dotted key", "a.b = 1\n\"c d\".'e' = 2", ["a.b": 1, "c d.e": 2]),
        ("carriage returns", "a = 1\r\nb = \"\"\"\r\nx\r\n\"\"\"\r\nc = 1", ["a": 1, "b": 2, "c": 5]),
        ("twice", "a = 1\na = 2", ["a": 1]),
        ("not closed string", "a = \"x\nb = 1", ["a": 1, "b": 2]),
        ("not closed array", "a = [\"x\"\nb = 1\nc = 2", ["a": 1, "b": 2, "c": 3]),
        ("not closed array before a table", "a = [1\n[t]\nb = 1", ["a": 1, "t": 2, "t.b": 3]),
        ("not closed nested array", "a = [[1\nb = 1", ["a": 1, "b": 2]),
        ("no value", "a =\nb = 1", ["a": 1, "b": 2]),
        ("no key", "= 1\nただの文\nb = 1", ["b": 3]),
        ("full-width equals", "a ＝ 1\nb = 1", ["b": 2]),
        ("nothing", "", [:]),
        ("ends in an escape", "a = \"\\", ["a": 1]),
        ("ends in a long string", "a = \"\"\"\nb = 1", ["a": 1]),
    ]

    @Test(arguments: cases)
    func linesAreFound(name: String, text: String, lines: [String: Int]) {
        #expect(KeyLines(text).lines == lines, "\(name)")
    }

    @Test func statementsKnowTheirExtent() {
        let keys = KeyLines("a = [\n1,\n2]\nb = \"\"\"\n\"\"\"\na = 1")
        #expect(keys.statements.map(\.key) == ["a", "b", "a"])
        #expect(keys.statements.map(\.lines) == [1...3, 4...5, 6...6])
        #expect(keys.statement(at: 2)?.key == "a")
        #expect(keys.statement(at: 9) == nil)
    }

    /// Whatever is typed, the walk ends and no line lies outside the text.
    @Test func everyPrefixOfAFormIsWalked() {
        let text = FilledTemplate.text(.request)
        let total = text.count { $0 == "\n" } + 1
        for length in stride(from: 0, to: text.count, by: 41) {
            let lines = KeyLines(String(text.prefix(length))).lines.values
            #expect(lines.allSatisfy { (1...total).contains($0) })
        }
    }
}
