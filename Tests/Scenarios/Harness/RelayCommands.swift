// The commands of stories that need the house's programs: the relay, and the persons who speak to it. The PKI and the
// filled relay come from PreparedWorld.swift; each story has a copy of its own and a port of its own.

import Foundation
import TestSupport

extension StoryCommands {
    static let relay: [String: Command] = [
        "relay": .program { run, words in
            switch words.first {
            case "start" where words.count == 1: return try run.startRelay()
            case "stop" where words.count == 1: return try run.startedRelay().stop(seconds: run.secondsPerCommand)
            case "kill" where words.count == 1: try run.startedRelay().kill()
            case "restart" where words.count == 1: return try run.restartRelay()
            case "signal" where words.count == 2: try run.startedRelay().signal(Int32(words[1]) ?? 1)
            case "empty" where words.count == 1: run.beginsEmpty = true
            case "init": return try run.initialiseRelay(Array(words.dropFirst()))
            default: throw StoryFailure("relay start|stop|kill|restart|signal N|empty|init")
            }
            return 0
        },
        "as": .program { run, words in
            guard words.count >= 2 else { throw StoryFailure("as WHO PROGRAM ARG…") }
            return try run.start(Array(words.dropFirst()), extra: ["MIMAMORI_HOME": try run.home(of: words[0])])
        },
        "memory-below": .check { run, words in
            guard words.count == 2, let limit = Int(words[1]) else {
                throw StoryFailure("memory-below relay|last MEBIBYTES")
            }
            let peak = words[0] == "relay" ? try run.startedRelay().peakMebibytes() : run.lastPeakMebibytes
            return peak < limit ? nil : "\(peak) MiB were held"
        },
    ]
}

extension StoryRun {
    private var relayFolder: URL { scratch.appending(path: "relay") }

    func startedRelay() throws -> RelayProcess {
        guard let relay else { throw StoryFailure("the relay was never started") }
        return relay
    }

    /// PKI, port and configuration, at the first command that needs them.
    func furnish() throws {
        guard relay == nil else { return }
        try PreparedWorld.copyPKI(to: scratch.appending(path: "pki"))
        let port = try LoopbackPort.free()
        variables["PORT"] = String(port)
        variables["URL"] = "https://localhost:\(port)"
        for name in ["state", "keys"] { try makeFolder(relayFolder.appending(path: name).path) }
        try Data(configuration(port: port).utf8).write(to: relayFolder.appending(path: "mimamorid.toml"))
        relay = RelayProcess(folder: relayFolder, port: port)
    }

    private func configuration(port: UInt16) -> String {
        """
        [relay]
        address = "aomori-relay/office"
        [listen]
        api = "127.0.0.1:\(port)"
        [tls]
        certificate = "../pki/relay/tls.pem"
        key = "../pki/relay/tls.key"
        roots = "../pki/root.pem"
        revocation_lists = ["../pki/crl.pem"]
        [statement]
        certificate = "../pki/relay/statement.pem"
        key = "../pki/relay/statement.key"
        [store]
        database = "state/relay.sqlite"
        [keys]
        key_encryption_keys = "keys/kek"
        log_seed = "keys/log-seed"
        [use]
        # What a story finds in the log must not depend on the hour at which it is told.
        office_hours = "always"

        """
    }

    /// What a relay prints that does not come up is the last standard error.
    func startRelay() throws -> Int32 {
        try furnish()
        let state = relayFolder.appending(path: "state/relay.sqlite")
        if !beginsEmpty, !FileManager.default.fileExists(atPath: state.path) {
            if let request = try PreparedWorld.copyRelay(to: relayFolder) { try fillForms(request: request) }
        }
        let log = relayFolder.appending(path: "log")
        let before = (try? Data(contentsOf: log).count) ?? 0
        let status = try startedRelay().start(environment: environment, seconds: 30)
        if status != 0 { lastStderr = String(decoding: try Data(contentsOf: log).dropFirst(before), as: UTF8.self) }
        return status
    }

    /// The forms as this story's own, with the prepared relay's request in them.
    private func fillForms(request: String) throws {
        variables["REQUEST"] = request
        let forms = scratch.appending(path: "forms")
        try makeFolder(forms.path)
        for name in try FileManager.default.contentsOfDirectory(atPath: variables["FORMS"] ?? "") {
            let text = try Repository.text("Tests/Scenarios/forms/\(name)")
            try Data(text.replacing("@REQUEST@", with: request).utf8).write(to: forms.appending(path: name))
        }
        variables["FORMS"] = forms.path
    }

    func restartRelay() throws -> Int32 {
        let status = try startedRelay().stop(seconds: secondsPerCommand)
        guard status == 0 else { throw StoryFailure("the relay stopped with status \(status)") }
        return try startRelay()
    }

    /// `mimamorid init` with the administrator of the PKI; further arguments are handed on.
    func initialiseRelay(_ arguments: [String]) throws -> Int32? {
        try furnish()
        beginsEmpty = true
        let administrator = scratch.appending(path: "pki/persons/aomori-relay/office/administrator.pem")
        return try start(
            [
                "mimamorid", "init", "--config", relayFolder.appending(path: "mimamorid.toml").path, "--administrator",
                administrator.path,
            ] + arguments)
    }

    private static let shortNames = [
        "officer": "aomori-police/hachinohe:officer", "deputy": "aomori-police/hachinohe:deputy",
        "chief": "aomori-police/hachinohe:chief", "planner": "aomori-police/hq:planner",
        "head": "aomori-police/hq:head", "clerk": "aomori/hachinohe-shi:clerk",
        "approver": "aomori/hachinohe-shi:approver", "counselor": "aomori/hachinohe-shi/center:counselor",
        "towada-clerk": "aomori/towada-shi:clerk", "administrator": "aomori-relay/office:administrator",
        "operator": "aomori-relay/office:operator", "operator-two": "aomori-relay/office:operator-two",
        "auditor": "aomori-relay/office:auditor",
    ]

    /// The person's home folder; made by `mimamori init` when it is not there yet.
    func home(of who: String) throws -> String {
        try furnish()
        let home = scratch.appending(path: "homes/\(who.replacing("/", with: "+").replacing(":", with: "+"))").path
        guard homes.insert(who).inserted else { return home }
        let address = Self.shortNames[who] ?? who
        let halves = address.split(separator: ":").map(String.init)
        guard halves.count == 2 else { throw StoryFailure("there is no person \(who)") }
        let pki = scratch.appending(path: "pki").path
        var arguments = [
            "mimamori", "init", "--relay", variables["URL"] ?? "", "--ca", "\(pki)/root.pem",
            "--certificate", "\(pki)/persons/\(halves[0])/\(halves[1]).pem",
            "--key", "\(pki)/persons/\(halves[0])/\(halves[1]).key",
        ]
        let party = "\(pki)/parties/\(halves[0])/encryption"
        if FileManager.default.fileExists(atPath: party + ".pem") {
            arguments += ["--party-certificate", party + ".pem", "--party-key", party + ".key"]
        }
        let asked = stdin
        stdin = nil
        let status = try start(arguments, extra: ["MIMAMORI_HOME": home])
        stdin = asked
        guard status == 0 else { throw StoryFailure("mimamori init for \(who) ended with status \(status ?? -1)") }
        return home
    }
}
