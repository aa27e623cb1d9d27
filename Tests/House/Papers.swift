// What lies beside the sources: the seeds' checksums, scripts that stop at the first error, and no trace of any machine
// on which the house was built.

import Foundation
import TestSupport
import Testing

struct PaperTests {
    @Test func theSeedsAreTheOnesThatWereChecked() throws {
        let seeds = Repository.root.appending(path: "seeds")
        let outcome = try ChildProcess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], directory: seeds)
        #expect(outcome.status == 0, "\(outcome.stdout)\(outcome.stderr)")
        let listed = try Repository.text("seeds/SHA256SUMS").split(separator: "\n").compactMap {
            $0.split(separator: " ").last
        }
        let files = Repository.files(below: "seeds", ending: ".csv").map { $0.dropFirst("seeds/".count) }
        #expect(listed.sorted() == files.sorted())
    }

    @Test(arguments: ["scripts/setup", "scripts/test", ".ci/run"])
    func scriptsStopAtTheFirstError(_ script: String) throws {
        let text = try Repository.text(script)
        #expect(text.hasPrefix("#!/usr/bin/env bash\n") && text.contains("\nset -euo pipefail\n"))
        let path = Repository.root.appending(path: script).path
        #expect(FileManager.default.isExecutableFile(atPath: path))
        #expect(try ChildProcess.run(["bash", "-n", path]).status == 0)
    }

    /// Paths that exist on one machine only. Written in two halves, so that this file does not hold them.
    private static let machinePaths = ["/wor" + "k/", ".lib" + "rary/", "/home" + "/", "/root" + "/"]

    private func traces(in text: String) -> [String] {
        Self.machinePaths.filter { path in
            // Within a longer path, such as a story's folder, the same letters are nobody's home.
            text.range(
                of: #"(^|[\s"'`(=:])"# + NSRegularExpression.escapedPattern(for: path), options: .regularExpression)
                != nil
        }
    }

    @Test func noFileNamesAPathOfOneMachine() throws {
        let folders = [
            "Sources", "Tests", "Benchmarks", "docs", "seeds", "certs", "etc", "systemd", "scripts", ".ci",
        ]
        let top = try FileManager.default.contentsOfDirectory(atPath: Repository.root.path).filter { name in
            [".md", ".swift"].contains { name.hasSuffix($0) }
        }
        let files = folders.flatMap { Repository.files(below: $0, ending: "") } + top
        #expect(files.count > 80)
        for file in files where !file.hasPrefix("certs/dev/") {
            guard let text = try? Repository.text(file) else { continue }
            #expect(traces(in: text).isEmpty, "\(file)")
        }
    }

    @Test func noCommitMessageNamesAPathOfOneMachine() throws {
        // A source archive has no history to look at.
        guard FileManager.default.fileExists(atPath: Repository.root.appending(path: ".git").path) else { return }
        let log = try ChildProcess.run(["git", "-c", "safe.directory=*", "log", "--format=%H %B"])
        try #require(log.status == 0, "\(log.stderr)")
        #expect(traces(in: log.stdout).isEmpty)
    }

    /// A link of a document to a file of the repository leads somewhere.
    @Test func everyLinkLeadsSomewhere() throws {
        let top = ["README.md", "README.ja.md", "SECURITY.md", "CHANGELOG.md", "Tests/Scenarios/README.md"]
        var count = 0
        for document in Repository.files(below: "docs", ending: ".md") + top {
            let folder = Repository.root.appending(path: document).deletingLastPathComponent()
            for match in try Repository.text(document).matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
                let target = folder.appending(path: String(match.1)).standardizedFileURL.path
                #expect(FileManager.default.fileExists(atPath: target), "\(document): \(match.1)")
                count += 1
            }
        }
        #expect(count > 100)
    }

    @Test func theTraceFinderFinds() {
        #expect(traces(in: "see /wor" + "k/main").count == 1 && traces(in: "\"/home" + "/taro\"").count == 1)
        #expect(traces(in: "$WORK/home/clerk and framework/main and net" + "work/x").isEmpty)
    }
}
