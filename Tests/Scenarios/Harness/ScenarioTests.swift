// Every text of Tests/Scenarios is one case here: the numbered stories, told with the real programs. The harness itself is
// tested beside them, by small texts that must fail, so that a story that says nothing cannot pass.

import Foundation
import TestSupport
import Testing

struct ScenarioTests {
    /// Stories that may be told at the same time; each has folders and a port of its own.
    private static let places = DispatchSemaphore(value: max(2, ProcessInfo.processInfo.activeProcessorCount))

    /// All of them; while one is being written, `MIMAMORI_STORIES=14,20` tells only those.
    private static let stories: [String] = {
        let all = Repository.files(below: "Tests/Scenarios", ending: ".txt").filter { !$0.hasSuffix("/prepare.txt") }
        guard let chosen = ProcessInfo.processInfo.environment["MIMAMORI_STORIES"] else { return all }
        let numbers = chosen.split(separator: ",").map { "/\($0)-" }
        return all.filter { file in numbers.contains { file.contains($0) } }
    }()

    @Test(arguments: stories)
    func story(_ file: String) async throws {
        try await Self.tell(try Repository.text(file), title: file)
    }

    @Test func storiesAreNumberedWithoutRepetition() {
        let names = Repository.files(below: "Tests/Scenarios", ending: ".txt").compactMap {
            $0.split(separator: "/").last
        }
        let numbers = names.filter { $0 != "prepare.txt" }.map { $0.prefix(2) }
        #expect(numbers.allSatisfy { Int($0) != nil } && Set(numbers).count == numbers.count, "\(names)")
    }

    /// Tells a story on a thread of its own: it waits for programs, and the pool's few threads belong to other tests.
    static func tell(_ text: String, title: String) async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread {
                places.wait()
                defer { places.signal() }
                done.resume(with: Result { try StoryRun(Story(text), title: title).tell() })
            }
        }
    }
}

/// A text that must fail, and a word of why.
struct FailingText: Sendable, CustomTestStringConvertible {
    let text: String
    let reason: String

    var testDescription: String { text.replacing("\n", with: " / ") }
}

struct HarnessTests {
    /// What the harness must not let pass.
    private static let failing: [FailingText] = [
        ("exec false", "exit status 1"), ("! exec true", "exit status 0"), ("exit 3 exec true", "instead of 3"),
        ("exit 3 exec bash -c 'exit 4'", "instead of 3"), ("! exec bash -c 'kill -9 $$'", "signal 9"),
        ("exec no-such-program-anywhere", "not found"), ("! exec no-such-program-anywhere", "not found"),
        ("frobnicate", "no command"), ("exec echo $NOBODY", "no variable"), ("exec echo 'open", "not closed"),
        ("exec echo a\nstdout b", "nothing that matches"), ("exec echo a\n! stdout a", "should not hold"),
        ("exec echo a\nstdout '('", "no regular expression"), ("exists nothing", "does not exist"),
        ("exec echo a\ncapture X b", "nothing that matches"), ("exit 1 exists x", "no exit status"),
        ("! cp a b", "no exit status"), ("exec sleep 30 &s\nkill s\nwait s", "exit status 137"),
        ("timeout 0.2\nexec sleep 30", "killed"), ("wait nobody", "nothing runs"), ("!", "missing"),
        ("grep-disk nothing-like-this", "nowhere"), ("flip-byte a 9\n-- a --\nabc", "4 bytes only"),
        ("cmp a b\n-- a --\n1\n-- b --\n2", "differ"), ("exec true\n-- ../a --\n", "within the story"),
        ("exec true\n-- /tmp/a --\n", "within the story"), ("empty .\n-- a --\n1", "there are a"),
        ("! exec sleep 1 &s", "at its wait"), ("clock tomorrow", "clock +2200d"), ("clock 6h", "clock +2200d"),
        ("clock +6", "clock +2200d"), ("clock +1000000d", "clock +2200d"), ("as nobody true", "no person nobody"),
    ].map(FailingText.init)

    @Test(arguments: failing)
    func whatGoesWrongFails(_ failing: FailingText) async throws {
        do {
            try await ScenarioTests.tell(failing.text, title: "a text that must fail")
            Issue.record("it passed")
        } catch {
            #expect("\(error)".contains(failing.reason), "\(error)")
        }
    }

    @Test func wordsAreSplitAndVariablesPutIn() throws {
        let story = try Story(
            #"! exec a 'b $C' "d $E" f'g'"$H" $I${J}k # comment"# + "\n\n# nothing\nexit 77 x\n-- f/g.txt --\n1\n\n2\n")
        #expect(story.lines.map(\.number) == [1, 4] && story.lines.map(\.expectation) == [.failure, .status(77)])
        let values = ["C": "c", "E": "e e", "H": "h", "I": "i", "J": "j"]
        #expect(
            try story.lines[0].words.map { try $0.expanded(values) } == ["exec", "a", "b $C", "d e e", "fgh", "ijk"])
        #expect(story.files.map(\.name) == ["f/g.txt"] && story.files.map(\.content) == ["1\n\n2\n"])
    }

    @Test(arguments: ["見守花子の記録", "0178-00-0000 canary"])
    func theDiskSearchKnowsOtherCodings(_ text: String) throws {
        let bytes = Data(text.utf8)
        for before in 0..<6 {
            let coded = (Data(repeating: 0x5A, count: before) + bytes + Data("rest".utf8)).base64EncodedData()
            #expect(
                DiskSearch.patterns(of: text).contains { coded.range(of: $0) != nil }, "base64 after \(before) bytes")
        }
        #expect(DiskSearch.patterns(of: text).allSatisfy { $0.count >= 12 })
        let others = Data("something else altogether, of some length".utf8).base64EncodedData()
        #expect(!DiskSearch.patterns(of: text).contains { others.range(of: $0) != nil })
    }
}
