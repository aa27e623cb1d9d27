// The commands of stories that need the house's programs: the relay, the persons who speak to it, memory. The PKI and the
// filled database are prepared once in a run (PreparedWorld.swift) and copied for each story.

import Foundation
import TestSupport

extension StoryCommands {
    static let relay: [String: Command] = [
        "memory-below": .check { run, words in
            guard words.count == 2, let limit = Int(words[1]) else {
                throw StoryFailure("memory-below relay|last MEBIBYTES")
            }
            let peak = words[0] == "relay" ? try run.startedRelay().peakMebibytes() : run.lastPeakMebibytes
            return peak < limit ? nil : "\(peak) MiB were held"
        }
    ]
}

extension StoryRun {
    func startedRelay() throws -> RelayProcess {
        guard let relay else { throw StoryFailure("the relay was never started") }
        return relay
    }
}
